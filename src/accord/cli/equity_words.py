"""How the comparison of groups is told: as JSON, and in words on the terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from accord.stats.clustered import FEWEST_EVENTS, FEWEST_SCHOOLS

if TYPE_CHECKING:
    from accord.stats.profiles import Profile, Question

LISTED = (
    "group x n risk risk_ratio ci_low ci_high method alt_risk_ratio risk_difference composition share p_value "
    "p_adjusted status"
).split()
MORE = "risk_low risk_high difference_low difference_high alt_low alt_high index rate_per_1000 repeat_rate equal_at"


def listed(one: Profile, *, full: bool = False) -> dict[str, Any]:
    """One group as the JSON answer has it. JSON knows no infinity: an interval without an upper end has null there."""
    names = LISTED + MORE.split() if full else LISTED
    found = {name: getattr(one.measures, name) for name in names}
    if full:
        found |= _more(one)
    return {name: None if isinstance(v, float) and not math.isfinite(v) else v for name, v in found.items()}


def _more(one: Profile) -> dict[str, Any]:
    within, stands, searches = one.within, one.standing, one.discovery
    return {
        "flag": one.flag,
        "fewer": one.fewer,
        "within_ratio": within and within.ratio,
        "within_low": within and within.low,
        "within_high": within and within.high,
        "clustered_low": one.clustered and one.clustered.low,
        "clustered_high": one.clustered and one.clustered.high,
        "schools": one.clustered and one.clustered.schools,
        "over": [{"year": year, "over": over} for year, over in one.over] if stands else None,
        "progress": stands and stands.progress,
        "significant": stands and stands.significant,
        "discovery": searches and searches.rate,
        "discovery_low": searches and searches.low,
        "discovery_high": searches and searches.high,
    }


def words(found: list[Profile], question: Question, source: str) -> str:
    """The answer for the terminal: one block for each thing the table tells of."""
    width = max(5, *(len(one.measures.group) for one in found))
    lines = [f"Compared with {question.way.reference}." + (f" {source}" if source else "")]
    for block in (_compared, _volume, _within, _clustered, _standing, _searched):
        lines += block(found, question, width)
    return "\n".join(lines) + "\nA high ratio is a reason to review, not a finding of discrimination.\n"


def _compared(found: list[Profile], _: Question, width: int) -> list[str]:
    lines = [
        f"{'group':{width}} {'x':>7} {'n':>8} {'risk':>8} {'ratio':>7} {'95 % interval':>17} {'p, Holm':>8} "
        f"{'flag':>11}  status"
    ]
    for each in found:
        one = each.measures
        between = _between(one.ci_low, one.ci_high)
        lines.append(
            f"{one.group:{width}} {_whole(one.x):>7} {_whole(one.n):>8} {_plain(one.risk, 4):>8} "
            f"{_plain(one.risk_ratio):>7} {between:>17} {_plain(one.p_adjusted, 4):>8} {each.flag or '-':>11}  "
            f"{one.status}"
        )
    return lines


def _volume(found: list[Profile], question: Question, width: int) -> list[str]:
    fewer = f"fewer for {question.reach:g}"
    lines = [
        "",
        f"{'group':{width}} {'share of x':>10} {'of n':>8} {'index':>7} {'difference':>20} {'state ratio':>11} "
        f"{'per 1,000':>9} {'repeat':>7} {fewer:>14}",
    ]
    for each in found:
        one = each.measures
        lines.append(
            f"{one.group:{width}} {_plain(one.composition, 4):>10} {_plain(one.share, 4):>8} {_plain(one.index):>7} "
            f"{_between(one.difference_low, one.difference_high):>20} {_plain(one.alt_risk_ratio):>11} "
            f"{_plain(one.rate_per_1000, 1):>9} {_plain(one.repeat_rate, 2):>7} "
            f"{'-' if each.fewer is None else each.fewer:>14}"
        )
    return lines


def _within(found: list[Profile], _: Question, width: int) -> list[str]:
    if not any(one.within for one in found):
        return []
    lines = ["", f"{'group':{width}} ratio within strata (Mantel-Haenszel), 95 % interval of Greenland and Robins"]
    for one in found:
        if one.within:
            between = _between(one.within.low, one.within.high)
            lines.append(f"{one.measures.group:{width}} {_plain(one.within.ratio)}  {between}")
    return lines


def _clustered(found: list[Profile], _: Question, width: int) -> list[str]:
    if not any(one.clustered for one in found):
        return []
    lines = ["", f"{'group':{width}} 95 % interval of the ratio where students of one school are alike"]
    needs = f"{FEWEST_SCHOOLS} schools that differ, {FEWEST_EVENTS} events on either side, not all in one school"
    for one in found:
        if one.clustered:
            between = _between(one.clustered.low, one.clustered.high)
            few = f" (needs {needs})" if one.clustered.low is None else ""
            lines.append(f"{one.measures.group:{width}} {between} over {one.clustered.schools} schools{few}")
    return lines


def _standing(found: list[Profile], question: Question, width: int) -> list[str]:
    if not any(one.standing for one in found):
        return []
    lines = ["", f"{'group':{width}} over {question.threshold:g} in each of {question.consecutive} years"]
    said = {True: "over", False: "not over", None: "no ratio"}
    for one in found:
        if one.standing:
            years = ", ".join(f"{year} {said[over]}" for year, over in one.over)
            progress = "; reasonable progress" if one.standing.progress else ""
            answer = "significant" if one.standing.significant else "not significant"
            lines.append(f"{one.measures.group:{width}} {answer}: {years}{progress}")
    return lines


def _searched(found: list[Profile], _: Question, width: int) -> list[str]:
    if not any(one.discovery for one in found):
        return []
    lines = ["", f"{'group':{width}} searches that found something, 95 % interval"]
    for one in found:
        if one.discovery:
            between = _between(one.discovery.low, one.discovery.high)
            lines.append(f"{one.measures.group:{width}} {_plain(one.discovery.rate)}  {between}")
    return lines


def _between(low: float | None, high: float | None) -> str:
    return "-" if low is None else f"{_plain(low)} to {_plain(high)}"


def _whole(value: int | None) -> str:
    return "-" if value is None else f"{value:,}"


def _plain(value: float | None, digits: int = 3) -> str:
    if value is None:
        return "-"
    return "no limit" if math.isinf(value) else f"{value:.{digits}f}"
