"""What the outsider asks for holds for every safe pattern, and is not there yet in the choice it was asked of."""

import math

import numpy as np
import pytest

from accord.stats.bare import Policy
from accord.stats.circuits import Circuits
from accord.stats.presolve import pieces
from accord.stats.separation import Separation
from tests.stats.tiny_bare import release

NEVER = math.inf


def never() -> bool:
    return False


def safe_patterns(piece, random):
    """Some safe patterns of a piece, sparse ones among them."""
    circuits = Circuits(piece)
    for share in np.linspace(0.05, 1, 30):
        hidden = piece.given | (random.random(len(piece.cost)) < share)
        if not circuits.narrow(hidden, NEVER).any():
            yield hidden


@pytest.mark.parametrize("seed", range(18))
def test_no_cut_takes_a_safe_pattern_away(seed):
    random = np.random.default_rng(seed)
    bare = release(random.integers(0, 9, [(2, 3), (2, 4), (2, 2, 2)][seed % 3]))
    width = [2, 3, 5][seed // 3 % 3]
    for piece in pieces(bare, Policy(threshold=4, width=width))[0]:
        none = np.zeros(len(piece.cost), dtype=np.bool_)
        chosen = np.where(piece.given, 1.0, random.random(len(piece.cost)) * 0.6)
        cuts = [
            *Separation(piece).asked(piece.given.astype(float), none, NEVER, never, 99).cuts,
            *Separation(piece).asked(chosen, none, NEVER, never, 99).cuts,
        ]
        for hidden in safe_patterns(piece, random):
            assert all(cut.weights @ hidden[cut.columns] >= 1 - 1e-6 for cut in cuts)


def test_a_choice_is_raised_until_it_has_what_was_asked_for():
    bare = release([[3, 40, 20], [50, 60, 30], [25, 40, 50]])
    (piece,), _ = pieces(bare, Policy(threshold=6, width=3))
    separation = Separation(piece)
    asked = separation.asked(piece.given.astype(float), ~piece.watched, NEVER, never, 99)
    assert asked.cuts
    assert asked.raised is not None
    assert all(cut.weights @ piece.given[cut.columns] < 1 for cut in asked.cuts)
    assert not separation.asked(asked.raised, ~piece.watched, NEVER, never, 99).cuts


def test_what_nothing_can_give_is_said():
    """Four ones under printed sums cannot be anything else, and no cell is left to hide."""
    bare = release([[1, 1], [1, 1]])
    object.__setattr__(bare, "published", np.array(["2" in name for name in bare.names]))
    (piece,), _ = pieces(bare, Policy(threshold=5, width=2))
    assert Separation(piece).asked(piece.given.astype(float), ~piece.watched, NEVER, never, 99).raised is None
