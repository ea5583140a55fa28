"""The gate as the rules of controls read it: papers of the program, officers and their word, requests and releases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery

from accord.facts import Role, from_plain
from accord.facts.immigration import OfficerPledge
from accord.facts.openings import WeekReview as WeekFact
from accord.facts.records import Acknowledgement, Agreement, AnnualNotice
from accord.facts.records_gate import RecordsGate, RequestAnswered
from accord.rules.records import BASES
from accord.rules.school_days import district_day, last_moment
from accord.web.people.models import RoleGrant
from accord.web.records import openings
from accord.web.records.models import Held, HeldKind
from accord.web.records.models_requests import Disclosure, Released, Request, Step
from accord.web.records.models_reviews import WeekReview
from accord.web.records.steps import Act

_PAPERS = {
    HeldKind.NOTICE: AnnualNotice,
    HeldKind.AGREEMENT: Agreement,
    HeldKind.ACKNOWLEDGEMENT: Acknowledgement,
}
_OUTSIDE = frozenset({"records.unit-record", "records.excluded"})
"""What is no education record goes by a clause of its own."""
_GROUNDS = frozenset(one.clause for one in BASES) | _OUTSIDE


@dataclass(frozen=True)
class _Paper:
    """A paper and the days it was on file: until the day before it was ended."""

    fact: AnnualNotice | Agreement | Acknowledgement
    filed_on: date
    ended_on: date | None

    def on_file(self, day: date, *, known_on: date) -> bool:
        return self.filed_on <= known_on and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True)
class Rows:
    """Everything on file that the gate is drawn from, read once. Six queries, none of which reads a record."""

    papers: tuple[_Paper, ...]
    grants: tuple[RoleGrant, ...]
    requests: tuple[RequestAnswered, ...]
    reviews: tuple[WeekReview, ...]

    def on(self, day: date, *, known_on: date) -> RecordsGate:
        """The gate on a day, by what was on file at the end of another."""
        facts = [one.fact for one in self.papers if one.on_file(day, known_on=known_on)]
        signed = [one for one in facts if isinstance(one, Acknowledgement)]
        return RecordsGate(
            notices=tuple(one for one in facts if isinstance(one, AnnualNotice)),
            agreements=tuple(one for one in facts if isinstance(one, Agreement)),
            officers=_officers(self.grants, signed, day),
            requests=tuple(_by(one, day) for one in self.requests if one.asked_on <= day),
            weeks=tuple(self._weeks(day, known_on)),
        )

    def _weeks(self, day: date, known_on: date) -> Iterator[WeekFact]:
        """The weeks since the first request that a day looks back on, as they were looked over by another."""
        if not self.requests or self.requests[0].asked_on > day:
            return
        known = [one for one in self.reviews if district_day(one.at) <= known_on]
        found = {(one.monday, one.number): one for one in known}
        for monday in openings.mondays(self.requests[0].asked_on, on=day):
            first, second = found.get((monday, 1)), found.get((monday, 2))
            yield WeekFact(
                last_day=monday + timedelta(days=6),
                reviewed_on=district_day(first.at) if first else None,
                own_looks=first.own_looks if first else None,
                second_on=district_day(second.at) if second else None,
            )


def _by(request: RequestAnswered, day: date) -> RequestAnswered:
    """A request as it stood at the end of a day: settled later, it waited; and nothing had gone."""
    if request.settled_on is not None and request.settled_on <= day:
        return request
    return RequestAnswered(request.asked_on)


def _officers(grants: tuple[RoleGrant, ...], signed: list[Acknowledgement], day: date) -> tuple[OfficerPledge, ...]:
    serving: dict[str, date] = {}
    agencies: defaultdict[str, set[str]] = defaultdict(set)
    for grant in grants:
        ended = district_day(grant.ended_at) if grant.ended_at else None
        if grant.facts().in_force(day) and (ended is None or day < ended):
            uid = str(grant.user.uid)
            serving[uid] = min(grant.starts_on, serving.get(uid, grant.starts_on))
            agencies[uid].add(grant.agency)
    word = {
        uid: max(
            (one.signed_on for one in signed if _counts(one, uid, agencies[uid], day) and one.signed_on), default=None
        )
        for uid in serving
    }
    return tuple(OfficerPledge(since, word[uid]) for uid, since in serving.items())


def _counts(word: Acknowledgement, person: str, agencies: set[str], day: date) -> bool:
    """Is it this officer's word, in force, for the agency they serve? For another, or for none, it opens nothing."""
    begun = word.signed_on is not None and word.signed_on <= day
    ours = word.person == person and bool(word.agency) and word.agency in agencies
    return ours and begun and (word.ends_on is None or day <= word.ends_on)


def rows(*, until: date) -> Rows:
    """What was filed by the end of a day."""
    grants = RoleGrant.objects.filter(role=Role.SRO.value, user__is_active=True).select_related("user")
    reviews = WeekReview.objects.filter(at__lte=last_moment(until)).defer("notes")
    return Rows(tuple(_papers(until)), tuple(grants), tuple(_requests(until)), tuple(reviews))


def _papers(until: date) -> list[_Paper]:
    filed = Held.objects.filter(kind__in=list(_PAPERS), at__lte=last_moment(until))
    columns = ("kind", "body", "at", "end__at")
    return [
        _Paper(from_plain(_PAPERS[HeldKind(kind)], body), district_day(at), district_day(ended) if ended else None)
        for kind, body, at, ended in filed.values_list(*columns)
    ]


def _requests(until: date) -> list[RequestAnswered]:
    end = last_moment(until)
    settled = Step.objects.filter(request=OuterRef("pk"), act__in=[Act.DECIDED, Act.WITHDRAWN], at__lte=end)
    lines = Disclosure.objects.filter(at__lte=end, act__in=[Act.DECIDED, Act.OPENED]).values_list(
        "request", "copy", "act"
    )
    told, opened = set(), set()
    for request, copy, act in lines:
        (told.add(request) if act == Act.DECIDED else opened.add((request, copy)))
    gone: dict[int, dict[int, str]] = {}
    released = Released.objects.filter(decision__at__lte=end)
    for request, copy, basis in released.values_list("decision__request", "copy", "basis"):
        gone.setdefault(request, {})[copy] = basis
    bare: Counter[int] = Counter(request for request, copy in opened if copy not in gone.get(request, {}))
    for request, copies in gone.items():
        bare[request] += sum(basis not in _GROUNDS or request not in told for basis in copies.values())
    asked = Request.objects.filter(at__lte=end).annotate(settled_at=Subquery(settled.values("at")[:1]))
    rows = asked.order_by("at", "id").values_list("pk", "at", "settled_at", "body__passed_to")
    return [
        RequestAnswered(
            asked_on=district_day(at),
            settled_on=district_day(settled_at) if settled_at else None,
            let_go=len(gone.get(pk, {})),
            bare=bare[pk],
            passed_on=bool(passed_to),
        )
        for pk, at, settled_at, passed_to in rows
    ]
