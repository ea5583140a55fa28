"""Whole tables that fit a print, sought until they show for each unknown how far it goes; what none shows is proved.

A table shows something of all unknowns at once. Neighborhoods of an unknown come first, all else staying as it is: a
table found there is one of the whole. Only what no neighborhood settles is held against the whole component.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import sparse

from accord.decision import BadInput
from accord.stats.bare import Flags, Floats, Ints
from accord.stats.component import (
    COLD,
    REPAIRS,
    WHOLE,
    Clock,
    Component,
    Late,
    Program,
    components,
    first_table,
    whole_near,
    whole_parts,
)
from accord.stats.reduced import reduced

_WHOLE_SIZES = (300, 1000, 10**9)
"""Sizes of neighborhoods in which whole numbers are sought for one unknown."""
_AROUND, _FARTHER, _NEARBY = 600, 1000, 300
"""Sizes of neighborhoods in which many unknowns are pushed, and in which the end of one is bounded."""
_EFFORT = 0.01
"""What moving an unknown by one costs, where moving one that is open earns 1."""
_IDLE = 2
"""So many pushes in a row that settle little are enough."""
_SMALL = 60
"""Components of up to so many unknowns are settled one by one."""
_HARD = 2000
"""Programs of more unknowns are solved from the start each time, made smaller first: that takes less."""
_FEW = 4
"""So few unknowns are pushed one by one rather than together."""

Move = tuple[Ints, Floats]
"""Unknowns in which a table differs from the first one, and by how much."""


class Witnesses:
    """The search in one component, from one table that fits; `need` says of each unknown how many values suffice."""

    def __init__(self, part: Component, base: Floats, wanted: Flags, need: Floats | None, clock: Clock) -> None:
        self.part, self.base, self.moves = part, base, list[Move]()
        self._wanted, self._need, self._clock = wanted, need, clock
        self._least, self._most = base.copy(), base.copy()
        self._random = np.random.default_rng(7)

    def run(self) -> tuple[Floats, Floats, Flags]:
        """Least and greatest value of each unknown, those seen where they suffice, and whether it is settled."""
        try:
            if self._need is None:
                down, up = self.part.endless(self._clock)
                self._least[down], self._most[up] = -math.inf, math.inf
            if len(self.part) > _SMALL:
                self._search()
            self._prove()
        except Late:
            pass
        if self._need is None:
            return self.part.low, self.part.high, ~self._open()
        enough = self._most - self._least + 1 >= self._need
        low = np.where(enough, self._least, self.part.low)
        return low, np.where(enough, self._most, self.part.high), ~self._open()

    def _search(self) -> None:
        """From the cheap to the dear; before the dearest, what nearby equations rule out is no longer pushed."""
        self._moves()
        self._goals(0.2)
        self._moves()
        self._stage(_AROUND)
        self._bound_near()
        self._stage(_FARTHER)
        self._moves()
        self._goals(0.0)

    def _open(self) -> Flags:
        """The wanted unknowns of which more must be known."""
        part = self.part
        if self._need is None:
            left = (self._most < part.high) | (self._least > part.low)
        else:
            left = (self._most - self._least + 1 < self._need) & (part.high - part.low + 1 >= self._need)
        flags: Flags = self._wanted & left
        return flags

    def _stage(self, size: int) -> None:
        """Neighborhoods of this size around unknowns that are open, each unknown deep inside one of them."""
        tried = np.zeros(len(self.part), dtype=np.bool_)
        for cell in np.flatnonzero(self._open()).tolist():
            if not tried[cell] and self._open()[cell]:
                cells = self.part.near(cell, size)
                tried[cells if len(cells) == len(self.part) else cells[: 1 + len(cells) // 2]] = True
                self._together(self._neighborhood(cells, self._enough()), cells)

    def _enough(self) -> Floats:
        """Upper bounds beyond which open unknowns need not go: one that nothing bounds would draw all others along."""
        if self._need is None:
            return self.part.roofed()
        return np.minimum(self.part.roofed(), np.where(self._open(), self.base + self._need - 1, np.inf))

    def _neighborhood(self, cells: Ints, high: Floats | None = None) -> Program:
        """Tables that differ from the first one in these unknowns alone."""
        high = self.part.roofed() if high is None else high
        part, rows = self.part, self.part.touching(cells)
        rest = self.base.copy()
        rest[cells] = 0.0
        right = part.right[rows] - part.rows[rows] @ rest
        local = part.columns[:, cells].tocsr()[rows].tocsc()
        options = COLD if len(cells) > _HARD else {}
        return Program(local, (part.low[cells], high[cells]), (right, right), self._clock, **options)

    def _together(self, program: Program, cells: Ints) -> None:
        """Push many unknowns at once, in varying directions, while that settles many."""
        idle = 0
        while idle < _IDLE and (left := self._open()[cells]).sum() >= _FEW:
            price = self._random.choice([-1.0, 1.0], len(cells))
            price[(self._most >= self.part.high)[cells]] = -1.0
            price[(self._least <= self.part.low)[cells]] = 1.0
            table, _ = program.best(np.where(left, price, 0.0))
            self._note(cells, table)
            idle = idle + 1 if self._open()[cells].sum() > 0.9 * left.sum() else 0

    def _moves(self) -> None:
        """Move many unknowns a little and all others as little as that takes, so that what moves falls into parts."""
        part, count, idle = self.part, len(self.part), 0
        up, down = self._enough() - self.base, self.base - part.low
        matrix = sparse.hstack([part.columns, -part.columns], format="csc")
        zero = np.zeros(len(part.right))
        program = Program(matrix, (np.zeros(2 * count), np.append(up, down)), (zero, zero), self._clock, **COLD)
        while idle < _IDLE and (left := self._open()).sum() >= _FEW:
            upward = self._upward()
            price = np.full(2 * count, -_EFFORT)
            price[:count][left & upward] = price[count:][left & ~upward] = 1.0
            answer, _ = program.best(price)
            if answer is not None:
                self._note(np.arange(count), self.base + answer[:count] - answer[count:])
            idle = idle + 1 if self._open().sum() > 0.9 * left.sum() else 0

    def _goals(self, share: float) -> None:
        """Let as many as can reach how far they must go at once, in fractions first; then a whole table where they do.

        The goals that a table in fractions reaches are bounds that take the component apart: what is left is nearly
        always made whole, and each such table settles dozens. Ends when three in a row settle no more than this share.
        """
        part, idle = self.part, 0
        while idle <= _IDLE and (left := self._open()).any():
            low, high, up = self._limits(left)
            price = np.where(left, np.where(up, 1.0, -1.0), 0.0) * self._random.uniform(0.5, 1.0, len(part))
            program = Program(part.columns, (low, high), (part.right, part.right), self._clock, **COLD)
            table, _ = program.best(price)
            if table is None:
                return
            goal = np.where(up, high, low)
            reached = np.flatnonzero(left & (np.abs(table - goal) < WHOLE))
            while len(reached) and not self._reach(reached, goal[reached]):
                reached = self._random.permutation(reached)[: len(reached) // 2]
            idle = idle + 1 if self._open().sum() >= (1 - share) * left.sum() else 0

    def _limits(self, left: Flags) -> tuple[Floats, Floats, Flags]:
        """Bounds that end these unknowns where they need go no further, and which of them go up."""
        low, high, up = self.part.low.copy(), self.part.roofed(), self._upward()
        if self._need is not None:
            high = np.where(left & up, np.minimum(high, self._least + self._need - 1), high)
            low = np.where(left & ~up, np.maximum(low, self._most - self._need + 1), low)
        return low, high, up

    def _upward(self) -> Flags:
        """A way for each unknown, by chance where both are open."""
        chance = self._random.random(len(self.part)) < 0.5
        flags: Flags = chance & (self._most < self.part.high) | (self._least <= self.part.low)
        return flags

    def _bound_near(self) -> None:
        """Ends of what is open by the equations nearby alone: all else goes as far as its bounds let it."""
        part = self.part
        for cell in np.flatnonzero(self._open()).tolist():
            cells = part.near(cell, _NEARBY)
            rows = part.touching(cells)
            low, high = part.low.copy(), part.high.copy()
            low[cells] = high[cells] = 0.0
            up, down = part.rows[rows].maximum(0), part.rows[rows].minimum(0)
            right = part.right[rows] - (up @ high + down @ low), part.right[rows] - (up @ low + down @ high)
            local = part.columns[:, cells].tocsr()[rows].tocsc()
            program = Program(local, (part.low[cells], part.high[cells]), right, self._clock)
            for sign in (1.0, -1.0):
                price = np.zeros(len(cells))
                price[0] = sign
                _, best = program.best(price)
                self._bound(cell, sign, best)

    def _prove(self) -> None:
        """The ends of what is still open, over the whole component. Primal simplex goes on from the last vertex."""
        part, every = self.part, np.arange(len(self.part))
        if not self._open().any():
            return
        options = COLD if len(part) > _HARD else {}
        bounds = part.low, part.high if self._need is None else part.roofed()
        program = Program(part.columns, bounds, (part.right, part.right), self._clock, **options)
        for cell in np.flatnonzero(self._open()).tolist():
            for sign in (1.0, -1.0):
                if self._open()[cell]:
                    self._end(program, every, cell, sign)

    def _end(self, program: Program, every: Ints, cell: int, sign: float) -> None:
        price = np.zeros(len(every))
        price[cell] = sign
        table, best = program.best(price)
        if table is None:
            self._most[cell] = math.inf
            return
        self._bound(cell, sign, best)
        self._note(every, table)
        for size in _WHOLE_SIZES:
            if size >= len(every):
                self._farthest(cell, sign, best)
            seen = self._most[cell] if sign > 0 else -self._least[cell]
            if not self._open()[cell] or seen >= math.floor(best + WHOLE):
                return
            cells = self.part.near(cell, size)
            table, found = self._neighborhood(cells).best(price[cells], whole=True)
            self._note(cells, table)
            if len(cells) == len(self.part):
                self._bound(cell, sign, found)

    def _farthest(self, cell: int, sign: float, best: float) -> None:
        """Seek a table in which the unknown is as far as it must be, where it can go no further than the best."""
        goal = sign * math.floor(best + WHOLE)
        if self._need is not None:
            more = self._need[cell] - 1
            goal = min(goal, self._least[cell] + more) if sign > 0 else max(goal, self._most[cell] - more)
        self._reach(np.array([cell]), np.array([goal]))

    def _reach(self, cells: Ints, goal: Floats) -> bool:
        """Seek a table in which these unknowns are where they must be or beyond; whether it was found."""
        part, low, high = self.part, self.part.low.copy(), self.part.roofed()
        up = goal > self._most[cells]
        low[cells[up]], high[cells[~up]] = goal[up], goal[~up]
        try:
            small = reduced(part.rows, part.right, low, high)
            table = np.zeros(len(small.low))
            for at, one in components(small.matrix, small.right, small.low, small.high):
                table[at] = first_table(one, self._clock, patient=False)
        except BadInput:
            return False
        self._note(np.arange(len(part)), small.each(table))
        return True

    def _bound(self, cell: int, sign: float, best: float) -> None:
        """No table goes beyond the best."""
        if math.isinf(best):
            return
        if sign > 0:
            self.part.high[cell] = min(self.part.high[cell], math.floor(best + WHOLE))
        else:
            self.part.low[cell] = max(self.part.low[cell], math.ceil(-best - WHOLE))

    def _note(self, cells: Ints, found: Floats | None) -> None:
        """Keep a table, made whole first, if it shows something new of what is open."""
        if found is None:
            return
        if (np.abs(found - np.rint(found)) < WHOLE).all():
            values = np.rint(found)
        else:
            table = self.base.copy()
            table[cells] = found
            repairs = REPAIRS if len(cells) == len(self.part) else REPAIRS[:4]
            made = whole_near(self.part, table, self._clock, repairs)
            if made is None:
                made = whole_parts(self.part, self.base, table)
            cells = np.flatnonzero(made != self.base)
            values = made[cells]
        news = self._open()[cells] & ((values < self._least[cells]) | (values > self._most[cells]))
        if news.any():
            moved = values != self.base[cells]
            self.moves.append((cells[moved], (values - self.base[cells])[moved]))
            self._least[cells] = np.minimum(self._least[cells], values)
            self._most[cells] = np.maximum(self._most[cells], values)
