"""What a version of a contact says, and putting one on file: its rows, its event and the tasks that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from accord.decision import Decision
from accord.exchange import ripa_json, ripa_json_read
from accord.facts import Interaction, PersonContacted, Stop, to_plain
from accord.facts.details import ContactDetails
from accord.rules import duties as rule_of_duties
from accord.web.audit.record import record
from accord.web.duties import actions as duties
from accord.web.duties.facts import calendar
from accord.web.interactions import content, facts, models, withheld
from accord.web.interactions.places import Place
from accord.web.interactions.recorded import SCHOOL_RECORDED
from accord.web.people.models import User
from accord.web.students.models import Student

NOTHING_MORE = ContactDetails()
"""A contact of which nothing is told beyond the first form."""


Carried = Sequence[Mapping[str, str]]
"""For each person contacted, the school-recorded answers that stay as filled in before, and by which account."""


@dataclass(frozen=True)
class Filing:
    """All that a version of a contact says."""

    place: Place
    entry: Interaction
    details: ContactDetails
    stop: Stop | None = None


def filed_as(version: models.Version) -> Filing:
    """All that a version says, as it was filed."""
    entry = facts.entry(version, version.people.select_related("student"))
    stop = ripa_json_read.read(version.stop) if version.stop else None
    return Filing(Place(version.location), entry, facts.details(version), stop)


def put_on_file(
    interaction: models.Interaction,
    number: int,
    filing: Filing,
    *,
    by: User,
    at: datetime,
    on: date,
    decision: Decision,
    verb: str,
    reason: str = "",
    carried: Carried = (),
    before: models.Version | None = None,
    links_only: bool = False,
    detail: Mapping[str, Any] = MappingProxyType({}),
) -> models.Version:
    """File a version, its event and the tasks that follow. The caller asked every rule and retired the former one.

    `before` is the version that this one takes the place of, and `links_only` whether it does nothing but link.
    `detail` is what the event says beside the reference and the number of the version.
    """
    told_by = withheld.tellers_of(filing.details, before, by=str(by.uid))
    version = models.Version.objects.create(
        interaction=interaction,
        number=number,
        by=by,
        at=at,
        reason=reason,
        filled_by=told_by,
        links_only=links_only,
        **_columns(filing),
    )
    _put_people(version, filing.entry.people, carried)
    record(
        verb,
        by=str(by.uid),
        at=at,
        target=content.target("version", version),
        detail={"reference": interaction.reference, "version": number, **detail},
        content=content.version(version),
        decision=decision,
    )
    _raise_duties(interaction, number, filing, by=by, at=at, on=on)
    return version


def _columns(filing: Filing) -> dict[str, Any]:
    """What a version holds of what was told, its people apart."""
    entry = filing.entry
    return {
        "kind": entry.kind.value,
        "occurred_at": entry.occurred_at,
        "duration_minutes": entry.duration_minutes,
        "initiated_by": entry.initiated_by.value,
        "conduct": entry.conduct.value,
        "location": filing.place.value,
        "tried_first": [one.value for one in entry.tried_first],
        "de_escalation": [one.value for one in entry.de_escalation],
        "late_reason": entry.late_reason,
        "narrative": entry.narrative,
        "kept_because": entry.kept_because,
        "details": to_plain(filing.details),
        "stop": ripa_json.as_json(filing.stop) if filing.stop else None,
    }


def _put_people(version: models.Version, people: Sequence[PersonContacted], carried: Carried) -> None:
    fillers = [*carried, *({} for _person_left in people[len(carried) :])]
    students = Student.objects.in_bulk([one.student for one in people if one.student], field_name="uid")
    models.Person.objects.bulk_create(
        _person(version, position, one, filler, students.get(UUID(one.student)) if one.student else None)
        for position, (one, filler) in enumerate(zip(people, fillers, strict=True))
    )


def _raise_duties(
    interaction: models.Interaction, number: int, filing: Filing, *, by: User, at: datetime, on: date
) -> None:
    """Put on file what must be done after the contact as it now stands."""
    event = facts.event(filing.entry, filing.details, place=filing.place, stop=filing.stop)
    if number > 1:
        versions = models.Version.objects.filter(interaction=interaction).prefetch_related("people__student")
        force, work = facts.retold(list(versions.order_by("number")))
        event = replace(event, force_told_at=force, duty_told_at=work)
    owed = rule_of_duties.triggers(event, calendar=calendar(on=on), using=rule_of_duties.numbers(on=on))
    duties.raise_duties(
        interaction_uid=interaction.uid,
        reference=interaction.reference,
        school=interaction.school,
        duties=owed,
        by=by,
        at=at,
    )


def _person(
    version: models.Version, position: int, one: PersonContacted, carried: Mapping[str, str], student: Student | None
) -> models.Person:
    author = str(version.by.uid)
    answered = [name for name in SCHOOL_RECORDED if getattr(one, name)]
    return models.Person(
        version=version,
        position=position,
        kind=one.kind.value,
        role=one.role.value,
        actions=[action.value for action in one.actions],
        outcomes=[outcome.value for outcome in one.outcomes],
        grade=one.grade or "",
        race=one.race or "",
        sex=one.sex or "",
        disability=one.disability or "",
        english_learner=one.english_learner or "",
        filled_by={name: carried.get(name, author) for name in [*answered, *withheld.of_person_details(one.details)]},
        student=student,
        details=to_plain(one.details),
    )
