"""How long it takes to enter a contact: the clock that travels with the form, and the figures of what it measured.

The server signs when a form was opened and when each of its steps was left, so that a figure is measured and not
claimed. What is stored names neither the contact nor the person (`models_times.EntryTime`).
"""

from __future__ import annotations

import itertools
import math
import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.db.models import Count
from django.utils.translation import gettext as _

from accord.facts import Kind
from accord.web.interactions.models_times import EntryPath, EntryTime
from accord.web.interactions.times import district_day

LONGEST = timedelta(hours=8)
"""A form that lay open longer was not being filled in: it is not counted."""
FEWEST = 5
"""With fewer entries no figure is given."""
WINDOWS = (30, 365)
"""Over how many days back figures are given."""
NEWEST = 1000
"""The most entries that the figures of the steps are made of."""
FIELD = "opened"

_SALT = "accord.interactions.opened"
_MOST_LAPS = 60
_STEP = re.compile(r"[a-z]{1,20}", re.ASCII)
_Laps = list[tuple[str, int]]
"""Names of steps with the second, in UTC, at which each was left; the first stands for the opening."""


def opened(at: datetime) -> str:
    """The clock of a form opened now."""
    return _signed([("", _second(at))])


def lap(clock: str, step: str, at: datetime) -> str:
    """The clock with a step left now. One that cannot be read stays as it is, and is not counted in the end."""
    laps = _read(clock)
    if laps is None or len(laps) >= _MOST_LAPS or not _STEP.fullmatch(step):
        return clock
    return _signed([*laps, (step, _second(at))])


def opened_field(at: datetime | None = None) -> forms.CharField:
    """The hidden field that carries the clock, as a form has it. `at`: when the form is opened, where that is known."""
    value = opened(at) if at else ""
    return forms.CharField(required=False, max_length=4000, initial=value, widget=forms.HiddenInput)


def _second(at: datetime) -> int:
    return int(at.timestamp())


def _signed(laps: _Laps) -> str:
    return signing.dumps(laps, salt=_SALT)


def _read(clock: str) -> _Laps | None:
    try:
        return [(str(step), int(second)) for step, second in signing.loads(clock, salt=_SALT)]
    except signing.BadSignature:
        return None


def note(post: Mapping[str, Any], path: str, at: datetime) -> str:
    """Count how long the entry that was just filed took. Call it once for a contact: when it was filed, not when found.

    Args:
        post: what was sent, by the names of the full form: `opened`, `kind` and, where it has steps, `step`.
        path: "quick" or "full".

    Returns:
        Why it is not counted, as a sentence for the person; "" when it is.
    """
    laps = _read(str(post.get(FIELD, "")))
    if laps is None:
        return _("How long this entry took is not counted: the form does not say when it was opened.")
    seconds = _second(at) - laps[0][1]
    if not 0 <= seconds <= LONGEST.total_seconds():
        return _("How long this entry took is not counted: the form lay open for more than 8 hours.")
    last = str(post.get("step", ""))
    EntryTime.objects.create(
        path=EntryPath(path),
        kind=Kind(str(post["kind"])).value,
        seconds=seconds,
        steps=_per_step([*laps, (last, _second(at))]) if _STEP.fullmatch(last) else {},
        day=district_day(at.astimezone(UTC)),
    )
    return ""


def _per_step(laps: _Laps) -> dict[str, int]:
    """Seconds spent at each step, visits added up."""
    spent: dict[str, int] = {}
    for (_before, since), (step, until) in itertools.pairwise(laps):
        spent[step] = spent.get(step, 0) + max(0, until - since)
    return spent


@dataclass(frozen=True)
class Figures:
    """How many entries were counted, and their median and 90th percentile in seconds; None where too few were."""

    count: int
    median: float | None
    ninetieth: int | None


_Tally = Sequence[tuple[int, int]]
"""Seconds in order, each with how many entries took that long."""


def figures(*, on: date, days: int) -> dict[EntryPath, Figures]:
    """The figures of each form over the days up to this one. One query, whose answer has a row a second at most."""
    counted = EntryTime.objects.filter(day__gt=on - timedelta(days=days), day__lte=on)
    rows = counted.values_list("path", "seconds").annotate(entries=Count("pk")).order_by("path", "seconds")
    tallies: dict[str, list[tuple[int, int]]] = {path: [] for path in EntryPath}
    for path, seconds, entries in rows:
        tallies[path].append((seconds, entries))
    return {path: of_tally(tallies[path]) for path in EntryPath}


def of_tally(tally: _Tally) -> Figures:
    """The median is the middle value or the mean of the two middle ones; the percentile is by nearest rank."""
    count = sum(entries for _seconds, entries in tally)
    if count < FEWEST:
        return Figures(count, None, None)
    middle = (_at_rank(tally, (count + 1) // 2) + _at_rank(tally, count // 2 + 1)) / 2
    return Figures(count, middle, _at_rank(tally, math.ceil(count * 9 / 10)))


def step_medians(*, on: date, days: int) -> dict[str, float]:
    """The median seconds of each step of the full form over its newest entries, where enough went through it."""
    counted = EntryTime.objects.filter(path=EntryPath.FULL, day__gt=on - timedelta(days=days), day__lte=on)
    spent: dict[str, list[int]] = {}
    for entry in counted.order_by("-pk").values_list("steps", flat=True)[:NEWEST]:
        for step, seconds in entry.items():
            spent.setdefault(step, []).append(seconds)
    return {step: statistics.median(several) for step, several in spent.items() if len(several) >= FEWEST}


def _at_rank(tally: _Tally, rank: int) -> int:
    """The value at a place in the order, counted from 1."""
    for seconds, entries in tally:
        rank -= entries
        if rank <= 0:
            return seconds
    raise ValueError("There are fewer values than that.")


def said(seconds: float | None) -> str:
    """A figure in words; that it is not known yet where there is none."""
    if seconds is None:
        return _("not known yet")
    whole = round(seconds)
    if whole < 60:
        return _("%(s)s s") % {"s": whole}
    return _("%(m)s min %(s)s s") % {"m": whole // 60, "s": whole % 60}
