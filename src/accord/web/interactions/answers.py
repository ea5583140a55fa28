"""What stands in the fields of a contact, as the form sends it: read, carried on to the next page, given back.

The page of one step shows a few fields; the others travel with it unseen. So all answers are kept in one form only,
whether they were typed, kept as a draft, filed before or filled in by a template.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from accord.decision import BadInput

MOST = 20
"""The most people one contact names."""

Values = Mapping[str, tuple[str, ...]]
"""For each field that holds something, what it sends. A field that is not there is empty."""


@dataclass(frozen=True)
class Forms:
    """The form about the contact, and the one about each person in it."""

    main: type[forms.Form]
    person: type[forms.Form]


@dataclass(frozen=True)
class Answers:
    """The answers about the contact, and about each person in it."""

    main: Values
    people: tuple[Values, ...] = ()

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every name and value, as the form sends them."""
        for prefix, values in (("", self.main), *((f"people-{i}-", one) for i, one in enumerate(self.people))):
            for name, several in values.items():
                yield from ((prefix + name, value) for value in several)

    def sent(self) -> QueryDict:
        """The answers as a form that was sent."""
        data = QueryDict(mutable=True)
        for name, value in self.pairs():
            data.appendlist(name, value)
        data["people"] = str(len(self.people))
        return data

    def one(self, name: str) -> str:
        """The answer to a question about the contact, "" where there is none."""
        return self.main.get(name, ("",))[-1]

    def told(self, name: str, value: str) -> Answers:
        """With this answer to a question about the contact."""
        return Answers({**self.main, name: (value,)}, self.people)

    def changed(self, do: str, somebody: Values) -> Answers:
        """With a person more or less, as the button that was pressed says: "add", "remove-0" and so on.

        `somebody` is what is known of a person who is added.
        """
        people = [one for position, one in enumerate(self.people) if do != f"remove-{position}"]
        if do == "add" and len(people) < MOST:
            people.append(somebody)
        return Answers(self.main, tuple(people))


def given(main: Mapping[str, Any], people: Sequence[Mapping[str, Any]] = ()) -> Answers:
    """Answers given as values: text, a number, yes or no, a code, or several codes."""
    return Answers(_values(main), tuple(_values(one) for one in people))


def _values(held: Mapping[str, Any]) -> Values:
    return {name: texts for name, value in held.items() if (texts := _texts(value))}


def _texts(value: Any) -> tuple[str, ...]:
    if value is None or value is False or value == "":
        return ()
    if value is True:
        return ("on",)
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else (str(value),)


def read(data: QueryDict, using: Forms) -> Answers:
    """What was sent, as far as the forms have fields for it.

    Raises:
        BadInput: when it is not said, or wrongly said, how many people the form holds.
    """
    people = tuple(_read(data, using.person, f"people-{i}-") for i in range(_count(data)))
    return Answers(_read(data, using.main, ""), people)


def _read(data: QueryDict, form: type[forms.Form], prefix: str) -> Values:
    sent = {name: data.getlist(prefix + name) for name in form.base_fields if prefix + name in data}
    held = {name: values if _takes_several(form, name) else values[-1:] for name, values in sent.items()}
    return {name: tuple(values) for name, values in held.items() if any(values)}


def _takes_several(form: type[forms.Form], name: str) -> bool:
    return isinstance(form.base_fields[name], forms.MultipleChoiceField)


def raw(values: Values, form: type[forms.Form]) -> dict[str, Any]:
    """For every field of the form what it holds, or begins with: a list where it takes several."""
    return {
        name: list(values.get(name, ())) if _takes_several(form, name) else values.get(name, (field.initial or "",))[-1]
        for name, field in form.base_fields.items()
    }


def _count(data: QueryDict) -> int:
    try:
        number = int(data.get("people", ""))
    except ValueError:
        number = -1
    if not 0 <= number <= MOST:
        raise BadInput(
            _("The form says wrongly how many people it holds."), mend=_("Open the form again and enter the contact.")
        )
    return number
