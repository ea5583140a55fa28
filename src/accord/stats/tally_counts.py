"""A tally handed on to be protected, without a file in between."""

from __future__ import annotations

import numpy as np

from accord.stats.bare import UNKNOWN
from accord.stats.counts import Counts
from accord.stats.schema import State
from accord.stats.tallied import Tally


def counts(tally: Tally, measure: str, *, named: str = "") -> Counts:
    """The counts of one measure, under its own name or another; codes that no cell has are left out."""
    figure = tally.figures[measure]
    states = figure.states(tally.rows)
    unknown = np.full(len(tally.rows), UNKNOWN, dtype=np.int64)
    met = [np.unique(tally.cells.codes(at), return_inverse=True) for at in range(len(tally.axes))]
    names = list(State)
    return Counts(
        dimensions=tuple(axis.name for axis in tally.axes),
        codes=tuple(
            tuple(axis.codes[code] for code in codes) for axis, (codes, _) in zip(tally.axes, met, strict=True)
        ),
        at=np.stack([at for _, at in met], axis=1),
        values=np.where(states == 0, figure.counts, 0),
        students=unknown,
        enrolled=unknown if tally.enrolled is None else tally.enrolled,
        states=tuple("" if not state else str(names[state]) for state in states.tolist()),
        measure=named or measure,
        period="",
        where=named or measure,
    )
