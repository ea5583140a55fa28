"""From the form of a contact to the facts that rules read: all of it, or what can be read so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.forms import Form, MultipleChoiceField

from accord.decision import Finding
from accord.facts import (
    Action,
    ConductClass,
    DeEscalation,
    InitiatedBy,
    Interaction,
    Kind,
    Outcome,
    PersonContacted,
    PersonKind,
    PersonRole,
    Stop,
    TriedFirst,
)
from accord.facts.details import ContactDetails
from accord.facts.stops import OfficerProfile
from accord.rules import interactions as rule
from accord.web.interactions import answers, details_form, facts, person_details_form, steps, stop_filed, withheld
from accord.web.interactions.completeness import complete
from accord.web.interactions.entry_page import EntryPage, Occasion, person_and_field
from accord.web.interactions.places import Place
from accord.web.interactions.recorded import former_row, recorded
from accord.web.interactions.steps import Step
from accord.web.interactions.stop_findings import form_warnings
from accord.web.interactions.stop_form import PersonStoppedForm, StopForm
from accord.web.interactions.stop_told import told_stop
from accord.web.people.models import School

_NEEDED = ("occurred_at", "duration_minutes", "location", "kind", "initiated_by", "conduct")
"""What has to be readable before any rule about the whole contact can speak."""


def told(page: EntryPage) -> dict[str, Any]:
    """Everything typed, as the actions that file it ask for it. Only after `valid`."""
    data, school = page.main.cleaned_data, school_of(page)
    entry = _entry(page, data, [_contacted(form.cleaned_data, page.occasion) for form in page.people])
    stop = _stop(page, data, entry, school) if school else None
    return {"place": Place(data["location"]), "entry": entry, "details": _details(page, data), "stop": stop}


def _details(page: EntryPage, data: Mapping[str, Any]) -> ContactDetails:
    """What is told of the contact beyond its first form: as typed, and what stays as the school told it."""
    return replace(details_form.told(data), **page.occasion.withheld.contact)


def carried(page: EntryPage) -> list[Mapping[str, str]]:
    """For each person, the school-recorded answers that stay as filled in before, and by whom. Only after `valid`."""
    return [_carried(form.cleaned_data, page.occasion) for form in page.people]


def _carried(data: Mapping[str, Any], occasion: Occasion) -> Mapping[str, str]:
    carried = dict(recorded(data, occasion.former, own=occasion.own).carried)
    if before := former_row(data, occasion.former):
        told = withheld.of_person_details(facts.person(before).details)
        now = withheld.of_person_details(_contacted(data, occasion).details)
        carried |= {name: before.filled_by.get(name, "") for name in now if name in told and told[name] == now[name]}
    return carried


def school_of(page: EntryPage) -> School | None:
    """The school, when it is known or was chosen. Asks for nothing that is wrong with the form."""
    if page.occasion.school or not page.main.is_bound:
        return page.occasion.school
    page.main.is_valid()
    found: School | None = page.main.cleaned_data.get("school")
    return found


def findings(page: EntryPage, at: Step) -> tuple[Finding, ...]:
    """What the rules already say, of all that can be read up to a step and nothing that comes after it."""
    school = school_of(page)
    page.valid()
    readable = school is not None and not (page.main.errors.keys() & set(_NEEDED))
    said = _so_far(page, school) if readable and school else _of_people(page)
    up_to = steps.STEPS.index(at)
    return tuple(one for one in said if not one.met and steps.STEPS.index(_step_of(one)) <= up_to)


def second_look(page: EntryPage) -> tuple[Finding, ...]:
    """What the reviewer will be shown about the contact as it stands. Nothing of it keeps it from being filed."""
    if not page.main.is_bound or page.everything_wrong:
        return ()
    held = told(page)
    entry, details, stop = held["entry"], held["details"], held["stop"]
    excused = details.release_exception is not None
    flags = rule.people_flags(entry, stop=stop, excused=excused)
    unmet = [one for one in (*flags, *(form_warnings(stop) if stop else ())) if not one.met]
    return tuple(one for one in unmet if not _gives_away(page, one))


def _gives_away(page: EntryPage, finding: Finding) -> bool:
    """Would this tell what the school told of a person, and the reader is not shown?"""
    person, _field = person_and_field(finding)
    was = page.people[person - 1].cleaned_data.get("was") if person else None
    return page.occasion.withheld.gives_away(finding, was=was)


def _step_of(finding: Finding) -> Step:
    person, field = person_and_field(finding)
    return steps.step_of(field, person=bool(person))


def _so_far(page: EntryPage, school: School) -> Sequence[Finding]:
    """What the rules say of the contact when answers that cannot be read count as not given."""
    data = _readable(page.main)
    if not all(form.is_valid() for form in page.people):
        return (*_of_people(page), *_complete(page, data, (), school, leave_out_people=True))
    people = [_contacted(form.cleaned_data, page.occasion) for form in page.people]
    return _complete(page, data, people, school)


def _complete(
    page: EntryPage,
    data: Mapping[str, Any],
    people: Sequence[PersonContacted],
    school: School,
    *,
    leave_out_people: bool = False,
) -> tuple[Finding, ...]:
    entry = _entry(page, data, people)
    stop = None if leave_out_people else _stop(page, data, entry, school)
    said = complete(entry, _details(page, data), school=school, on=page.occasion.on, stop=stop).findings
    return tuple(one for one in said if not (leave_out_people and one.field.startswith("people")))


def _stop(page: EntryPage, data: Mapping[str, Any], entry: Interaction, school: School) -> Stop | None:
    """The record of the stop. Corrected by somebody who is no officer, it keeps what the officer told."""
    occasion, people = page.occasion, [form.cleaned_data for form in page.people]
    if occasion.officer or not occasion.stop:
        return told_stop(data, people, entry=entry, school=school, officer=occasion.officer, former=occasion.stop)
    main = _as_filed(StopForm, stop_filed.initial(occasion.stop))
    stopped = stop_filed.initial_people(occasion.stop)
    nobody = {"role": PersonRole.WITNESS}
    people = [
        {**one, **(_as_filed(PersonStoppedForm, stopped[one["was"]]) if one.get("was") in stopped else nobody)}
        for one in people
    ]
    officer = OfficerProfile()
    return told_stop({**data, **main}, people, entry=entry, school=school, officer=officer, former=occasion.stop)


def _as_filed(form: type[Form], initial: Mapping[str, Any]) -> dict[str, Any]:
    """What a form makes of what was filed with it."""
    filled = form(answers.given(initial).sent())
    filled.is_valid()
    return filled.cleaned_data


def _of_people(page: EntryPage) -> list[Finding]:
    """What the rules say of each person who can be read, whatever else cannot."""
    said = []
    for index, form in enumerate(page.people):
        if form.is_valid():
            person = _contacted(form.cleaned_data, page.occasion)
            for one in (rule.demographics_belong_to_students(person), rule.outcome_stands(person)):
                said.append(Finding(one.clause, one.met, one.reason, f"people.{index}.{one.field}"))
    return said


def _readable(form: Form) -> dict[str, Any]:
    """What could be read of a form; what could not is empty."""
    empty = {name: [] if isinstance(field, MultipleChoiceField) else "" for name, field in form.fields.items()}
    return {**empty, **form.cleaned_data}


def _entry(page: EntryPage, data: Mapping[str, Any], people: Sequence[PersonContacted]) -> Interaction:
    return Interaction(
        kind=Kind(data["kind"]),
        occurred_at=data["occurred_at"],
        recorded_at=page.occasion.at,
        initiated_by=InitiatedBy(data["initiated_by"]),
        conduct=ConductClass(data["conduct"]),
        tried_first=tuple(TriedFirst(code) for code in data["tried_first"]),
        de_escalation=tuple(DeEscalation(code) for code in data["de_escalation"]),
        people=tuple(people),
        duration_minutes=data["duration_minutes"],
        late_reason=data["late_reason"],
        narrative=data["narrative"],
        kept_because=data["kept_because"],
    )


def _contacted(data: Mapping[str, Any], occasion: Occasion) -> PersonContacted:
    values: Mapping[str, Any] = recorded(data, occasion.former).values
    typed = PersonContacted(
        kind=PersonKind(data["kind"]),
        role=PersonRole(data["role"]),
        actions=tuple(Action(code) for code in data["actions"]),
        outcomes=tuple(Outcome(code) for code in data["outcomes"]),
        details=person_details_form.told(data),
        **values,
    )
    return withheld.kept(typed, occasion.withheld.of(data.get("was")))
