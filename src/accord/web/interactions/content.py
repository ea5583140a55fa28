"""What an event of ours commits to, read from the rows again whenever the history is verified."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from accord.web.audit import verify
from accord.web.interactions.models import Enrollment, Review, Version

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
        "people": [{name: getattr(person, name) for name in _PERSON} for person in row.people.all()],
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


def _uids(identities: list[str]) -> list[str]:
    return [identity.partition("/")[0] for identity in identities]


def _versions(identities: list[str]) -> dict[str, Any]:
    rows = Version.objects.select_related("interaction__school", "interaction__author", "by").prefetch_related("people")
    found = rows.filter(interaction__uid__in=_uids(identities))
    return {f"{row.interaction.uid}/{row.number}": version(row) for row in found}


def _reviews(identities: list[str]) -> dict[str, Any]:
    rows = Review.objects.select_related("by", "version__interaction")
    found = rows.filter(version__interaction__uid__in=_uids(identities))
    return {f"{row.version.interaction.uid}/{row.version.number}": review(row) for row in found}


def _enrollment(school_years: list[str]) -> dict[str, Any]:
    rows = Enrollment.objects.select_related("school")
    found = {year: counts(rows.filter(school_year=year)) for year in school_years}
    return {year: held for year, held in found.items() if held}


verify.CONTENT["interactions.version"] = _versions
verify.CONTENT["interactions.review"] = _reviews
verify.CONTENT["interactions.enrollment"] = _enrollment
