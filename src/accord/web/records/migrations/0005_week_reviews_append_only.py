"""A review of a week is never changed and never goes: the database refuses it.

On SQLite a row can also go by being replaced (`INSERT OR REPLACE`), which fires no delete trigger: an insert that meets
a key on file is refused.
"""

from django.db import migrations

_KEYS = {"weekreview": ("id", "monday")}
"""The table, with the columns by which a row could be replaced."""


def _sqlite(table, keys):
    name = f"records_{table}"
    meets = " OR ".join(f"{key} = NEW.{key}" for key in keys)
    return [
        f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} BEGIN SELECT RAISE(ABORT, 'filed rows stay'); END",
        f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} BEGIN SELECT RAISE(ABORT, 'filed rows stay'); END",
        f"""CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} WHEN EXISTS (SELECT 1 FROM {name} WHERE {meets})
            BEGIN SELECT RAISE(ABORT, 'filed rows stay'); END""",
    ]


SQLITE = [statement for table, keys in _KEYS.items() for statement in _sqlite(table, keys)]
SQLITE_BACK = [
    f"DROP TRIGGER records_{table}_{name}" for table in _KEYS for name in ("no_update", "no_delete", "no_replace")
]
POSTGRESQL = [
    """CREATE FUNCTION records_reviews_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'filed rows stay' USING ERRCODE = 'insufficient_privilege'; END $$""",
    *(
        f"""CREATE TRIGGER records_{table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON records_{table}
            FOR EACH STATEMENT EXECUTE FUNCTION records_reviews_append_only()"""
        for table in _KEYS
    ),
]
POSTGRESQL_BACK = [
    *(f"DROP TRIGGER records_{table}_append_only ON records_{table}" for table in _KEYS),
    "DROP FUNCTION records_reviews_append_only()",
]


def run(statements):
    def apply(apps, editor):
        for statement in statements[editor.connection.vendor]:
            editor.execute(statement)

    return apply


class Migration(migrations.Migration):
    dependencies = [("records", "0004_week_reviews")]

    operations = [
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}),
        )
    ]
