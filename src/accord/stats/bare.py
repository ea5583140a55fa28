"""A release as bare cells and equations: what is to be protected, whatever tables it came from.

Each cell is a count. Each equation says that some cells, each with a factor, sum to zero: a total minus its parts.
What an outsider may assume is stated here once, for the search that hides and for the attack alike:

- A0: counts are whole numbers of at least 0, and all sums hold.
- A1: where zeros are printed, a hidden count is at least 1.
- A2: a group in which nobody is enrolled has a count of 0, and a count of students is at most the students enrolled.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from accord.decision import BadInput

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

UNKNOWN = -1
"""The size of a group that is not public, and the number of students behind a count that nobody told."""


class On(StrEnum):
    """What the threshold is held against: the count, the size of the group, or both."""

    COUNT = "count"
    GROUP = "group"
    BOTH = "both"


class Zeros(StrEnum):
    """Whether zeros are always printed, or may be hidden like any other count."""

    PRINTED = "printed"
    HIDEABLE = "hideable"


def _none() -> Flags:
    return np.zeros(0, dtype=np.bool_)


@dataclass(frozen=True)
class Policy:
    """What the Board decided about small figures.

    Attributes:
        threshold: counts from 1 to this are hidden (and every count of groups of 1 to this many, by `on`).
        width: how many whole numbers must stay possible for every hidden small count.
        students: hide a count of events behind which stand 1 to `threshold` students, too.
        whole_groups: hide counts that tell of everybody in a group (count equals the group's size) too.
        empty_groups: hide counts that tell of nobody in a group (zeros) too; only where zeros may be hidden.
        small_sums: may hidden cells under a printed total come to 1..threshold together? By default they may: the
            promise is about single counts.
    """

    threshold: int = 10
    width: int = 5
    on: On = On.COUNT
    zeros: Zeros = Zeros.PRINTED
    students: bool = True
    whole_groups: bool = False
    empty_groups: bool = False
    small_sums: bool = True

    def __post_init__(self) -> None:
        if self.empty_groups and self.zeros is Zeros.PRINTED:
            mend = "Let zeros be hideable, or leave counts of nobody printed."
            raise BadInput("Zeros are always printed, so none can be hidden.", where="policy", mend=mend)


class Need(IntEnum):
    """Whether a hidden cell must keep `width` values: by its own count, whatever it is, or not at all."""

    BY_COUNT = 0
    ALWAYS = 1
    NEVER = -1


@dataclass(frozen=True, eq=False)
class Bare:
    """Cells and the equations between them. Arrays are as long as `names`.

    Attributes:
        values: counts, whole numbers of at least 0.
        denominators: sizes of the groups behind the counts, `UNKNOWN` where not public.
        cost: what hiding a cell costs, above 0; cells that are hidden already cost nothing.
        equations: one row for each equation, one column for each cell; each row times `values` is 0.
        published: cells that an earlier release printed: they stay printed.
        hidden: cells that an earlier release hid, or that no release prints: they stay hidden.
        blank: hidden cells of which nothing shows that they are not 0: no star stands for them.
        need: whether a cell must keep `width` values if it is hidden, as `Need`.
        contributors: how many students stand behind a count of events, `UNKNOWN` where not told.
        most: what everybody knows the count not to be above: of students, those enrolled. `UNKNOWN` where nothing is.
    """

    names: tuple[str, ...]
    values: Ints
    denominators: Ints
    cost: Floats
    equations: sparse.csr_array
    published: Flags = field(default_factory=_none)
    hidden: Flags = field(default_factory=_none)
    blank: Flags = field(default_factory=_none)
    need: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    contributors: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    most: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __post_init__(self) -> None:
        flags = {"published": False, "hidden": False, "blank": False}
        usual = {**flags, "need": Need.BY_COUNT, "contributors": UNKNOWN, "most": UNKNOWN}
        for name, value in usual.items():
            given = getattr(self, name)
            if len(given) != len(self.names):
                object.__setattr__(self, name, np.full(len(self.names), value, dtype=given.dtype))

    def __len__(self) -> int:
        return len(self.names)


def usual_cost(values: Ints) -> Floats:
    """The loss of hiding a count: small ones are cheap, none is free."""
    cost: Floats = 1 + np.log10(1 + values)
    return cost


def primary(bare: Bare, policy: Policy) -> Flags:
    """The cells that must be hidden for their own sake and keep `width` values."""
    small = _few(bare.values, policy)
    if policy.students:
        small |= _few(bare.contributors, policy)
    group = _few(bare.denominators, policy)
    if policy.on is not On.COUNT and policy.zeros is Zeros.PRINTED:
        group &= (bare.values > 0) | ~_zero_anyway(bare, small | group)
    told = {On.COUNT: small, On.GROUP: group, On.BOTH: small | group}[policy.on]
    if policy.whole_groups:
        told |= (bare.values == bare.denominators) & (bare.values > 0)
    if policy.empty_groups:
        told |= (bare.values == 0) & (bare.denominators != 0)
    flags: Flags = ((told & (bare.need != Need.NEVER)) | (bare.need == Need.ALWAYS)) & ~bare.published
    return flags


def _zero_anyway(bare: Bare, told: Flags) -> Flags:
    """The zeros that follow from printed zeros: where nothing happened to anybody, it happened to nobody in a group."""
    entries = bare.equations.tocoo()
    rows, cells, above = entries.coords[0], entries.coords[1], entries.data > 0
    anyway = np.zeros(len(bare), dtype=np.bool_)
    while True:
        unsure = (bare.values > 0) | (told & ~anyway)
        more = anyway.copy()
        for side in (above, ~above):
            open_rows = np.zeros(bare.equations.shape[0], dtype=np.bool_)
            open_rows[rows[side & unsure[cells]]] = True
            more[cells[~side & ~open_rows[rows]]] = True
        if np.array_equal(more, anyway):
            return anyway
        anyway = more


def _few(numbers: Ints, policy: Policy) -> Flags:
    flags: Flags = (numbers >= 1) & (numbers <= policy.threshold)
    return flags


def movable(bare: Bare, policy: Policy) -> Flags:
    """The cells that may be hidden: never one that is printed already, nor a zero that everybody knows or sees."""
    known_zero = nobody(bare)
    zero = bare.values == 0
    shown = known_zero | (zero if policy.zeros is Zeros.PRINTED else False)
    flags: Flags = (~bare.published & ~shown) | primary(bare, policy) | (bare.hidden & ~known_zero)
    return flags


def of_small_group(bare: Bare, policy: Policy) -> Flags:
    """The cells that a rule on the size of the group hides, zeros among them; none where there is no such rule."""
    if policy.on is On.COUNT:
        return np.zeros(len(bare), dtype=np.bool_)
    return _few(bare.denominators, policy)


def nobody(bare: Bare) -> Flags:
    """The cells of which everybody knows that they are 0: nobody is enrolled in the group."""
    flags: Flags = (bare.denominators == 0) | (bare.most == 0)
    return flags


def may_be_zero(bare: Bare, policy: Policy) -> Flags:
    """The cells that an outsider can allow to be 0 if they are hidden (A0; A1 where zeros are printed).

    Where a rule on the size of the group hides zeros too, a hidden cell of such a group may be 0.
    """
    if policy.zeros is not Zeros.PRINTED:
        return np.ones(len(bare), dtype=np.bool_)
    flags: Flags = bare.blank | of_small_group(bare, policy) | ((bare.values == 0) & primary(bare, policy))
    return flags


def lower(bare: Bare, policy: Policy) -> Ints:
    """The least value an outsider can allow each cell if it is hidden."""
    return np.where(may_be_zero(bare, policy), 0, 1).astype(np.int64)


def upper(bare: Bare) -> Floats:
    """The greatest value an outsider can allow each cell if it is hidden, infinite where nothing bounds it (A2)."""
    known = np.where(bare.most == UNKNOWN, np.inf, bare.most)
    return np.where(nobody(bare), 0.0, known)


def small_sums(bare: Bare, hidden: Flags, policy: Policy) -> Ints:
    """The equations, as indexes, in which all hidden cells stand on one side and come to 1..threshold together."""
    rows = bare.equations
    away = rows @ np.where(hidden, bare.values, 0)
    every = abs(rows) @ np.where(hidden, bare.values, 0)
    found: Ints = np.flatnonzero((np.abs(away) == every) & (every >= 1) & (every <= policy.threshold))
    return found
