"""How many values each small count must keep, and how far counts can go, where enrollment leaves few.

No count of students is above the students enrolled, and everybody knows how many those are. Of three students enrolled
nobody can keep five values: such a count keeps every value there can be, and it is told how many counts those are.
Where a rule on the size of groups hides zeros of small groups too, what can be is bounded by the zeros that are always
printed as well: if no student of the state is counted in one race, none of a district is.
"""

from __future__ import annotations

import numpy as np

from accord.stats.bare import (
    UNKNOWN,
    Bare,
    Flags,
    Floats,
    Ints,
    On,
    Policy,
    Zeros,
    lower,
    movable,
    of_small_group,
    primary,
    upper,
)
from accord.stats.propagate import tighten


def reach(bare: Bare, policy: Policy, seen: Flags) -> tuple[Floats, Floats]:
    """The least and greatest value of each cell to somebody who sees these cells and knows the enrollment."""
    values, least = bare.values.astype(np.float64), lower(bare, policy)
    least = np.where(bare.values == UNKNOWN, least, np.minimum(least, bare.values))
    return tighten(bare.equations, np.where(seen, values, least), np.where(seen, values, upper(bare)))


def widths(bare: Bare, policy: Policy) -> Ints:
    """How many values each cell must keep if it is small: `policy.width`, or all there can be where those are fewer.

    One, where enrollment and the star tell the count: no pattern protects such a cell.
    """
    every = _enrolled(bare) - lower(bare, policy) + 1
    small = of_small_group(bare, policy)
    if policy.zeros is Zeros.PRINTED and small.any():
        low, high = reach(bare, policy, (bare.values == 0) & ~movable(bare, policy))
        every = np.where(small, np.minimum(every, high - low + 1), every)
    kept: Ints = np.minimum(every, policy.width).astype(np.int64)
    return kept


def _enrolled(bare: Bare) -> Floats:
    """What no count is above as enrollment alone has it: of a total the ceilings of its parts, where it has none."""
    if not (bare.most != UNKNOWN).any():
        return upper(bare)
    _, high = tighten(bare.equations, np.zeros(len(bare)), upper(bare))
    return high


def of_few(bare: Bare, policy: Policy) -> Flags:
    """The small counts that keep fewer values than the policy asks for, since there are no more."""
    flags: Flags = primary(bare, policy) & (widths(bare, policy) < policy.width)
    return flags


def refusal(bare: Bare, policy: Policy, cells: Ints) -> str:
    """Why these small counts cannot be protected whatever is hidden, and what would mend it."""
    free = reach(bare, policy, ~movable(bare, policy))
    bounded = (bare.most != UNKNOWN).any() and (free[0] < free[1])[cells].any()
    if not (bounded or (widths(bare, policy)[cells] < 2).any()):
        helps = " It may help to let zeros be hidden (--zeros hideable)." if policy.zeros is Zeros.PRINTED else ""
        return f"Some small counts follow from printed figures whatever is hidden.{helps}"
    ways = ["publish larger groups"]
    if policy.zeros is Zeros.PRINTED:
        ways.append("let zeros be hidden (--zeros hideable)")
    if policy.on is On.COUNT:
        ways.append("hide zeros of small groups too (--on both)")
    return (
        "Stars, printed zeros and the number enrolled leave some small counts too few values, whatever is hidden. To "
        f"mend it: {', or '.join(reversed(ways))}."
    )
