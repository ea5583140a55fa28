"""Groups to compare out of counts in long form: what is picked, what cannot be compared, what does not add up."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest
from pyarrow import csv, parquet

from accord.decision import BadInput
from accord.stats.equity_counts import Choice, told
from accord.stats.idea import Count
from accord.stats.periods import Period
from accord.stats.profiles import profiles
from accord.stats.tally import tally
from accord.stats.tally_files import write

EVENTS = [
    *({"student": f"b{n // 2}", "school": "s1", "race": "black", "arrest": "yes"} for n in range(12)),
    *({"student": f"w{n}", "school": ("s1", "s2")[n % 2], "race": "white", "arrest": "no"} for n in range(9)),
    {"student": "u", "school": "s2", "race": None, "arrest": "yes"},
]
ENROLLMENT = [
    {"school": school, "race": race, "count": count}
    for school, race, count in (("s1", "black", 60), ("s1", "white", 400), ("s2", "white", 500), ("s2", "black", 40))
]


@pytest.fixture
def counts(tmp_path):
    def made(measures, by=("school", "race"), enrollment=ENROLLMENT, events=EVENTS):
        path = tmp_path / "counts.csv"
        frame = pa.Table.from_pylist(enrollment) if enrollment else None
        write(tally(pa.Table.from_pylist(events), by=list(by), measures=measures, enrollment=frame), path)
        return path

    return made


def test_the_groups_of_a_column_are_compared_in_the_margin_of_all_others(counts):
    found = told(counts(["instances", "students"]), Choice(by="race"))
    rows = {one.row.group: one.row for one in found.entries}
    assert (rows["black"].events, rows["black"].count) == (12, Count(6, 100))
    assert (rows["white"].events, rows["white"].count) == (9, Count(9, 900))
    black = profiles(found.entries)[0].measures
    assert black.group == "black"
    assert black.risk_ratio == pytest.approx(6.0, abs=1e-9)
    assert black.repeat_rate == 2.0


def test_a_group_whose_enrollment_is_not_known_is_named_with_its_count_and_not_compared(counts):
    found = told(counts(["instances"]), Choice(by="race"))
    assert found.without == {"unknown": (1, "not calculated: enrollment is not known")}
    assert [one.row.group for one in found.entries] == ["black", "white"]


def test_another_column_splits_the_groups(counts):
    found = told(counts(["arrest", "students.arrest"]), Choice(by="race", stratum="school"))
    assert {(one.stratum, one.row.group, one.row.count.events) for one in found.entries} == {
        ("s1", "black", 6),
        ("s1", "white", 0),
        ("s2", "black", 0),
        ("s2", "white", 0),
    }


def test_what_was_not_counted_is_no_zero(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text(
        "race,measure,count,enrolled,state\n"
        "asian,arrest,,40,not collected\nblack,arrest,3,50,counted\nwhite,arrest,2,90,counted\n"
        "all,arrest,5,180,counted\n"
    )
    found = told(path, Choice())
    assert found.without == {"asian": (None, "not calculated: not collected")}
    assert [one.row.group for one in found.entries] == ["black", "white"]


@pytest.mark.parametrize("period", Period)
def test_years_are_kept_apart_whatever_shorter_periods_are_counted_too(tmp_path, period):
    path = tmp_path / "counts.csv"
    events = [
        {**one, "occurred_on": f"{year}-10-0{n % 8 + 1}"} for year in (2024, 2025) for n, one in enumerate(EVENTS)
    ]
    students = [{**one, "school_year": year} for year in ("2024-25", "2025-26") for one in ENROLLMENT]
    frames = [pa.Table.from_pylist(rows) for rows in (events, students)]
    write(tally(frames[0], by=["race"], measures=["instances"], enrollment=frames[1], period=period), path)
    assert {(one.row.group, one.year, one.row.events) for one in told(path, Choice()).entries} == {
        (group, year, count) for group, count in (("black", 12), ("white", 9)) for year in ("2024-25", "2025-26")
    }
    path.write_text("\n".join(line for line in path.read_text().splitlines() if " year" not in line) + "\n")
    with pytest.raises(BadInput):
        told(path, Choice())


def test_groups_that_overlap_are_each_compared_with_everybody_who_is_not_in_them(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text("races,count,enrolled\nasian,10,200\nblack,12,100\nwhite,30,700\nunknown,2,\nall,46,900\n")
    found = told(path, Choice())
    assert found.overlapping
    black = {one.measures.group: one.measures for one in profiles(found.entries)}["black"]
    # of 46 events 2 are of students whose group is not known; of the other 44, 32 are of students who are not black
    assert black.risk_ratio == pytest.approx((12 / 100) / (32 / 800), abs=1e-12)
    assert (black.composition, black.share) == (pytest.approx(12 / 44), pytest.approx(100 / 900))


def test_levels_of_a_hierarchy_are_taken_out(tmp_path):
    path, links = tmp_path / "counts.csv", tmp_path / "links.csv"
    path.write_text(
        "grade,count,enrolled\n9,4,100\n10,6,100\nhigh,10,200\n8,3,100\nmiddle,3,100\nall,13,300\n", encoding="utf-8"
    )
    links.write_text("dimension,child,parent\ngrade,9,high\ngrade,10,high\ngrade,8,middle\n")
    found = told(path, Choice(hierarchy=links))
    assert [one.row.group for one in found.entries] == ["9", "10", "8"]
    assert not found.overlapping


def test_strata_that_overlap_are_refused(tmp_path):
    path = tmp_path / "counts.csv"
    lines = [f"{place},{race},1,50" for place in ("s1", "s2", "d") for race in ("a", "b")]
    margins = [f"all,{race},3,100" for race in ("a", "b")]
    path.write_text("\n".join(["school,race,count,enrolled", *lines, *margins]) + "\n")
    with pytest.raises(BadInput, match="150 students are enrolled in the strata of school, 100 in all"):
        told(path, Choice(by="race", stratum="school"))


@pytest.mark.parametrize("choice", [Choice(by="race"), Choice(by="race", stratum="school")])
def test_links_of_a_column_that_is_not_compared_are_refused(counts, tmp_path, choice):
    """A dimension by the wrong name would leave districts beside their schools."""
    (tmp_path / "links.csv").write_text("dimension,child,parent\nschools,s1,north\nschools,s2,north\n")
    with pytest.raises(BadInput, match="The links are of schools"):
        told(counts(["instances"]), replace(choice, hierarchy=tmp_path / "links.csv"))


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice(), "the file counts by several columns"),
        (Choice(by="sex"), "the file does not count by sex"),
        (Choice(by="race", stratum="grade"), "the file does not count by grade"),
        (Choice(by="race", measure="citations"), "there is no measure citations"),
    ],
)
def test_what_is_not_counted_cannot_be_chosen(counts, choice, said):
    with pytest.raises(BadInput, match=said):
        told(counts(["instances", "arrest"]), choice)


def test_counts_without_enrollment_compare_nobody(counts):
    with pytest.raises(BadInput, match=r"fewer than two groups can be compared; black: .* enrollment is not known"):
        told(counts(["instances"], enrollment=None), Choice(by="race"))


def test_parquet_gives_the_same_groups(counts, tmp_path):
    path, columnar = counts(["instances", "students"]), tmp_path / "counts.parquet"
    parquet.write_table(csv.read_csv(path), columnar)
    assert told(columnar, Choice(by="race")) == told(path, Choice(by="race"))
    columnar.write_text("no")
    with pytest.raises(BadInput, match="Parquet"):
        told(columnar, Choice())


def test_a_table_of_groups_takes_no_choice(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("group,events,students\nA,1,20\nB,2,30\n")
    assert len(told(path, Choice()).entries) == 2
    with pytest.raises(BadInput, match="this is a table of groups"):
        told(path, Choice(by="race"))
