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
    RecordKind,
    Request,
    Ruled,
    Ruling,
    Wanted,
)
from accord.rules import records_justice as justice
from accord.rules import records_owed as owed
from accord.rules import records_school as school
from accord.rules.records_bars import BARS, OUTSIDE, for_immigration
from accord.rules.records_basis import Basis
from accord.rules.records_log import entry

BASES: tuple[Basis, ...] = (*justice.COURTS, *school.BASES, *justice.EMERGENCY, *justice.JUSTICE, *justice.POLICE)
"""Every ground, in the order in which the first that is met is named as the basis."""

LIMITS = (
    Say("Use it only for the purpose stated."),
    Say("Do not pass it on without written consent of the parent or adult student, unless the law allows it."),
)
OUTSIDE_LIMIT = Say("Federal law on student records does not govern this copy; state law and the agreement do.")
NONE = "records.no-ground"
CONSENT = "records.consent"


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
    each = [Asked(request, on, on_file, parameters, index) for index in range(len(request.records))]
    if not each:
        each = [Asked(request, on, on_file, parameters)]
    bars = [tuple(bar(asked) for bar in BARS) for asked in each]
    barred = any(not finding.met for found in bars for finding in found)
    ruled = tuple(_rule(asked, found, barred=barred) for asked, found in zip(each, bars, strict=True))
    ruling = _together([one.ruling for one in ruled])
    released = [(asked, one) for asked, one in zip(each, ruled, strict=True) if one.ruling is Ruling.RELEASE]
    used = _used(ruled)
    return Answer(
        ruling=ruling,
        basis=_basis(ruling, ruled),
        records=ruled,
        findings=_findings(each, bars),
        wanted=_wanted(each, ruled),
        log=entry(each[0], ruling, used),
        duties=_duties(each, released),
        limits=_limits(ruled, used),
        rule_version=version(),
    )


def grounds(asked: Asked) -> tuple[Basis, ...]:
    """The grounds that may be used at all for this record and this purpose."""
    found = BASES
    if for_immigration(asked):
        allowed = justice.COURTS
        if asked.numbers.immigration_judicial_only is False:
            allowed = (*allowed, *(basis for basis in school.FAMILY if basis.clause == CONSENT))
        found = allowed
    if asked.record.kind is RecordKind.COURT_FINDING:
        found = tuple(basis for basis in found if basis.court_finding)
    return found


def _rule(asked: Asked, bars: tuple[Finding, ...], *, barred: bool) -> Ruled:
    record = asked.record.id
    if barred:
        clause = next((finding.clause for finding in bars if not finding.met), NONE)
        return Ruled(record, Ruling.DENY, clause)
    for rule in OUTSIDE:
        finding = rule(asked)
        if finding.met:
            return Ruled(record, Ruling.NOT_EDUCATION, finding.clause)
    usable = grounds(asked)
    met = next((basis for basis in usable if not basis.missing(asked)), None)
    if met is not None:
        return Ruled(record, Ruling.RELEASE, met.clause)
    paper = next((basis for basis in usable if _waits_for_counsel(basis, asked)), None)
    if paper is not None:
        return Ruled(record, Ruling.COUNSEL, paper.clause)
    return Ruled(record, Ruling.DENY, NONE)


def _waits_for_counsel(basis: Basis, asked: Asked) -> bool:
    """Does a valid paper of a court lack counsel's look, or is it contested?"""
    if basis not in justice.COURTS:
        return False
    missing = basis.missing(asked)
    waits = {justice.REVIEWED.words.template, justice.UNCONTESTED.words.template}
    lacking = {say.template for say in missing}
    return bool(lacking & waits) and lacking <= waits | {justice.NOTICE_GIVEN.words.template}


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


def _findings(each: list[Asked], bars: list[tuple[Finding, ...]]) -> tuple[Finding, ...]:
    found = chain.from_iterable(
        (
            *barred,
            *(rule(asked) for rule in OUTSIDE),
            no_ground(asked),
            *(finding for basis in grounds(asked) for finding in basis.findings(asked)),
        )
        for asked, barred in zip(each, bars, strict=True)
    )
    seen: dict[tuple[str, bool, str, str], Finding] = {}
    for finding in found:
        seen.setdefault((finding.clause, finding.met, str(finding.reason), finding.field), finding)
    return tuple(seen.values())


def _wanted(each: list[Asked], ruled: tuple[Ruled, ...]) -> tuple[Wanted, ...]:
    """For each record not released, what the grounds meant for whoever asks would still need."""
    return tuple(
        Wanted(basis.clause, asked.record.id, fact)
        for asked, one in zip(each, ruled, strict=True)
        if one.ruling in (Ruling.DENY, Ruling.COUNSEL)
        for basis in grounds(asked)
        if basis.applies.holds(asked) or basis.clause == CONSENT
        for fact in basis.missing(asked)
    )


def _duties(each: list[Asked], released: list[tuple[Asked, Ruled]]) -> tuple[Owed, ...]:
    owes: list[Owed] = []
    if any(for_immigration(asked) for asked in each):
        owes.extend(owed.immigration(each[0]))
    paper = each[0].request.paper
    if paper is not None and paper.non_disclosure is not True and justice.VALID.holds(each[0]):
        owes.extend(owed.court_notice(each[0]))
    by_clause = {basis.clause: basis for basis in BASES}
    for asked, one in released:
        owes.extend(by_clause[one.basis].owed(asked))
    return tuple({(str(one.what), one.who): one for one in owes}.values())


def _limits(ruled: tuple[Ruled, ...], used: tuple[Basis, ...]) -> tuple[Say, ...]:
    limits = LIMITS if any(basis.tell for basis in used) else ()
    outside = any(one.ruling is Ruling.NOT_EDUCATION for one in ruled)
    return (*limits, OUTSIDE_LIMIT) if outside else limits


@implements(NONE)
def no_ground(asked: Asked) -> Finding:
    """Is there a ground that lets this record go? Without one the answer is no."""
    met = next((basis for basis in grounds(asked) if not basis.missing(asked)), None)
    if met is None:
        return Finding(NONE, False, Say("No ground has every fact it needs."), asked.record.id)
    return Finding(NONE, True, Say("A ground has every fact it needs: {clause}.", {"clause": met.clause}))


@implements("records.decision")
def is_answer(asked: Asked, *, stated: Ruling, basis: str = "") -> Finding:
    """Is this the answer of the law and the numbers of the day, and does it rest on this clause?"""
    found = decide(asked.request, asked.on_file, on=asked.on, parameters=numbers(on=asked.on))
    values = {"answer": Say(found.ruling.label), "clause": found.basis}
    met = found.ruling is stated and basis in ("", found.basis)
    return Finding("records.decision", met, Say("The answer is: {answer} ({clause}).", values))
