"""One copy of a record held against every bar and every ground, once.

Which needs are not on file is worked out for each request; the sentences about them are made once for each such set.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from accord.decision import Finding, Say
from accord.facts.records import Asked, Lack, RecordKind, Ruled, Ruling
from accord.rules import records_justice as justice
from accord.rules import records_school as school
from accord.rules.records_bars import NO_ENFORCEMENT, excluded, immigration, redisclosure, unit_record
from accord.rules.records_basis import Basis, Way, way
from accord.rules.records_door import Door, Marks, marks
from accord.rules.records_needs import awaits_counsel

BASES: tuple[Basis, ...] = (*justice.COURTS, *school.BASES, *justice.EMERGENCY, *justice.JUSTICE, *justice.POLICE)
"""Every ground, in the order in which the first that is met is named as the basis."""

NONE = "records.no-ground"
CONSENT = "records.consent"
PAPER = "records.court-paper"
REMEMBERED = 8192

# Names of this module are found in a fifth of the time that a member of a closed list takes.
RELEASE, DENY, NOT_EDUCATION = Ruling.RELEASE, Ruling.DENY, Ruling.NOT_EDUCATION

_OF_COURT_FINDING = tuple(basis for basis in BASES if basis.court_finding)
_WITH_CONSENT = (*justice.COURTS, *(basis for basis in BASES if basis.clause == CONSENT))


def grounds(at: Door) -> tuple[Basis, ...]:
    """The grounds that may be used at all for this record and this purpose."""
    finding = at.kind is RecordKind.COURT_FINDING
    if at.enforcement:
        found = _WITH_CONSENT if at.consent_opens else justice.COURTS
        return tuple(basis for basis in found if basis.court_finding or not finding)
    return _OF_COURT_FINDING if finding else BASES


class Told(NamedTuple):
    """What is said of the grounds when these needs are not on file: the first that is met, if any, and all findings."""

    ground: Basis | None
    findings: tuple[Finding, ...]
    lacks: tuple[Lack, ...]


@lru_cache(maxsize=REMEMBERED)
def way_by(marked: Marks) -> Way:
    """The tests for a request that comes by the door with these marks."""
    at = Door(*marked)
    return way(at, grounds(at))


@lru_cache(maxsize=REMEMBERED)
def told(by: Way, lacking: int) -> Told:
    """The findings of every ground, from the needs that are not on file."""
    missing = [(basis, basis.missing(by.at, lacking)) for basis in grounds(by.at)]
    ground = next((basis for basis, needs in missing if not needs), None)
    lacks = [
        Lack(basis.clause, need.words)
        for basis, needs in missing
        if basis.applies.fits(by.at) or basis.clause == CONSENT
        for need in needs
    ]
    findings = [finding for basis, needs in missing for finding in basis.findings(needs)]
    return Told(ground, (_found(ground), *findings), tuple(lacks))


def _found(ground: Basis | None) -> Finding:
    if ground is None:
        return Finding(NONE, False, Say("No ground has every fact it needs."))
    return Finding(NONE, True, Say("A ground has every fact it needs: {clause}.", {"clause": ground.clause}))


Look = tuple[Asked, Ruled, Basis | None]
"""A copy, the answer for it, and the ground that lets it go, if it goes."""


def look(asked: Asked, barred: Finding | None) -> Look:
    """Hold one copy against every bar and every ground; `barred` keeps the whole request from being granted."""
    by = way_by(marks(asked))
    at, said = by.at, told(by, by.lacking(asked))
    own = immigration(asked) if at.enforcement else NO_ENFORCEMENT
    passed, unit, out = redisclosure(asked), unit_record(asked), excluded(asked)
    if barred is None and not (own.met and passed.met):
        barred = passed if own.met else own
    outside = unit if unit.met else out if out.met else None
    ruling, basis = _rule(asked, at, barred, outside, said.ground)
    released = ruling is RELEASE
    lacks = () if released or ruling is NOT_EDUCATION else said.lacks
    # Adding tuples takes half the time of unpacking them into one.
    findings = (own, passed, unit, out) + said.findings  # noqa: RUF005
    ruled = Ruled(asked.record.id, ruling, basis, findings, lacks)
    return asked, ruled, said.ground if released else None


def _rule(
    asked: Asked, at: Door, barred: Finding | None, outside: Finding | None, ground: Basis | None
) -> tuple[Ruling, str]:
    """Bars come first, then what is no education record, then the grounds, then a paper that waits for counsel."""
    if barred is not None:
        return DENY, barred.clause
    if outside is not None:
        return NOT_EDUCATION, outside.clause
    if ground is not None:
        return RELEASE, ground.clause
    if at.paper is not None and at.known and at.one_student and awaits_counsel(asked):
        return Ruling.COUNSEL, PAPER
    return DENY, NONE
