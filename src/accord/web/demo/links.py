"""What the principals of the demo linked to the roster: this school year's referrals, last week, reviewed since."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from accord.facts import Review
from accord.web.demo.acts import Act, instant
from accord.web.demo.contacts import InventedContact
from accord.web.demo.district import Student as Group
from accord.web.demo.roster import Roster, counts, group
from accord.web.interactions import linking
from accord.web.interactions.models import Interaction, Version
from accord.web.interactions.reviewing import review
from accord.web.people.models import User
from accord.web.students.actions import import_roster
from accord.web.students.models import Student

_ROSTER_BEFORE, _LINKS_BEFORE, _REVIEWS_BEFORE = 10, 6, 4
"""So many days before the demo begins the roster came, was linked to, and the links were reviewed."""
_UNLINKED_EVERY = 7
"""One contact of so many waits to be linked, as in life."""


@dataclass(frozen=True)
class Met:
    """A contact of this school year with people whom the federal collection counts, and where it is filed."""

    contact: InventedContact
    filed: Sequence[Interaction]


def acts(
    met: Sequence[Met],
    roster: Roster,
    *,
    principals: Mapping[int, User],
    superintendent: User,
    admin: User,
    today: date,
) -> list[Act]:
    """Bringing the roster in, linking, and reviewing what was linked."""
    brought, linked, reviewed = (
        instant(today - timedelta(days=days)) for days in (_ROSTER_BEFORE, _LINKS_BEFORE, _REVIEWS_BEFORE)
    )
    done: list[Act] = [(brought, partial(_bring_in, admin, roster.text, brought))]
    for index, one in enumerate(sorted(met, key=lambda one: one.contact.occurred_at)):
        if one.contact.filed_at >= linked or (index + 1) % _UNLINKED_EVERY == 0:
            continue
        act = partial(_link, one, roster, principals[one.contact.school], linked)
        done += [(linked, act), (reviewed, partial(_review, one, superintendent, reviewed))]
    return done


def _bring_in(admin: User, text: str, at: datetime) -> None:
    import_roster(by=admin, at=at, on=_day(at), source=io.BytesIO(text.encode()), name="roster.csv")


def _day(at: datetime) -> date:
    return at.date()


def _link(one: Met, roster: Roster, principal: User, at: datetime) -> None:
    """Link everybody of a contact who counts, each to another student of the same group."""
    interaction = one.filed[0]
    number = Version.objects.current().get(interaction=interaction).number
    used: Counter[Group] = Counter()
    for position, person in enumerate(one.contact.entry["people"]):
        if counts(person, one.contact):
            alike = group(person)
            local_id = roster.numbers[one.contact.school, alike][used[alike]]
            asked = linking.Asked(principal, at, _day(at), interaction, number + used.total())
            used[alike] += 1
            linking.link(asked, position=position, student=Student.objects.get(local_id=local_id), taken=())


def _review(one: Met, superintendent: User, at: datetime) -> None:
    version = Version.objects.current().get(interaction=one.filed[0])
    told = {"number": version.number, "found": Review.APPROPRIATE, "better_handled_by": None, "note": ""}
    review(by=superintendent, at=at, on=_day(at), interaction=one.filed[0], **told)
