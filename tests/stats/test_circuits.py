"""Circuits show exactly the whole numbers that the attack, which shares no code with them, finds possible."""

import math

import numpy as np
import pytest
from scipy import sparse

from accord.stats.audit import assumptions, attack, printed
from accord.stats.bare import Bare, Need, Policy, Zeros, movable, usual_cost
from accord.stats.circuits import Circuits
from accord.stats.presolve import pieces
from tests.stats.searched import narrow
from tests.stats.tiny_bare import release

NEVER = math.inf
SHAPES = [(2, 3), (3, 3), (3, 4), (2, 2, 2), (2, 3, 2)]


def watched_cells(piece, columns):
    """The release's cells behind columns."""
    return {int(cell) for column in np.flatnonzero(columns) for cell in piece.members[column]}


@pytest.mark.parametrize("seed", range(80))
def test_what_is_narrow_is_what_the_attack_finds_narrow(seed):
    random = np.random.default_rng(seed)
    shape = SHAPES[seed % len(SHAPES)]
    bare = release(random.integers(0, 9, shape) * (random.random(shape) < 0.8))
    policy = Policy(threshold=5, width=[2, 3, 5][seed % 3], zeros=list(Zeros)[seed // 5 % 2])
    for piece in pieces(bare, policy)[0]:
        columns = piece.given | (random.random(len(piece.cost)) < 0.4)
        hidden = np.zeros(len(bare), dtype=np.bool_)
        hidden[list(watched_cells(piece, columns))] = True
        widths = attack(printed(bare, hidden, assumptions(policy))).widths
        cells = watched_cells(piece, piece.watched)
        found = watched_cells(piece, narrow(Circuits(piece), columns))
        assert {cell for cell in cells if widths[cell] < policy.width} == found


def odd_cycle() -> Bare:
    """Pairs of x, y, z come to at most 5, so all three to 7.5 in fractions and to 7 in whole numbers."""
    names = ("w", "x", "y", "z", "xy", "yz", "xz", "sxy", "syz", "sxz", "txy", "tyz", "txz")
    at = {name: i for i, name in enumerate(names)}
    rows = [("w", "xyz"), *((pair, pair) for pair in ("xy", "yz", "xz"))]
    matrix = np.zeros((7, len(names)))
    for row, (total, parts) in enumerate(rows):
        matrix[row, at[total]] = 1
        matrix[row, [at[part] for part in parts]] = -1
    for row, pair in enumerate(("xy", "yz", "xz"), start=4):
        matrix[row, [at[f"t{pair}"], at[pair], at[f"s{pair}"]]] = 1, -1, -1
    values = np.array([6, 2, 2, 2, 4, 4, 4, 2, 2, 2, 6, 6, 6])
    hidden = np.arange(len(names)) < 10
    need = np.where(np.arange(len(names)) == 0, Need.ALWAYS, Need.NEVER).astype(np.int64)
    return Bare(
        names, values, np.full(13, -1), usual_cost(values), sparse.csr_array(matrix), ~hidden, hidden=hidden, need=need
    )


@pytest.mark.parametrize(("width", "safe"), [(5, True), (6, False)])
def test_fractions_promise_nothing(width, safe):
    bare, policy = odd_cycle(), Policy(threshold=10, width=width)
    (piece,), _ = pieces(bare, policy)
    circuits = Circuits(piece)
    assert narrow(circuits, piece.given).any() != safe
    refuted = circuits.refuted(piece.given, NEVER)
    assert (refuted is None) == safe
    if refuted is not None:
        assert refuted[piece.given].all()
        assert narrow(Circuits(piece), refuted).any()


def test_a_circuit_found_once_answers_for_every_pattern_that_hides_its_cells():
    bare = release([[3, 4, 20], [5, 6, 30], [25, 40, 50]])
    (piece,), _ = pieces(bare, Policy(threshold=6, width=3))
    circuits = Circuits(piece)
    assert not narrow(circuits, piece.given).any()
    assert not circuits.left(np.ones(len(piece.cost), dtype=np.bool_)).any()
    nothing = np.zeros(len(piece.cost), dtype=np.bool_)
    assert (circuits.left(nothing) == piece.watched).all()


def test_no_zero_of_an_empty_group_takes_part():
    most = [9, 0, 9, 9, 9, 9, 9, 9, 9]
    bare = release([[3, 0], [5, 6]], most=most)
    policy = Policy(threshold=5, width=2, zeros=Zeros.HIDEABLE)
    assert not movable(bare, policy)[1]
    assert all(
        1 not in watched_cells(piece, np.ones(len(piece.cost), dtype=np.bool_)) for piece in pieces(bare, policy)[0]
    )
