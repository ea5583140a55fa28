"""What an event of ours commits to, read from the rows again whenever the history is verified."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Max

from accord.web.audit.content import CONTENT, Kind, instant
from accord.web.interactions.models import Enrollment, Interaction, Person, Review, Version

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
    "filled_by",
    "details",
)
_FOLLOW_UP = ("follow_up", "follow_up_by", "follow_up_due", "follow_up_note")
_GROUP = ("grade", "race", "sex", "disability", "english_learner", "count", "as_of")


def target(kind: str, version: Version) -> str:
    """What the history calls a version, or the review of one."""
    return f"interactions.{kind}:{version.interaction.uid}/{version.number}"


def _person(row: Person) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _PERSON} | {"student": str(row.student.uid) if row.student else ""}


def version(row: Version) -> dict[str, Any]:
    """All that was filed with a version, the contact it belongs to included."""
    return {
        "reference": row.interaction.reference,
        "key": row.interaction.key,
        "school": row.interaction.school.cds,
        "author": str(row.interaction.author.uid),
        "filed_at": instant(row.interaction.filed_at),
        "by": str(row.by.uid),
        "at": instant(row.at),
        "reason": row.reason,
        "kind": row.kind,
        "occurred_at": instant(row.occurred_at),
        "duration_minutes": row.duration_minutes,
        "initiated_by": row.initiated_by,
        "conduct": row.conduct,
        "location": row.location,
        "tried_first": row.tried_first,
        "de_escalation": row.de_escalation,
        "late_reason": row.late_reason,
        "narrative": row.narrative,
        "kept_because": row.kept_because,
        "details": row.details,
        "stop": row.stop,
        "people": [_person(person) for person in row.people.all()],
    } | {name: getattr(row, name) for name in ("filled_by", "links_only") if getattr(row, name)}


def review(row: Review) -> dict[str, Any]:
    """All that was filed with a review."""
    return {
        "by": str(row.by.uid),
        "at": instant(row.at),
        "found": row.found,
        "better_handled_by": row.better_handled_by,
        "note": row.note,
    } | {name: str(getattr(row, name)) for name in _FOLLOW_UP if getattr(row, name)}


def counts(rows: Iterable[Enrollment]) -> list[list[str]]:
    """The enrollment counts of a school year, in one order, whoever brought them in."""
    return sorted([row.school.cds, *(str(getattr(row, name)) for name in _GROUP)] for row in rows)


def imported(rows: Iterable[Enrollment]) -> dict[str, Any]:
    """The enrollment counts of a school year, and who brought them in and when."""
    held = list(rows)
    return {
        "counts": counts(held),
        "imported": sorted({(str(row.imported_by.uid), instant(row.imported_at)) for row in held}),
    }


def _uids(identities: list[str]) -> list[str]:
    return [identity.partition("/")[0] for identity in identities]


def _versions(identities: list[str]) -> dict[str, Any]:
    """What is filed under ids. A mark `is_current` on another version than the newest is a change like any other."""
    rows = Version.objects.select_related("interaction__school", "interaction__author", "by").prefetch_related(
        "people__student"
    )
    found = rows.filter(interaction__uid__in=_uids(identities)).annotate(newest=Max("interaction__versions__number"))
    return {
        f"{row.interaction.uid}/{row.number}": version(row)
        | ({} if row.is_current == (row.number == row.newest) else {"is_current": row.is_current})
        for row in found
    }


def _version_ids() -> Iterable[str]:
    """Every version, and every contact that has none (as version 0, which nothing is ever filed under)."""
    found = Interaction.objects.values_list("uid", "versions__number")
    return (f"{uid}/{number or 0}" for uid, number in found)


def _reviews(identities: list[str]) -> dict[str, Any]:
    rows = Review.objects.select_related("by", "version__interaction")
    found = rows.filter(version__interaction__uid__in=_uids(identities))
    return {f"{row.version.interaction.uid}/{row.version.number}": review(row) for row in found}


def _review_ids() -> Iterable[str]:
    found = Review.objects.values_list("version__interaction__uid", "version__number")
    return (f"{uid}/{number}" for uid, number in found)


def _enrollment(school_years: list[str]) -> dict[str, Any]:
    rows = Enrollment.objects.select_related("school", "imported_by")
    found = {year: list(rows.filter(school_year=year)) for year in school_years}
    return {year: imported(held) for year, held in found.items() if held}


def _school_years() -> Iterable[str]:
    return Enrollment.objects.values_list("school_year", flat=True).distinct()


CONTENT["interactions.version"] = Kind(_versions, _version_ids)
CONTENT["interactions.review"] = Kind(_reviews, _review_ids)
CONTENT["interactions.enrollment"] = Kind(_enrollment, _school_years)
