"""An edition from rows to bytes: safe, stable, complete, and nothing hidden in any file."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from functools import cache

import pyarrow as pa
import pytest
from bench.districts import district

from accord.decision import BadInput
from accord.facts.school_years import school_year_days
from accord.stats import render
from accord.stats.attack import verify
from accord.stats.board_report import TABLES, edition, overlaps, school_year_of
from accord.stats.edition import digest_of
from accord.stats.intake import frame
from accord.stats.protected import Suppressed
from accord.stats.schema import ALL, CONTACTS, ENROLLMENT, EVENTS, OUTCOMES
from accord.stats.tally import Cell, counts, split_reviewed

YEAR = {"period_start": date(2025, 7, 1), "period_end": date(2026, 6, 30)}
FRAMES = district(3, contacts=400)


def make(events, enrollment, **changes):
    return edition(events, enrollment, **{**YEAR, **changes})


@cache
def usual():
    return make(*FRAMES)


def rows(*changes, **same):
    plain = {
        "occurred_on": "2025-09-02",
        "school": "North",
        "kind": "stop",
        "initiated_by": "staff",
        "grade_band": "9_12",
        "race": "asian",
        "sex": "female",
        "disability": "none",
        "english_learner": "no",
        "role": "subject",
        **{item.name: "no" for item in OUTCOMES},
        **same,
    }
    numbered = ((i, {"interaction": f"i{i}", **plain, **change}) for i, change in enumerate(changes, 2))
    return frame(numbered, EVENTS, where="events")


def students(*groups):
    names = ("school", "grade", "race", "sex", "disability", "english_learner", "count")
    return frame(
        ((i, {"school_year": "2025-26", **dict(zip(names, group, strict=True))}) for i, group in enumerate(groups, 2)),
        ENROLLMENT,
        where="enrollment",
    )


NORTH = students(
    ("North", "9", "asian", "female", "none", "no", 400), ("North", "9", "black", "male", "none", "no", 300)
)


def figure(data, table, row, column=CONTACTS):
    found = next(one for one in data["tables"] if one["id"] == table)
    return next(one for one in found["rows"] if one["id"] == row)["cells"][column]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("shape", [{"schools": 1}, {"schools": 4, "students": 300}, {"schools": 12}])
@pytest.mark.parametrize("contacts", [0, 7, 60, 700])
def test_no_district_publishes_a_figure_that_can_be_worked_out(seed, shape, contacts):
    events, enrollment = district(seed, contacts=contacts, **{"students": 2000, **shape})
    made = make(events, enrollment)
    verdict = verify(made.as_json())
    assert verdict.safe, verdict.finding.reason
    assert verdict.hidden == made.hidden
    assert not made.withheld


@pytest.mark.parametrize(("threshold", "width"), [(10, 2), (10, 11), (5, 3), (20, 5)])
def test_other_thresholds_and_widths_hold_as_well(threshold, width):
    data = make(*FRAMES, threshold=threshold, width=width).as_json()
    assert (data["method"]["threshold"], data["method"]["width"]) == (threshold, width)
    assert verify(data).safe


def test_what_is_shown_is_true_and_what_is_hidden_stands_in_no_file():
    made = usual()
    data = made.as_json()
    names = tuple(item.name for item in OUTCOMES)
    groupings = [(), *((spec.dimension,) for spec in TABLES), ("kind",), ("initiated_by", "kind")]
    truth = counts(FRAMES[0], groupings, names)
    hidden = 0
    for table, whole in zip(made.tables, data["tables"], strict=True):
        printed = list(csv.DictReader(io.StringIO(render.table_csv(whole))))
        for row, line in zip(table.rows, printed, strict=True):
            at = () if row.id == ALL else ((table.dimension, row.id),)
            for (code, _), cell in zip(table.columns, row.cells, strict=True):
                across = table.across != "measure" and code != ALL
                key = (
                    Cell(CONTACTS, (*at, ("kind", code)) if across else at)
                    if table.across != "measure"
                    else Cell(code, at)
                )
                if isinstance(cell, Suppressed):
                    hidden += 1
                    assert line[code] == "*"
                    assert line.get(f"{code}_per_1000") in ("*", "", None)
                    assert line.get(f"{code}_ratio") in ("*", "", None)
                else:
                    assert cell == truth.get(key, 0)
                    assert cell == 0 or cell > 10
                    assert line[code] == str(cell)
    assert hidden > 50


def test_the_same_rows_in_another_order_give_the_same_bytes():
    events, enrollment = FRAMES
    backwards = events.take(list(range(len(events) - 1, -1, -1)))
    assert make(events, enrollment).to_bytes() == make(backwards, enrollment).to_bytes()


def test_the_digest_belongs_to_the_data():
    made = usual()
    data = json.loads(made.to_bytes())
    assert data == made.as_json()
    assert digest_of(data) == data["digest"] == made.digest
    data["tables"][0]["rows"][0]["cells"]["contacts"] = 99999
    assert digest_of(data) != made.digest


def test_rows_that_nobody_reviewed_move_nothing_but_their_own_number():
    reviewed = [{"reviewed": "yes", "sex": "male"}] * 30
    waiting = [{"reviewed": "no", "arrest": "yes"}] * 12 + [{"reviewed": "", "race": "black"}] * 3
    done, left_out = split_reviewed(rows(*reviewed, *waiting))
    assert left_out == 15
    assert make(done, NORTH).to_bytes() == make(rows(*reviewed), NORTH).to_bytes()
    assert make(done, NORTH, not_reviewed=left_out).as_json()["not_reviewed"] == 15
    assert make(done, NORTH, not_reviewed=3).as_json()["not_reviewed"] == "*"


def test_only_subjects_are_counted():
    data = make(rows(*[{}] * 20, *[{"role": "witness"}] * 30, *[{"role": "victim"}] * 30), NORTH).as_json()
    assert figure(data, "school", ALL) == 20
    assert data["interactions"] == 80


def test_rows_outside_the_period_are_left_out():
    data = make(rows(*[{}] * 20, *[{"occurred_on": "2026-07-01"}] * 20), NORTH).as_json()
    assert figure(data, "school", ALL) == 20


def test_blank_is_a_group_of_its_own_and_no_zero():
    data = make(rows(*[{}] * 20, *[{"race": ""}] * 15), NORTH).as_json()
    assert figure(data, "race", "unknown") == 15
    race = next(table for table in data["tables"] if table["id"] == "race")
    unknown = next(row for row in race["rows"] if row["id"] == "unknown")
    assert unknown["enrolled"] is None
    assert unknown["per_1000"][CONTACTS] is None


def test_an_outcome_nobody_recorded_is_named_and_not_printed_as_zero():
    data = make(rows(*[{"citation": ""}] * 20), NORTH).as_json()
    assert data["not_recorded"] == ["citation"]
    assert "citation" not in data["tables"][0]["rows"][0]["cells"]


def test_an_outcome_left_blank_by_some_is_counted_as_such():
    data = make(rows(*[{"citation": ""}] * 20, *[{"citation": "yes"}] * 25), NORTH).as_json()
    assert figure(data, "school", ALL, "outcome_not_recorded") == 20
    assert figure(data, "school", ALL, "citation") == 25


def test_an_empty_report_is_all_zeros_with_nothing_hidden():
    empty = frame([], EVENTS, where="events")
    data = make(empty, NORTH).as_json()
    assert (data["hidden"], data["interactions"]) == (0, 0)
    assert {cell for table in data["tables"] for row in table["rows"] for cell in row["cells"].values()} == {0}
    assert verify(data).safe


def test_a_report_with_fewer_contacts_than_the_threshold_hides_the_total_and_the_interactions():
    data = make(rows(*[{}] * 4), NORTH).as_json()
    assert data["interactions"] == "*"
    assert figure(data, "school", ALL) == "*"
    assert verify(data).safe


def test_rates_and_ratios_come_from_printed_figures_only():
    data = make(rows(*[{}] * 40, *[{"race": "black", "sex": "male"}] * 60), NORTH).as_json()
    race = next(table for table in data["tables"] if table["id"] == "race")
    black = next(row for row in race["rows"] if row["id"] == "black")
    assert black["per_1000"][CONTACTS] == pytest.approx(200.0)
    assert black["ratio"][CONTACTS] == pytest.approx((60 / 300) / (40 / 400))
    white = next(row for row in race["rows"] if row["id"] == "white")
    assert (white["enrolled"], white["per_1000"][CONTACTS], white["ratio"][CONTACTS]) == (0, None, None)


def test_a_group_of_few_students_shows_no_count_not_even_zero():
    few = students(
        ("North", "9", "asian", "female", "none", "no", 400), ("North", "9", "black", "male", "none", "no", 8)
    )
    data = make(rows(*[{}] * 40), few).as_json()
    assert figure(data, "race", "black") == "*"
    race = next(table for table in data["tables"] if table["id"] == "race")
    black = next(row for row in race["rows"] if row["id"] == "black")
    assert (black["enrolled"], black["per_1000"][CONTACTS]) == (8, "*")
    assert verify(data).safe


def test_no_enrollment_is_hidden_so_nothing_is_hidden_that_subtraction_gives_back():
    few = students(
        ("North", "9", "asian", "female", "none", "no", 400), ("North", "9", "black", "male", "none", "no", 8)
    )
    data = make(rows(*[{}] * 40), few).as_json()
    for table in data["tables"]:
        groups = [row["enrolled"] for row in table["rows"] if row["id"] != ALL and row["enrolled"] is not None]
        assert all(isinstance(one, int) for one in groups)
        if groups:
            assert sum(groups) == 408


def test_the_attack_finds_a_count_printed_of_a_group_of_few_students():
    few = students(
        ("North", "9", "asian", "female", "none", "no", 400), ("North", "9", "black", "male", "none", "no", 8)
    )
    data = make(rows(*[{}] * 40), few).as_json()
    race = next(table for table in data["tables"] if table["id"] == "race")
    black = next(row for row in race["rows"] if row["id"] == "black")
    black["cells"]["contacts"] = 0
    assert any("few students" in fault for fault in verify(data).faults)


def test_an_edition_is_held_against_a_stricter_number_than_its_own():
    data = make(rows(*[{}] * 40, *[{"race": "black", "sex": "male"}] * 12), NORTH).as_json()
    assert verify(data).safe
    assert not verify(data, threshold=15).safe


def test_a_table_that_cannot_be_had_with_its_totals_is_withheld():
    tiny = students(
        ("North", "9", "asian", "female", "none", "no", 8), ("South", "9", "asian", "female", "none", "no", 400)
    )
    made = make(rows(*[{}] * 40), tiny, keep_totals=True)
    assert verify(made.as_json()).safe
    assert [one.id for one in made.withheld] == ["school"]
    assert "school" not in [table.id for table in made.tables]


def test_a_district_with_hardly_any_students_gets_no_tables():
    made = make(rows(*[{}] * 40), students(("North", "9", "asian", "female", "none", "no", 8)))
    assert made.tables == ()
    assert len(made.withheld) == len(TABLES)
    assert verify(made.as_json()).safe


def test_every_table_has_notes_totals_and_at_most_two_dimensions():
    for table in usual().as_json()["tables"]:
        assert table["notes"]
        assert table["rows"][-1]["id"] == ALL
        assert table["across"] in ("measure", "kind")


def test_an_edition_accepts_protected_tables_only():
    made = usual()
    with pytest.raises(TypeError):
        replace(made, tables=({"id": "raw"},))


def test_two_periods_that_share_a_day_overlap():
    made = make(rows(*[{}] * 20), NORTH, period_start=date(2026, 1, 1), period_end=date(2026, 3, 31))
    shared = (date(2026, 3, 31), date(2026, 6, 30))
    assert overlaps(made, [(date(2025, 7, 1), date(2025, 12, 31)), shared, (date(2026, 4, 1), date(2026, 6, 30))]) == [
        shared
    ]
    assert overlaps(made, [made]) == [(date(2026, 1, 1), date(2026, 3, 31))]


def test_school_years_run_from_july_to_june():
    assert school_year_of(date(2025, 7, 1), date(2026, 6, 30)) == "2025-26"
    assert school_year_of(date(1999, 8, 1), date(2000, 1, 1)) == "1999-00"
    assert school_year_days("2025-26") == (date(2025, 7, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    "changes",
    [
        {"period_start": date(2025, 1, 1)},
        {"period_start": date(2026, 6, 2), "period_end": date(2026, 6, 1)},
        {"period_start": date(2024, 7, 1), "period_end": date(2025, 6, 30)},
        {"threshold": 0},
        {"width": 1},
    ],
)
def test_a_period_without_enrollment_or_parameters_that_protect_nothing_are_refused(changes):
    with pytest.raises(BadInput):
        make(*FRAMES, **changes)


def test_the_tally_reads_other_frames_than_arrow():
    table = FRAMES[0]
    chunked = pa.concat_tables([table.slice(0, 100), table.slice(100)])
    names = tuple(item.name for item in OUTCOMES)
    assert counts(chunked, [("race",)], names) == counts(table, [("race",)], names)
