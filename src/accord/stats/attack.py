"""The attack on a printed edition: from its bytes alone, which values remain possible for every hidden figure?

Shares nothing with the search that chose what to hide. It reads the edition as anybody can, sets up the sums and orders
that the tables state, and has the audit of every release find the least and the greatest whole number of each hidden
figure.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from accord.decision import BadInput, Decision, Finding, Say
from accord.stats import audit

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
    keys = sorted(prints.figures)
    shown = _shown(prints, keys)
    try:
        ends = audit.attack(shown, watched=np.arange(len(shown.hidden)) < len(keys))
    except BadInput as error:
        raise Contradiction(error.what) from error
    found = []
    for at, key in enumerate(keys):
        low, high = int(ends.low[at]), None if math.isinf(ends.high[at]) else int(ends.high[at])
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


def _shown(prints: _Print, keys: list[Key]) -> audit.Print:
    """The print as an outsider has it: an unknown for each hidden figure, and one for what each order leaves open."""
    place, orders = {key: at for at, key in enumerate(keys)}, list(prints.order())
    rows = [{parent: -1.0} | dict.fromkeys(children, 1.0) for parent, children in sorted(prints.sums, key=_by_name)]
    rows += [{more: 1.0, less: -1.0} for less, more in orders]
    entries = [(row, place[key], factor) for row, one in enumerate(rows) for key, factor in one.items()]
    entries += [(len(prints.sums) + at, len(keys) + at, -1.0) for at in range(len(orders))]
    row, column, factor = zip(*entries, strict=True) if entries else ((), (), ())
    values = [prints.figures[key] for key in keys] + [None] * len(orders)
    hidden = np.array([value is None for value in values], dtype=np.bool_)
    known = np.array([value or 0 for value in values], dtype=np.int64)
    floor = np.array([*(prints.floor[key] for key in keys), *[0] * len(orders)], dtype=np.int64)
    return audit.Print(
        hidden=hidden,
        known=known,
        low=np.where(hidden, floor, known).astype(np.float64),
        high=np.where(hidden, np.inf, known),
        equations=sparse.csr_array((factor, (row, column)), shape=(len(rows), len(values))),
    )


def _by_name(one: tuple[Key, frozenset[Key]]) -> tuple[Key, list[Key]]:
    return one[0], sorted(one[1])


def _small_sums(edition: Mapping[str, Any], threshold: int) -> Iterator[str]:
    """Printed sums under which the hidden figures come to 1..threshold together, or to a hidden zero."""
    prints = _read(edition)
    for parent, children in sorted(prints.sums, key=_by_name):
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
