"""What an event of ours commits to, read from the rows again whenever the history is verified."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from accord.web.audit import verify
from accord.web.interactions.models import Enrollment, Person, Review, Version

_PERSON = (
    "position",
    "kind",
    "role",
    "actions",
    "outcomes",
    "grade",
    "race",
    "sex",
    "disability",
    "english_learner",
)
_GROUP = ("grade", "race", "sex", "disability", "english_learner", "count", "as_of")


def target(kind: str, version: Version) -> str:
    """What the history calls a version, or the review of one."""
    return f"interactions.{kind}:{version.interaction.uid}/{version.number}"


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def version(row: Version) -> dict[str, Any]:
    """All that was filed with a version, the contact it belongs to included."""
    return {
        "reference": row.interaction.reference,
        "school": row.interaction.school.cds,
        "author": str(row.interaction.author.uid),
        "filed_at": _utc(row.interaction.filed_at),
        "by": str(row.by.uid),
        "at": _utc(row.at),
        "reason": row.reason,
        "kind": row.kind,
        "occurred_at": _utc(row.occurred_at),
        "duration_minutes": row.duration_minutes,
        "initiated_by": row.initiated_by,
        "conduct": row.conduct,
        "location": row.location,
        "tried_first": row.tried_first,
        "de_escalation": row.de_escalation,
        "late_reason": row.late_reason,
        "narrative": row.narrative,
        "people": list(Person.objects.filter(version=row).order_by("position").values(*_PERSON)),
    }


def review(row: Review) -> dict[str, Any]:
    """All that was filed with a review."""
    return {
        "by": str(row.by.uid),
        "at": _utc(row.at),
        "found": row.found,
        "better_handled_by": row.better_handled_by,
        "note": row.note,
    }


def counts(rows: Iterable[Enrollment]) -> list[list[str]]:
    """The enrollment counts of a school year, in one order, whoever brought them in."""
    return sorted([row.school.cds, *(str(getattr(row, name)) for name in _GROUP)] for row in rows)


def _find(identity: str) -> dict[str, Any]:
    uid, _, number = identity.partition("/")
    return {"interaction__uid": uid, "number": int(number)}


def _version(identity: str) -> dict[str, Any] | None:
    rows = Version.objects.select_related("interaction__school", "interaction__author", "by")
    row = rows.filter(**_find(identity)).first()
    return version(row) if row else None


def _review(identity: str) -> dict[str, Any] | None:
    of_version = {f"version__{key}": value for key, value in _find(identity).items()}
    row = Review.objects.select_related("by").filter(**of_version).first()
    return review(row) if row else None


def _enrollment(school_year: str) -> list[list[str]] | None:
    return counts(Enrollment.objects.select_related("school").filter(school_year=school_year)) or None


verify.CONTENT["interactions.version"] = _version
verify.CONTENT["interactions.review"] = _review
verify.CONTENT["interactions.enrollment"] = _enrollment
