"""What the pages show of links: who holds the rights, since when, and what this person may do about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accord.facts.records import SignerRole
from accord.web.records.models import Link, LinkStep
from accord.web.students.models import Student


@dataclass(frozen=True)
class Row:
    """A link as it stands: it waits for a second person, counts, or has ended."""

    link: Link
    role: SignerRole
    confirmed: LinkStep | None
    ended: LinkStep | None
    may_confirm: bool

    @property
    def waits(self) -> bool:
        return self.confirmed is None and self.ended is None


def rows(request: Any, *, student: Student | None = None, waiting: bool = False) -> list[Row]:
    """The links of a student, or all that wait for a second person."""
    found = Link.objects.select_related("user", "by", "student").prefetch_related("steps__by")
    found = found.filter(student=student) if student else found
    found = found.filter(steps__isnull=True) if waiting else found
    return [_row(one, request) for one in found.order_by("-at", "-id")]


def _row(link: Link, request: Any) -> Row:
    steps: dict[str, LinkStep] = {one.kind: one for one in link.steps.all()}
    second = request.user.pk not in (link.by_id, link.user_id)
    return Row(link, SignerRole(link.role), steps.get("confirmed"), steps.get("ended"), second)
