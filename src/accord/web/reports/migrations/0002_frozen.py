"""A published edition never changes and never goes; the text of a draft never changes either. The database refuses.

On SQLite a row can also go by being replaced (`INSERT OR REPLACE`, `UPDATE OR REPLACE`), which fires no delete trigger:
an insert that meets a key on file is refused, no key of a row ever changes, and a discarded draft stays discarded.
"""

from django.db import migrations

_FROZEN = (
    "id",
    "uid",
    "key",
    "body",
    "digest",
    "slug",
    "title",
    "period_start",
    "period_end",
    "counted",
    "unreviewed",
    "hidden",
    "drafted_by_id",
    "drafted_at",
)
_SQLITE_CHANGED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in (*_FROZEN, "smallest_width"))
_POSTGRESQL_CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in (*_FROZEN, "smallest_width"))

SQLITE = [
    """CREATE TRIGGER reports_edition_published BEFORE UPDATE ON reports_edition WHEN OLD.published_at IS NOT NULL
       BEGIN SELECT RAISE(ABORT, 'published reports are never changed'); END""",
    f"""CREATE TRIGGER reports_edition_frozen BEFORE UPDATE ON reports_edition WHEN {_SQLITE_CHANGED}
       BEGIN SELECT RAISE(ABORT, 'what was drafted is never changed'); END""",
    """CREATE TRIGGER reports_edition_kept BEFORE DELETE ON reports_edition WHEN OLD.published_at IS NOT NULL
       BEGIN SELECT RAISE(ABORT, 'published reports are never deleted'); END""",
    """CREATE TRIGGER reports_edition_replaced BEFORE INSERT ON reports_edition
       WHEN EXISTS (SELECT 1 FROM reports_edition WHERE id = NEW.id OR uid = NEW.uid OR key = NEW.key
                    OR (slug = NEW.slug AND discarded_at IS NULL AND NEW.discarded_at IS NULL))
       BEGIN SELECT RAISE(ABORT, 'reports are never replaced'); END""",
    """CREATE TRIGGER reports_edition_discarded BEFORE UPDATE ON reports_edition
       WHEN OLD.discarded_at IS NOT NULL AND NEW.discarded_at IS NULL
       BEGIN SELECT RAISE(ABORT, 'a discarded draft stays discarded'); END""",
]
SQLITE_BACK = [
    f"DROP TRIGGER reports_edition_{name}" for name in ("published", "frozen", "kept", "replaced", "discarded")
]
POSTGRESQL = [
    f"""CREATE FUNCTION reports_edition_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'published reports are never changed or deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      IF OLD.discarded_at IS NOT NULL AND NEW.discarded_at IS NULL THEN
        RAISE EXCEPTION 'a discarded draft stays discarded' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF {_POSTGRESQL_CHANGED} THEN
        RAISE EXCEPTION 'what was drafted is never changed' USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER reports_edition_frozen BEFORE UPDATE OR DELETE ON reports_edition
       FOR EACH ROW EXECUTE FUNCTION reports_edition_frozen()""",
    """CREATE FUNCTION reports_edition_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'reports are never emptied out' USING ERRCODE = 'insufficient_privilege';
    END $$""",
    """CREATE TRIGGER reports_edition_kept BEFORE TRUNCATE ON reports_edition
       FOR EACH STATEMENT EXECUTE FUNCTION reports_edition_kept()""",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER reports_edition_kept ON reports_edition",
    "DROP TRIGGER reports_edition_frozen ON reports_edition",
    "DROP FUNCTION reports_edition_kept()",
    "DROP FUNCTION reports_edition_frozen()",
]


def run(statements):
    def apply(apps, editor):
        for statement in statements[editor.connection.vendor]:
            editor.execute(statement)

    return apply


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}),
        )
    ]
