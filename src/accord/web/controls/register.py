"""Which rule answers which obligation, and with which numbers, as rules/controls.toml says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accord import clauses
from accord.catalogue import Obligation
from accord.clauses import Parameter
from accord.facts import DutyKind

ON_FILE = "controls.on-file"
DUTIES = "controls.duties"
REGISTER = "controls.enforcement-register"
GATE, PASSED_ON = "controls.records-gate", "controls.records-passed-on"
_LOOKS_BACK = {"controls.officers-work", "controls.restorative", "controls.force-reviewed", REGISTER, GATE, PASSED_ON}
_REVIEWED = {"controls.officers-work", "controls.force-reviewed"}
_FALLS_DUE = {
    ON_FILE,
    "controls.board-report",
    "controls.as-necessary",
    "controls.grant-only",
    REGISTER,
    GATE,
    PASSED_ON,
}
_MORE = {
    GATE: ("controls.request-answered",),
    PASSED_ON: ("controls.acknowledge-within",),
    REGISTER: ("immigration.review-within", "immigration.acknowledge-within"),
    "controls.board-report": ("controls.report-publish-within",),
    "controls.as-necessary": ("controls.plan-review", "controls.disparity-ratio"),
}


@dataclass(frozen=True)
class Control:
    """How an obligation is answered. `kept` is False where no part of Accord keeps its evidence yet.

    `duties` are what is owed after contacts and shows how the obligation is kept.
    """

    obligation: Obligation
    rule: str
    kept: bool = True
    items: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    cadence: str = ""
    duties: tuple[DutyKind, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that decide how it stands."""
        return (self.rule, DUTIES) if self.duties else (self.rule,)

    @property
    def takes_evidence(self) -> bool:
        """Would a document put on file by hand change the standing?"""
        if self.rule == "controls.as-necessary":
            return True
        return self.rule in (ON_FILE, "controls.grant-only") and self.kept

    @property
    def parameter_ids(self) -> tuple[str, ...]:
        """The dated numbers that the rule is given."""
        ids = [self.cadence] if self.cadence else []
        if self.rule in _LOOKS_BACK or self.duties:
            ids.append("controls.look-back")
        if self.rule in _REVIEWED:
            ids.append("interactions.review-within")
        if self.rule in _FALLS_DUE:
            ids.append("controls.due-within")
        return (*ids, *_MORE.get(self.rule, ()))

    def parameters(self, *, on: date) -> tuple[Parameter, ...]:
        """Those numbers as they stood on a day."""
        return tuple(clauses.parameter(one, on=on) for one in self.parameter_ids)


def control(obligation: Obligation) -> Control:
    """The control of an obligation.

    An obligation that rules/controls.toml does not name belongs to a policy that brought its own catalogue: it is
    shown by evidence on file, for each of its parts, within its cadence where that is a number Accord knows.
    """
    row = clauses.table("controls")["control"].get(obligation.id)
    if row is None:
        known = {one.id for one in clauses.parameters() if one.unit == "months"}
        cadence = obligation.cadence if obligation.cadence in known else ""
        return Control(obligation, ON_FILE, items=tuple(one.id for one in obligation.items), cadence=cadence)
    return Control(
        obligation,
        row["rule"],
        kept=row.get("kept", True),
        items=tuple(row.get("items", ())),
        sections=tuple(row.get("sections", ())),
        breakdowns=tuple(row.get("breakdowns", ())),
        cadence=row.get("cadence", ""),
        duties=tuple(DutyKind(one) for one in row.get("duties", ())),
    )
