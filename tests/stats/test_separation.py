"""What the outsider asks for holds for every safe pattern, and is not there yet in the pattern it was asked of."""

import math
import time

import numpy as np
import pytest

from accord.stats.bare import Policy
from accord.stats.circuits import Circuits
from accord.stats.mending import Mending
from accord.stats.presolve import pieces
from accord.stats.separation import Separation
from tests.stats.searched import narrow
from tests.stats.tiny_bare import release

NEVER = math.inf


def mending(piece):
    return Mending(piece, Circuits(piece), Separation(piece))


def safe_patterns(piece, random):
    """Some safe patterns of a piece, sparse ones among them."""
    circuits = Circuits(piece)
    for share in np.linspace(0.05, 1, 30):
        hidden = piece.given | (random.random(len(piece.cost)) < share)
        if not narrow(circuits, hidden).any():
            yield hidden


@pytest.mark.parametrize("seed", range(36))
def test_no_cut_takes_a_safe_pattern_away(seed):
    random = np.random.default_rng(seed)
    shape = [(2, 3), (2, 4), (2, 2, 2), (3, 4)][seed % 4]
    bare = release(random.integers(0, 9, shape))
    width = [2, 3, 5][seed // 4 % 3]
    for piece in pieces(bare, Policy(threshold=4, width=width))[0]:
        chosen = piece.given | (random.random(len(piece.cost)) < 0.3)
        cuts = [*mending(piece).mended(piece.given, math.inf, NEVER).cuts]
        cuts += mending(piece).mended(chosen, math.inf, NEVER).cuts
        for hidden in safe_patterns(piece, random):
            assert all(cut.weights @ hidden[cut.columns] >= 1 - 1e-6 for cut in cuts)


@pytest.mark.parametrize("seed", range(20))
def test_a_mended_pattern_is_safe_and_hides_all_that_was_hidden(seed):
    random = np.random.default_rng(seed)
    bare = release(random.integers(1, 9, (3, 4)))
    for piece in pieces(bare, Policy(threshold=5, width=3))[0]:
        made = mending(piece).mended(piece.given, math.inf, NEVER)
        if made.safe:
            assert made.hidden[piece.given].all()
            assert not narrow(Circuits(piece), made.hidden).any()
        else:
            everything = np.ones(len(piece.cost), dtype=np.bool_)
            assert narrow(Circuits(piece), everything).any()


def test_what_was_asked_for_is_given():
    bare = release([[3, 40, 20], [50, 60, 30], [25, 40, 50]])
    (piece,), _ = pieces(bare, Policy(threshold=6, width=3))
    made = mending(piece).mended(piece.given, math.inf, NEVER)
    assert made.cuts
    assert made.hidden is not None
    assert all(cut.weights @ piece.given[cut.columns] < 1 for cut in made.cuts)
    assert not mending(piece).mended(made.hidden, math.inf, NEVER).cuts


def test_what_nothing_can_give_is_said():
    """Four ones under printed sums cannot be anything else, and no cell is left to hide."""
    bare = release([[1, 1], [1, 1]])
    object.__setattr__(bare, "published", np.array(["2" in name for name in bare.names]))
    (piece,), _ = pieces(bare, Policy(threshold=5, width=2))
    made = mending(piece).mended(piece.given, math.inf, NEVER)
    assert made.hidden is None
    assert not made.safe


def test_past_its_time_no_pattern_is_called_safe():
    (piece,), _ = pieces(release([[3, 4, 20], [5, 6, 30], [25, 40, 50]]), Policy(threshold=6, width=3))
    assert not mending(piece).mended(piece.given, math.inf, time.monotonic() - 1).safe
    assert mending(piece).mended(piece.given, math.inf, NEVER).safe
