"""Tables whose rows are filed: the database itself refuses to change, delete or replace one.

Migrations alone use this, so what it writes for a table stays as it is; another way gets a function of its own.
On SQLite a row can also go by being replaced (`INSERT OR REPLACE`), which fires no delete trigger: an insert that meets
a key on file is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.migrations import RunPython

Keys = Sequence[str | tuple[str, ...]]
"""Columns by which a row could be replaced; several that are unique together stand in a tuple."""

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'filed rows stay'); END"


def keep(app: str, tables: Mapping[str, Keys]) -> RunPython:
    """The step of a migration that keeps the rows of these tables of an app, and takes that back when it is undone."""
    names = {f"{app}_{table}": keys for table, keys in tables.items()}
    function = f"{next(iter(names))}_filed"
    on = {
        "sqlite": [statement for name, keys in names.items() for statement in _sqlite(name, keys)],
        "postgresql": [_function(function), *(_postgresql(name, function) for name in names)],
    }
    off = {
        "sqlite": [
            f"DROP TRIGGER {name}_{what}" for name in names for what in ("no_update", "no_delete", "no_replace")
        ],
        "postgresql": [
            *(f"DROP TRIGGER {name}_append_only ON {name}" for name in names),
            f"DROP FUNCTION {function}()",
        ],
    }
    return RunPython(_run(on), _run(off))


def keep_once(table: str, column: str, *with_it: str) -> RunPython:
    """The step of a migration that lets a text column, and those filed with it, be written once and then stay."""
    filed, function = f"OLD.{column} <> ''", f"{table}_{column}_filed"
    name, refused = f"{table}_{column}_once", f"BEFORE UPDATE ON {table}"

    def when(differs: str) -> str:
        changed = " OR ".join(f"NEW.{one} {differs} OLD.{one}" for one in (column, *with_it))
        return f"WHEN ({filed} AND ({changed}))"

    on = {
        "sqlite": [f"CREATE TRIGGER {name} {refused} {when('IS NOT')} {_REFUSE}"],
        "postgresql": [
            _function(function),
            f"CREATE TRIGGER {name} {refused} FOR EACH ROW {when('IS DISTINCT FROM')} EXECUTE FUNCTION {function}()",
        ],
    }
    off = {
        "sqlite": [f"DROP TRIGGER {name}"],
        "postgresql": [f"DROP TRIGGER {name} ON {table}", f"DROP FUNCTION {function}()"],
    }
    return RunPython(_run(on), _run(off))


def _sqlite(name: str, keys: Keys) -> Iterable[str]:
    meets = " OR ".join(_meets((key,) if isinstance(key, str) else key) for key in keys)
    yield f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} {_REFUSE}"
    yield f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {_REFUSE}"
    exists = f"EXISTS (SELECT 1 FROM {name} WHERE {meets})"  # noqa: S608 - names of our own tables and columns
    yield f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} WHEN {exists} {_REFUSE}"


def _meets(columns: tuple[str, ...]) -> str:
    return "(" + " AND ".join(f"{column} = NEW.{column}" for column in columns) + ")"


def _function(name: str) -> str:
    return f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'filed rows stay' USING ERRCODE = 'insufficient_privilege'; END $$"""


def _postgresql(name: str, function: str) -> str:
    return f"""CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name}
       FOR EACH STATEMENT EXECUTE FUNCTION {function}()"""


def _run(statements: Mapping[str, Sequence[str]]) -> Callable[[Any, Any], None]:
    def apply(_: Any, editor: Any) -> None:
        for statement in statements[editor.connection.vendor]:
            editor.execute(statement)

    return apply
