"""May these records of a student be released to whoever asks? No, unless a ground has every fact it needs.

Each copy is looked at on its own. A bar wins over any ground, and what nobody stated is never taken for a yes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files

from accord import clauses
from accord.decision import Finding, Say, implements
from accord.facts.records import (
    Answer,
    Asked,
    Numbers,
    OnFile,
    Owed,
    Request,
    Ruled,
    Ruling,
)
from accord.rules import records_owed as owed
from accord.rules.records_asking import Asking, Serving, asks_as_what_they_are, capacities, serves_the_agency
from accord.rules.records_bars import consent_ended, court_bar, own_request
from accord.rules.records_basis import Basis
from accord.rules.records_claims import CHECK, claims, is_confirmed, may_confirm, settled, word
from accord.rules.records_door import for_immigration, marks
from accord.rules.records_emergency import (
    Danger,
    Determination,
    Need,
    Outcome,
    Review,
    emergency_lacks,
    is_complete,
    may_answer,
    may_review,
)
from accord.rules.records_given import Given, Opening, carries_limits, given_stands, is_said, may_open
from accord.rules.records_log import entry
from accord.rules.records_look import BASES, NONE, Look, look, told, way_by
from accord.rules.records_needs import of_court
from accord.rules.records_papers import (
    Received,
    Telling,
    Told,
    Waiting,
    earliest,
    family_is_told,
    is_ready,
    is_received,
    may_tell,
    paper_lacks,
)
from accord.rules.records_reading import Reading, log_opens
from accord.rules.records_signing import Signing, may_be_signed, signer_may

__all__ = [
    "BASES",
    "CHECK",
    "NONE",
    "Asking",
    "Danger",
    "Determination",
    "Given",
    "Need",
    "Opening",
    "Outcome",
    "Reading",
    "Received",
    "Review",
    "Serving",
    "Signing",
    "Telling",
    "Told",
    "Waiting",
    "asks_as_what_they_are",
    "capacities",
    "carries_limits",
    "claims",
    "decide",
    "earliest",
    "emergency_lacks",
    "family_is_told",
    "given_stands",
    "is_complete",
    "is_confirmed",
    "is_ready",
    "is_received",
    "is_said",
    "log_opens",
    "may_answer",
    "may_be_signed",
    "may_confirm",
    "may_open",
    "may_review",
    "may_tell",
    "numbers",
    "paper_lacks",
    "serves_the_agency",
    "settled",
    "signer_may",
    "version",
]

LIMITS = (
    Say("Use it only for the purpose stated."),
    Say("Do not pass it on without written consent of the parent or adult student, unless the law allows it."),
)
NOT_EDUCATION = Ruling.NOT_EDUCATION
FIRST = (Ruling.RELEASE, Ruling.COUNSEL, Ruling.DENY, Ruling.NOT_EDUCATION)
"""Which answer counts for a request of several records: the first that any of them got."""

OUTSIDE_LIMIT = Say("Federal law on student records does not govern this copy; state law and the agreement do.")


def numbers(*, on: date) -> Numbers:
    """The numbers in force on a day; one that was not in force is None and helps no request."""

    def value(name: str) -> int | None:
        try:
            return int(clauses.parameter(f"records.{name}", on=on).value)
        except KeyError:
            return None

    judicial = value("immigration-judicial-only")
    return Numbers(
        adult_years=value("adult-years"),
        notice_days=value("notice-days"),
        emergency_hours=value("emergency-hours"),
        emergency_notice_days=value("emergency-notice-days"),
        truancy_notice_hours=value("truancy-notice-hours"),
        access_days=value("access-days"),
        teacher_lookback_years=value("teacher-lookback-years"),
        immigration_judicial_only=None if judicial is None else bool(judicial),
    )


@cache
def version() -> str:
    """A fingerprint of the rule as it runs: its clauses, its numbers and its code."""
    texts = {
        path.name: path.read_bytes()
        for folder in ("rules", "facts")
        for path in (files("accord") / folder).iterdir()
        if path.name.startswith("records") and path.is_file()
    }
    return sha256(b"\0".join(texts[name] for name in sorted(texts))).hexdigest()[:12]


def decide(request: Request, on_file: OnFile, *, on: date, parameters: Numbers) -> Answer:
    """Answer a request by the law and the numbers of a day.

    `on` is the day that everything on file is held against; `parameters` are the numbers of that day.
    The same facts give the same answer. What only whoever asks says is left out until somebody else confirmed it.
    """
    said: tuple[Finding, ...] = ()
    if request.claims:
        stated = Asked(request, on, on_file, parameters)
        said, request = word(stated), settled(stated).request
    asked = Asked(request, on, on_file, parameters)
    bars = own, ended, court = own_request(asked), consent_ended(asked), court_bar(asked)
    barred = own if not own.met else ended if not ended.met else court if not court.met else None
    looks = [look(asked, barred)]
    for place in range(1, len(request.records)):
        looks.append(look(Asked(request, on, on_file, parameters, place), barred))
    ruled, used = [], []
    for _, one, ground in looks:
        ruled.append(one)
        if ground is not None:
            used.append(ground)
    ruling, basis = _together(ruled)
    log, duties, limits = entry(asked, ruling, used), _duties(looks), _limits(ruled, used)
    return Answer(ruling, basis, tuple(ruled), bars, log, duties, limits, version(), said)


def _together(ruled: list[Ruled]) -> tuple[Ruling, str]:
    """The answer to the whole request, and the clause of the first record that got it.

    Of a release in part it is the clause of the first record that is released.
    """
    if len(ruled) == 1:
        return ruled[0].ruling, ruled[0].basis
    distinct = {one.ruling for one in ruled}
    wanted = next(ruling for ruling in FIRST if ruling in distinct)
    basis = next(one.basis for one in ruled if one.ruling is wanted)
    return (Ruling.IN_PART if wanted is Ruling.RELEASE and len(distinct) > 1 else wanted), basis


def _duties(looks: list[Look]) -> tuple[Owed, ...]:
    """What follows from the request itself, and from each release; the same duty is owed once."""
    first = looks[0][0]
    owes: tuple[Owed, ...] = owed.IMMIGRATION if for_immigration(first) else ()
    paper = first.request.paper
    if paper is not None and paper.non_disclosure is not True and of_court(first):
        owes += owed.court_notice(first)
    for asked, _, ground in looks:
        if ground is not None:
            owes += ground.owes(asked)
    return tuple({(one.what.template, one.who): one for one in owes}.values()) if len(looks) > 1 else owes


def _limits(ruled: list[Ruled], used: list[Basis]) -> tuple[Say, ...]:
    """What travels with what is let go: the limits of every ground that has some, and of what lies outside the law."""
    limits: tuple[Say, ...] = ()
    for basis in used:
        if basis.tell:
            limits = LIMITS
    for one in ruled:
        if one.ruling is NOT_EDUCATION:
            return (*limits, OUTSIDE_LIMIT)
    return limits


@implements(NONE)
def no_ground(asked: Asked) -> Finding:
    """Is there a ground that lets this record go? Without one the answer is no."""
    asked = settled(asked)
    by = way_by(marks(asked))
    return replace(told(by, by.lacking(asked)).findings[0], field=asked.record.id)


@implements("records.decision")
def is_answer(asked: Asked, *, stated: Ruling, basis: str = "") -> Finding:
    """Is this the answer of the law and the numbers of the day, and does it rest on this clause?"""
    found = decide(asked.request, asked.on_file, on=asked.on, parameters=numbers(on=asked.on))
    values = {"answer": Say(found.ruling.label), "clause": found.basis}
    met = found.ruling is stated and basis in ("", found.basis)
    return Finding("records.decision", met, Say("The answer is: {answer} ({clause}).", values))
