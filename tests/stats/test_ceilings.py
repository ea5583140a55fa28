"""No count of students is above the students enrolled: search, attack and proof know it, as trying every table does."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest

from accord.stats.audit import attack, shown
from accord.stats.bare import UNKNOWN, On, Policy, Zeros, lower, movable, primary, upper
from accord.stats.ceilings import widths
from accord.stats.pattern import Unsafe, protect
from tests.stats.tiny_bare import release

SHAPES = [(2, 2), (2, 3), (3, 3), (2, 2, 2)]


def enrolled(random, shape, most=4):
    """A table of students counted and enrolled, all margins of both, some enrollments not public."""
    sizes = release(random.integers(0, most + 1, shape)).values
    counts = np.round(sizes[_inner(shape)].reshape(shape) * random.random(shape)).astype(int)
    told = np.where(random.random(len(sizes)) < 0.2, UNKNOWN, sizes)
    return replace(release(counts), denominators=told, most=told)


def _inner(shape):
    full = tuple(size + 1 for size in shape)
    return [at for at, spot in enumerate(np.ndindex(full)) if all(i < n for i, n in zip(spot, shape, strict=True))]


def every_table(bare, hidden, policy):
    """Every table that fits what is printed and all that may be assumed, one a row: found by trying all."""
    away, matrix = np.flatnonzero(hidden), bare.equations.toarray()
    low, high = lower(bare, policy), np.minimum(upper(bare), bare.values.max())
    least = [0 if bare.denominators[cell] == 0 else low[cell] for cell in away]
    numbers = np.array([*product(*(range(a, int(high[cell]) + 1) for a, cell in zip(least, away, strict=True)))])
    numbers = numbers.reshape(-1, len(away))
    right = matrix @ np.where(hidden, 0, bare.values)
    fits = (numbers @ matrix[:, away].T + right == 0).all(axis=1)
    found = np.repeat(bare.values[None], int(fits.sum()), axis=0)
    found[:, away] = numbers[fits]
    return found


def policies(random):
    return Policy(
        threshold=int(random.integers(1, 4)),
        width=int(random.integers(2, 6)),
        on=list(On)[random.integers(3)],
        zeros=list(Zeros)[random.integers(2)],
    )


@pytest.mark.parametrize("block", range(4))
def test_intervals_are_those_of_every_table_that_enrollment_allows(block):
    random = np.random.default_rng(block)
    for _ in range(40):
        bare, policy = enrolled(random, SHAPES[random.integers(len(SHAPES))]), policies(random)
        hidden = movable(bare, policy) & (random.random(len(bare)) < 0.6)
        hidden[np.flatnonzero(hidden)[6:]] = hidden[-1] = False
        every = every_table(bare, hidden, policy)
        found = attack(shown(bare, hidden, policy))
        assert (found.low == every.min(axis=0)).all()
        assert (found.high == every.max(axis=0)).all()
        need = widths(bare, policy)
        quick = attack(shown(bare, hidden, policy), need)
        assert ((quick.widths >= need) == (np.ptp(every, axis=0) + 1 >= need)).all()


def cheapest(bare, policy):
    """The least cost of a pattern that leaves every small count what it must keep, by trying all; None without one."""
    must, need = primary(bare, policy), widths(bare, policy)
    if (need[must] < 2).any():
        return None
    more = np.flatnonzero(movable(bare, policy) & ~must)
    choices = [list(cells) for size in range(len(more) + 1) for cells in combinations(more, size)]
    for cells in sorted(choices, key=lambda cells: bare.cost[cells].sum()):
        hidden = must.copy()
        hidden[cells] = True
        found = attack(shown(bare, hidden, policy))
        if (found.widths[must] >= need[must]).all():
            return float(bare.cost[cells].sum())
    return None


@pytest.mark.parametrize("seed", range(30))
def test_the_cost_under_ceilings_is_the_least_there_is(seed):
    random = np.random.default_rng(500 + seed)
    bare, policy = enrolled(random, [(2, 2), (2, 3)][seed % 2], most=6), policies(random)
    least = cheapest(bare, policy)
    if least is None:
        with pytest.raises(Unsafe):
            protect(bare, policy)
        return
    found = protect(bare, policy)
    assert found.cost == pytest.approx(least)
    assert found.gap == 0
