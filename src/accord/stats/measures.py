"""What can be counted, and how a column says it: yes, no, a number, a reserve code, or nothing.

`instances` counts rows; the name of a column counts its yeses, or adds up its numbers; `students` counts the students
behind them, each once in every group, and `students.arrest` those with at least one arrest. Each figure is a sum over
rows, so that every engine counts it in one pass; what is no count is summed apart by the reason why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals.stable.v2 as nw

from accord.decision import BadInput
from accord.stats.schema import NOT_RECORDED, STUDENT, Column, State, Type, known

INSTANCES = "instances"
STUDENTS = "students"

YES = ("yes", "true", "1", "y")
NO = ("no", "false", "0", "n")
_NUMBER = r"^-?[0-9]{1,12}$"
_INTEGERS = (nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32, nw.UInt64)
FAULTY = "faulty"
"""The sum of rows whose value is neither a count nor a reason for none."""


@dataclass(frozen=True)
class Measure:
    """One figure. `column` is the column it reads ("" for rows as such); `unduplicated` counts students once."""

    name: str
    column: str = ""
    unduplicated: bool = False


def measure(name: str, columns: Sequence[str]) -> Measure:
    """The measure of that name over a file with these columns.

    Raises:
        BadInput: when the file lacks what it reads.
    """
    unduplicated = name == STUDENTS or name.startswith(f"{STUDENTS}.")
    column = name.removeprefix(STUDENTS).removeprefix(".") if unduplicated else name
    column = "" if column == INSTANCES else column
    for needed in ([STUDENT.name] if unduplicated else []) + ([column] if column else []):
        if needed not in columns:
            raise BadInput(
                f"the file has no column {needed}",
                where=f"--measure {name}",
                mend=f"Count {INSTANCES}, {STUDENTS}, or a column out of {', '.join(columns)}.",
            )
    return Measure(name, column, unduplicated)


@dataclass(frozen=True)
class Reader:
    """How a measured column is read: one expression for each sum, by the name that the sum has."""

    definition: Column
    type: Any

    @cached_property
    def sums(self) -> dict[str, nw.Expr]:
        """`counted` adds up the counts; each other state counts the rows in it, `faulty` those that are in none."""
        value = nw.col(self.definition.name)
        if self.type == nw.Boolean:
            said = {State.COUNTED.value: value.fill_null(False), State.MISSING.value: value.is_null()}
            return {name: expression.cast(nw.Int64) for name, expression in said.items()}
        if self.type in _INTEGERS:
            return self._of_numbers(value.is_null(), value.fill_null(0).cast(nw.Int64), nw.lit(False))
        if self.type in (nw.Float32, nw.Float64):
            there = value.is_finite().fill_null(False)
            number = nw.when(there).then(value).otherwise(nw.lit(0.0))
            return self._of_numbers(~there, number.round().cast(nw.Int64), number != number.round())
        return self._of_text(value.cast(nw.String).fill_null("").str.strip_chars().str.to_lowercase())

    def _of_text(self, text: nw.Expr) -> dict[str, nw.Expr]:
        yes, blank = text.is_in(YES), text.is_in(("", NOT_RECORDED))
        # Every engine casts every row: what is no number must be one before it is cast.
        number = text.str.contains(_NUMBER)
        count = nw.when(number).then(text).otherwise(nw.lit("0")).cast(nw.Int64)
        value = nw.when(yes).then(nw.lit(1)).otherwise(count).cast(nw.Int64)
        return self._of_numbers(blank, value, ~(number | yes | text.is_in(NO) | blank))

    def _of_numbers(self, blank: nw.Expr, value: nw.Expr, other: nw.Expr) -> dict[str, nw.Expr]:
        if self.definition.type is Type.YES_NO:
            other = other | (value > 1)
        codes: dict[str, list[int]] = {}
        for one in self.definition.reserve:
            codes.setdefault(one.state.value, []).append(one.code)
        listed = [one.code for one in self.definition.reserve]
        found = {
            State.COUNTED.value: nw.when((value >= 0) & ~other).then(value).otherwise(nw.lit(0)),
            State.MISSING.value: blank,
            **{state: value.is_in(numbers) for state, numbers in codes.items()},
            State.RESERVE.value: (value < 0) & ~value.is_in(listed),
            FAULTY: other,
        }
        return {name: expression.cast(nw.Int64) for name, expression in found.items()}


def sums(measures: Sequence[Measure], schema: Mapping[str, Any]) -> dict[tuple[str, str], nw.Expr]:
    """An expression for each sum that these measures need, by the column that it reads and the name of the sum."""
    columns = dict.fromkeys(one.column for one in measures if one.column)
    return {
        (name, sum_): expression
        for name in columns
        for sum_, expression in Reader(known(name), schema[name]).sums.items()
    }
