"""Events are appended and never changed, salts destroyed only with an event: the database refuses anything else.

SQLite's `INSERT OR REPLACE` deletes the former row without firing a delete trigger, so an insert of a key that exists
is refused before it happens. The rows have a hidden `rowid` beside their key, by which one could be replaced as well.
"""

from django.db import migrations

_DESTROYED = "verb = 'audit.destroyed' AND target = 'audit.event:' || OLD.event_id"

SQLITE = [
    """CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
       BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
    """CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
       BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END""",
    """CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event
       WHEN EXISTS (SELECT 1 FROM audit_event WHERE seq = NEW.seq OR rowid = NEW.rowid)
       BEGIN SELECT RAISE(ABORT, 'events are never replaced'); END""",
    """CREATE TRIGGER audit_opening_no_update BEFORE UPDATE ON audit_opening
       BEGIN SELECT RAISE(ABORT, 'salts are never changed'); END""",
    f"""CREATE TRIGGER audit_opening_no_delete BEFORE DELETE ON audit_opening
       WHEN NOT EXISTS (SELECT 1 FROM audit_event WHERE {_DESTROYED})
       BEGIN SELECT RAISE(ABORT, 'salts are never deleted without an event'); END""",
    """CREATE TRIGGER audit_opening_no_replace BEFORE INSERT ON audit_opening
       WHEN EXISTS (SELECT 1 FROM audit_opening WHERE event_id = NEW.event_id OR rowid = NEW.rowid)
       BEGIN SELECT RAISE(ABORT, 'salts are never replaced'); END""",
]
SQLITE_BACK = [
    f"DROP TRIGGER audit_{name}"
    for name in (
        "event_no_update",
        "event_no_delete",
        "event_no_replace",
        "opening_no_update",
        "opening_no_delete",
        "opening_no_replace",
    )
]
POSTGRESQL = [
    """CREATE FUNCTION audit_event_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'events are never changed or deleted' USING ERRCODE = 'insufficient_privilege'; END $$""",
    """CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
       FOR EACH STATEMENT EXECUTE FUNCTION audit_event_append_only()""",
    """CREATE FUNCTION audit_opening_kept() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'salts are never changed or emptied out' USING ERRCODE = 'insufficient_privilege'; END $$""",
    """CREATE TRIGGER audit_opening_kept BEFORE UPDATE OR TRUNCATE ON audit_opening
       FOR EACH STATEMENT EXECUTE FUNCTION audit_opening_kept()""",
    f"""CREATE FUNCTION audit_opening_destroyed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM audit_event WHERE {_DESTROYED}) THEN
        RAISE EXCEPTION 'salts are never deleted without an event' USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN OLD;
    END $$""",
    """CREATE TRIGGER audit_opening_destroyed BEFORE DELETE ON audit_opening
       FOR EACH ROW EXECUTE FUNCTION audit_opening_destroyed()""",
    "REVOKE UPDATE, DELETE, TRUNCATE ON audit_event FROM PUBLIC",
    "REVOKE UPDATE, TRUNCATE ON audit_opening FROM PUBLIC",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER audit_opening_destroyed ON audit_opening",
    "DROP TRIGGER audit_opening_kept ON audit_opening",
    "DROP TRIGGER audit_event_append_only ON audit_event",
    "DROP FUNCTION audit_opening_destroyed()",
    "DROP FUNCTION audit_opening_kept()",
    "DROP FUNCTION audit_event_append_only()",
]


def run(statements):
    def apply(apps, editor):
        for statement in statements[editor.connection.vendor]:
            editor.execute(statement)

    return apply


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}),
        )
    ]
