"""Whole numbers that fit where counts are not told."""

from __future__ import annotations

import highspy
import numpy as np
from scipy import sparse

from accord.decision import BadInput
from accord.stats.bare import Flags, Floats, Ints
from accord.stats.solver import solver

UNTOLD = -1
"""The value of a cell that nobody tells."""


def completed(equations: sparse.csr_array, told: Ints, least: Ints, most: Floats) -> Ints:
    """The same counts, with whole numbers from `least` to `most` that satisfy every equation in the place of UNTOLD.

    Raises:
        BadInput: when there are none.
    """
    unknown = np.flatnonzero(told == UNTOLD)
    known = np.where(told == UNTOLD, 0, told)
    right = -(equations @ known)
    matrix = equations[:, unknown].tocsr()
    used = np.diff(matrix.indptr) > 0
    if np.abs(right[~used]).max(initial=0) > 0:
        raise _contradiction()
    if not len(unknown):
        return told
    lp = highspy.HighsLp()
    matrix = matrix[used].tocsc()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_ = np.ones(len(unknown))
    lp.col_lower_, lp.col_upper_ = least[unknown].astype(float), most[unknown]
    lp.row_lower_ = lp.row_upper_ = right[used]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(unknown)
    model = solver(mip_rel_gap=1.0)
    model.passModel(lp)
    model.run()
    if model.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise _contradiction()
    found = known.copy()
    found[unknown] = np.rint(model.getSolution().col_value).astype(np.int64)
    return found


def nothing_in_nothing(equations: sparse.csr_array, told: Ints, least: Ints) -> Ints:
    """The same counts, with 0 for every UNTOLD cell that may be 0 and is part of what comes to 0: none is below."""
    told = told.copy()
    while True:
        zero = (told == UNTOLD) & (least == 0)
        for side in (1, -1):
            one, other = (equations * side > 0).astype(np.int64), (equations * side < 0).astype(np.int64)
            nothing = np.flatnonzero((one @ (told != 0).astype(np.int64) == 0) & (np.diff(one.tocsr().indptr) > 0))
            parts = np.zeros(len(told), dtype=np.bool_)
            parts[other.tocsr()[nothing].indices] = True
            told[zero & parts] = 0
        if not (zero & (told == 0)).any():
            return told


def open_cells(equations: sparse.csr_array, unknown: Flags) -> Flags:
    """The unknown cells that do not follow from the known ones, one equation after the other."""
    entries = abs(equations).tocsr()
    while True:
        alone = entries @ unknown.astype(np.float64)
        rows = entries[np.flatnonzero(alone == 1)]
        more = np.zeros(len(unknown), dtype=np.bool_)
        more[rows.indices] = True
        if not (more & unknown).any():
            return unknown
        unknown = unknown & ~more


def _contradiction() -> BadInput:
    mend = "Check that the earlier releases count the same events, and that the periods and groups have the same names."
    return BadInput("The earlier releases and these counts cannot all be true.", where="--published", mend=mend)
