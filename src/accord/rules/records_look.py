"""One copy of a record held against every bar and every ground, once."""

from __future__ import annotations

from dataclasses import dataclass

from accord.decision import Finding, Say
from accord.facts.records import Asked, RecordKind, Ruled, Ruling, Wanted
from accord.rules import records_justice as justice
from accord.rules import records_school as school
from accord.rules.records_bars import OF_RECORD, OUTSIDE, for_immigration
from accord.rules.records_basis import IDENTITY, NAMED_STUDENT, Basis
from accord.rules.records_needs import Need, awaits_counsel

BASES: tuple[Basis, ...] = (*justice.COURTS, *school.BASES, *justice.EMERGENCY, *justice.JUSTICE, *justice.POLICE)
"""Every ground, in the order in which the first that is met is named as the basis."""

NONE = "records.no-ground"
CONSENT = "records.consent"
PAPER = "records.court-paper"

_OF_COURT_FINDING = tuple(basis for basis in BASES if basis.court_finding)
_WITH_CONSENT = (*justice.COURTS, *(basis for basis in BASES if basis.clause == CONSENT))


def grounds(asked: Asked) -> tuple[Basis, ...]:
    """The grounds that may be used at all for this record and this purpose."""
    if for_immigration(asked):
        found = _WITH_CONSENT if asked.numbers.immigration_judicial_only is False else justice.COURTS
        return tuple(basis for basis in found if basis.court_finding or not _is_court_finding(asked))
    return _OF_COURT_FINDING if _is_court_finding(asked) else BASES


def _is_court_finding(asked: Asked) -> bool:
    return asked.record.kind is RecordKind.COURT_FINDING


@dataclass(frozen=True)
class Look:
    """What was found of one copy: the bars, whether it is an education record, and what each ground lacks."""

    asked: Asked
    bars: tuple[Finding, ...]
    outside: tuple[Finding, ...]
    grounds: tuple[tuple[Basis, tuple[Need, ...]], ...]

    @property
    def ground(self) -> Basis | None:
        """The first ground that lacks nothing."""
        return next((basis for basis, missing in self.grounds if not missing), None)

    @property
    def found(self) -> Finding:
        """Is there a ground that lets this record go?"""
        met, record = self.ground, self.asked.record.id
        if met is None:
            return Finding(NONE, False, Say("No ground has every fact it needs."), record)
        return Finding(NONE, True, Say("A ground has every fact it needs: {clause}.", {"clause": met.clause}), record)

    def rule(self, barred: Finding | None) -> Ruled:
        """The answer for this copy; `barred` is what keeps the whole request from being granted."""
        record = self.asked.record.id
        bar = barred or next((finding for finding in self.bars if not finding.met), None)
        if bar is not None:
            return Ruled(record, Ruling.DENY, bar.clause)
        outside = next((finding for finding in self.outside if finding.met), None)
        if outside is not None:
            return Ruled(record, Ruling.NOT_EDUCATION, outside.clause)
        met = self.ground
        if met is not None:
            return Ruled(record, Ruling.RELEASE, met.clause)
        if awaits_counsel(self.asked) and IDENTITY.holds(self.asked) and NAMED_STUDENT.holds(self.asked):
            return Ruled(record, Ruling.COUNSEL, PAPER)
        return Ruled(record, Ruling.DENY, NONE)

    def findings(self) -> list[Finding]:
        """Everything that was found, ground by ground."""
        record = self.asked.record.id
        told = [finding for basis, missing in self.grounds for finding in basis.findings(missing, record)]
        return [*self.bars, *self.outside, self.found, *told]

    def wanted(self) -> list[Wanted]:
        """What the grounds meant for whoever asks would still need; a consent is always one of them."""
        record = self.asked.record.id
        return [
            Wanted(basis.clause, record, need.words)
            for basis, missing in self.grounds
            if missing[:1] != (basis.applies,) or basis.clause == CONSENT
            for need in missing
        ]


def look(asked: Asked) -> Look:
    """Hold one copy against every bar and every ground."""
    return Look(
        asked=asked,
        bars=tuple([bar(asked) for bar in OF_RECORD]),
        outside=tuple([rule(asked) for rule in OUTSIDE]),
        grounds=tuple([(basis, basis.missing(asked)) for basis in grounds(asked)]),
    )
