"""Counting by every cross-tab at once, held against counting by hand, on every engine of one machine."""

from __future__ import annotations

import random
from collections.abc import Iterator

import duckdb
import pandas
import polars
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.stats import arrow, cube
from accord.stats.faults import Faulty
from accord.stats.hierarchies import hierarchies
from accord.stats.periods import Period
from accord.stats.schema import RACES, STUDENT, State, known
from accord.stats.tally import tally
from tests.stats.counted_by_hand import counted

MEASURES = ["instances", "arrest", "students", "students.arrest"]
SCHOOLS = hierarchies(
    [
        ("school", child, parent)
        for child, parent in (("s1", "d1"), ("s2", "d1"), ("s3", "d2"), ("d1", "c"), ("d2", "c"))
    ],
    "here",
)


def some_rows(seed: int, size: int = 300, students: int = 50) -> list[dict[str, str | None]]:
    chance = random.Random(seed)
    return [
        {
            "student": chance.choice([None, *(f"p{n}" for n in range(students))]),
            "school": chance.choice(["s1", "s2", "s3"]),
            "race": chance.choice(["asian", "black", "white", None]),
            "place": chance.choice(["hall", "yard", None]),
            "arrest": chance.choice(["yes", "no", None]),
        }
        for _ in range(size)
    ]


def same(found, expected):
    """Are these the same cells with the same counts? Where nothing could be counted the slow way says 0."""
    got = dict(found.each())
    assert set(got) == set(expected)
    for cell, figures in expected.items():
        numbers = {name: 0 if isinstance(value, State) else value for name, value in got[cell].items()}
        assert numbers == figures, cell


FRAMES = {
    "arrow": pa.Table.from_pylist,
    "duckdb": lambda rows: duckdb.connect().from_arrow(pa.Table.from_pylist(rows)),
    "polars": polars.DataFrame,
    "polars, lazy": polars.LazyFrame,
    "pandas": lambda rows: pandas.DataFrame(rows, dtype=pandas.ArrowDtype(pa.string())),
}


@pytest.mark.parametrize("engine", FRAMES)
def test_every_engine_counts_as_a_person_would(engine):
    rows, by = some_rows(1), ["school", "race", "place"]
    expected = counted(rows, by, SCHOOLS)
    same(tally(FRAMES[engine](rows), by=by, measures=MEASURES, hierarchies=SCHOOLS), expected)


@pytest.fixture
def small_grids() -> Iterator[None]:
    """Nothing is laid out as an array, and students are spread a few at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cube, "DENSE", 0)
        patch.setattr(cube, "SPREAD", 50)
        yield


a_row = st.fixed_dictionaries(
    {
        "student": st.sampled_from(["a", "b", "c", "d", "e", None]),
        "school": st.sampled_from(["s1", "s2", "s3"]),
        "races": st.sampled_from(["asian", "asian|black", "asian|black|white", "white", None]),
        "arrest": st.sampled_from(["yes", "no", None]),
    }
)
some = st.lists(a_row, min_size=1, max_size=25)


def holds_for(rows):
    same(
        tally(pa.Table.from_pylist(rows), by=["school", "races"], measures=MEASURES, hierarchies=SCHOOLS),
        counted(rows, ["school", "races"], SCHOOLS),
    )


@settings(max_examples=25, deadline=None)
@given(some)
def test_any_rows_are_counted_as_by_hand_in_a_grid(rows):
    holds_for(rows)


@pytest.mark.usefixtures("small_grids")
def test_any_rows_are_counted_as_by_hand_without_a_grid():
    settings(max_examples=25, deadline=None)(given(some)(holds_for))()


def test_a_student_who_moves_is_once_in_every_level_above_both_places():
    ways = [("s1", "d1"), ("s2", "d1"), ("s3", "d2"), ("d1", "county"), ("d2", "county"), ("county", "state")]
    grades = [("07", "6_8"), ("09", "9_12"), ("10", "9_12"), ("6_8", "middle"), ("9_12", "high")]
    trees = hierarchies([("school", *way) for way in ways] + [("grade", *way) for way in grades], "here")
    rows = {"student": ["a", "a", "b"], "school": ["s1", "s2", "s3"], "grade": ["9", "10", "07"]}
    found = tally(pa.table(rows), by=["school", "grade"], measures=["students"], hierarchies=trees)
    students = {codes: figures["students"] for codes, figures in found.each()}
    assert [students[code, "all"] for code in ("s1", "s2", "d1", "d2", "county", "state", "all")] == [
        1,
        1,
        1,
        1,
        2,
        2,
        2,
    ]
    assert [students["all", code] for code in ("09", "10", "9_12", "high", "middle", "all")] == [1, 1, 1, 1, 1, 2]
    assert students["d1", "high"] == 1
    assert ("d1", "middle") not in students


def test_a_student_of_two_races_is_in_both_groups_and_once_in_the_total():
    rows = [
        {"student": "a", "races": "black|asian"},
        {"student": "a", "races": "asian|black"},
        {"student": "b", "races": "asian"},
    ]
    found = tally(pa.Table.from_pylist(rows), by=["races"], measures=["students"])
    counts = {codes[0]: figures["students"] for codes, figures in found.each()}
    assert counts == {"asian": 2, "black": 1, "all": 2}
    assert found.axes[0].overlapping


def test_several_races_are_rolled_up_into_the_federal_group():
    several = ["black|asian", "hispanic|white", "white", None, "asian|asian"]
    found = tally(pa.table({"races": several}), by=["race"])
    counts = {codes[0]: figures["instances"] for codes, figures in found.each()}
    assert counts == {"two_or_more": 1, "hispanic": 1, "white": 1, "unknown": 1, "asian": 1, "all": 5}


def test_reserve_codes_are_kept_apart_and_never_added():
    rows = pa.table({"school": ["a", "a", "a", "a", "b", "c", "d", "e"], "held": [4, -9, -11, 0, -5, -9, -77, 0]})
    found = tally(rows, by=["school"], measures=["held"])
    figures = {codes[0]: figures["held"] for codes, figures in found.each()}
    assert figures == {
        "a": 4,
        "b": State.NOT_COLLECTED,
        "c": State.NOT_APPLICABLE,
        "d": State.RESERVE,
        "e": 0,
        "all": 4,
    }
    table = {row["school"]: row for row in found.table().to_pylist()}
    assert [table[code]["uncounted"] for code in "abcde"] == [2, 1, 1, 1, 0]
    assert table["b"]["count"] is None
    assert table["b"]["state"] == "not_collected"


def typed(**columns):
    return {
        "arrow": pa.table(columns),
        "duckdb": duckdb.connect().from_arrow(pa.table(columns)),
        "polars": polars.DataFrame(columns),
        "pandas": pandas.DataFrame(columns),
    }


@pytest.mark.parametrize("engine", ["arrow", "duckdb", "polars", "pandas"])
def test_the_same_is_counted_whatever_type_a_column_has(engine):
    school = ["a", "a ", "b", "b"]
    numbers = ([4, -9, None, 0], [4.0, -9.0, None, 0.0], ["4", " -9", "", "0"])
    answers = [None, True, False, True], ["", "yes", "No", "TRUE"]
    for column, ways, expected in (("held", numbers, (4, 0)), ("arrest", answers, (1, 1))):
        for values in ways:
            rows = typed(school=school, **{column: values})[engine]
            figures = dict(tally(rows, by=["school"], measures=[column]).each())
            assert [figures[code,][column] for code in ("a", "b", "all")] == [*expected, sum(expected)], values


@pytest.mark.parametrize("engine", ["arrow", "duckdb", "polars", "pandas"])
def test_a_part_of_a_count_is_no_count(engine):
    with pytest.raises(Faulty, match="out_of_range"):
        tally(typed(school=["a", "a"], held=[1.0, 1.5])[engine], by=["school"], measures=["held"])


def test_months_lie_in_quarters_and_school_years():
    days = ["2025-06-30", "2025-07-01", "2025-09-30", "2025-10-01", "2026-06-30"]
    rows = pa.table({"occurred_on": days, "student": ["a", "a", "a", "a", "b"]})
    found = tally(rows, by=[], measures=["instances", "students"], period=Period.MONTH)
    counts = {codes[0]: tuple(figures.values()) for codes, figures in found.each()}
    assert counts == {
        "2025-06": (1, 1),
        "2025-07": (1, 1),
        "2025-09": (1, 1),
        "2025-10": (1, 1),
        "2026-06": (1, 1),
        "2024-25 Q4": (1, 1),
        "2025-26 Q1": (2, 1),
        "2025-26 Q2": (1, 1),
        "2025-26 Q4": (1, 1),
        "2024-25 year": (1, 1),
        "2025-26 year": (4, 2),
        "all": (5, 2),
    }


def test_only_reviewed_subjects_count_and_the_others_are_told():
    rows = {
        "role": ["subject", "Subject", "witness", "victim"],
        "reviewed": ["yes", "no", "yes", "yes"],
        "school": ["a", "a", "a", "a"],
    }
    found = tally(pa.table(rows), by=["school"])
    assert dict(found.each())["all",] == {"instances": 1}
    assert found.left_out == {"role": 2, "reviewed": 1}


def test_rows_of_a_database_are_counted_through_arrow():
    columns = [STUDENT, known("school"), known("occurred_on"), RACES]
    chance = random.Random(3)
    rows = (("p" + str(chance.randrange(40)), chance.choice("ab"), None, "asian") for _ in range(1000))
    table = arrow.rows(columns, rows, at_a_time=64)
    assert table.num_rows == 1000
    assert dict(tally(table, by=["school"], measures=["instances", "students"]).each())["all",] == {
        "instances": 1000,
        "students": 40,
    }


def test_nothing_to_count_is_an_empty_table():
    rows = pa.table({"school": pa.array([], type=pa.string()), "student": pa.array([], type=pa.string())})
    found = tally(rows, by=["school"], measures=["instances", "students"])
    assert found.table().num_rows == 0
