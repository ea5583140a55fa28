"""Filing a contact and correcting it. Reviewing and reading are in `reviewing.py`. Every act leaves an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.exchange import ripa_json, ripa_json_read
from accord.facts import Interaction, PersonContacted, Stop, to_plain
from accord.facts.details import ContactDetails
from accord.rules import duties as rule_of_duties
from accord.rules import interactions as rule
from accord.rules import people
from accord.web.audit.record import record
from accord.web.duties import actions as duties
from accord.web.duties.facts import calendar
from accord.web.interactions import alike, content, facts, models, references, texts, withheld
from accord.web.interactions.alike import Likely as Likely
from accord.web.interactions.completeness import complete as complete
from accord.web.interactions.completeness import without_idle_reason
from accord.web.interactions.places import Place
from accord.web.interactions.recorded import SCHOOL_RECORDED
from accord.web.people.models import School, User
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


class Conflict(Exception):  # noqa: N818 - the name is what the page says
    """Something else is on file where this was to go: a newer version, or another contact under the key of this form.

    `filed` is that other contact, when it is one. The web answers 409 and keeps what was typed.
    """

    def __init__(self, filed: models.Interaction | None = None) -> None:
        super().__init__()
        self.filed = filed


@transaction.atomic
def log(
    *,
    by: User,
    at: datetime,
    on: date,
    key: str,
    school: School,
    place: Place,
    entry: Interaction,
    details: ContactDetails = NOTHING_MORE,
    stop: Stop | None = None,
    knowing_of: frozenset[str] | None = None,
) -> models.Interaction:
    """File a contact. `key` is the form's random key: sent again by the same person, it leads to what was filed.

    The server's clock says when it was recorded, whatever `entry.recorded_at` holds.

    Args:
        knowing_of: references of contacts that may seem to be this one, and that the author says are others. None where
            nobody is there to be asked, as when entries are brought in.

    Raises:
        Conflict: when another contact was filed with this key, as from a page that the browser kept and showed again.
        Likely: when the contact is perhaps on file already and the author did not say that it is another.
    """
    granted = people.may(by.facts(), "interactions.log", on=on, school=str(school.pk)).require()
    references.take_turns()
    entry = without_idle_reason(replace(entry, recorded_at=at), school=school, on=on)
    again: models.Interaction | None = models.Interaction.objects.filter(key=key).first()
    if again is not None:
        if again.author_id != by.pk:
            raise BadInput(
                _("This form was sent by someone else."), mend=_("Open a new form and log the contact there.")
            )
        if not _same_contact(again, school=school, filing=Filing(place, entry, details, stop)):
            raise Conflict(again)
        return again
    stands = complete(entry, details, school=school, on=on, stop=stop).require()
    decision = Decision.of(granted.findings, stands.findings)
    others: tuple[str, ...] = ()
    if knowing_of is not None:
        others = alike.ask(by=by, school=school, occurred_at=entry.occurred_at, on=on, knowing_of=knowing_of)
    interaction: models.Interaction = models.Interaction.objects.create(
        school=school, author=by, filed_at=at, key=key, reference=references.next_reference(on)
    )
    filed = Filing(place, entry, details, stop)
    detail = {"not_the_same_as": list(others)} if others else {}
    put_on_file(
        interaction, 1, filed, by=by, at=at, on=on, decision=decision, verb="interactions.logged", detail=detail
    )
    return interaction


def _same_contact(filed: models.Interaction, *, school: School, filing: Filing) -> bool:
    """Is this what the contact was first filed with?"""
    first = models.Version.objects.select_related("interaction").get(interaction=filed, number=1)
    typed = replace(filing, entry=replace(filing.entry, recorded_at=filed.filed_at))
    return filed.school_id == school.pk and filed_as(first) == typed


@transaction.atomic
def correct(
    *,
    by: User,
    at: datetime,
    on: date,
    interaction: models.Interaction,
    number: int,
    reason: str,
    place: Place,
    entry: Interaction,
    details: ContactDetails = NOTHING_MORE,
    stop: Stop | None = None,
    carried: Carried = (),
) -> models.Version:
    """File a new version of a contact. `number` is the version the correction was made from; sent twice files once.

    `carried` says for each person which school-recorded answers stay as somebody else filled them in, and who did.
    What the contact follows from stays as the school linked it (`linking.py`), whatever `details` holds.

    Whether the entry was late is asked of the day the contact was first filed.

    Raises:
        Conflict: when the contact has a newer version by now.
    """
    granted = people.may(
        by.facts(),
        "interactions.correct",
        on=on,
        school=str(interaction.school_id),
        author=str(interaction.author.uid),
    ).require()
    references.take_turns()
    versions = models.Version.objects.filter(interaction=interaction)
    current: models.Version = versions.select_related("interaction").get(is_current=True)
    school = interaction.school
    entry = without_idle_reason(replace(entry, recorded_at=interaction.filed_at), school=school, on=on)
    details = replace(details, follows=facts.details(current).follows)
    filing = Filing(place, entry, details, stop)
    if current.number != number:
        same = (current.by_id, current.reason, filed_as(current)) == (by.pk, reason.strip(), filing)
        if current.number == number + 1 and same:
            return current
        raise Conflict
    why = {"reason": reason}
    says_why = [rule.correction_says_why(reason), *texts.clean(why), *texts.no_names(why, school=school, on=on)]
    stands = complete(entry, details, school=school, on=on, stop=stop)
    decision = Decision.of(granted.findings, says_why, stands.findings).require()
    versions.retire()
    return put_on_file(
        interaction,
        number + 1,
        filing,
        by=by,
        at=at,
        on=on,
        decision=decision,
        reason=reason.strip(),
        verb="interactions.corrected",
        before=current,
        carried=carried,
    )


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
    entry = filing.entry
    version = models.Version.objects.create(
        interaction=interaction,
        number=number,
        by=by,
        at=at,
        reason=reason,
        kind=entry.kind.value,
        occurred_at=entry.occurred_at,
        duration_minutes=entry.duration_minutes,
        initiated_by=entry.initiated_by.value,
        conduct=entry.conduct.value,
        location=filing.place.value,
        tried_first=[one.value for one in entry.tried_first],
        de_escalation=[one.value for one in entry.de_escalation],
        late_reason=entry.late_reason,
        narrative=entry.narrative,
        kept_because=entry.kept_because,
        details=to_plain(filing.details),
        stop=ripa_json.as_json(filing.stop) if filing.stop else None,
        filled_by=withheld.tellers_of(filing.details, before, by=str(by.uid)),
        links_only=links_only,
    )
    fillers = [*carried, *({} for _person_left in entry.people[len(carried) :])]
    students = Student.objects.in_bulk([one.student for one in entry.people if one.student], field_name="uid")
    models.Person.objects.bulk_create(
        _person(version, at, one, filler, students.get(UUID(one.student)) if one.student else None)
        for at, (one, filler) in enumerate(zip(entry.people, fillers, strict=True))
    )
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
