"""The form of a contact as one page: its fields, and one group of fields for each person contacted.

Works without JavaScript: adding or removing a person sends the page and gets it back with everything typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext as _

from accord.decision import BadInput, Finding
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
    TriedFirst,
)
from accord.facts.details import ContactDetails
from accord.rules import interactions as rule
from accord.rules.wording import Mark
from accord.web.base.templatetags.accord import say
from accord.web.interactions import details_form, facts, models
from accord.web.interactions.forms import EntryForm, OfficersPersonForm, PersonForm, unclean
from accord.web.interactions.places import Place
from accord.web.interactions.recorded import LEFT, SCHOOL_RECORDED, is_shown, recorded
from accord.web.interactions.texts import OWN_WORDS, Part, marked, on_roster
from accord.web.interactions.times import written
from accord.web.people.models import School

MOST = 20
"""The most people one contact names."""

_SEVERAL = {"tried_first", "de_escalation", "actions", "outcomes", "bases", "grounds"}


@dataclass(frozen=True)
class Problem:
    """One thing to mend: at which person (counted from 1, 0 for none), at which field, and what."""

    person: int
    href: str
    label: str
    error: str


@dataclass(frozen=True)
class EntryPage:
    """The form of the contact and those of its people, in order."""

    main: EntryForm
    people: tuple[PersonForm, ...]
    person: type[PersonForm] = PersonForm
    roster: tuple[Mark, ...] = ()
    """Where the narrative names students of the school."""

    @property
    def forms(self) -> tuple[Form, ...]:
        return (self.main, *self.people)

    @property
    def has_errors(self) -> bool:
        return any(form.errors for form in self.forms if form.is_bound)

    @property
    def problems(self) -> list[Problem]:
        """Everything to mend, in the order of the page."""
        found = []
        for person, form in enumerate(self.forms):
            found += [Problem(person, "", "", str(error)) for error in form.non_field_errors()]
            for field in form:
                href = field.id_for_label or field.auto_id
                found += [Problem(person, str(href), str(field.label), str(error)) for error in field.errors]
        return found

    @property
    def unclean(self) -> bool:
        """Was a text refused that the law keeps from being stored?"""
        return unclean(self.main)

    @property
    def keeps(self) -> bool:
        """Are there names or numbers to give a reason for, or was one given?"""
        if self.main.is_bound:
            return bool(self.main["keep"].value()) or "narrative" in self.main.errors
        return bool(self.main.initial.get("keep"))

    @property
    def marked(self) -> dict[str, list[Part]]:
        """Each refused text as it was sent, in parts, with what is wrong in it marked."""
        shown: dict[str, list[Part]] = {}
        for field in self.main.errors if self.main.is_bound else ():
            if field in OWN_WORDS:
                parts = marked(str(self.main[field].value() or ""), self.roster if field == "narrative" else ())
                if any(part.kind for part in parts):
                    shown[field] = parts
        return shown

    @property
    def room(self) -> bool:
        return len(self.people) < MOST

    def valid(self) -> bool:
        """Can everything typed be read? If not, what the rules say of each person that can is shown with it."""
        if not [form for form in self.forms if not form.is_valid()]:
            return True
        for form in self.people:
            if form.is_valid():
                person = _contacted(form.cleaned_data)
                _show(form, (rule.demographics_belong_to_students(person), rule.outcome_stands(person)))
        return False

    def place(self) -> Place:
        return Place(self.main.cleaned_data["location"])

    def details(self) -> ContactDetails:
        """What was told beyond the first form, as facts. Only after `valid`."""
        return details_form.told(self.main.cleaned_data)

    @property
    def own(self) -> bool:
        """Was it typed by somebody who sees own answers only?"""
        return self.person is OfficersPersonForm

    def carried(self, former: Sequence[models.Person]) -> list[Mapping[str, str]]:
        """For each person, the school-recorded answers that stay as filled in before, and by whom."""
        return [recorded(form.cleaned_data, former, own=self.own).carried for form in self.people]

    def entry(self, *, at: datetime, former: Sequence[models.Person] = ()) -> Interaction:
        """What was typed, as facts; typed over what `former` people were filed with. Only after `valid`."""
        data = self.main.cleaned_data
        return Interaction(
            kind=Kind(data["kind"]),
            occurred_at=data["occurred_at"],
            recorded_at=at,
            initiated_by=InitiatedBy(data["initiated_by"]),
            conduct=ConductClass(data["conduct"]),
            tried_first=tuple(TriedFirst(code) for code in data["tried_first"]),
            de_escalation=tuple(DeEscalation(code) for code in data["de_escalation"]),
            people=tuple(_contacted(form.cleaned_data, former) for form in self.people),
            duration_minutes=data["duration_minutes"],
            late_reason=data["late_reason"],
            narrative=data["narrative"],
            kept_because=data["kept_because"],
        )

    def show(self, findings: tuple[Finding, ...]) -> None:
        """Put each unmet finding beside the field it is about, or above the form when it is about none."""
        for finding in findings:
            parts = finding.field.split(".")
            if len(parts) == 3 and parts[0] == "people":
                _show(self.people[int(parts[1])], (replace(finding, field=parts[2]),))
            else:
                _show(self.main, (finding,))

    def beside_roster(self, school: School, *, on: date) -> EntryPage:
        """The page, knowing where its narrative names students of the school."""
        return replace(self, roster=on_roster(str(self.main["narrative"].value() or ""), school, on=on))

    def dropped(self) -> list[int]:
        """The people, counted from 1, whose school-recorded answers were left out because they are no students."""
        return [number for number, form in enumerate(self.people, 1) if form.dropped]


def _show(form: Form, findings: tuple[Finding, ...]) -> None:
    """Put what is not met beside its field, or above the form when the form has no such field."""
    for finding in findings:
        if not finding.met:
            form.add_error(finding.field if finding.field in form.fields else None, say(finding.reason))


def _contacted(data: Mapping[str, Any], former: Sequence[models.Person] = ()) -> PersonContacted:
    values: Mapping[str, Any] = recorded(data, former).values
    return PersonContacted(
        kind=PersonKind(data["kind"]),
        role=PersonRole(data["role"]),
        actions=tuple(Action(code) for code in data["actions"]),
        outcomes=tuple(Outcome(code) for code in data["outcomes"]),
        **values,
    )


def count(data: QueryDict) -> int:
    """How many people the page that was sent holds."""
    try:
        number = int(data.get("people", ""))
    except ValueError:
        number = -1
    if not 0 <= number <= MOST:
        raise BadInput(
            _("The form says wrongly how many people it holds."), mend=_("Open the form again and enter the contact.")
        )
    return number


def bound(form: type[EntryForm], data: QueryDict, person: type[PersonForm] = PersonForm) -> EntryPage:
    """The page as sent, to be read and checked."""
    return EntryPage(form(data), tuple(person(data, prefix=f"people-{i}") for i in range(count(data))), person)


def typed(form: type[EntryForm], data: QueryDict, person: type[PersonForm] = PersonForm) -> EntryPage:
    """The page as sent, unread: for showing again with a person more or less, as the button that was pressed says.

    `do` is "add", "remove-0" and so on; anything else changes nothing.
    """
    people: list[dict[str, Any]] = [_typed(person, data, f"people-{i}-") for i in range(count(data))]
    do = data.get("do", "")
    if do == "add" and len(people) < MOST:
        people.append({})
    people = [one for position, one in enumerate(people) if do != f"remove-{position}"]
    return _unbound(form, _typed(form, data, ""), people, person)


def _typed(form: type[Form], data: QueryDict, prefix: str) -> dict[str, Any]:
    return {
        name: data.getlist(prefix + name) if name in _SEVERAL else data.get(prefix + name, "")
        for name in form.base_fields
    }


def _unbound(
    form: type[EntryForm], main: Mapping[str, Any], people: list[dict[str, Any]], person: type[PersonForm]
) -> EntryPage:
    forms = tuple(person(initial=one, prefix=f"people-{i}") for i, one in enumerate(people))
    return EntryPage(form(initial=dict(main)), forms, person)


def blank(form: type[EntryForm], *, at: datetime, person: type[PersonForm] = PersonForm, **known: Any) -> EntryPage:
    """An empty page for one person, with the time now and what else is known."""
    main = {"occurred_at": written(at), "duration_minutes": 5, **known}
    return _unbound(form, main, [{"kind": PersonKind.STUDENT.value, "role": PersonRole.SUBJECT.value}], person)


def filed(form: type[EntryForm], version: models.Version, reader: str | None = None) -> EntryPage:
    """A page that holds what was filed with a version, as far as the reader is shown it (`recorded.own_reader`)."""
    names = ("duration_minutes", "location", "late_reason", "kind", "initiated_by", "conduct", "narrative")
    main = {name: getattr(version, name) for name in (*names, "tried_first", "de_escalation", "kept_because")}
    main |= details_form.initial(facts.details(version))
    main |= {"occurred_at": written(version.occurred_at), "number": version.number, "keep": bool(version.kept_because)}
    people = [_filed_person(one, position, reader) for position, one in enumerate(version.people.all())]
    return _unbound(form, main, people, OfficersPersonForm if reader else PersonForm)


def _filed_person(row: models.Person, position: int, reader: str | None) -> dict[str, Any]:
    held = {name: getattr(row, name) for name in ("kind", "role", "actions", "outcomes")}
    school = {name: getattr(row, name) if is_shown(row, name, reader) else LEFT for name in SCHOOL_RECORDED}
    return {**held, **school, "was": position}
