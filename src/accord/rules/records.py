"""May these records of a student be released to whoever asks? No, unless a ground has every fact it needs.

Each copy is looked at on its own. A bar wins over any ground, and what nobody stated is never taken for a yes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import chain

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
from accord.rules import records_justice as justice
from accord.rules import records_owed as owed
from accord.rules.records_asking import Asking, asks_as_what_they_are, capacities
from accord.rules.records_bars import OF_REQUEST, for_immigration
from accord.rules.records_basis import Basis
from accord.rules.records_emergency import Determination, Need, Outcome, Review, is_complete, may_review
from accord.rules.records_given import Given, Opening, given_stands, is_said, may_open
from accord.rules.records_log import entry
from accord.rules.records_look import BASES, NONE, Look, look
from accord.rules.records_papers import Received, Told, Waiting, earliest, is_ready, is_received, may_tell
from accord.rules.records_reading import Reading, log_opens
from accord.rules.records_signing import Signing, may_be_signed, signer_may

__all__ = [
    "BASES",
    "Asking",
    "Determination",
    "Given",
    "Need",
    "Opening",
    "Outcome",
    "Reading",
    "Received",
    "Review",
    "Signing",
    "Told",
    "Waiting",
    "asks_as_what_they_are",
    "capacities",
    "decide",
    "earliest",
    "given_stands",
    "is_complete",
    "is_ready",
    "is_received",
    "is_said",
    "log_opens",
    "may_be_signed",
    "may_open",
    "may_review",
    "may_tell",
    "numbers",
    "signer_may",
    "version",
]

LIMITS = (
    Say("Use it only for the purpose stated."),
    Say("Do not pass it on without written consent of the parent or adult student, unless the law allows it."),
)
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
    The same facts give the same answer.
    """
    places = range(len(request.records) or 1)
    looks = [look(Asked(request, on, on_file, parameters, place)) for place in places]
    bars = [bar(looks[0].asked) for bar in OF_REQUEST]
    barred = next((finding for finding in bars if not finding.met), None)
    ruled = tuple([one.rule(barred) for one in looks])
    ruling = _together([one.ruling for one in ruled])
    used = _used(ruled)
    return Answer(
        ruling=ruling,
        basis=_basis(ruling, ruled),
        records=ruled,
        findings=tuple(chain(bars, *(one.findings() for one in looks))),
        wanted=tuple(chain.from_iterable(one.wanted() for one in looks if not _settled(one, ruled))),
        log=entry(looks[0].asked, ruling, used),
        duties=_duties(looks, ruled),
        limits=_limits(ruled, used),
        rule_version=version(),
    )


def _settled(looked: Look, ruled: tuple[Ruled, ...]) -> bool:
    """Does this copy need nothing more: released, or no education record?"""
    return ruled[looked.asked.index].ruling in (Ruling.RELEASE, Ruling.NOT_EDUCATION)


def _together(rulings: list[Ruling]) -> Ruling:
    distinct = set(rulings)
    if len(distinct) == 1:
        return rulings[0]
    if Ruling.RELEASE in distinct:
        return Ruling.IN_PART
    return Ruling.COUNSEL if Ruling.COUNSEL in distinct else Ruling.DENY


def _basis(ruling: Ruling, ruled: tuple[Ruled, ...]) -> str:
    """The clause of the first record that got the answer; of a release in part, of the first one released."""
    wanted = Ruling.RELEASE if ruling is Ruling.IN_PART else ruling
    return next(one.basis for one in ruled if one.ruling is wanted)


def _used(ruled: Iterable[Ruled]) -> tuple[Basis, ...]:
    clauses_used = {one.basis for one in ruled if one.ruling is Ruling.RELEASE}
    return tuple(basis for basis in BASES if basis.clause in clauses_used)


def _duties(looks: list[Look], ruled: tuple[Ruled, ...]) -> tuple[Owed, ...]:
    """What follows from the request itself, and from each release; the same duty is owed once."""
    first, owes = looks[0].asked, list[Owed]()
    if for_immigration(first):
        owes.extend(owed.immigration(first))
    paper = first.request.paper
    if paper is not None and paper.non_disclosure is not True and justice.VALID.holds(first):
        owes.extend(owed.court_notice(first))
    for one, answer in zip(looks, ruled, strict=True):
        if answer.ruling is Ruling.RELEASE and one.ground is not None:
            owes.extend(one.ground.owed(one.asked))
    return tuple({(one.what.template, one.who): one for one in owes}.values())


def _limits(ruled: tuple[Ruled, ...], used: tuple[Basis, ...]) -> tuple[Say, ...]:
    limits = LIMITS if any(basis.tell for basis in used) else ()
    outside = any(one.ruling is Ruling.NOT_EDUCATION for one in ruled)
    return (*limits, OUTSIDE_LIMIT) if outside else limits


@implements(NONE)
def no_ground(asked: Asked) -> Finding:
    """Is there a ground that lets this record go? Without one the answer is no."""
    return look(asked).found


@implements("records.decision")
def is_answer(asked: Asked, *, stated: Ruling, basis: str = "") -> Finding:
    """Is this the answer of the law and the numbers of the day, and does it rest on this clause?"""
    found = decide(asked.request, asked.on_file, on=asked.on, parameters=numbers(on=asked.on))
    values = {"answer": Say(found.ruling.label), "clause": found.basis}
    met = found.ruling is stated and basis in ("", found.basis)
    return Finding("records.decision", met, Say("The answer is: {answer} ({clause}).", values))
