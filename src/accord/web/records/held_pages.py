"""What the pages show of a paper on file: its facts in words."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accord.facts import Coded, from_plain
from accord.web.base.templatetags.accord import label, shown
from accord.web.people.models import User
from accord.web.records.held_forms import FORMS
from accord.web.records.keeping import FACT
from accord.web.records.models import Held, HeldKind


@dataclass(frozen=True)
class Row:
    """A paper on file and what it says, line by line."""

    held: Held
    kind: HeldKind
    lines: list[tuple[Any, str]]

    @property
    def of_student(self) -> bool:
        return "student" in self.held.body


def rows(papers: list[Held]) -> list[Row]:
    """The papers with their facts in words. One query, for the names of accounts."""
    named = {one.body.get(key, "") for one in papers for key in ("person", "officer", "party")}
    accounts = {
        str(uid): name
        for uid, name in User.objects.filter(uid__in=[one for one in named if _is_uid(one)]).values_list("uid", "name")
    }
    return [Row(one, HeldKind(one.kind), _lines(one, accounts)) for one in papers]


def _is_uid(text: str) -> bool:
    return len(text) == 36 and text.count("-") == 4


def _lines(held: Held, accounts: dict[str, str]) -> list[tuple[Any, str]]:
    """What the form asked, with what was answered; whom it is about is not said again."""
    kind = HeldKind(held.kind)
    asked = FORMS[kind].base_fields
    told = [(name, value) for name, value in _values(kind, held) if name in asked and name != "student"]
    return [(asked[name].label, words) for name, value in told if (words := _words(value, accounts))]


def _values(kind: HeldKind, held: Held) -> list[tuple[str, Any]]:
    if kind not in FACT:
        return [(name, date.fromisoformat(value)) for name, value in held.body.items() if name == "on"]
    fact = from_plain(FACT[kind], held.body)
    return [(one.name, getattr(fact, one.name)) for one in fields(fact)]


def _words(value: Any, accounts: dict[str, str]) -> str:
    if value is None:
        return _("Not known")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, tuple):
        return ", ".join(_words(one, accounts) for one in value)
    if isinstance(value, Coded):
        return label(value)
    return accounts.get(value, "") or str(shown(value)) if value != "" else ""
