"""Starting the web shell from a command: only commands that touch the database pay for it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from accord.decision import BadInput


def start(*, creating: bool = False) -> None:
    """Load Django with the settings of the environment.

    A command signs nothing that outlives it, so where no key is set a random one does. Serving needs the real one.

    Args:
        creating: the command makes the database; otherwise it has to be there.

    Raises:
        BadInput: when there is no database, so that looking for one does not make an empty file.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accord.web.settings")
    if os.environ.get("ACCORD_DEMO") != "1" and not os.environ.get("ACCORD_SECRET_KEY"):
        os.environ["ACCORD_SECRET_KEY"] = secrets.token_hex(32)
    import django
    from django.apps import apps

    if apps.ready:
        return
    django.setup()
    if not creating:
        _require_database()


def _require_database() -> None:
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and name != ":memory:" and not Path(name).is_file():
        raise BadInput(
            "There is no database here.",
            where=name,
            mend="Go to the folder that holds data/, or set ACCORD_DATA. New here? make demo, or accord migrate.",
        )
