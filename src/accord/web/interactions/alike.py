"""Contacts on file that may be the one somebody is about to file."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from accord import clauses
from accord.decision import Finding
from accord.facts import Start
from accord.rules import interactions as rule
from accord.web.interactions.models import Interaction, Version
from accord.web.people.models import School, User


class Likely(Exception):  # noqa: N818 - the name is what the page says
    """The contact is perhaps on file already. Nothing is filed; sent again `knowing_of` these references, it is.

    `filed` are the contacts it may be, the nearest in time first; `finding` says why in words.
    """

    def __init__(self, filed: tuple[Interaction, ...], finding: Finding) -> None:
        super().__init__(str(finding.reason))
        self.filed, self.finding = filed, finding


def ask(
    *, by: User, school: School, occurred_at: datetime, on: date, knowing_of: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Ask the author when contacts that may be the same are on file, apart from those the author knows of. One query.

    Gives the references of those that may be the same and that the author says are others.

    Raises:
        Likely: when there are any.
    """
    minutes = int(clauses.parameter("interactions.alike-within", on=on).value)
    near = timedelta(minutes=minutes)
    rows = Version.objects.current().filter(
        interaction__author=by, interaction__school=school, occurred_at__range=(occurred_at - near, occurred_at + near)
    )
    found = {row.interaction.reference: row for row in rows.select_related("interaction")}
    filed = tuple(
        Start(str(by.uid), str(school.pk), row.occurred_at, reference)
        for reference, row in found.items()
        if reference not in knowing_of
    )
    start = Start(str(by.uid), str(school.pk), occurred_at)
    finding = rule.nothing_alike(start, filed=filed, minutes=minutes)
    if not finding.met:
        alike = rule.alike(start, filed=filed, minutes=minutes)
        raise Likely(tuple(found[one.reference].interaction for one in alike), finding)
    return tuple(sorted(knowing_of & found.keys()))
