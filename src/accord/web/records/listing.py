"""The list of requests: narrowed, in pages, each with where it stands. It names no student."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.facts.records import Capacity, Purpose, RecordKind, Ruling
from accord.web.interactions.choices import choices
from accord.web.records.models_requests import Request, Requests, Step
from accord.web.records.steps import Act, State

PAGE = 25


class NarrowForm(forms.Form):
    """Which requests are shown."""

    use_required_attribute = False

    state = forms.ChoiceField(label=gettext_lazy("State"), choices=choices(State, gettext_lazy("All")), required=False)


@dataclass(frozen=True)
class Row:
    """One request in the list. `days` is how long it has waited, in whole days."""

    request: Request
    state: State
    days: int
    released: bool

    @property
    def words(self) -> str:
        """Where it stands: whether anything was released, and nothing of what was not."""
        if self.state is not State.DECIDED:
            return str(_(self.state.label))
        return _("Released") if self.released else _("Not released")

    @property
    def purpose(self) -> Purpose:
        return Purpose(self.request.body.get("purpose", Purpose.OTHER.value))

    @property
    def kinds(self) -> list[RecordKind]:
        return kinds(self.request)

    @cached_property
    def capacity(self) -> Capacity:
        return Capacity(self.request.body.get("asker", {}).get("capacity", Capacity.OTHER.value))


def kinds(row: Request) -> list[RecordKind]:
    """The kinds of records that a request asks for."""
    return [RecordKind(one["kind"]) for one in row.body.get("records", ()) if one.get("kind")]


def _with_state(rows: Requests) -> Any:
    def done(act: Act) -> Exists:
        return Exists(Step.objects.filter(request=OuterRef("pk"), act=act.value))

    return rows.annotate(is_decided=done(Act.DECIDED), is_withdrawn=done(Act.WITHDRAWN))


_NARROWED = {
    State.OPEN: {"is_decided": False, "is_withdrawn": False},
    State.DECIDED: {"is_decided": True},
    State.WITHDRAWN: {"is_withdrawn": True},
}


def page(reached: Requests, state: str, number: str | None) -> Page[Any]:
    """One page of requests: those that wait with the oldest first, any others with the newest first."""
    rows = _with_state(reached).select_related("asker", "decision")
    if state:
        rows = rows.filter(**_NARROWED[State(state)])
    return Paginator(rows.order_by("at", "id") if state == State.OPEN else rows, PAGE).get_page(number)


def row(one: Any, *, at: datetime) -> Row:
    """What the list shows of a request."""
    where = State.WITHDRAWN if one.is_withdrawn else State.DECIDED if one.is_decided else State.OPEN
    given = one.decision.given if where is State.DECIDED else ""
    let_go = given in (Ruling.RELEASE, Ruling.IN_PART, Ruling.NOT_EDUCATION)
    return Row(one, where, (at - one.at).days, let_go)


def empty(state: str, *, decides: bool) -> str:
    """What to do next where there is nothing to show."""
    if state == State.OPEN and decides:
        return _("No request waits for a decision.")
    if state:
        return _("No request is in this state. Show all, or choose otherwise.")
    if decides:
        return _("Nobody has asked for a record yet.")
    return _("You have not asked for a record yet. Say what you need and why; somebody else decides.")
