"""Contacts and their reviews as they stood on each day of a stretch, from one reading of the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from accord.facts import Review, Reviewed
from accord.web.interactions import facts
from accord.web.interactions.models import Review as ReviewRow
from accord.web.interactions.models import Version
from accord.web.interactions.times import district_day, end_of


@dataclass(frozen=True)
class Span:
    """What was on file about one contact from a day to a day, both included; `last` None: still."""

    first: date
    last: date | None
    contact: Reviewed


def on_day(spans: tuple[Span, ...], day: date) -> tuple[Reviewed, ...]:
    """What `interactions.facts.reviewed` would have answered that day."""
    return tuple(one.contact for one in spans if one.first <= day and (one.last is None or day <= one.last))


def spans(*, until: date) -> tuple[Span, ...]:
    """Every contact on file by a day, with each state its review was in before. Three queries, whatever the rows."""
    end = end_of(until)
    met = facts.what_people_met(until)
    reviews: defaultdict[int, list[tuple[date, str, Review]]] = defaultdict(list)
    rows = ReviewRow.objects.filter(at__lt=end).order_by("at").values_list("version", "at", "by__uid", "found")
    for version, at, by, found in rows:
        reviews[version].append((district_day(at), str(by), Review(found)))
    columns = ("interaction", "id", "at", "interaction__author__uid", "interaction__filed_at", *facts.TOLD)
    versions = Version.objects.filter(at__lt=end).order_by("interaction", "number")
    found_spans: list[Span] = []
    for _, group in groupby(versions.values_list(*columns), key=lambda row: row[0]):
        found_spans.extend(_of_contact(list(group), met, reviews))
    return tuple(found_spans)


def _of_contact(rows: list[Any], met: Any, reviews: Any) -> Iterator[Span]:
    """The spans of one contact: each version until the day before the next, split where a review came."""
    starts = [district_day(row[2]) for row in rows]
    for row, first, following in zip(rows, starts, [*starts[1:], None], strict=True):
        _, version, _, author, filed_at, *told = row
        states = [(first, None), *((max(first, day), (by, found)) for day, by, found in reviews.get(version, ()))]
        ends = [*(day for day, _ in states[1:]), following]
        for (start, review), end in zip(states, ends, strict=True):
            last = end - timedelta(days=1) if end else None
            if last is None or start <= last:
                standing = facts.review_state(
                    author, district_day(filed_at), first, facts.Told(*told), met[version], review
                )
                yield Span(start, last, standing)
