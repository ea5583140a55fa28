"""The search, the attack and the certificate agree with trying every table, on thousands of small ones."""

from itertools import product

import numpy as np
import pytest

from accord.stats import proof
from accord.stats.audit import attack, printed, shown
from accord.stats.bare import Policy, Zeros, primary
from accord.stats.pattern import Unsafe, protect
from tests.stats.tiny_bare import release


def every_table(bare, hidden, least):
    """Every table that fits, one a row: no part is more than the least printed total that it stands under."""
    away, matrix = np.flatnonzero(hidden), bare.equations.toarray()
    tops = []
    for cell in away:
        totals = [int(np.flatnonzero(row > 0)[0]) for row in matrix if row[cell] < 0]
        tops.append(min([bare.values[total] for total in totals if not hidden[total]], default=bare.values[-1]))
    numbers = np.array(list(product(*(range(least, top + 1) for top in tops))), dtype=np.int64)
    right = matrix @ np.where(hidden, 0, bare.values)
    fits = (numbers @ matrix[:, away].T + right == 0).all(axis=1)
    found = np.repeat(bare.values[None], int(fits.sum()), axis=0)
    found[:, away] = numbers[fits]
    return found


SHAPES = [(2, 2), (2, 3), (3, 3), (2, 2, 2), (2, 2, 3)]


@pytest.mark.parametrize("block", range(10))
def test_intervals_are_exact_on_hundreds_of_tables(block):
    random = np.random.default_rng(block)
    for _ in range(100):
        shape = SHAPES[random.integers(len(SHAPES))]
        bare = release(random.integers(0, 4, shape) * (random.random(shape) < 0.8))
        least = int(random.integers(2))
        hidden = (bare.values > 0) & (random.random(len(bare)) < 0.8)
        hidden[np.flatnonzero(hidden)[5:]] = hidden[-1] = False
        if not hidden.any():
            continue
        every = every_table(bare, hidden, least)
        found = attack(printed(bare, hidden, frozenset({"a0", "a1"} if least else {"a0"})))
        assert (found.low == every.min(axis=0)).all()
        assert (found.high == every.max(axis=0)).all()
        need = int(random.integers(2, 5))
        quick = attack(printed(bare, hidden, frozenset({"a0", "a1"} if least else {"a0"})), need)
        assert ((quick.widths >= need) == (np.ptp(every, axis=0) + 1 >= need)).all()
        assert quick.settled.all()


@pytest.mark.parametrize("block", range(4))
def test_what_is_protected_is_proved_by_tables_that_hold(block):
    random = np.random.default_rng(100 + block)
    for _ in range(8):
        shape = SHAPES[random.integers(len(SHAPES))]
        bare = release(random.integers(0, 12, shape) * (random.random(shape) < 0.7))
        policy = Policy(int(random.integers(2, 8)), int(random.integers(2, 5)), zeros=list(Zeros)[block % 2])
        try:
            hidden = protect(bare, policy, seconds=2).hidden
        except Unsafe:
            continue
        plain, bad = proof.proved(bare, hidden, policy)
        assert not bad.any()
        assert list(proof.faults(bare, hidden, plain)) == []
        exact = attack(shown(bare, hidden, policy))
        assert (exact.widths[primary(bare, policy)] >= policy.width).all()
        assert (exact.low <= bare.values).all()
        assert (bare.values <= exact.high).all()
