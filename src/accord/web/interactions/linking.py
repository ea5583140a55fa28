"""Linking people of a contact to students on the roster, and a contact to the one it follows from.

Each files a version of its own, which waits for a review; it says nothing of what an officer did, so whoever files it
may still review the contact. Nothing else that was told changes, so nothing else is asked again. What the roster says
takes the place of an answer only where none was recorded, or where somebody chose so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.facts.school_years import school_year
from accord.rules import interactions as rule
from accord.rules import people
from accord.web.interactions import models, references, texts
from accord.web.interactions.actions import Conflict
from accord.web.interactions.filing import Filing, filed_as, put_on_file
from accord.web.interactions.recorded import KINDS, NOT_RECORDED, SCHOOL_RECORDED
from accord.web.interactions.times import district_day
from accord.web.people.models import User
from accord.web.students.models import Student


def may_link(by: User, interaction: models.Interaction, *, on: date) -> Decision:
    """May this person link people of this contact? Only who reads both the contact and the roster of its school."""
    asker, school = by.facts(), str(interaction.school_id)
    reads = people.may(asker, "interactions.read", on=on, school=school, author=str(interaction.author.uid))
    roster = people.may(asker, "students.read", on=on, school=school)
    link = people.may(asker, "interactions.link_students", on=on, school=school)
    return Decision.of(link.findings, reads.findings, roster.findings, rule.linker_is_the_school(asker, on=on))


@dataclass(frozen=True)
class Compared:
    """One answer of a person as it stands, and as it would be. `asks` says that both are answers and differ."""

    name: str
    told: str
    offered: str

    @property
    def asks(self) -> bool:
        return self.offered != self.told and NOT_RECORDED not in (self.told, self.offered)

    @property
    def fills(self) -> bool:
        """Is nothing recorded so far that the offer answers?"""
        return self.told == NOT_RECORDED != self.offered


def compared(person: models.Person, offered: Mapping[str, str]) -> list[Compared]:
    """Each answer that is offered for a person, beside the one on file."""
    return [
        Compared(name, getattr(person, name) or NOT_RECORDED, offered[name])
        for name in SCHOOL_RECORDED
        if name in offered
    ]


def of_roster(student: Student, version: models.Version, *, on: date) -> dict[str, str]:
    """What the roster answers of a student for the day of a contact.

    The roster holds today's answers alone. A grade is another one every year, so it is offered for this year only.
    """
    this_year = school_year(district_day(version.occurred_at)) == school_year(on)
    return {name: getattr(student, name) for name in SCHOOL_RECORDED if name != "grade" or this_year}


def of_before(person: models.Person) -> dict[str, str]:
    """What stood on file of a linked person before the link; nothing where the person was linked all along."""
    version = person.version
    earlier = models.Person.objects.filter(
        version__interaction=version.interaction, version__number__lt=version.number, position=person.position
    ).order_by("-version__number")
    for row in earlier:
        if row.student_id != person.student_id:
            return {name: getattr(row, name) or NOT_RECORDED for name in SCHOOL_RECORDED}
    return {}


@dataclass(frozen=True)
class Asked:
    """What the acts of this module have in common: who acts when, on which version, and words of their own."""

    by: User
    at: datetime
    on: date
    interaction: models.Interaction
    number: int
    words: str = ""


@transaction.atomic
def link(asked: Asked, *, position: int, student: Student, taken: Collection[str]) -> models.Version:
    """Link a person to a student. `taken`: the answers that differ and for which the roster's is right.

    Raises:
        NotAllowed: for whoever may not, and for a link that cannot stand.
        BadInput: when the student is not within reach, or the contact has no such person.
        Conflict: when the contact has a newer version by now.
    """
    decision = _granted(asked)
    _check_reached(asked, student)
    version, rows = _current(asked)
    person = _at(rows, position)
    offered = compared(person, of_roster(student, version, on=asked.on))
    new = {one.name: one.offered for one in offered if one.fills or (one.asks and one.name in taken)}
    reason = _("Person %(number)s was linked to the roster.") % {"number": position + 1}
    return _refile(asked, version, rows, position, {**new, "student": str(student.uid)}, reason, decision)


@transaction.atomic
def unlink(asked: Asked, *, position: int, taken: Collection[str]) -> models.Version:
    """Take a link back. `taken`: the answers that become again what they were before the link.

    Raises:
        NotAllowed: for whoever may not.
        Conflict: when the contact has a newer version by now.
    """
    decision = _granted(asked)
    version, rows = _current(asked)
    person = _at(rows, position)
    before = of_before(person)
    new = {name: before[name] for name in before if name in taken and before[name] != getattr(person, name)}
    reason = _("The link of person %(number)s to the roster was taken back.") % {"number": position + 1}
    return _refile(asked, version, rows, position, {**new, "student": ""}, reason, decision)


@transaction.atomic
def follow(asked: Asked, *, reference: str) -> models.Version:
    """Say from which earlier contact this one follows, "" for none: both are one incident then.

    Raises:
        BadInput: when no such contact is within reach, or it is no earlier one.
        Conflict: when the contact has a newer version by now.
    """
    decision = _granted(asked)
    version, rows = _current(asked)
    filing = filed_as(version)
    if reference:
        _check_earlier(asked, version, reference)
    changed = replace(filing, details=replace(filing.details, follows=reference))
    follows = _("It was linked to the contact it follows from.")
    apart = _("The link to an earlier contact was taken back.")
    return _file(asked, version, rows, changed, follows if reference else apart, decision)


def _granted(asked: Asked) -> Decision:
    decision = may_link(asked.by, asked.interaction, on=asked.on).require()
    references.take_turns()
    return decision


def _current(asked: Asked) -> tuple[models.Version, list[models.Person]]:
    rows = models.Version.objects.filter(interaction=asked.interaction)
    version: models.Version = rows.select_related("interaction__school", "by").get(is_current=True)
    if version.number != asked.number:
        raise Conflict
    return version, list(version.people.select_related("student", "version__interaction"))


def _at(rows: Sequence[models.Person], position: int) -> models.Person:
    if not 0 <= position < len(rows):
        raise BadInput(_("This contact has no such person."), mend=_("Open the page again."))
    return rows[position]


def _check_reached(asked: Asked, student: Student) -> None:
    scope = people.scope(asked.by.facts(), "students.read", on=asked.on)
    if not Student.objects.visible_to(scope).filter(pk=student.pk).exists():
        raise BadInput(_("No such student is within your reach."), mend=_("Search again."))


def _check_earlier(asked: Asked, version: models.Version, reference: str) -> None:
    scope = people.scope(asked.by.facts(), "interactions.read", on=asked.on)
    reached = models.Interaction.objects.visible_to(scope, asked.by).filter(reference=reference)
    earlier = models.Version.objects.current().filter(interaction__in=reached.exclude(pk=asked.interaction.pk))
    found = earlier.first()
    if found is None:
        raise BadInput(_("No other contact within your reach has this reference."), mend=_("Check the number."))
    if found.occurred_at > version.occurred_at:
        raise BadInput(_("That contact came later."), mend=_("Open that one, and link it to this."))


def _refile(
    asked: Asked,
    version: models.Version,
    rows: Sequence[models.Person],
    position: int,
    new: Mapping[str, str],
    reason: str,
    decision: Decision,
) -> models.Version:
    """File a version in which one person's answers or link are new."""
    filing = filed_as(version)
    coded = {name: KINDS[name](code) if name in KINDS else code for name, code in new.items()}
    people_now = list(filing.entry.people)
    people_now[position] = replace(people_now[position], **coded)  # type: ignore[arg-type]
    changed = replace(filing, entry=replace(filing.entry, people=tuple(people_now)))
    return _file(asked, version, rows, changed, reason, decision, {position: set(new)})


def _file(
    asked: Asked,
    version: models.Version,
    rows: Sequence[models.Person],
    filing: Filing,
    reason: str,
    decision: Decision,
    new: Mapping[int, Collection[str]] | None = None,
) -> models.Version:
    """File the version, whoever filled in an answer that stays remaining its author."""
    said = {"reason": asked.words}
    school = asked.interaction.school
    words = [*texts.clean(said), *texts.no_names(said, school=school, on=asked.on)]
    stands = Decision.of(decision.findings, words, rule.links_stand(filing.entry)).require()
    fresh = new or {}
    carried = [
        {name: by for name, by in row.filled_by.items() if name not in fresh.get(index, ())}
        for index, row in enumerate(rows)
    ]
    models.Version.objects.filter(interaction=asked.interaction).retire()
    return put_on_file(
        asked.interaction,
        version.number + 1,
        filing,
        by=asked.by,
        at=asked.at,
        on=asked.on,
        decision=stands,
        reason=f"{reason} {asked.words.strip()}".strip(),
        verb="interactions.linked",
        carried=carried,
        before=version,
        links_only=True,
    )
