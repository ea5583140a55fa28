"""The form of a contact as one page, or as the pages of its steps: its forms, and what is to be mended in them.

Works without JavaScript. Every page holds all answers, those it does not show as hidden inputs, so that whatever is
sent is the whole form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.forms import BoundField, Form, ValidationError

from accord import clauses
from accord.decision import Finding
from accord.facts import PersonKind, PersonRole, Stop
from accord.facts.stops import OfficerProfile
from accord.rules.wording import Mark
from accord.web.base.templatetags.accord import say
from accord.web.interactions import (
    answers,
    applies,
    details_form,
    facts,
    models,
    person_details_form,
    steps,
    stop_filed,
    stop_form,
    withheld,
)
from accord.web.interactions.answers import MOST, Answers, Forms, Values
from accord.web.interactions.applies import Asked, LeftOut
from accord.web.interactions.forms import UNCLEAN, OfficersPersonForm
from accord.web.interactions.recorded import LEFT, SCHOOL_RECORDED, is_shown
from accord.web.interactions.steps import Step
from accord.web.interactions.texts import OWN_WORDS, Part, marked, may_stay, on_roster
from accord.web.interactions.times import written
from accord.web.interactions.withheld import NOTHING, Withheld
from accord.web.people.models import School

RULE = "rule"
"""The code of an error that a rule said."""


@dataclass(frozen=True)
class Occasion:
    """What stays the same through all pages of one form.

    `at` is when the contact is recorded. `officer`: the profile of whoever enters it, None for somebody who is no
    officer. Only a correction knows the `school` beforehand, and of the version that is corrected the people
    (`former`), the record of a stop, and what the `reader` is not shown of it (`recorded.own_reader`).
    """

    forms: Forms
    at: datetime
    on: date
    school: School | None = None
    officer: OfficerProfile | None = None
    former: Sequence[models.Person] = ()
    stop: Stop | None = None
    reader: str | None = None
    withheld: Withheld = NOTHING

    @property
    def own(self) -> bool:
        """Is it typed by somebody who sees own answers only?"""
        return issubclass(self.forms.person, OfficersPersonForm)

    @property
    def somebody(self) -> Values:
        """What stands of a person before anything is typed: what somebody cannot know is left to the school."""
        return dict.fromkeys(SCHOOL_RECORDED, (LEFT,)) if self.own else {}


@dataclass(frozen=True)
class Problem:
    """One thing to mend: at which person (counted from 1, 0 for none), at which step and field, and what.

    `code` is RULE where a rule refused it, and the form's own code where it cannot be read.
    """

    person: int
    step: Step
    href: str
    label: str
    error: str
    code: str


@dataclass(frozen=True)
class EntryPage:
    """The form of the contact and those of its people, in order.

    `answers` hold all that was typed; the forms only what applies. `step` is None where all stands on one page.
    `checked`: was all of it checked, so that its problems are shown at every step? `alone`: only those of this step?
    """

    occasion: Occasion
    answers: Answers
    asked: Asked
    left_out: tuple[LeftOut, ...]
    main: Any
    people: tuple[Form, ...]
    step: Step | None = None
    checked: bool = False
    alone: bool = False
    roster: tuple[Mark, ...] = ()
    """Where the narrative names students of the school."""
    more: tuple[BoundField, ...] = ()
    """Questions of this step that its own answers call for, and that were not shown with it yet."""

    @property
    def forms(self) -> tuple[Form, ...]:
        return (self.main, *self.people)

    @cached_property
    def everything_wrong(self) -> tuple[Problem, ...]:
        """Everything to mend, in the order of the steps. Only after all findings are shown."""
        found = [one for person, form in enumerate(self.forms) if form.is_bound for one in _problems(form, person)]
        return tuple(sorted(found, key=lambda one: steps.STEPS.index(one.step)))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What this page says is to be mended."""
        return tuple(one for one in self.everything_wrong if not self.alone or one.step is self.step)

    @property
    def has_errors(self) -> bool:
        return bool(self.problems)

    @property
    def status(self) -> int:
        """As which answer the page is given: 400 where it cannot be read, 422 where a rule refuses it, else 200."""
        codes = {one.code for one in self.problems}
        if not codes:
            return 200
        return 422 if UNCLEAN in codes or codes == {RULE} else 400

    @property
    def keeps(self) -> bool:
        """Are there names or numbers to give a reason for, or was one given?"""
        wrong = self.main.is_bound and "narrative" in self.main.errors
        wrong = wrong and may_stay(self.marked.get("narrative", ()))
        return wrong or bool({"keep", "kept_because"} & set(self.answers.main))

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
        """Can everything typed be read?"""
        return not [form for form in self.forms if not form.is_valid()]

    def show(self, findings: Iterable[Finding]) -> None:
        """Put each unmet finding beside the field it is about, or above the form when it is about none."""
        for finding in findings:
            if not finding.met:
                person, field = person_and_field(finding)
                form = self.forms[person]
                error = ValidationError(say(finding.reason), code=RULE, params={"field": field})
                form.add_error(field if field in form.fields else None, error)

    def beside_roster(self, school: School | None) -> EntryPage:
        """The page, knowing where its narrative names students of the school."""
        text = str(self.main["narrative"].value() or "")
        return replace(self, roster=on_roster(text, school, on=self.occasion.on)) if school else self

    def at(self, step: Step | None) -> EntryPage:
        """The same, opened at a step."""
        return replace(self, step=step)


def person_and_field(finding: Finding) -> tuple[int, str]:
    """At which person a finding is (counted from 1, 0 for none), and about which field."""
    parts = finding.field.split(".")
    return (int(parts[1]) + 1, parts[2]) if len(parts) == 3 and parts[0] == "people" else (0, finding.field)


def _problems(form: Form, person: int) -> Iterable[Problem]:
    found = form.errors.as_data()
    for error in found.get("__all__", ()):
        step = steps.step_of((error.params or {}).get("field", ""), person=bool(person))
        yield Problem(person, step, "", "", " ".join(error.messages), str(error.code))
    for name, field in _fields(form):
        step = steps.step_of(name, person=bool(person))
        href = str(field.id_for_label or field.auto_id)
        for error in found.get(name, ()):
            yield Problem(person, step, href, str(field.label), " ".join(error.messages), str(error.code))


def _fields(form: Form) -> list[tuple[str, BoundField]]:
    """The fields in the order in which the steps ask them."""
    asked = [name for step in steps.STEPS for name in (*step.names, *step.person_names)]
    return sorted(((one.name, one) for one in form), key=lambda pair: (*asked, pair[0]).index(pair[0]))


def bound(occasion: Occasion, told: Answers) -> EntryPage:
    """The page with these answers, to be read and checked."""
    asked, kept, left_out = _applying(occasion, told)
    data = kept.sent()
    people = tuple(occasion.forms.person(data, prefix=f"people-{i}") for i in range(len(kept.people)))
    _offer(occasion, told, people)
    return EntryPage(occasion, told, asked, left_out, occasion.forms.main(data), people)


def typed(occasion: Occasion, told: Answers) -> EntryPage:
    """The page with these answers, unread: to be filled in further."""
    asked, _kept, left_out = _applying(occasion, told)
    forms = occasion.forms
    people = tuple(
        forms.person(initial=answers.raw(one, forms.person), prefix=f"people-{i}") for i, one in enumerate(told.people)
    )
    _offer(occasion, told, people)
    return EntryPage(occasion, told, asked, left_out, forms.main(initial=answers.raw(told.main, forms.main)), people)


def _applying(occasion: Occasion, told: Answers) -> tuple[Asked, Answers, tuple[LeftOut, ...]]:
    late = clauses.parameter("interactions.late-entry", on=occasion.on).value
    by_officer = occasion.officer is not None
    when = applies.When(occasion.at, late, by_officer=by_officer, stop_stays=bool(occasion.stop) and not by_officer)
    asked = _shown(occasion, told, applies.asked(told, occasion.forms, when))
    return asked, *applies.reduced(told, asked, occasion.forms)


def _shown(occasion: Occasion, told: Answers, asked: Asked) -> Asked:
    """The questions that apply, without those that the school answered and the reader is not shown."""
    was = (one.get("was", ("",))[-1] for one in told.people)
    held = (occasion.withheld.of(int(one)) if one.isdecimal() and len(one) < 4 else {} for one in was)
    people = tuple(names - withheld.fields(one) for names, one in zip(asked.people, held, strict=True))
    return Asked(asked.main - withheld.fields(occasion.withheld.contact), people)


def _offer(occasion: Occasion, told: Answers, people: Sequence[Form]) -> None:
    """Take out of the forms the answers that only a student at a school can have, where a person is none."""
    main = answers.raw(told.main, occasion.forms.main)
    for form, one in zip(people, told.people, strict=True):
        stop_form.offer(form, main, answers.raw(one, occasion.forms.person))


def blank(
    occasion: Occasion, known: Mapping[str, Any] | None = None, people: Sequence[Mapping[str, Any]] | None = None
) -> EntryPage:
    """A page for one person with the time now, to begin with.

    `known` and `people` hold any answers that are known beforehand, as a template or "same again" knows them: for each
    field its value, as `answers.given` takes it. What is known goes before what a blank page says.
    """
    main = {"occurred_at": written(occasion.at), "duration_minutes": 5, **(known or {})}
    student = {"kind": PersonKind.STUDENT.value, "role": PersonRole.SUBJECT.value}
    told = answers.given(main, [{**occasion.somebody, **one} for one in ([student] if people is None else people)])
    return typed(occasion, told).at(steps.FIRST)


def filed(occasion: Occasion, version: models.Version) -> EntryPage:
    """A page that holds what was filed with a version, as far as the reader is shown it."""
    names = ("duration_minutes", "location", "late_reason", "kind", "initiated_by", "conduct", "narrative")
    main = {name: getattr(version, name) for name in (*names, "tried_first", "de_escalation", "kept_because")}
    main |= details_form.initial(facts.details(version))
    main |= {"occurred_at": written(version.occurred_at), "number": version.number, "keep": bool(version.kept_because)}
    people = [_filed_person(one, position, occasion.reader) for position, one in enumerate(version.people.all())]
    if occasion.stop and occasion.officer:
        main |= stop_filed.initial(occasion.stop)
        stopped = stop_filed.initial_people(occasion.stop)
        people = [one | stopped.get(position, {}) for position, one in enumerate(people)]
    _asked, told, _left_out = _applying(occasion, answers.given(main, people))
    return typed(occasion, told).at(steps.FIRST)


def _filed_person(row: models.Person, position: int, reader: str | None) -> dict[str, Any]:
    held = {name: getattr(row, name) for name in ("kind", "role", "actions", "outcomes")}
    held |= person_details_form.initial(facts.person(row).details)
    school = {name: getattr(row, name) if is_shown(row, name, reader) else LEFT for name in SCHOOL_RECORDED}
    return {**held, **school, "was": position}
