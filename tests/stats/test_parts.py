"""A large piece taken apart: what its parts need the whole needs too, and the search of both comes to the same cost."""

import numpy as np
import pytest
from bench.families import family

from accord.stats import benders, circuits
from accord.stats.bare import Policy
from accord.stats.parts import parts
from accord.stats.pattern import protect
from accord.stats.presolve import pieces


def test_parts_hold_every_watched_column_once_and_no_equation_leads_out_of_one():
    (piece,), _ = pieces(family("single", 30, seed=2), Policy(width=2))
    found = list(parts(piece, 60))
    assert len(found) > 1
    assert all(len(columns) <= 60 for columns, _ in found)
    every = np.concatenate([columns for columns, _ in found])
    assert len(np.unique(every)) == len(every)
    assert piece.watched[every].sum() == piece.watched.sum()
    whole = {tuple(row.indices) for row in piece.matrix.tocsr()}
    for columns, part in found:
        assert {tuple(columns[row.indices]) for row in part.matrix.tocsr()} <= whole


@pytest.mark.parametrize(("kind", "seed"), [("single", 1), ("linked", 3), ("quarterly", 4)])
def test_a_release_searched_by_parts_costs_what_it_costs_searched_whole(kind, seed, monkeypatch):
    bare, policy = family(kind, 3, seed=seed), Policy(width=2)
    usual = protect(bare, policy, seconds=20)
    for module, name, value in ((benders, "_LARGE", 40), (benders, "_PART", 30), (circuits, "LARGE", 40)):
        monkeypatch.setattr(module, name, value)
    taken_apart = protect(bare, policy, seconds=20)
    assert usual.gap == taken_apart.gap == 0
    assert taken_apart.cost == pytest.approx(usual.cost)
