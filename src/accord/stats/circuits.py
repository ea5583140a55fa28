"""Moves of few hidden columns at once that leave every printed figure as it is: each shows values as still possible.

Such a move (a circuit) stays good in every pattern that hides its columns, so circuits are kept: most questions that
come later are answered by those found before. Only moves in whole numbers are kept, so what they show holds for counts.
"""

from __future__ import annotations

import time

import highspy
import numpy as np

from accord.stats.bare import Flags, Floats, Ints
from accord.stats.kept import Kept
from accord.stats.moves import WHOLE, Moves
from accord.stats.neighborhood import Block, Neighborhood
from accord.stats.presolve import Piece
from accord.stats.solver import program

_UNHIDDEN = 50.0
"""What a step costs for each unit of cost of a column that is not hidden, where those may be used."""
_NEAR = 300
_TRIES = 3
_GROUP = 12
"""So many columns are asked about at once..."""
_WORTHWHILE = 0.5
"""... as long as that settles this share of them..."""
_IDLE = 3
"""... in one of so many turns."""
_SECONDS = 3.0
LARGE = 4000
"""With more columns than this, no program is asked about all of them if it can be helped."""
_FEW = 20
"""So many narrow columns are looked at for one that is proved narrow."""


class Circuits:
    """The circuits found so far for a piece, and the programs that find more."""

    def __init__(self, piece: Piece) -> None:
        self._piece, self._most, self._n = piece, float(piece.room.max()), len(piece.cost)
        self._moves = Moves(piece.matrix, piece.down, piece.up, self._most)
        self._near = Neighborhood(piece.matrix)
        self._spare = program(piece.matrix[:, :1], highspy.ObjSense.kMinimize, dual=True)
        self._kept = Kept(piece)
        self._random = np.random.default_rng(3)
        self._falls = piece.down > 0

    def left(self, hidden: Flags) -> Flags:
        """The watched columns that kept circuits do not show to keep their whole numbers."""
        return self._kept.left(hidden)

    def pushed(self, hidden: Flags, until: float) -> None:
        """Push many of the columns that are left at once."""
        if self._n > LARGE:
            self._sweep_parts(hidden, until)
        else:
            self._sweep(self._moves, np.arange(self._n), hidden, until)

    def asked(self, hidden: Flags, column: int, until: float) -> bool:
        """Whether circuits show that a column keeps its whole numbers: those of small steps are looked for first."""
        if self._n > LARGE and self.shown(hidden, column, until):
            return True
        return any(
            self._ask(self._moves, np.arange(self._n), hidden, column, until, wide=wide) for wide in (False, True)
        )

    def shown(self, hidden: Flags, column: int, until: float) -> bool:
        """Whether circuits near a column show that it keeps its whole numbers."""
        block = self._near.block(column, hidden, _NEAR)
        return self._ask(self._around(block), block.columns, hidden, column, until)

    def _around(self, block: Block) -> Moves:
        """Moves of a block, every other column at rest. One block at a time: they share a solver."""
        return Moves(
            block.matrix, self._piece.down[block.columns], self._piece.up[block.columns], self._most, self._spare
        )

    def _sweep_parts(self, hidden: Flags, until: float) -> None:
        """Push many columns at once, but only those near each other."""
        waiting = self.left(hidden)
        while waiting.any() and time.monotonic() < until:
            block = self._near.block(int(np.argmax(waiting)), hidden, 2 * _NEAR)
            self._sweep(self._around(block), block.columns, hidden, until)
            waiting[block.columns] = False

    def refuted(self, hidden: Flags, until: float) -> Flags | None:
        """As many columns as may be hidden beside these and still leave some watched column proved narrow.

        None where that is not proved of any. It takes a few seconds at most.
        """
        until = min(until, time.monotonic() + _SECONDS)
        for column in np.flatnonzero(self.left(hidden))[:_FEW]:
            if self._surely_narrow(hidden, int(column), until):
                near = self._near.block(int(column), np.ones(self._n, dtype=np.bool_), _NEAR).columns
                free = np.flatnonzero(~hidden)
                grown = hidden.copy()
                for part in (np.setdiff1d(free, near), np.intersect1d(free, near)):
                    self._grow(grown, int(column), part, until)
                return grown
        return None

    def _grow(self, grown: Flags, column: int, part: Ints, until: float) -> None:
        """Hide what of a part of the columns leaves the column narrow: all of it, else by halves."""
        if not len(part) or time.monotonic() > until:
            return
        trial = grown.copy()
        trial[part] = True
        if self._surely_narrow(trial, column, until):
            grown[part] = True
        elif len(part) > 1:
            self._grow(grown, column, part[: len(part) // 2], until)
            self._grow(grown, column, part[len(part) // 2 :], until)

    def _surely_narrow(self, hidden: Flags, column: int, until: float) -> bool:
        """Whether a column is proved to keep too few whole numbers under this pattern."""
        self._moves.late, reach = False, 0.0
        for sign in (1.0, -1.0):
            price = np.zeros(self._n)
            price[column] = sign
            move = self._moves.best_whole(hidden, price, 0.0, until)
            reach += 0.0 if move is None else abs(float(move[column]))
        return not self._moves.late and reach < self._piece.room[column] - WHOLE

    def _ask(
        self, moves: Moves, columns: Ints, hidden: Flags, column: int, until: float, *, wide: bool = False
    ) -> bool:
        """Look for circuits of one column, up and down, in whole numbers where fractions are found first."""
        away, at = hidden[columns], int(np.searchsorted(columns, column))
        reach, in_fractions = 0.0, []
        for sign in (1.0, -1.0) if self._falls[column] else (1.0,):
            price = np.zeros(len(columns))
            price[at] = sign
            move = moves.best(away, price, 1.0, until, wide=wide)
            if move is None:
                continue
            reach += abs(float(move[at]))
            if not self._kept.keep(columns, move, at):
                in_fractions.append(price)
            if not self.left(hidden)[column]:
                return True
        if reach < self._piece.room[column] - WHOLE:
            return False
        return any(self._in_whole(moves, columns, hidden, at, price, until) for price in in_fractions)

    def _in_whole(self, moves: Moves, columns: Ints, hidden: Flags, at: int, price: Floats, until: float) -> bool:
        """Other answers as good, until one is whole; a program in whole numbers if none of a few is."""
        away = hidden[columns]
        for _ in range(_TRIES):
            move = moves.best(away, price, 1.0 + self._random.random(len(columns)), until)
            if move is not None and self._kept.keep(columns, move, at):
                break
        else:
            move = moves.best_whole(away, price, 0.0, until)
            if move is not None:
                self._kept.keep(columns, move, at)
        return not self.left(hidden)[columns[at]]

    def _sweep(self, moves: Moves, columns: Ints, hidden: Flags, until: float) -> None:
        """Push some columns at once, in varying directions, as long as that settles as many.

        Only some: one fraction anywhere in a large move spoils it, and many columns are in each other's way.
        """
        left, idle = self.left(hidden)[columns], 0
        while left.sum() > _GROUP and idle < _IDLE and time.monotonic() < until:
            signs = np.zeros(len(columns))
            some = self._random.choice(np.flatnonzero(left), _GROUP, replace=False)
            signs[some] = self._random.choice([-1.0, 1.0], _GROUP)
            for price in (signs, -signs):
                price = np.where(self._falls[columns], price, price.clip(0))
                move = moves.best(hidden[columns], price, 1.0, until) if price.any() else None
                if move is not None:
                    self._kept.keep(columns, move)
            before, left = left.sum(), self.left(hidden)[columns]
            idle = idle + 1 if before - left.sum() < _GROUP * _WORTHWHILE else 0

    def shortest(self, hidden: Flags, column: int, until: float) -> Flags:
        """Columns of a short circuit through one column: near it if it can be, in whole numbers if it must be."""
        block = self._near.block(column, np.ones(self._n, dtype=np.bool_), _NEAR)
        near, far = self._around(block), self._moves
        used = np.zeros(self._n, dtype=np.bool_)
        for best in (near.best, near.best_whole, far.best, far.best_whole):
            columns = block.columns if best in (near.best, near.best_whole) else np.arange(self._n)
            at = int(np.searchsorted(columns, column))
            for sign in (1.0, -1.0):
                price = np.zeros(len(columns))
                price[at] = sign
                move = best(np.ones(len(columns), dtype=np.bool_), price, self._steps(hidden)[columns], until)
                if move is not None:
                    self._kept.keep(columns, move, at)
                    used[columns[move != 0]] = True
                    if (used & ~hidden).any() or not self.left(hidden)[column]:
                        return used
        return used

    def _steps(self, hidden: Flags) -> Floats:
        steps: Floats = np.where(hidden, 1.0, 1.0 + _UNHIDDEN * self._piece.cost)
        return steps
