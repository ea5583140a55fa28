"""The attack on a bare release: which whole numbers remain possible for every hidden cell?

Written apart from the search that chooses what to hide, with other solver settings. The hidden values are taken out
before anything else happens, so nothing here can lean on them. The equations are made smaller first; each component
that is left is then searched for tables that fit (`witnesses`), and what no table shows is settled by proof.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from accord.decision import BadInput
from accord.stats.bare import Bare, Flags, Floats, Ints, Policy, Zeros, may_be_zero, nobody, upper
from accord.stats.ceilings import widths
from accord.stats.component import Clock, Late, components, first_table
from accord.stats.reduced import Reduced, reduced
from accord.stats.witnesses import Move, Witnesses


@dataclass(frozen=True, eq=False)
class Print:
    """What an outsider has: of each hidden cell its bounds, of each printed cell its value, and the equations.

    Attributes:
        hidden: which cells are hidden.
        known: printed values, 0 where hidden.
        low: the least value allowed; the value itself where printed.
        high: the greatest, infinite where nothing bounds it.
        equations: as in the release.
    """

    hidden: Flags
    known: Ints
    low: Floats
    high: Floats
    equations: sparse.csr_array


@dataclass(frozen=True, eq=False)
class Tables:
    """Whole tables that fit a print.

    Attributes:
        cells: the hidden cells.
        first: their values in the first table.
        moves: for each further table the cells in which it differs, as places in `cells`, and by how much.
    """

    cells: Ints
    first: Ints
    moves: tuple[tuple[Ints, Ints], ...]


@dataclass(frozen=True, eq=False)
class Intervals:
    """The least and greatest possible value of every cell, both attained unless the audit stopped at `need`.

    Attributes:
        settled: false where time ran out: more than what `low` and `high` say may be known to an outsider.
        tables: whole tables that fit the print and show how far cells can go; None if none was found in time.
        programs: how many programs were solved.
    """

    low: Floats
    high: Floats
    settled: Flags
    tables: Tables | None
    programs: int

    @property
    def widths(self) -> Floats:
        """How many whole numbers remain possible for each cell."""
        widths: Floats = self.high - self.low + 1
        return widths

    def narrow(self, width: int | Ints) -> Flags:
        """The cells that keep fewer values, or of which that was not ruled out in time."""
        flags: Flags = (self.widths < width) | ~self.settled
        return flags


def printed(bare: Bare, hidden: Flags, assume: frozenset[str], blank: Flags | None = None) -> Print:
    """What the release shows when these cells are hidden, to somebody who assumes a0, a1, a2.

    `blank`: hidden cells that may be 0 although zeros are printed, so a1 says nothing about them.
    """
    known = np.where(hidden, 0, bare.values)
    least = np.full(len(bare), 1.0 if "a1" in assume else 0.0)
    least[bare.blank if blank is None else blank] = 0.0
    most = np.full(len(bare), math.inf)
    if "a2" in assume:
        most = upper(bare)
        least[nobody(bare)] = 0.0
    return Print(hidden, known, np.where(hidden, least, known), np.where(hidden, most, known), bare.equations)


def assumptions(policy: Policy) -> frozenset[str]:
    """What an outsider may rightly assume under a policy."""
    return frozenset(("a0", "a1", "a2") if policy.zeros is Zeros.PRINTED else ("a0", "a2"))


def shown(bare: Bare, hidden: Flags, policy: Policy) -> Print:
    """What the release shows to somebody who knows the policy."""
    blank = bare.blank if policy.zeros is not Zeros.PRINTED else may_be_zero(bare, policy)
    return printed(bare, hidden, assumptions(policy), blank)


def narrow(bare: Bare, hidden: Flags, watched: Flags, policy: Policy, deadline: float | None = None) -> Ints:
    """The watched cells not shown to keep the values they must, as indexes; printed ones among them count.

    After the `deadline`, a time of `time.monotonic`, what is not settled counts as narrow.
    """
    need = widths(bare, policy)
    found = attack(shown(bare, hidden, policy), need, watched, deadline)
    cells: Ints = np.flatnonzero(watched & found.narrow(need))
    return cells


def attack(
    shown: Print, need: int | Ints | None = None, watched: Flags | None = None, deadline: float | None = None
) -> Intervals:
    """The interval of every hidden cell.

    Args:
        shown: what is printed and assumed.
        need: stop at a cell as soon as this many values (of all, or of each) are shown to be possible; None for
            exact intervals.
        watched: only these cells matter; None for all.
        deadline: a time of `time.monotonic` after which cells are left unsettled.

    Raises:
        BadInput: when no table of whole numbers fits.
    """
    cells, clock = np.flatnonzero(shown.hidden), Clock(deadline)
    matrix, right = shown.equations[:, cells], -(shown.equations @ np.where(shown.hidden, 0, shown.low))
    small = reduced(matrix, right, shown.low[cells], shown.high[cells])
    asked = np.ones(len(cells), dtype=np.bool_) if watched is None else watched[cells]
    wanted = small.behind(asked)
    low, high, settled, moves = small.low.copy(), small.high.copy(), ~wanted, list[Move]()
    enough = None if need is None else _enough(small, np.broadcast_to(need, shown.hidden.shape)[cells], asked)
    first = _first(matrix, right, shown, small, clock) if wanted.any() else None
    for part, component in components(small.matrix, small.right, low, high):
        if first is not None:
            search = Witnesses(component, first[part], wanted[part], None if enough is None else enough[part], clock)
            low[part], high[part], settled[part] = search.run()
            moves += [(part[at], change) for at, change in search.moves]
    ends = shown.low.copy(), shown.high.copy()
    ends[0][cells], ends[1][cells] = small.ends(low, high)
    done = np.ones(len(shown.hidden), dtype=np.bool_)
    done[cells] = small.every(settled)
    return Intervals(*ends, done, _tables(cells, small, first, moves), clock.programs)


def _enough(small: Reduced, need: Ints, wanted: Flags) -> Floats:
    """How many values of what remains suffice for the wanted unknowns behind it; infinite where bounds forbid that."""
    every = (small.high - small.low)[small.place] + 1 if len(small.low) else np.zeros(len(need))
    left = np.flatnonzero((small.sign != 0) & wanted & (need <= every))
    enough = np.zeros(len(small.low))
    np.maximum.at(enough, small.place[left], need[left])
    return np.where(enough == 0, np.inf, enough)


def _first(matrix: sparse.csr_array, right: Floats, shown: Print, small: Reduced, clock: Clock) -> Floats | None:
    """One table that fits, in what remains of the system; None if the time was over first.

    Where hidden counts may be 0 a table without zeros is sought first: it is found sooner, and leaves room all around.
    """
    cells = np.flatnonzero(shown.hidden)
    raised = np.minimum(np.maximum(shown.low[cells], 1.0), shown.high[cells])
    try:
        if (raised > shown.low[cells]).any():
            try:
                inside = reduced(matrix, right, raised, shown.high[cells])
                return small.back(inside.each(_whole(inside, clock, patient=False)))
            except BadInput:
                pass
        return _whole(small, clock, patient=True)
    except Late:
        return None


def _whole(system: Reduced, clock: Clock, *, patient: bool) -> Floats:
    table = np.zeros(len(system.low))
    for part, component in components(system.matrix, system.right, system.low, system.high):
        table[part] = first_table(component, clock, patient=patient)
    return table


def _tables(cells: Ints, small: Reduced, first: Floats | None, moves: list[Move]) -> Tables | None:
    """The tables found, told of the cells of the release."""
    if first is None:
        return None
    behind = small.members()
    told = []
    for at, change in moves:
        sizes = np.diff(behind.indptr)[at]
        members = np.concatenate([behind.indices[behind.indptr[one] : behind.indptr[one + 1]] for one in at])
        told.append((members, (np.repeat(change, sizes) * small.sign[members]).astype(np.int64)))
    return Tables(cells, np.rint(small.each(first)).astype(np.int64), tuple(told))
