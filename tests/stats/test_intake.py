"""Reading the two files: what is refused, and that blank is not zero."""

from __future__ import annotations

import csv
import io

import pytest

from accord.decision import BadInput
from accord.stats.intake import BadRows, read_csv
from accord.stats.schema import ENROLLMENT, EVENTS, OUTCOMES

GOOD = {
    "interaction": "i1",
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
    "arrest": "yes",
}
STUDENTS = {
    "school": "North",
    "school_year": "2025-26",
    "grade": "9",
    "race": "asian",
    "sex": "female",
    "disability": "none",
    "english_learner": "no",
    "count": "120",
}


def write(path, *rows, encoding="utf-8"):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def test_a_good_row_is_typed(tmp_path):
    row = read_csv(write(tmp_path / "e.csv", GOOD, encoding="utf-8-sig"), EVENTS).to_pylist()[0]
    assert (row["arrest"], row["occurred_on"].isoformat(), row["race"]) == (True, "2025-09-02", "asian")


def test_blank_is_not_recorded_and_never_no(tmp_path):
    blank = dict.fromkeys(("race", "sex", "disability", "english_learner", "grade_band", "initiated_by", "arrest"), " ")
    row = read_csv(write(tmp_path / "e.csv", GOOD | blank), EVENTS).to_pylist()[0]
    assert row["arrest"] is None
    assert {row[name] for name in blank if name != "arrest"} == {"unknown"}


def test_an_outcome_column_that_is_not_there_is_not_made_up(tmp_path):
    names = read_csv(write(tmp_path / "e.csv", GOOD), EVENTS).column_names
    assert "arrest" in names
    assert not {item.name for item in OUTCOMES[1:]} & set(names)


def test_every_bad_row_is_named_with_line_column_and_allowed_values(tmp_path):
    rows = [
        GOOD,
        GOOD | {"race": "martian"},
        GOOD | {"occurred_on": "9/2/2025", "arrest": "maybe"},
        GOOD | {"school": ""},
    ]
    with pytest.raises(BadRows) as caught:
        read_csv(write(tmp_path / "e.csv", *rows), EVENTS)
    said = caught.value.rows
    assert [one.split(":")[0] for one in said] == [
        "line 3, column race",
        "line 4, column occurred_on",
        "line 4, column arrest",
        "line 5, column school",
    ]
    assert "hispanic, american_indian, asian" in said[0]
    assert "yes, no" in said[2]
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [({"nickname": "x"}, "unknown column nickname"), ({"race": None}, "no column race")],
)
def test_the_head_must_name_the_columns(tmp_path, change, said):
    row = {key: value for key, value in (GOOD | change).items() if value is not None}
    with pytest.raises(BadInput, match=said):
        read_csv(write(tmp_path / "e.csv", row), EVENTS)


@pytest.mark.parametrize(
    "change",
    [
        {"count": "-1"},
        {"count": "1.5"},
        {"count": ""},
        {"count": "²"},
        {"school_year": "2025-27"},
        {"grade": "13"},
        {"school": "all"},
    ],
)
def test_enrollment_that_is_no_count_of_a_group_is_refused(tmp_path, change):
    with pytest.raises(BadRows, match=f"line 2, column {next(iter(change))}"):
        read_csv(write(tmp_path / "s.csv", STUDENTS | change), ENROLLMENT)


def test_a_group_of_students_given_twice_is_refused(tmp_path):
    with pytest.raises(BadRows, match="line 3: the same group of students as line 2"):
        read_csv(write(tmp_path / "s.csv", STUDENTS, STUDENTS | {"count": "7"}), ENROLLMENT)


def test_grades_fall_into_bands(tmp_path):
    table = read_csv(
        write(tmp_path / "s.csv", STUDENTS, STUDENTS | {"grade": "kn"}, STUDENTS | {"grade": ""}), ENROLLMENT
    )
    assert table["grade_band"].to_pylist() == ["9_12", "tk_5", "unknown"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00x", b'interaction,school\n"never closed'])
def test_a_file_that_is_not_the_right_csv_is_bad_input(tmp_path, content):
    path = tmp_path / "e.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput):
        read_csv(path, EVENTS)


def test_a_missing_file_is_bad_input(tmp_path):
    with pytest.raises(BadInput, match="No such file"):
        read_csv(tmp_path / "none.csv", EVENTS)
