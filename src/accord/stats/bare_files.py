"""Bare releases in files, CSV or Parquet: `cell,value[,denom,cost,students,most]`, `row,cell,coef`, `cell,status`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, parquet
from scipy import sparse

from accord.decision import BadInput
from accord.stats.bare import UNKNOWN, Bare, Flags, Ints, upper, usual_cost
from accord.stats.whole_factors import whole_factors

_IN_CSV, _IN_PARQUET = 3, 20
"""How many times its size a file needs in memory while it is read."""

_MOST = 2**53
"""Counts beyond this are not exact in the solver's numbers."""


def read(cells: Path, equations: Path, *, blanks: bool = False) -> Bare:
    """Read a release.

    With `blanks` a value may be left out: it is `UNKNOWN` then, as in what is published. A column `least` that says 0
    marks hidden cells of which nothing shows that they are not 0; one `most` tells what cells cannot be above.

    Raises:
        BadInput: for a file or column that is not there, a cell named twice or in no equation, a count that is no
            whole number of at least 0 or above what it can be, and an equation that does not sum to zero.
    """
    table = frame(cells, ("cell", "value"))
    names = _texts(table, "cell", cells)
    if not names:
        raise BadInput("There are no cells.", where=str(cells), mend="Give a row for each cell.")
    index = {name: at for at, name in enumerate(names)}
    if len(index) < len(names):
        twice = next(name for at, name in enumerate(names) if index[name] != at)
        raise BadInput(f"The cell {twice} stands there twice.", where=str(cells), mend="Name each cell once.")
    values = _optional(table, "value", cells, names) if blanks else _counts(table, "value", cells, names)
    denominators = _optional(table, "denom", cells, names)
    cost = _costs(table, cells, names) if "cost" in table.column_names else usual_cost(np.maximum(values, 0))
    matrix = _equations(equations, index, values)
    used = np.zeros(len(names), dtype=np.bool_)
    used[matrix.indices] = True
    if not used.all():
        alone = names[int(np.flatnonzero(~used)[0])]
        mend = "Give the sum it belongs to, or leave it out."
        raise BadInput(f"The cell {alone} stands in no equation.", where=str(equations), mend=mend)
    blank = _optional(table, "least", cells, names) == 0
    students = _optional(table, "students", cells, names)
    bare = Bare(tuple(names), values, denominators, cost, matrix, blank=blank, contributors=students)
    return _with_ceilings(bare, _optional(table, "most", cells, names), cells)


def _with_ceilings(bare: Bare, most: Ints, path: Path) -> Bare:
    bounded = replace(bare, most=most)
    if (above := np.flatnonzero(bare.values > upper(bounded))).size:
        cell = int(above[0])
        can = f"can be at most {most[cell]}" if most[cell] > 0 else "counts a group in which nobody is enrolled"
        what = f"{bare.names[cell]} is {bare.values[cell]} and {can}."
        raise BadInput(what, where=str(path), mend="Correct the count, or what it cannot be above (most, denom).")
    return bounded


def frame(path: Path, wanted: Sequence[str], texts: Sequence[str] = ("cell", "row", "status")) -> Any:
    """A CSV or Parquet file as an Arrow table that has the columns `wanted`.

    Those in `texts` are read as text, without the blanks around it: "S0 " and "S0" are one group.

    Raises:
        BadInput: when it cannot be read, lacks a column, or has two of one name.
    """
    try:
        refuse_larger_than_memory(path)
        if path.suffix.lower() == ".parquet":
            table = parquet.read_table(path)
        else:
            table = csv.read_csv(
                path,
                convert_options=csv.ConvertOptions(
                    column_types=dict.fromkeys(texts, pa.string()), strings_can_be_null=True, null_values=[""]
                ),
            )
    except OSError as error:
        mend = "Check the path and who may read it."
        raise BadInput(f"{error.strerror or error}.", where=str(path), mend=mend) from error
    except pa.ArrowException as error:
        text = str(error).splitlines()[0] if str(error) else "It cannot be read."
        raise BadInput(text, where=str(path), mend="Give a CSV file in UTF-8, or Parquet.") from error
    if twice := sorted({name for name in table.column_names if table.column_names.count(name) > 1}):
        mend = "Keep the one that is meant."
        raise BadInput(f"Two columns are named {', '.join(twice)}.", where=str(path), mend=mend)
    for name in wanted:
        if name not in table.column_names:
            found = ", ".join(table.column_names)
            mend = f"The file has: {found}.{unparted(table.column_names)}"
            raise BadInput(f"The column {name} is missing.", where=str(path), mend=mend)
    return _as_texts(table, texts)


def unparted(columns: Sequence[str]) -> str:
    """What to add about a head that is one name, since something else than commas parts it; "" of any other head."""
    if len(columns) == 1 and any(mark in columns[0] for mark in ";\t"):
        return " Save it with commas between the columns, not semicolons or tabs."
    return ""


def refuse_larger_than_memory(path: Path, memory: int | None = None) -> None:
    """See that a file fits: `memory` in bytes, that of the machine unless told.

    Raises:
        BadInput: saying how much it would need.
        OSError: when the file is not there.
    """
    if memory is None:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    need = path.stat().st_size * (_IN_PARQUET if path.suffix.lower() == ".parquet" else _IN_CSV)
    if need > memory:
        gib = 2**30
        what = f"Reading it needs about {need / gib:.1f} GiB of memory, and there are {memory / gib:.1f}."
        raise BadInput(what, where=str(path), mend="Count fewer dimensions together, or use a larger machine.")


def _as_texts(table: Any, texts: Sequence[str]) -> Any:
    for name in texts:
        if name in table.column_names:
            text = pc.utf8_trim_whitespace(table.column(name).cast(pa.string()))
            table = table.set_column(table.column_names.index(name), name, text)
    return table


def _texts(table: Any, name: str, path: Path) -> list[str]:
    column: list[str] = table.column(name).cast(pa.string()).to_pylist()
    for at, text in enumerate(column, 2):
        if not text:
            raise BadInput(f"{name} is empty.", where=f"{path}, line {at}", mend="Name it.")
    return column


def _numbers(table: Any, name: str, path: Path) -> Any:
    try:
        return table.column(name).cast(pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowException as error:
        mend = "Write numbers with digits alone."
        raise BadInput(f"{name} holds what is no number.", where=str(path), mend=mend) from error


def _counts(table: Any, name: str, path: Path, names: Sequence[str]) -> Ints:
    numbers = _numbers(table, name, path)
    wrong = ~(np.isfinite(numbers) & (numbers >= 0) & (numbers <= _MOST) & (numbers == np.rint(numbers)))
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        what = f"{name} of {names[at]} is {numbers[at]:g}, which is no count."
        raise BadInput(what, where=f"{path}, line {at + 2}", mend="Give whole numbers of at least 0.")
    counts: Ints = numbers.astype(np.int64)
    return counts


def _optional(table: Any, name: str, path: Path, names: Sequence[str]) -> Ints:
    """Counts of a column that may be missing or have blanks, `UNKNOWN` there."""
    if name not in table.column_names:
        return np.full(len(names), UNKNOWN, dtype=np.int64)
    filled = table.column(name).is_valid().to_numpy(zero_copy_only=False)
    numbers = np.where(filled, np.nan_to_num(_numbers(table, name, path), nan=0.0), 0.0)
    known = table.set_column(table.column_names.index(name), name, pa.array(numbers))
    given: Ints = np.where(filled, _counts(known, name, path, names), UNKNOWN).astype(np.int64)
    return given


def _costs(table: Any, path: Path, names: Sequence[str]) -> Any:
    cost = _numbers(table, "cost", path)
    wrong = ~(np.isfinite(cost) & (cost > 0))
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        what = f"The cost of {names[at]} is not above 0."
        raise BadInput(what, where=f"{path}, line {at + 2}", mend="Give what hiding the cell costs.")
    return cost


def _equations(path: Path, index: dict[str, int], values: Ints) -> sparse.csr_array:
    table = frame(path, ("row", "cell", "coef"))
    rows, cells = _texts(table, "row", path), _texts(table, "cell", path)
    factors = _numbers(table, "coef", path)
    if not (np.isfinite(factors) & (factors != 0)).all():
        at = int(np.flatnonzero(~(np.isfinite(factors) & (factors != 0)))[0])
        raise BadInput("coef is 0 or empty.", where=f"{path}, line {at + 2}", mend="Leave the line out.")
    place = {row: at for at, row in enumerate(dict.fromkeys(rows))}
    for at, cell in enumerate(cells, 2):
        if cell not in index:
            raise BadInput(
                f"There is no cell {cell}.", where=f"{path}, line {at}", mend="Name a cell of the cells file."
            )
    spots = ([place[row] for row in rows], [index[cell] for cell in cells])
    matrix = sparse.csr_array((factors, spots), shape=(len(place), len(index)))
    matrix.sum_duplicates()
    told = abs(matrix) @ (values == UNKNOWN) == 0
    off = np.flatnonzero(told & (np.abs(matrix @ values) > 1e-9))
    if len(off):
        row = list(place)[int(off[0])]
        what = f"The equation {row} sums to {(matrix @ values)[off[0]]:g} and not to 0."
        raise BadInput(what, where=str(path), mend="A total is the sum of its parts: mend the counts or the factors.")
    return whole_factors(matrix, list(place), str(path))


def read_status(path: Path, names: Sequence[str]) -> Flags:
    """Which cells are hidden, from `cell,status` with `p` for published and `s` for suppressed.

    Raises:
        BadInput: for another status, and for cells that are not exactly those of the release.
    """
    table = frame(path, ("cell", "status"))
    told = dict(zip(_texts(table, "cell", path), _texts(table, "status", path), strict=True))
    if wrong := next((cell for cell, status in told.items() if status not in ("p", "s")), None):
        what = f"The status of {wrong} is {told[wrong]}."
        raise BadInput(what, where=str(path), mend="Write p for published and s for suppressed.")
    if set(told) != set(names) or table.num_rows != len(names):
        raise BadInput("These are not the cells of the release.", where=str(path), mend="Give each cell once.")
    return np.array([told[name] == "s" for name in names], dtype=np.bool_)


def status_lines(names: Iterable[str], hidden: Flags) -> list[tuple[str, str]]:
    """What `status.csv` says: of each cell, whether it is published."""
    return [(name, "s" if away else "p") for name, away in zip(names, hidden, strict=True)]
