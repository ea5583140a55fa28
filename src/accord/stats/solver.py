"""The linear solver, silent: it would otherwise print its name on stdout, into the middle of a command's JSON."""

from __future__ import annotations

import time
from typing import Any

import highspy
import numpy as np

from accord.stats.bare import Floats


class _Quiet(highspy.Highs):
    """HiGHS that is silent from the first moment. Its constructor calls `enableCallbacks`, which prints the banner."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802 - the solver's name for it
        self.setOptionValue("output_flag", False)


def solver(**options: Any) -> Any:
    """A solver on one thread, so that the same program gives the same answer, with further options by name."""
    made = _Quiet()
    for name, value in {"threads": 1, "random_seed": 1, "mip_rel_gap": 0.0, **options}.items():
        made.setOptionValue(name, value)
    return made


def program(matrix: Any, sense: Any, *, dual: bool = False, whole: bool = False, into: Any = None) -> Any:
    """A program `matrix @ x == 0` whose bounds and objective are set for every question; it goes on from the last.

    `dual` where bounds change most, `whole` for whole numbers; `into` a solver of the same kind that is free again.
    """
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.sense_ = sense
    lp.col_cost_ = lp.col_lower_ = lp.col_upper_ = np.zeros(matrix.shape[1])
    lp.row_lower_ = lp.row_upper_ = np.zeros(matrix.shape[0])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * matrix.shape[1]
    model = into or (solver() if whole else _linear(dual))
    model.passModel(lp)
    return model


def _linear(dual: bool) -> Any:
    """Without perturbation: programs here are small, and cleaning up after it takes longer than they do."""
    return solver(
        presolve="off",
        simplex_strategy=1 if dual else 4,
        dual_simplex_cost_perturbation_multiplier=0.0,
        primal_simplex_bound_perturbation_multiplier=0.0,
    )


def solved(model: Any, until: float) -> Floats | None:
    """The best answer, None if there is none or the clock (`time.monotonic`) passes `until` first."""
    model.setOptionValue("time_limit", model.getRunTime() + max(0.02, until - time.monotonic()))
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.array(model.getSolution().col_value)
