"""Is an obligation shown by what somebody put on file, within its dates; does it ask anything at all?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from accord.clauses import Parameter
from accord.decision import Say, implements
from accord.facts import Evidence, Status
from accord.rules.controls_standing import Standing, add_months, standing


@dataclass(frozen=True)
class OnFile:
    """What is on file for an obligation. `kept` is False where the part that keeps it does not exist yet.

    `items` are the parts that each need evidence of their own; empty means the obligation as a whole.
    """

    kept: bool
    evidence: tuple[Evidence, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grant:
    """Whether the agency holds a federal hiring grant ("yes", "no" or "unknown"), and what is on file if it does."""

    award: str
    on_file: OnFile


def _runs_out(evidence: Evidence, cadence_months: int | None) -> date:
    """The last day this evidence counts for."""
    ends = [evidence.expires_on] if evidence.expires_on else []
    if cadence_months:
        ends.append(add_months(evidence.effective_on, cadence_months))
    return min(ends, default=date.max)


@implements("controls.on-file")
def on_file(facts: OnFile, *, on: date, due_days: int, cadence_months: int | None = None) -> Standing:
    """Does something on file show every part of the obligation on this day?

    `cadence_months` is the time between reviews in months, None when the policy and the Board set none;
    `due_days` is how many days before it runs out a control turns due.
    """
    clause = "controls.on-file"
    if not facts.kept:
        return standing(clause, Status.NO_EVIDENCE, Say("No evidence: Accord does not keep this yet."))
    begun = [one for one in facts.evidence if one.effective_on <= on]
    if not begun:
        return standing(clause, Status.NO_EVIDENCE, Say("No evidence: nothing is on file for this day."))
    last_day = {item: _last_day(begun, item, cadence_months) for item in facts.items or ("",)}
    missing = [item for item, day in last_day.items() if day is None]
    if missing:
        return standing(clause, Status.NOT_MET, Say("Nothing is on file for {items}.", {"items": ", ".join(missing)}))
    ends = min(day for day in last_day.values() if day is not None)
    if ends < on:
        return standing(clause, Status.NOT_MET, Say("What is on file ran out on {ends}.", {"ends": ends}), ends)
    if ends == date.max:
        return standing(clause, Status.MET, Say("On file, with no end stated."))
    if ends - on <= timedelta(days=due_days):
        return standing(clause, Status.DUE, Say("On file, and runs out on {ends}.", {"ends": ends}), ends)
    return standing(clause, Status.MET, Say("On file until {ends}.", {"ends": ends}), ends)


def _last_day(evidence: Iterable[Evidence], item: str, cadence_months: int | None) -> date | None:
    """The last day any evidence for this part counts. Evidence with no part stated stands for the whole."""
    days = [_runs_out(one, cadence_months) for one in evidence if one.item in ("", item)]
    return max(days, default=None)


@implements("controls.grant-only")
def grant_only(grant: Grant, *, on: date, due_days: int) -> Standing:
    """Where a federal hiring grant is held: is what it asks on file?"""
    clause = "controls.grant-only"
    if grant.award == "no":
        return standing(
            clause, Status.DOES_NOT_APPLY, Say("The agency holds no federal hiring grant for this program.")
        )
    if grant.award != "yes":
        return standing(
            clause, Status.NO_EVIDENCE, Say("No evidence: nobody said whether there is a federal hiring grant.")
        )
    held = on_file(grant.on_file, on=on, due_days=due_days)
    return standing(clause, held.status, held.finding.reason, held.due_on)


@implements("controls.words-only")
def words_only(asks: bool) -> Standing:
    """Does this ask nothing of anyone? An obligation that does ask is never excused here."""
    clause = "controls.words-only"
    if asks:
        return standing(clause, Status.NO_EVIDENCE, Say("No evidence: this asks for something and no rule answers it."))
    return standing(clause, Status.DOES_NOT_APPLY, Say("This explains; it asks nothing of anyone."))


@implements("controls.parameters-verified")
def parameters_verified(parameters: tuple[Parameter, ...], *, on: date, within_days: int) -> Standing:
    """Was every number read at its source within so many days?"""
    clause = "controls.parameters-verified"
    if not parameters:
        return standing(clause, Status.NO_EVIDENCE, Say("No evidence: there are no numbers to verify."))
    never = [one.id for one in parameters if one.verified_on is None]
    if never:
        say = Say("Nobody has read the source of: {ids}.", {"ids": ", ".join(never)})
        return standing(clause, Status.DUE, say, on)
    first = min(one.verified_on for one in parameters if one.verified_on) + timedelta(days=within_days)
    values = {"count": len(parameters), "first": first}
    if first < on:
        return standing(
            clause, Status.DUE, Say("A source was last read too long ago; due since {first}.", values), first
        )
    return standing(
        clause, Status.MET, Say("All {count} numbers were read at their source; next on {first}.", values), first
    )
