"""What an outsider may know beside what is printed: a cell of her own, a figure in a newspaper, what a label says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from accord.decision import BadInput
from accord.stats.audit import Print
from accord.stats.bare import Flags, Floats
from accord.stats.bare_files import frame


def with_known(print_: Print, names: tuple[str, ...], path: Path) -> Print:
    """The print to somebody who knows bounds of some cells: `cell,lo,hi`, either left blank where nothing is known.

    Raises:
        BadInput: for a file that cannot be read, a cell that is not there, bounds that are no whole numbers.
    """
    table = frame(path, ("cell", "lo", "hi"), ("cell", "lo", "hi"))
    index = {name: at for at, name in enumerate(names)}
    low, high = print_.low.copy(), print_.high.copy()
    for line, row in enumerate(table.to_pylist(), 2):
        where = f"{path}, line {line}"
        if row["cell"] not in index:
            raise BadInput(f"There is no cell {row['cell']}.", where=where, mend="Name a cell of the cells file.")
        at = index[row["cell"]]
        low[at], high[at] = (
            max(low[at], _bound(row["lo"], -np.inf, where)),
            min(high[at], _bound(row["hi"], np.inf, where)),
        )
        if low[at] > high[at]:
            mend = "Check the bounds against what is printed and assumed."
            raise BadInput(f"{row['cell']} cannot lie between these bounds.", where=where, mend=mend)
    return replace(print_, low=low, high=high)


def _bound(text: str | None, none: float, where: str) -> float:
    if not text:
        return none
    try:
        return float(int(text))
    except ValueError as error:
        raise BadInput(f"{text} is no whole number.", where=where, mend="Write digits, or leave it blank.") from error


def with_label(print_: Print, small: Flags, threshold: int) -> Print:
    """The print where small counts are labeled as at most `threshold`.

    Hidden counts without the label are above it, if they are known not to be 0.
    """
    labeled, other = print_.hidden & small, print_.hidden & ~small & (print_.low >= 1)
    high: Floats = np.where(labeled, np.minimum(print_.high, threshold), print_.high)
    low: Floats = np.where(other, np.maximum(print_.low, threshold + 1), print_.low)
    return replace(print_, low=low, high=high)
