"""Rosters brought in for tests."""

import io
from typing import Any

from accord.web.students.actions import Imported, import_roster
from tests.web import factories as make


def bring_in(data: bytes, *, name: str = "roster.csv", **more: Any) -> Imported:
    """Bring in a roster, by Dana when nobody else is said."""
    usual = {"by": make.dana() if "by" not in more else more["by"], "at": make.AT, "on": make.ON}
    return import_roster(source=io.BytesIO(data), name=name, **(usual | more))
