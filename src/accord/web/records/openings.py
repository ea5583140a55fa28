"""A week of looks at student records, person by person, out of the history of events."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from accord import clauses
from accord.decision import Finding
from accord.facts.openings import PersonWeek
from accord.rules import openings as rule
from accord.rules.controls_standing import add_months
from accord.web.audit.models import Event
from accord.web.base.middleware import DISTRICT_TIME
from accord.web.interactions.times import district_day, midnight
from accord.web.people.models import User
from accord.web.records.models_requests import Disclosure

WEEKS = 12
"""So many weeks before make the usual."""

OPENED = frozenset({"records.opened", "records.copy_read"})
SEARCHED = frozenset({"students.read", "records.file_read"})
EXPORTED = frozenset({"records.log_exported"})
EMERGENCY = frozenset({"records.determined"})
REFUSED = frozenset({"records.refused"})
LOOKS = OPENED | SEARCHED | EXPORTED
VERBS = LOOKS | REFUSED | EMERGENCY
"""What the history calls each thing that is counted."""


@dataclass
class Week:
    """What one person did in a week, counted."""

    opened: int = 0
    searched: int = 0
    exported: int = 0
    emergencies: int = 0
    refused: int = 0
    out_of_hours: int = 0
    students: set[int] = field(default_factory=set)

    @property
    def looked(self) -> int:
        return self.opened + self.searched + self.exported


@dataclass(frozen=True)
class Row:
    """One person in a week: the counts, what is usual for them, and what stands out."""

    person: User
    week: Week
    usual: float
    stands_out: tuple[Finding, ...]


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def mondays(first: date, *, on: date) -> list[date]:
    """The weeks that are looked over on a day, by their Mondays, the newest first: from the one of the first request
    to this one, as far as controls look back. None drops out before that because nobody looked it over.
    """
    months = int(clauses.parameter("controls.look-back", on=on).value)
    began, this = monday(max(first, add_months(on, -months))), monday(on)
    return [this - timedelta(weeks=ago) for ago in range((this - began).days // 7 + 1)]


def rows(*, first: date, on: date) -> list[Row]:
    """Everyone who looked at anything in the week that begins on this Monday; who stands out comes first.

    Three queries, whatever the rows.
    """
    found = _weeks(first)
    using = rule.numbers(on=on)
    now = {person: weeks[first] for person, weeks in found.items() if first in weeks}
    people = {str(one.uid): one for one in User.objects.filter(uid__in=[uid for uid in now if uid])}
    made = [_row(people[uid], week, found[uid], first, using) for uid, week in now.items() if uid in people]
    return sorted(made, key=lambda one: (-len(one.stands_out), -one.week.looked, one.person.name))


def _row(person: User, week: Week, weeks: dict[date, Week], first: date, using: rule.OpeningsNumbers) -> Row:
    before = [weeks.get(first - timedelta(weeks=ago), Week()).looked for ago in range(1, WEEKS + 1)]
    facts = PersonWeek(week.looked, week.refused, len(week.students), week.out_of_hours, median(before))
    return Row(person, week, median(before), rule.stands_out(facts, using=using))


def _weeks(first: date) -> dict[str, dict[date, Week]]:
    """Each person's weeks, by Monday, from the first that makes the usual to the end of this one."""
    start, end = midnight(first - timedelta(weeks=WEEKS)), midnight(first + timedelta(weeks=1))
    events = Event.objects.filter(verb__in=VERBS, at__gte=start, at__lt=end)
    hours = tuple(int(clauses.parameter(f"openings.day-{one}", on=first).value) for one in ("begins", "ends"))
    found: defaultdict[str, dict[date, Week]] = defaultdict(dict)
    for by, verb, at, body in events.values_list("by", "verb", "at", "body"):
        week = found[by].setdefault(monday(district_day(at)), Week())
        _count(week, verb, at, body, hours)
    lines = Disclosure.objects.filter(act="opened", at__gte=start, at__lt=end, student__isnull=False)
    for by, at, student in lines.values_list("by__uid", "at", "student"):
        found[str(by)].setdefault(monday(district_day(at)), Week()).students.add(student)
    return found


def _count(week: Week, verb: str, at: datetime, body: str, hours: tuple[int, ...]) -> None:
    week.opened += verb in OPENED
    week.searched += _students(body) if verb in SEARCHED else 0
    week.exported += verb in EXPORTED
    week.emergencies += verb in EMERGENCY
    week.refused += verb in REFUSED
    local = at.astimezone(DISTRICT_TIME)
    by_day = local.weekday() < 5 and hours[0] <= local.hour < hours[1]
    week.out_of_hours += verb in LOOKS | REFUSED and not by_day


def _students(body: str) -> int:
    """How many students a search showed; a search that found nobody is one look too."""
    return max(1, int(json.loads(body)["detail"].get("count", 1)))


def shown(found: Iterable[Row], *, reviewer: User) -> dict[str, object]:
    """What the page showed, as it is kept with the review: nobody's name, and nothing of a student.

    `own` says whether the reviewer is among those who looked.
    """
    told = list(found)
    return {
        "people": len(told),
        "own": any(one.person.pk == reviewer.pk for one in told),
        "looks": sum(one.week.looked for one in told),
        "refused": sum(one.week.refused for one in told),
        "stood_out": sorted({each.clause for one in told for each in one.stands_out}),
    }
