"""Which cells of a bare release to hide: the cheapest safe pattern found in time, audited whole before it is given."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from accord.stats.audit import Tables, attack, shown
from accord.stats.bare import Bare, Flags, Policy, primary, small_sums
from accord.stats.benders import Found, search
from accord.stats.ceilings import refusal, widths
from accord.stats.presolve import Piece, pieces

_SEARCH = 0.75
"""The share of the time in which the search must end: the rest is for the audit."""
_BRIEFLY = 1.0
"""Seconds that every search may take: enough for small releases, where hiding all is the last resort."""
_AUDITED, _OVER, _AUDIT = 1.05, 1.2, 5.0
"""The audit of what was found ends by the first share of the time, that of hiding all by the second, or after so many
seconds: what is not settled then is not published."""

Told = Callable[[float, float], None]
"""Hears the cost of the best safe pattern so far (infinite at first) and the bound below it."""


class Unsafe(Exception):  # noqa: N818
    """No safe pattern was found: nothing may be published. `cells` names what could not be protected.

    `late`: more time may do; a coarser release is not called for.
    """

    def __init__(self, reason: str, cells: tuple[str, ...], *, late: bool = False) -> None:
        self.reason, self.cells, self.late = reason, cells, late
        super().__init__(reason)


@dataclass(frozen=True, eq=False)
class Pattern:
    """A safe pattern. `cost` and `bound` speak of complementary cells only; the least cost lies between them.

    `tables` are whole tables that the audit found, which show that every small count keeps the values it must.
    """

    hidden: Flags
    primary: Flags
    cost: float
    bound: float
    seconds: float
    tables: Tables | None = None

    @property
    def gap(self) -> float:
        """How far above minimal the pattern may be, as a share of its cost: 0 is proved minimal."""
        return (self.cost - self.bound) / self.cost if self.cost > self.bound + 1e-6 else 0.0


def protect(bare: Bare, policy: Policy, *, seconds: float = 60.0, told: Told = lambda cost, bound: None) -> Pattern:
    """Choose what to hide, within about this many seconds, those of the audit at the end among them.

    Raises:
        Unsafe: when some primary cell cannot be protected, the audit finds one that is not, or does not end in time.
    """
    started = time.monotonic()
    must = primary(bare, policy)
    parts, hopeless = pieces(bare, policy)
    if len(hopeless):
        raise Unsafe(refusal(bare, policy, hopeless), _names(bare, hopeless))
    hidden, results = must | bare.hidden, [Found(None, math.inf, 0.0) for _ in parts]
    for at, part in enumerate(parts):
        left = max(_SEARCH * seconds, _BRIEFLY) - (time.monotonic() - started)
        share = left * len(part.cost) / sum(len(one.cost) for one in parts[at:])
        results[at] = search(part, time.monotonic() + share, _teller(results, at, told))
        chosen = results[at].hidden
        if chosen is None:
            cells = np.concatenate([members for members, one in zip(part.members, part.watched, strict=True) if one])
            raise Unsafe("Some small counts cannot be protected whatever is hidden.", _names(bare, cells[must[cells]]))
        hidden |= _spread(part, chosen, len(bare))
    every = hidden.copy()
    for part in parts:
        every |= _spread(part, np.ones(len(part.cost), dtype=np.bool_), len(bare))
    hidden, tables = _audited(bare, policy, (hidden, every), started, seconds)
    if not policy.small_sums and len(rows := small_sums(bare, hidden, policy)):
        cells = np.unique(bare.equations[rows].indices)
        raise Unsafe("The hidden parts of a printed sum come to a small count.", _names(bare, cells[hidden[cells]]))
    cost = float(bare.cost[hidden & ~must].sum())
    bound = sum(result.bound for result in results)
    return Pattern(hidden, must, cost, bound, time.monotonic() - started, tables)


def _audited(
    bare: Bare, policy: Policy, patterns: tuple[Flags, Flags], started: float, seconds: float
) -> tuple[Flags, Tables | None]:
    """The pattern found, if its audit ends in time, else the one that hides all: that is sooner seen to be safe.

    Raises:
        Unsafe: when the audit finds a primary cell that is not protected, or does not end in time.
    """
    must, need = primary(bare, policy), widths(bare, policy)
    turns = list(zip(patterns, (_AUDITED, _OVER), strict=True))
    for hidden, share in turns[1:] if np.array_equal(*patterns) else turns:
        deadline = max(started + share * seconds, time.monotonic() + _AUDIT)
        audit = attack(shown(bare, hidden, policy), need, must, deadline)
        leaks = np.flatnonzero(must & audit.narrow(need))
        if not len(leaks):
            return hidden, audit.tables
        if time.monotonic() < deadline:
            raise Unsafe("The audit found small counts that can be worked out.", _names(bare, leaks))
    raise Unsafe("The audit did not end in time: give more --time.", _names(bare, leaks), late=True)


def _names(bare: Bare, cells: np.ndarray) -> tuple[str, ...]:
    return tuple(bare.names[cell] for cell in cells)


def _spread(part: Piece, chosen: Flags, count: int) -> Flags:
    """The release's cells behind the chosen columns of a piece."""
    cells = np.zeros(count, dtype=np.bool_)
    for column in np.flatnonzero(chosen):
        cells[part.members[column]] = True
    return cells


def _teller(results: list[Found], at: int, told: Told) -> Callable[[Found], None]:
    def tell(found: Found) -> None:
        results[at] = found
        told(sum(result.cost for result in results), sum(result.bound for result in results))

    return tell
