"""What the history commits to for evidence and for the description of the program."""

from __future__ import annotations

from typing import Any

from accord.web.audit.content import CONTENT, Kind, day, instant
from accord.web.controls.models import Evidence, Program


def of_evidence(row: Evidence) -> dict[str, Any]:
    """Everything a row says: what it shows, who filed it and when, and whether it was withdrawn."""
    return {
        "key": str(row.key),
        "obligation": row.obligation,
        "item": row.item,
        "title": row.title,
        "reference": row.reference,
        "effective_on": day(row.effective_on),
        "expires_on": day(row.expires_on),
        "recorded_by": str(row.recorded_by.uid),
        "recorded_at": instant(row.recorded_at),
        "withdrawn_by": str(row.withdrawn_by.uid) if row.withdrawn_by else "",
        "withdrawn_at": instant(row.withdrawn_at),
        "withdrawn_reason": row.withdrawn_reason,
    }


def of_program(row: Program) -> dict[str, Any]:
    """How the program was described, by whom and when."""
    return {"award": row.award, "mode": row.mode, "set_by": str(row.set_by.uid), "set_at": instant(row.set_at)}


def _evidence(uids: list[str]) -> dict[str, Any]:
    rows = Evidence.objects.select_related("recorded_by", "withdrawn_by").filter(uid__in=uids)
    return {str(row.uid): of_evidence(row) for row in rows}


def _program(ids: list[str]) -> dict[str, Any]:
    return {str(row.pk): of_program(row) for row in Program.objects.select_related("set_by").filter(pk__in=ids)}


CONTENT["controls.evidence"] = Kind(
    _evidence, lambda: (str(uid) for uid in Evidence.objects.values_list("uid", flat=True))
)
CONTENT["controls.program"] = Kind(_program, lambda: (str(pk) for pk in Program.objects.values_list("pk", flat=True)))
