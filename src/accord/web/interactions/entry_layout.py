"""What a page of the form shows: the questions of its step, what travels unseen, all answers in words at the end."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BooleanField, BoundField, CheckboxInput, CheckboxSelectMultiple, Form, ModelChoiceField
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accord.decision import BadInput, Say
from accord.facts import PersonKind
from accord.web.base.templatetags.accord import label
from accord.web.interactions import steps
from accord.web.interactions.applies import LeftOut
from accord.web.interactions.entry_facts import second_look
from accord.web.interactions.entry_page import EntryPage, person_and_field
from accord.web.interactions.steps import Group, Step
from accord.web.interactions.texts import Part
from accord.web.interactions.times import instant
from accord.web.interactions.words import Line


@dataclass(frozen=True)
class Question:
    """One field, and its text with what was refused in it marked."""

    field: BoundField
    marked: Sequence[Part] = ()


@dataclass(frozen=True)
class Questions:
    """Fields that stand together."""

    title: Any
    hint: Any
    fields: Sequence[Question]
    folded: bool = False

    @property
    def open(self) -> bool:
        """Does something stand here, right or wrong?"""
        return any(one.field.value() or (one.field.form.is_bound and one.field.errors) for one in self.fields)


@dataclass(frozen=True)
class PersonShown:
    """What a step asks of one person. `number` counts from 1, `who` says who it is, `id` is that of the block."""

    id: str
    number: int
    who: str
    groups: Sequence[Questions]

    @property
    def index(self) -> int:
        return self.number - 1


@dataclass(frozen=True)
class Section:
    """One step with all that it asks."""

    step: Step
    groups: Sequence[Questions]
    people: Sequence[PersonShown]

    @property
    def is_people(self) -> bool:
        """Are people added and removed here?"""
        return self.step is steps.PEOPLE


@dataclass(frozen=True)
class Told:
    """The answers of one step in words."""

    step: Step
    lines: Sequence[Line]
    people: Sequence[tuple[PersonShown, Sequence[Line]]]


@dataclass(frozen=True)
class Layout:
    """A page as its template prints it."""

    sections: Sequence[Section]
    unseen: Sequence[tuple[str, str]]
    """Names and values of all answers that stand in no field of the page."""
    number: int
    """Which step this is, counted from 1 among those that apply; 0 where all stands on one page."""
    total: int
    told: Sequence[Told]
    """All answers in words, at the last step."""
    left_out: Sequence[str]
    """What was answered and does not apply, at the last step."""
    looks: Sequence[tuple[int, Say]]
    """What the reviewer will be shown, at the last step: about which person (0 for none), and what."""


def layout(page: EntryPage) -> Layout:
    """What to print."""
    way = steps.route(page.asked)
    shown = (page.step,) if page.step else way
    sections = [_section(page, step) for step in shown]
    visible = {question.field.html_name for section in sections for question in _questions(section)}
    unseen = [pair for pair in page.answers.pairs() if pair[0] not in visible]
    number = way.index(page.step) + 1 if page.step in way else 0
    last = page.step is steps.LAST
    told = [_told(page, step) for step in way[:-1]] if last else []
    looks = [(person_and_field(one)[0], one.reason) for one in second_look(page)] if last else []
    return Layout(sections, unseen, number, len(way), told, left_out(page) if last else [], looks)


def _questions(section: Section) -> Iterator[Question]:
    for groups in (section.groups, *(person.groups for person in section.people)):
        for group in groups:
            yield from group.fields


def not_shown(page: EntryPage, names: Container[str]) -> tuple[BoundField, ...]:
    """The questions of this step that stood in no field of the page that sent these names.

    Boxes to tick send nothing while they are empty, so it is only known of other fields whether they were there.
    """
    fields = (question.field for section in layout(page).sections for question in _questions(section))
    return tuple(
        field
        for field in fields
        if not isinstance(field.field.widget, CheckboxInput | CheckboxSelectMultiple)
        and field.html_name not in names
        and field.name not in steps.OFFERED
    )


def _section(page: EntryPage, step: Step) -> Section:
    groups = _groups(page, step.main, page.main, page.asked.main)
    people = [_person(page, step, index) for index in range(len(page.people))]
    return Section(step, groups, people if step is steps.PEOPLE else [one for one in people if one.groups])


def _person(page: EntryPage, step: Step, index: int) -> PersonShown:
    form = page.people[index]
    kind = str(form["kind"].value() or "")
    who = label(PersonKind(kind)) if kind in set(PersonKind) else ""
    return PersonShown(
        f"{step.name}-person-{index + 1}", index + 1, who, _groups(page, step.person, form, page.asked.people[index])
    )


def _groups(page: EntryPage, groups: Sequence[Group], form: Form, asked: frozenset[str]) -> list[Questions]:
    unasked = frozenset() if page.keeps else frozenset({"keep", "kept_because"})
    rows = []
    for group in groups:
        names = [name for name in group.names if name in asked - unasked and name in form.fields]
        marked = page.marked if form is page.main else {}
        if fields := [Question(form[name], marked.get(name, ())) for name in names]:
            rows.append(Questions(group.title, group.hint, fields, group.folded))
    return rows


def _told(page: EntryPage, step: Step) -> Told:
    section = _section(page, step)
    people = [(one, list(_lines(one.groups))) for one in section.people]
    return Told(
        step, list(_lines(section.groups)), [(one, lines) for one, lines in people if lines or section.is_people]
    )


def _lines(groups: Sequence[Questions]) -> Iterator[Line]:
    for group in groups:
        for question in group.fields:
            if text := in_words(question.field):
                yield Line(str(question.field.label), text)


def in_words(field: BoundField) -> str:
    """What stands in a field, as a reader reads it; what cannot be read stands as it was typed."""
    value = field.value()
    if value in (None, "", [], False):
        return ""
    if isinstance(field.field, BooleanField):
        return _("Yes")
    if getattr(field.field.widget, "input_type", "") == "datetime-local":
        return _time(str(value))
    if isinstance(field.field, ModelChoiceField):
        chosen: Any = field.field.choices
        return next((str(text) for code, text in chosen if str(code) == str(value)), "")
    choices: Any = getattr(field.field, "choices", ())
    words = {str(code): str(text) for code, text in choices}
    return "; ".join(words.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value]))


def _time(text: str) -> str:
    try:
        return formats.date_format(timezone.localtime(instant(text)), "DATETIME_FORMAT")
    except BadInput:
        return text


def left_out(page: EntryPage) -> list[str]:
    """What was answered and does not apply, a sentence for the contact and for each person."""
    said = []
    for person in dict.fromkeys(one.person for one in page.left_out):
        names = ", ".join(_left(page, one) for one in page.left_out if one.person == person)
        text = _("Left out for person %(number)s: %(names)s.") if person else _("Left out: %(names)s.")
        said.append(text % {"number": person, "names": names} + " " + _("It does not apply to what was answered."))
    return said


def _left(page: EntryPage, one: LeftOut) -> str:
    forms = page.occasion.forms
    field: Any = (forms.person if one.person else forms.main).base_fields[one.name]
    words = dict(field.choices) if one.codes else {}
    return f"{field.label}" + (f" ({'; '.join(str(words[code]) for code in one.codes)})" if one.codes else "")
