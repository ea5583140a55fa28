"""Equations with fractions for factors, the same with whole ones: sums of whole numbers are exact, others are not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
from scipy import sparse

from accord.decision import BadInput

_FINEST = 10_000
"""Parts of a whole that a factor may be told in."""
_GREATEST = 1_000_000
_OFF = 1e-9


def whole_factors(equations: sparse.csr_array, names: Sequence[str], where: str) -> sparse.csr_array:
    """The same equations, each that holds a fraction times what makes all of its factors whole.

    Raises:
        BadInput: naming one for which there is no such number, or in which a factor becomes too great.
    """
    factors = equations.data.astype(np.float64)
    rows = list(pairwise(equations.indptr.tolist()))
    odd = np.flatnonzero(factors != np.rint(factors))
    for row in np.unique(np.searchsorted(equations.indptr, odd, side="right") - 1).tolist():
        here = slice(*rows[row])
        parts = [Fraction(factor).limit_denominator(_FINEST) for factor in factors[here].tolist()]
        times = math.lcm(*(part.denominator for part in parts))
        told = np.array([float(part) for part in parts])
        scaled = np.array([float(part * times) for part in parts])
        if (np.abs(told - factors[here]) > _OFF * np.abs(told)).any() or np.abs(scaled).max() > _GREATEST:
            mend = f"Give whole numbers, or fractions with up to {_FINEST:,} parts."
            raise BadInput(f"The factors of the equation {names[row]} cannot be made whole.", where=where, mend=mend)
        factors[here] = scaled
    return sparse.csr_array((factors, equations.indices, equations.indptr), shape=equations.shape)
