"""Gathers what the rules of controls read, in a fixed number of queries: days, and what was on file on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from accord.catalogue import Obligation
from accord.facts import EditionFact, Reviewed
from accord.facts import Evidence as EvidenceFact
from accord.web.controls import contacts, register
from accord.web.controls.models import Award, Evidence, Program
from accord.web.duties import facts as duties
from accord.web.duties.facts import Tasks
from accord.web.immigration import facts as immigration
from accord.web.interactions import facts as interactions
from accord.web.interactions.times import district_day
from accord.web.policies import facts as policies
from accord.web.records import gate_facts as gate
from accord.web.reports import facts as reports


@dataclass(frozen=True)
class Filed:
    """Evidence, and the days it was on file: from `recorded_on` to the day before `withdrawn_on` (None: still)."""

    evidence: EvidenceFact
    recorded_on: date
    withdrawn_on: date | None = None

    def on_file(self, on: date) -> bool:
        return self.recorded_on <= on and (self.withdrawn_on is None or on < self.withdrawn_on)


@dataclass(frozen=True)
class Records:
    """Everything the rules read.

    `contacts` answers what was on file about contacts at the end of a day, `tasks` what is owed after them, `requests`
    what is on the register of requests by immigration enforcement, `gate` what is on file about student records.
    """

    filed: Mapping[str, tuple[Filed, ...]]
    awards: tuple[tuple[date, str], ...]
    editions: tuple[EditionFact, ...]
    contacts: Callable[[date], tuple[Reviewed, ...]]
    tasks: Callable[[], Tasks]
    requests: Callable[[], immigration.Rows]
    gate: Callable[[], gate.Rows]

    def evidence(self, obligation: str, *, known_on: date) -> tuple[EvidenceFact, ...]:
        """What was on file for an obligation at the end of a day."""
        return tuple(one.evidence for one in self.filed.get(obligation, ()) if one.on_file(known_on))

    def award(self, *, known_on: date) -> str:
        """What was said about the federal grant by a day."""
        return next((award for day, award in self.awards if day <= known_on), Award.UNKNOWN.value)


def for_day(obligations: Mapping[str, Obligation], *, on: date) -> Records:
    """What was on file at the end of one day. Contacts are read when they are asked for, of the day asked for."""

    @lru_cache(maxsize=1)
    def read(day: date) -> tuple[Reviewed, ...]:
        return interactions.reviewed(on=day)

    @lru_cache(maxsize=1)
    def owed() -> Tasks:
        return duties.tasks(until=on)

    return _records(obligations, until=on, read=read, owed=owed)


def for_days(obligations: Mapping[str, Obligation], *, until: date) -> Records:
    """What was on file on any day up to one, read once."""
    spans = contacts.spans(until=until)

    @lru_cache(maxsize=2)  # each day is asked for beside the last one
    def read(day: date) -> tuple[Reviewed, ...]:
        return contacts.on_day(spans, day)

    @lru_cache(maxsize=1)
    def owed() -> Tasks:
        return duties.tasks(until=until)

    return _records(obligations, until=until, read=read, owed=owed)


def _records(
    obligations: Mapping[str, Obligation],
    *,
    until: date,
    read: Callable[[date], tuple[Reviewed, ...]],
    owed: Callable[[], Tasks],
) -> Records:
    return Records(
        filed=_filed(obligations),
        awards=tuple((district_day(at), award) for at, award in Program.objects.values_list("set_at", "award")),
        editions=reports.editions(on=until),
        contacts=read,
        tasks=owed,
        requests=lru_cache(maxsize=1)(lambda: immigration.rows(until=until)),
        gate=lru_cache(maxsize=1)(lambda: gate.rows(until=until)),
    )


def _filed(obligations: Mapping[str, Obligation]) -> dict[str, tuple[Filed, ...]]:
    """Evidence put on file by hand, and the policies in force where they themselves are the evidence."""
    filed: defaultdict[str, list[Filed]] = defaultdict(list)
    columns = ("obligation", "title", "effective_on", "expires_on", "item", "recorded_at", "withdrawn_at")
    for obligation, title, start, end, item, recorded_at, withdrawn_at in Evidence.objects.values_list(*columns):
        withdrawn = district_day(withdrawn_at) if withdrawn_at else None
        filed[obligation].append(Filed(EvidenceFact(title, start, end, item), district_day(recorded_at), withdrawn))
    own = [one.id for one in obligations.values() if shown_by_policy(one)]
    for row in policies.carried(own):
        known_until = district_day(row.known_until) if row.known_until else None
        fact = EvidenceFact(row.title, row.starts_on, row.ends_on)
        filed[row.obligation].append(Filed(fact, district_day(row.known_from), known_until))
    return {obligation: tuple(rows) for obligation, rows in filed.items()}


def shown_by_policy(obligation: Obligation) -> bool:
    """Is the adopted policy itself the evidence, as for a commitment that it states?"""
    return obligation.kept_by == "policies" and register.control(obligation).rule == register.ON_FILE
