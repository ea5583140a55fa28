"""`accord ripa` from the outside: what it prints, and how it ends."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from accord import cli
from accord.exchange import ripa_json
from accord.facts.stop_codes import OfficerAssignment, StopResult, Transaction
from accord.facts.stops import Result
from tests.exchange.stops import ALICE, AT_SCHOOL, with_person
from tests.shared import SHARED, needs_shared

HEADER = "DOJ_RECORD_ID,PERSON_NUMBER,DATE_OF_STOP,STOP_DURATION,REASON_FOR_STOP,ADS_SEARCH_PERSON,ROS_NO_ACTION\n"


@pytest.fixture
def accord(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Run `accord` as a person would; answer with the exit code, what it printed and what it complained of."""

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["accord", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


@pytest.fixture
def records(tmp_path: Path):
    """Write stops as a file of records."""

    def write(*stops: object, name: str = "stops.json", wrapped: bool = False) -> Path:
        path = tmp_path / name
        path.write_text(ripa_json.write(stops, wrapped=wrapped), encoding="utf-8")
        return path

    return write


def test_a_record_that_holds_is_checked_with_nothing_unmet(accord, records):
    code, out, _ = accord("ripa", "check", records(AT_SCHOOL), "--json")
    (answer,) = json.loads(out)
    assert (code, answer["record"], answer["person"]) == (0, "2026-0001", "1")
    assert all(finding["met"] for finding in answer["findings"])
    assert {"clause", "met", "reason"} <= set(answer["findings"][0])


def test_one_object_for_each_person_with_their_own_findings(accord, records):
    bob = replace(ALICE, pid="2", results=(Result(StopResult.CITATION),))
    code, out, _ = accord("ripa", "check", records(replace(AT_SCHOOL, people=(ALICE, bob))), "--json")
    first, second = json.loads(out)
    assert code == 1
    assert [one["person"] for one in (first, second)] == ["1", "2"]
    assert not [finding for finding in first["findings"] if not finding["met"]]
    assert [one["clause"] for one in second["findings"] if not one["met"]] == ["stops.offences"]
    assert [one["field"] for one in second["findings"] if not one["met"]] == ["people.1.results"]


def test_a_warning_is_told_and_never_fails(accord, records):
    patrol = replace(AT_SCHOOL, officer=replace(AT_SCHOOL.officer, assignment=OfficerAssignment.PATROL))
    code, out, _ = accord("ripa", "check", records(patrol))
    assert code == 0
    assert "warning" in out
    assert "stops.assignment-warning" in out


def test_a_record_that_cannot_be_read_is_a_finding_and_the_others_are_checked(accord, records):
    path = records(AT_SCHOOL, replace(AT_SCHOOL, record_id="2026-0002"))
    path.write_text(path.read_text().replace('"SDate": "03/02/2026"', '"SDate": "13/02/2026"', 1))
    code, out, _ = accord("ripa", "check", path, "--json")
    first, second = json.loads(out)
    assert code == 1
    assert [(one["clause"], one["met"]) for one in first["findings"]] == [("stops.values", False)]
    assert "SDate" in first["findings"][0]["reason"]
    assert all(one["met"] for one in second["findings"])


def test_a_published_file_is_checked_row_by_row(accord, tmp_path: Path):
    file = tmp_path / "published.csv"
    file.write_text(
        HEADER + "U1,1,2022-01-03,5,6,0,1\nU2,1,2022-01-03,5,1,1,1\nU3,1,2022-01-03,5,1,0,1\nU4,1,x,5,1,0,1\n"
    )
    code, out, _ = accord("ripa", "check", file, "--json")
    unmet = {one["record"]: [f["clause"] for f in one["findings"] if not f["met"]] for one in json.loads(out)}
    assert code == 1
    assert unmet == {
        "U1": ["stops.consensual-search"],
        "U2": ["stops.search-basis"],
        "U3": [],
        "row 5": ["stops.values"],
    }


def test_an_empty_array_is_checked_as_an_empty_array(accord, tmp_path: Path):
    file = tmp_path / "none.json"
    file.write_text("[]")
    assert accord("ripa", "check", file, "--json")[:2] == (0, "[]\n")


@pytest.mark.parametrize("command", ["check", "import", "reconcile"])
def test_a_missing_file_is_bad_input_in_two_lines(accord, tmp_path: Path, command: str):
    code, _, err = accord("ripa", command, tmp_path / "gone.json")
    assert code == 2
    assert len(err.splitlines()) == 2


def test_a_dry_run_says_what_would_be_taken_in(accord, records):
    path = records(
        AT_SCHOOL, replace(AT_SCHOOL, record_id="2026-0002", people=(ALICE, replace(ALICE, pid="2"))), AT_SCHOOL
    )
    code, out, _ = accord("ripa", "import", path, "--dry-run", "--json")
    plan = json.loads(out)
    assert (code, plan["format"], plan["records"], plan["persons"]) == (1, "doj-json-2024", 2, 3)
    assert plan["rejected"] == [
        {"file": "stops.json", "row": 3, "column": "LEARecordID", "problem": "2026-0001 stands in the file before"}
    ]


def test_nothing_is_taken_in_where_one_record_is_rejected(accord, records):
    code, out, _ = accord("ripa", "import", records(AT_SCHOOL, AT_SCHOOL))
    assert (code, "1 rejected" in out, "Nothing is stored" in out) == (1, True, True)


def test_a_record_with_many_faults_is_one_rejected(accord, tmp_path: Path):
    path = tmp_path / "bare.json"
    path.write_text('[{"LEARecordID": "x"}]')
    code, out, _ = accord("ripa", "import", path)
    assert (code, "0 persons, 1 rejected" in out) == (1, True)
    assert json.loads(accord("ripa", "import", path, "--json")[1])["stored"] is False


def test_a_published_file_is_not_stored(accord, tmp_path: Path):
    file = tmp_path / "published.csv"
    file.write_text(HEADER + "U1,1,2022-01-03,5,1,0,1\n")
    assert accord("ripa", "import", file, "--dry-run")[0] == 0
    code, _, err = accord("ripa", "import", file)
    assert code == 2
    assert "reconcile" in err


def test_an_export_leaves_out_what_is_not_whole_and_names_it(accord, records, tmp_path: Path):
    log = records(
        AT_SCHOOL,
        replace(with_person(results=()), record_id="2026-0003"),
        replace(AT_SCHOOL, record_id="late", date=AT_SCHOOL.date.replace(month=9)),
    )
    out = tmp_path / "out.json"
    code, _, err = accord("ripa", "export", "--period", "2026-spring", "--ours", log, "--out", out)
    assert code == 1
    assert [one["LEARecordID"] for one in json.loads(out.read_text())] == ["2026-0001"]
    assert "2026-0003 left out" in err
    code, told, _ = accord("ripa", "export", "--period", "2026-spring", "--ours", log, "--json")
    assert (code, json.loads(told)) == (1, json.loads(out.read_text()))


def test_receipts_keep_a_record_from_going_out_twice_and_make_a_correction_an_update(accord, records, tmp_path: Path):
    receipts = tmp_path / "receipts.jsonl"

    def export(*stops: object) -> list[dict]:
        code, out, _ = accord("ripa", "export", "--period", "2026", "--ours", records(*stops), "--receipts", receipts)
        assert code == 0
        return json.loads(out)

    assert [one["TX_Type"] for one in export(AT_SCHOOL)] == ["I"]
    assert export(AT_SCHOOL) == []
    assert accord("ripa", "receipts", receipts, "--accept", "2026-0001")[0] == 0
    assert export(AT_SCHOOL) == []
    assert [one["TX_Type"] for one in export(replace(AT_SCHOOL, minutes=20))] == ["U"]
    _, out, _ = accord("ripa", "receipts", receipts, "--reject", "2026-0001=E1 No such school", "--json")
    assert json.loads(out) == [
        {"record": "2026-0001", "state": "rejected", "problems": [{"code": "E1", "message": "No such school"}]}
    ]
    code, _, err = accord("ripa", "receipts", receipts, "--accept", "2026-0001")
    assert code == 2
    assert "cannot follow" in err


def test_two_logs_are_held_against_each_other(accord, records):
    ours = records(AT_SCHOOL, replace(AT_SCHOOL, record_id="ours-2", time=AT_SCHOOL.time.replace(hour=12)))
    theirs = records(replace(AT_SCHOOL, record_id="P1"), name="theirs.json", wrapped=True)
    code, out, _ = accord("ripa", "reconcile", theirs, "--ours", ours, "--json")
    answer = json.loads(out)
    assert code == 1
    assert answer["matched"] == [{"ours": "2026-0001", "theirs": "P1", "minutes_apart": 0}]
    assert [one["record"] for one in answer["only_ours"]] == ["ours-2"]
    assert answer["only_ours"][0]["reasons"] == ["120 minutes apart", "already matched with 2026-0001"]
    assert answer["only_theirs"] == []


def test_what_of_theirs_cannot_be_read_is_told(accord, records, tmp_path: Path):
    file = tmp_path / "published.csv"
    file.write_text(HEADER + "U1,1,2026-03-02,5,1,0,1\nU2,1,x,5,1,0,1\n")
    code, _, err = accord("ripa", "reconcile", file, "--ours", records(AT_SCHOOL))
    assert code == 1
    assert err.startswith("1 records or rows of published.csv cannot be read")


@needs_shared
def test_the_city_s_file_goes_through_a_dry_run_whole(accord):
    (path,) = (SHARED / "data" / "ripa_berkeley").glob("*.csv.gz")
    code, out, _ = accord("ripa", "import", path, "--dry-run", "--json")
    plan = json.loads(out)
    assert (code, plan["format"], plan["rejected"]) == (0, "city-portal-csv", [])
    assert plan["persons"] > plan["records"] > 0


def test_by_the_receipts_a_stop_the_state_never_had_is_new_however_often_it_was_corrected(
    accord, records, tmp_path: Path
):
    corrected = replace(AT_SCHOOL, transaction=Transaction.UPDATE)
    receipts = tmp_path / "receipts.jsonl"
    for options, stated in ((), "U"), (("--receipts", receipts), "I"):
        code, out, _ = accord("ripa", "export", "--period", "2026", "--ours", records(corrected), *options)
        assert code == 0
        assert [one["TX_Type"] for one in json.loads(out)] == [stated]
    assert accord("ripa", "receipts", receipts, "--reject", "2026-0001=E1 No such school")[0] == 0
    again = replace(corrected, minutes=20)
    _, out, _ = accord("ripa", "export", "--period", "2026", "--ours", records(again), "--receipts", receipts)
    assert [one["TX_Type"] for one in json.loads(out)] == ["I"]
