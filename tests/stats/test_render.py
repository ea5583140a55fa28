"""Files that open in a spreadsheet and run nothing."""

from __future__ import annotations

import csv
import io

import pytest

from accord.stats.render import files, inert, table_csv, words
from tests.stats.test_board_report import NORTH, make, rows, students

PAYLOADS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x00=1", "＝1", "＋1", "－1", "＠1", "  =1"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_that_starts_like_a_formula_is_inert(payload):
    assert inert(payload).startswith("'")
    assert "\x00" not in inert(payload)


def test_plain_text_numbers_and_nothing_stay_as_they_are():
    assert [inert(value) for value in ("North", 12, 0, 1.5, None, "*", "a=b")] == [
        "North",
        "12",
        "0",
        "1.5",
        "",
        "*",
        "a=b",
    ]


@pytest.mark.parametrize("payload", ["=HYPERLINK(1)", "@x", "＝x", "-2"])
def test_a_school_named_like_a_formula_is_harmless_in_every_cell(payload):
    data = make(
        rows(*[{"school": payload}] * 20), students((payload, "9", "asian", "female", "none", "no", 400))
    ).as_json()
    lines = list(csv.reader(io.StringIO(table_csv(data["tables"][0]))))
    assert any(f"'{payload}" in line for line in lines)
    assert not [cell for line in lines for cell in line if cell.startswith(tuple("=+-@＝"))]


def test_there_is_a_file_for_each_table_and_one_for_the_whole():
    made = make(rows(*[{}] * 20), NORTH)
    found = files(made.as_json(), made.to_bytes())
    assert found["edition.json"] == made.to_bytes()
    assert set(found) == {"edition.json"} | {f"{table.id}.csv" for table in made.tables}


def test_the_text_says_what_is_hidden_and_takes_no_orders_from_names():
    evil = "North\x1b[2J"
    data = make(rows(*[{"school": evil}] * 20), students((evil, "9", "asian", "female", "none", "no", 400))).as_json()
    text = words(data)
    assert "\x1b" not in text
    assert f"Hidden: {data['hidden']} of {data['figures']} figures" in text
    assert data["digest"] in text
