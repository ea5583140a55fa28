"""The attack on a printed edition: from its bytes alone, which values remain possible for every hidden figure?

Shares nothing with the search that chose what to hide but the solver, which runs with other settings. It reads the
edition as anybody can, sets up the sums and orders that the tables state, and solves for the least and the greatest
whole number of each hidden figure.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import highspy

from accord.decision import Decision, Finding, Say
from accord.stats.solver import solver

Key = tuple[str, ...]
_ALL, _MARK, _CONTACTS = "all", "*", "contacts"


@dataclass(frozen=True)
class Recovered:
    """What an outsider knows about one hidden figure: it lies from `low` to `high` (None: no bound), both attained."""

    table: str
    row: str
    column: str
    low: int
    high: int | None

    @property
    def width(self) -> float:
        """How many values remain possible."""
        return math.inf if self.high is None else self.high - self.low + 1


@dataclass(frozen=True)
class Verdict:
    """What the attack on an edition found.

    `smallest_width` is None when nothing is hidden or every hidden figure is unbounded. `narrow` lists figures with
    fewer than the edition's `width` values; `faults` names other ways in which the print gives a figure away.
    """

    hidden: int
    smallest_width: int | None
    narrow: tuple[Recovered, ...]
    faults: tuple[str, ...]

    @property
    def safe(self) -> bool:
        return not self.narrow and not self.faults

    @property
    def finding(self) -> Finding:
        """The verdict as a finding that a rule or a page can show."""
        if self.safe:
            reason = Say("Solving for {hidden} hidden figures recovered none.", {"hidden": self.hidden})
        else:
            values = {"narrow": len(self.narrow), "faults": "; ".join(self.faults) or "none"}
            reason = Say("{narrow} hidden figures can be worked out too closely. Other faults: {faults}.", values)
        return Finding("disclosure-attack", self.safe, reason)

    @property
    def decision(self) -> Decision:
        """May the edition be published as far as the attack goes? `decision.require()` raises NotAllowed if not."""
        return Decision.of(self.finding)


class Contradiction(Exception):  # noqa: N818
    """The printed figures do not fit each other, so no table can stand behind them."""


@dataclass
class _Print:
    """What is printed, by figure: the number, or None where hidden, and what holds between figures."""

    figures: dict[Key, int | None]
    floor: dict[Key, int]
    sums: set[tuple[Key, frozenset[Key]]]
    places: dict[Key, list[tuple[str, str, str]]]

    def order(self) -> Iterator[tuple[Key, Key]]:
        """No outcome is more frequent than the contacts of its group."""
        for key in self.figures:
            if key[0] != _CONTACTS and (_CONTACTS, *key[1:]) in self.figures:
                yield key, (_CONTACTS, *key[1:])


def attack(edition: Mapping[str, Any]) -> list[Recovered]:
    """The exact interval of every hidden figure of an edition (as JSON), one entry for each place it is printed.

    Raises:
        Contradiction: when no whole numbers fit what is printed.
    """
    prints = _read(edition)
    found: list[Recovered] = []
    for keys in _components(prints):
        for key, (low, high) in _intervals(prints, keys).items():
            found += [Recovered(*place, low, high) for place in prints.places[key]]
    return sorted(found, key=lambda one: (one.table, one.row, one.column))


def verify(edition: Mapping[str, Any], *, threshold: int | None = None, width: int | None = None) -> Verdict:
    """Attack an edition and hold the result against a threshold and width: those given, else those that it states.

    What an outsider knows follows from the edition alone, so from its own threshold whatever it is held against.
    """
    recovered = attack(edition)
    threshold = edition["method"]["threshold"] if threshold is None else threshold
    width = edition["method"]["width"] if width is None else width
    finite = [int(one.width) for one in recovered if one.high is not None]
    return Verdict(
        hidden=len({key for key, value in _read(edition).figures.items() if value is None}),
        smallest_width=min(finite, default=None),
        narrow=tuple(one for one in recovered if one.width < width),
        faults=(
            *_small_sums(edition, threshold),
            *_small_prints(edition, threshold),
            *_small_groups(edition, threshold),
            *_rates(edition),
        ),
    )


def _read(edition: Mapping[str, Any]) -> _Print:
    out = _Print({}, {}, set(), defaultdict(list))
    threshold = edition["method"]["threshold"]
    for table in edition["tables"]:
        codes = [column["id"] for column in table["columns"]]
        for row in table["rows"]:
            small = _is_small(row, threshold)
            for code in codes:
                _note(out, table, row, code, small=small)
        rows = [row["id"] for row in table["rows"] if row["id"] != _ALL]
        for code in codes:
            out.sums.add((_key(table, _ALL, code), frozenset(_key(table, row, code) for row in rows)))
        if table["across"] != "measure":
            inner = [code for code in codes if code != _ALL]
            for name in (*rows, _ALL):
                out.sums.add((_key(table, name, _ALL), frozenset(_key(table, name, code) for code in inner)))
    return out


def _is_small(row: Mapping[str, Any], threshold: int) -> bool:
    """Is this a group of so few students that all its counts are hidden? The first version of the method hid that
    number too."""
    enrolled = row["enrolled"]
    few = enrolled == _MARK or (isinstance(enrolled, int) and 1 <= enrolled <= threshold)
    return few and row["id"] != _ALL


def _note(out: _Print, table: Mapping[str, Any], row: Mapping[str, Any], code: str, *, small: bool) -> None:
    key, printed = _key(table, row["id"], code), row["cells"][code]
    value = None if printed == _MARK else printed
    if key in out.figures and out.figures[key] != value:
        raise Contradiction(f"{' '.join(key)} is printed as {out.figures[key]} and as {value}")
    out.figures[key] = value
    out.floor[key] = 0 if small else 1
    if value is None:
        out.places[key].append((table["id"], row["id"], code))


def _key(table: Mapping[str, Any], row: str, code: str) -> Key:
    down = () if row == _ALL else (f"{table['dimension']}={row}",)
    if table["across"] == "measure":
        return (code, *down)
    return (_CONTACTS, *down) if code == _ALL else (_CONTACTS, *down, f"{table['across']}={code}")


def _components(prints: _Print) -> list[list[Key]]:
    """Hidden figures that hang together, directly or through others."""
    leader = {key: key for key, value in prints.figures.items() if value is None}

    def find(key: Key) -> Key:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    ties: Iterable[Iterable[Key]] = [*({parent, *children} for parent, children in prints.sums), *prints.order()]
    for tie in ties:
        tied = sorted(key for key in tie if key in leader)
        for one, other in itertools.pairwise(tied):
            leader[find(other)] = find(one)
    groups: dict[Key, list[Key]] = defaultdict(list)
    for key in sorted(leader):
        groups[find(key)].append(key)
    return list(groups.values())


def _intervals(prints: _Print, keys: list[Key]) -> dict[Key, tuple[int, int | None]]:
    model, columns = _program(prints, keys)
    found: dict[Key, tuple[int, int | None]] = {}
    for key in keys:
        low, high = _extreme(model, columns[key], 1.0), _extreme(model, columns[key], -1.0)
        if low is None:
            raise Contradiction(f"{' '.join(key)} has no least value")
        found[key] = low, high
    return found


def _program(prints: _Print, keys: list[Key]) -> tuple[Any, dict[Key, int]]:
    """The linear program of one component: one column for each hidden figure, one row for each sum and order."""
    model = solver(simplex_strategy=1, presolve="on")
    columns = {key: i for i, key in enumerate(keys)}
    for key in keys:
        model.addVar(prints.floor[key], highspy.kHighsInf)
    for parent, children in sorted(prints.sums, key=lambda one: (one[0], sorted(one[1]))):
        _add(model, columns, prints, [(parent, 1.0), *((child, -1.0) for child in sorted(children))], exact=True)
    for less, more in prints.order():
        _add(model, columns, prints, [(less, 1.0), (more, -1.0)], exact=False)
    return model, columns


def _add(model: Any, columns: dict[Key, int], prints: _Print, terms: list[tuple[Key, float]], *, exact: bool) -> None:
    hidden = [(columns[key], factor) for key, factor in terms if key in columns]
    if not hidden:
        return
    known = sum(factor * (prints.figures[key] or 0) for key, factor in terms if key not in columns)
    model.addRow(
        -known if exact else -highspy.kHighsInf,
        -known,
        len(hidden),
        [column for column, _ in hidden],
        [factor for _, factor in hidden],
    )


def _extreme(model: Any, column: int, sense: float) -> int | None:
    """The least (1) or greatest (-1) whole number of a column; None when there is no bound."""
    status = highspy.HighsModelStatus
    count = model.getNumCol()
    model.changeColsIntegrality(count, list(range(count)), [highspy.HighsVarType.kContinuous] * count)
    model.changeColCost(column, sense)
    try:
        answer = _run(model)
        if answer in (status.kUnbounded, status.kUnboundedOrInfeasible):
            return None
        point = list(model.getSolution().col_value) if answer == status.kOptimal else []
        if any(abs(value - round(value)) > 1e-6 for value in point):
            model.changeColsIntegrality(count, list(range(count)), [highspy.HighsVarType.kInteger] * count)
            answer = _run(model)
            point = list(model.getSolution().col_value)
        if answer != status.kOptimal:
            raise Contradiction(f"no whole numbers fit the print ({answer.name})")
        whole: int = round(point[column])
        return whole
    finally:
        model.changeColCost(column, 0.0)


def _run(model: Any) -> Any:
    model.clearSolver()
    model.run()
    return model.getModelStatus()


def _small_sums(edition: Mapping[str, Any], threshold: int) -> Iterator[str]:
    """Printed sums under which the hidden figures come to 1..threshold together, or to a hidden zero."""
    prints = _read(edition)
    for parent, children in sorted(prints.sums, key=lambda one: (one[0], sorted(one[1]))):
        total, parts = prints.figures[parent], [prints.figures[child] for child in children]
        if total is None or None not in parts:
            continue
        if total - sum(part for part in parts if part is not None) <= threshold:
            yield f"the figures hidden under {' '.join(parent)} come to {threshold} or fewer together"


def _small_prints(edition: Mapping[str, Any], threshold: int) -> Iterator[str]:
    alone = {"interactions": edition["interactions"], "not_reviewed": edition["not_reviewed"]}
    prints = {**{" ".join(key): value for key, value in _read(edition).figures.items()}, **alone}
    for name, value in prints.items():
        if isinstance(value, int) and 1 <= value <= threshold:
            yield f"{name} is printed and small"


def _small_groups(edition: Mapping[str, Any], threshold: int) -> Iterator[str]:
    """Counts printed of a group of few students, where not every group has the same 0."""
    for table in edition["tables"]:
        everyone = next(row["cells"] for row in table["rows"] if row["id"] == _ALL)
        for row in table["rows"]:
            for code, cell in row["cells"].items():
                if cell != _MARK and everyone[code] != 0 and _is_small(row, threshold):
                    yield f"table {table['id']}, row {row['id']}: {code} is printed of a group of few students"


def _rates(edition: Mapping[str, Any]) -> Iterator[str]:
    """Rates and ratios printed where their count is hidden."""
    for table in edition["tables"]:
        for row in table["rows"]:
            for code, cell in row["cells"].items():
                derived = (row["per_1000"].get(code), row["ratio"].get(code))
                if cell == _MARK and any(isinstance(rate, float | int) for rate in derived):
                    yield f"table {table['id']}, row {row['id']}: a rate of {code} is printed and its count hidden"
