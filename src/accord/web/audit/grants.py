"""What the application's own database role may do on PostgreSQL: everything but change the history."""

from __future__ import annotations

from django.db import connection

from accord.decision import BadInput


def grant(role: str) -> None:
    """Give a role what the application needs, and only reading and appending on events and salts.

    Raises:
        BadInput: when there is no such role.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            raise BadInput(f"There is no role {role}.", where="PostgreSQL", mend=f"CREATE ROLE {role} LOGIN; first.")
        name = connection.ops.quote_name(role)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON audit_event FROM {name}")
        cursor.execute(f"REVOKE UPDATE, TRUNCATE ON audit_opening FROM {name}")
