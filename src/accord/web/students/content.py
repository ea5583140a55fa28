"""What an event of ours commits to, read from the rows again whenever the history is verified."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accord.web.audit.content import CONTENT, Kind, instant
from accord.web.students.models import RosterImport

_COUNTS = ("rows", "imported", "updated", "left", "rejected", "unplaced")


def target(row: RosterImport) -> str:
    """What the history calls an import."""
    return f"students.rosterimport:{row.uid}"


def counts(row: RosterImport) -> dict[str, int]:
    """How many students an import touched: nobody's personal data."""
    return {name: getattr(row, name) for name in _COUNTS}


def roster_import(row: RosterImport) -> dict[str, Any]:
    """All that is on file about an import; the digest binds the very bytes that were brought in."""
    return {
        "by": str(row.by.uid),
        "at": instant(row.at),
        "format": row.format,
        "file_digest": row.file_digest,
        "dropped_columns": row.dropped_columns,
        **counts(row),
    }


def _imports(identities: list[str]) -> dict[str, Any]:
    found = RosterImport.objects.select_related("by").filter(uid__in=identities)
    return {str(row.uid): roster_import(row) for row in found}


def _ids() -> Iterable[str]:
    return (str(uid) for uid in RosterImport.objects.values_list("uid", flat=True))


CONTENT["students.rosterimport"] = Kind(_imports, _ids)
