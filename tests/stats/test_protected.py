"""A hidden figure is never a number, and a table that shows a small one cannot be made."""

from __future__ import annotations

import operator

import pytest

from accord.stats.protected import MARK, NotCounted, ProtectedTable, Row, Suppressed, guarded


@pytest.mark.parametrize(
    "calculate",
    [operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.lt, operator.ge, pow],
)
@pytest.mark.parametrize("figure", [Suppressed(), NotCounted("not collected")])
def test_calculating_with_a_figure_that_is_not_shown_fails_from_both_sides(calculate, figure):
    with pytest.raises(TypeError):
        calculate(figure, 1)
    with pytest.raises(TypeError):
        calculate(1, figure)


@pytest.mark.parametrize("use", [int, float, bool, abs, round, operator.neg, lambda figure: sum([1, figure])])
def test_a_hidden_figure_turns_into_no_number(use):
    with pytest.raises(TypeError):
        use(Suppressed())


def test_a_hidden_figure_is_neither_zero_nor_blank():
    assert Suppressed() != 0
    assert str(Suppressed()) == MARK
    assert Suppressed() == Suppressed()


def table(*cells, **changes):
    row = Row("a", "A", tuple(cells), **{key: changes.pop(key) for key in ("per_1000", "enrolled") if key in changes})
    columns = tuple((f"c{i}", f"C{i}") for i in range(changes.pop("columns", len(cells))))
    return ProtectedTable(
        **{
            "id": "t",
            "title": "T",
            "dimension": "race",
            "across": "measure",
            "columns": columns,
            "rows": (row,),
            "notes": ("Says what is counted.",),
            "threshold": 10,
            **changes,
        }
    )


def test_a_table_counts_its_hidden_figures():
    made = table(0, 11, Suppressed())
    assert (made.hidden, made.figures) == (1, 3)


@pytest.mark.parametrize("figure", [1, 10, -1, None, True, 3.5, "*"])
def test_a_table_refuses_a_figure_that_is_small_or_no_count(figure):
    with pytest.raises(ValueError):
        table(0, figure)


def test_a_table_refuses_a_rate_beside_a_hidden_count():
    with pytest.raises(ValueError, match="rate"):
        table(Suppressed(), per_1000=(12.5,))


def test_what_was_not_counted_is_neither_zero_nor_hidden():
    made = table(NotCounted("missing"), 11, Suppressed())
    assert made.hidden == 1
    assert str(made.rows[0].cells[0]) == "missing"


def test_a_table_refuses_any_further_figure_beside_a_hidden_count():
    row = Row("a", "A", (Suppressed(),), derived={"risk": (0.25,)})
    with pytest.raises(ValueError, match="rate"):
        ProtectedTable("t", "T", "race", "count", (("c", "C"),), (row,), ("Says what is counted.",), 10)


def test_a_table_shows_small_enrollment_which_is_public():
    assert table(Suppressed(), enrolled=4).rows[0].enrolled == 4


def test_a_table_refuses_rows_that_do_not_fit_and_missing_notes():
    with pytest.raises(ValueError, match="columns"):
        table(11, columns=2)
    with pytest.raises(ValueError, match="notes"):
        table(11, notes=())


def test_a_count_that_stands_alone_is_hidden_when_small():
    assert [guarded(count, 10) for count in (0, 1, 10, 11)] == [0, Suppressed(), Suppressed(), 11]
