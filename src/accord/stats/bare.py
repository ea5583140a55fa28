"""A release as bare cells and equations: what is to be protected, whatever tables it came from.

Each cell is a count. Each equation says that some cells, each with a factor, sum to zero: a total minus its parts.
What an outsider may assume is stated here once, for the search that hides and for the attack alike:

- A0: counts are whole numbers of at least 0, and all sums hold.
- A1: where zeros are printed, a hidden count is at least 1.
- A2: a group in which nobody is enrolled has a count of 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

UNKNOWN = -1
"""The denominator of a cell whose group size is not public."""


class Fixed(StrEnum):
    """What an earlier release decided of a cell."""

    FREE = "free"
    PUBLISHED = "published"
    HIDDEN = "hidden"


class On(StrEnum):
    """What the threshold is held against: the count, the size of the group, or both."""

    COUNT = "count"
    GROUP = "group"
    BOTH = "both"


class Zeros(StrEnum):
    """Whether zeros are always printed, or may be hidden like any other count."""

    PRINTED = "printed"
    HIDEABLE = "hideable"


@dataclass(frozen=True)
class Policy:
    """What the Board decided about small figures.

    Attributes:
        threshold: counts from 1 to this are hidden (and every count of groups of 1 to this many, by `on`).
        width: how many whole numbers must stay possible for every hidden small count.
        whole_groups: hide counts that tell of everybody in a group (count equals the group's size) too.
        small_sums: may hidden cells under a printed total come to 1..threshold together?
    """

    threshold: int = 10
    width: int = 5
    on: On = On.COUNT
    zeros: Zeros = Zeros.PRINTED
    whole_groups: bool = False
    small_sums: bool = False


@dataclass(frozen=True, eq=False)
class Bare:
    """Cells and the equations between them. Arrays are as long as `names`.

    Attributes:
        values: counts, whole numbers of at least 0.
        denominators: sizes of the groups behind the counts, `UNKNOWN` where not public.
        cost: what hiding a cell costs, above 0.
        equations: one row for each equation, one column for each cell; each row times `values` is 0.
        published: cells that an earlier release printed: they stay printed.
        hidden: cells that an earlier release hid: they stay hidden.
    """

    names: tuple[str, ...]
    values: Ints
    denominators: Ints
    cost: Floats
    equations: sparse.csr_array
    published: Flags = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    hidden: Flags = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))

    def __post_init__(self) -> None:
        for name in ("published", "hidden"):
            if len(getattr(self, name)) != len(self.names):
                object.__setattr__(self, name, np.zeros(len(self.names), dtype=np.bool_))

    def __len__(self) -> int:
        return len(self.names)


def usual_cost(values: Ints) -> Floats:
    """The loss of hiding a count: small ones are cheap, none is free."""
    cost: Floats = 1 + np.log10(1 + values)
    return cost


def primary(bare: Bare, policy: Policy) -> Flags:
    """The cells that must be hidden for their own sake, and those an earlier release hid."""
    small = (bare.values >= 1) & (bare.values <= policy.threshold)
    few = (bare.denominators >= 1) & (bare.denominators <= policy.threshold)
    told = {On.COUNT: small, On.GROUP: few, On.BOTH: small | few}[policy.on]
    if policy.whole_groups:
        told = told | ((bare.values == bare.denominators) & (bare.values > 0))
    flags: Flags = (told & ~bare.published) | bare.hidden
    return flags


def movable(bare: Bare, policy: Policy) -> Flags:
    """The cells that may be hidden: never one that is printed already, nor a zero that everybody knows or sees."""
    known_zero = bare.denominators == 0
    zero = bare.values == 0
    shown = known_zero | (zero if policy.zeros is Zeros.PRINTED else False)
    flags: Flags = (~bare.published & ~shown) | primary(bare, policy)
    return flags


def lower(bare: Bare, policy: Policy) -> Ints:
    """The least value an outsider can allow each cell if it is hidden (A0, and A1 where zeros are printed).

    Where a rule on the size of the group hides zeros too, a hidden cell of such a group may be 0.
    """
    if policy.zeros is not Zeros.PRINTED:
        return np.zeros(len(bare), dtype=np.int64)
    least: Ints = np.where(primary(bare, policy) & (bare.values == 0), 0, 1).astype(np.int64)
    if policy.on is not On.COUNT:
        few = (bare.denominators >= 1) & (bare.denominators <= policy.threshold)
        least[few] = 0
    return least
