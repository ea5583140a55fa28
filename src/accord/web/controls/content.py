"""What the history commits to for evidence and for the description of the program."""

from __future__ import annotations

from typing import Any

from accord.web.audit.verify import CONTENT
from accord.web.controls.models import Evidence, Program


def of_evidence(row: Evidence) -> dict[str, Any]:
    """Everything a row says about what it shows, and whether it was withdrawn."""
    return {
        "obligation": row.obligation,
        "item": row.item,
        "title": row.title,
        "reference": row.reference,
        "effective_on": str(row.effective_on),
        "expires_on": str(row.expires_on or ""),
        "withdrawn": row.withdrawn_at is not None,
        "withdrawn_reason": row.withdrawn_reason,
    }


def of_program(row: Program) -> dict[str, Any]:
    """How the program was described."""
    return {"award": row.award, "mode": row.mode}


def _evidence(uids: list[str]) -> dict[str, Any]:
    return {str(row.uid): of_evidence(row) for row in Evidence.objects.filter(uid__in=uids)}


def _program(ids: list[str]) -> dict[str, Any]:
    return {str(row.pk): of_program(row) for row in Program.objects.filter(pk__in=ids)}


CONTENT["controls.evidence"] = _evidence
CONTENT["controls.program"] = _program
