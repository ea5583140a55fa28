"""The steps of the form of a contact, as data: which questions stand together, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accord.web.interactions import person_details_form, stop_form
from accord.web.interactions.applies import Asked
from accord.web.interactions.person_details_asked import NOTICES, notice_fields
from accord.web.interactions.recorded import SCHOOL_RECORDED

Names = tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Questions that stand together, under a title of their own where they have one."""

    names: Names
    title: Any = ""
    hint: Any = ""
    folded: bool = False
    """Is it folded away, under its title, until something is answered in it?"""


@dataclass(frozen=True)
class Step:
    """One page of the form: questions about the contact, then questions about each person in it."""

    name: str
    title: Any
    main: tuple[Group, ...] = ()
    person: tuple[Group, ...] = ()
    hint: Any = ""

    @property
    def names(self) -> Names:
        """The questions about the contact."""
        return tuple(name for group in self.main for name in group.names)

    @property
    def person_names(self) -> Names:
        """The questions about each person."""
        return tuple(name for group in self.person for name in group.names)


def _groups(rows: Iterable[tuple[Any, Sequence[str]]]) -> tuple[Group, ...]:
    return tuple(Group(tuple(names), title) for title, names in rows)


_RECORDED = Group(
    SCHOOL_RECORDED,
    _("For a student, as the school recorded it"),
    _("Leave empty for anyone else. Choose “Not recorded” where you do not know; never guess."),
)

STEPS = (
    Step(
        "when",
        _("What, when and where"),
        (
            Group(("school", "kind", "initiated_by", "conduct")),
            Group(("occurred_at", "duration_minutes", "location", "late_reason")),
        ),
    ),
    Step(
        "asked",
        _("Why police were asked"),
        (
            Group(("asked_by", "bases", "tried_first", "offences")),
            Group(("grounds",), _("Grounds in the Education Code"), folded=True),
        ),
    ),
    Step(
        "people",
        _("People"),
        person=(Group(("kind", "role")), Group(("actions", "outcomes")), _RECORDED),
        hint=_("One block for each person, by their part and never by name. A talk to a whole class needs none."),
    ),
    Step(
        "acts",
        _("What the officer's acts call for"),
        person=_groups(person_details_form.GROUPS),
        hint=_("Only what was chosen for each person is asked here."),
    ),
    Step(
        "stop",
        _("The stop, and what the officer perceived"),
        _groups(stop_form.GROUPS_OF_CONTACT),
        _groups(stop_form.GROUPS[:1]),
        _("The state asks this of every stop. It is never filled in from what the school recorded."),
    ),
    Step(
        "why",
        _("Why and how the person was stopped"),
        person=_groups(stop_form.GROUPS[1:]),
        hint=_("The state asks this of every person stopped."),
    ),
    Step(
        "told",
        _("What happened and what followed"),
        (
            Group(("narrative", "keep", "kept_because", "de_escalation")),
            Group(
                (
                    "known_at",
                    "special_needs",
                    "threat_known_at",
                    "suspended_at",
                    "expelled_at",
                    "released_to_officer_at",
                    "release_exception",
                    "place_withheld",
                    "dhs_contacted_at",
                ),
                _("What followed"),
                _("What stands here decides which notices and reviews are due. Leave empty what did not happen."),
            ),
        ),
    ),
    Step("check", _("Check your answers"), (Group(("reason",)),)),
)
FIRST, LAST = STEPS[0], STEPS[-1]
OFFERED = frozenset(name for number in NOTICES[1:] for name in notice_fields(number))
"""Questions that make room for more of the same. They are there when the step is shown again, and hold nobody up."""
PEOPLE = next(step for step in STEPS if step.name == "people")


def named(name: str | None) -> Step:
    """The step of that name; the first one for any other name."""
    return next((step for step in STEPS if step.name == name), FIRST)


def route(asked: Asked) -> tuple[Step, ...]:
    """The steps that hold a question that applies, in order. People can always be added, and answers be checked."""
    return tuple(step for step in STEPS if step in (PEOPLE, LAST) or _applies(step, asked))


def _applies(step: Step, asked: Asked) -> bool:
    return bool(asked.main & set(step.names)) or any(names & set(step.person_names) for names in asked.people)


def step_of(name: str, *, person: bool) -> Step:
    """The step that asks a question; where none does, the one at which people are named or answers are checked."""
    found = (step for step in STEPS if name in (step.person_names if person else step.names))
    return next(found, PEOPLE if person or name == "people" else LAST)


def beside(step: Step, asked: Asked, by: int) -> Step:
    """The step that comes `by` steps after this one among those that apply; the outermost where there is none."""
    way = route(asked)
    ahead = [one for one in way if STEPS.index(one) > STEPS.index(step)]
    behind = [one for one in way if STEPS.index(one) < STEPS.index(step)]
    if by > 0:
        return ahead[0] if ahead else LAST
    return behind[-1] if behind else FIRST
