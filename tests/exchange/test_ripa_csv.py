"""Published files of stops: the state's columns of every year, a city portal's words, and their faults."""

import csv
import gzip
import json
import time
from collections import Counter
from datetime import date
from datetime import time as clock
from pathlib import Path

import pytest

from accord.decision import BadInput
from accord.exchange import ripa_csv, ripa_json, ripa_json_read, ripa_portal, ripa_state
from accord.exchange import ripa_published as words
from accord.exchange.ripa_published import PublishedStop, RowError
from accord.exchange.ripa_published_check import as_stop
from accord.facts.stop_codes import ForceAction, RipaDisability
from accord.facts.stop_codes_published import PublishedDisability, as_filed
from accord.rules.stops import check_published
from tests.shared import SHARED, needs_shared

BERKELEY = SHARED / "data" / "ripa_berkeley"

KEY = "DOJ_RECORD_ID,PERSON_NUMBER,DATE_OF_STOP"


def read(path: Path, text: str, encoding: str = "utf-8") -> list[PublishedStop | RowError]:
    path.write_bytes(text.encode(encoding))
    return list(ripa_csv.read(path).rows)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "stops.csv"


def test_a_row_of_2022_is_read_with_the_columns_of_its_years(file: Path):
    header = (
        f"{KEY},TIME_OF_STOP,STOP_DURATION,CLOSEST_CITY,SCHOOL_CODE,K12_SCHOOL_GROUNDS,STOP_STUDENT,RAE_FULL,"
        "RAE_HISPANIC_LATINO,G_MALE,LGBT,AGE,PD_HYPERACTIVITY_DISABILITY,REASON_FOR_STOP,ADS_SEARCHED_PER,"
        "ADS_HANDCUFFED,BFS_SCHOOL_POLICY,ROS_WARNING,ROS_REFFERAL_SCHOOL_ADMIN,ROS_WARNING_CDS"
    )
    row = "U1,1,2022-05-03,14:05,10,BERKELEY,1100170112607,1,1,3,1,1,0,15,1,8,1,1,1,1,1,23008"
    (found,) = read(file, f"{header}\n{row}\n")
    assert found == PublishedStop(
        row=2,
        form=2018,
        record="U1",
        person="1",
        date=date(2022, 5, 3),
        time=clock(14, 5),
        minutes=10,
        at_school=True,
        school_code="01100170112607",
        student=True,
        age=15,
        reason="8",
        races=frozenset({"hispanic_latinex"}),
        genders=frozenset({"cisgender_man"}),
        disabilities=frozenset({"hyperactivity_disability"}),
        actions=frozenset({"search_person", "handcuffed"}),
        bases=frozenset({"school_policy"}),
        results=frozenset({"warning", "referral_school_admin"}),
    )
    assert (found.searched, found.force_used, found.warned, found.arrested) == (True, True, True, False)


@pytest.mark.parametrize(
    ("column", "searched"),
    [
        ("ADS_SEARCH_PERSON", True),
        ("ADS_SEARCH_PROPERTY", True),
        ("ADS_ASKED_SEARCH_PER", False),
        ("NFA_SEARCH_PERSON", True),
        ("NFA_SEARCH_PROPERTY", True),
        ("NFA_TERRY_FRISK", True),
        ("NFA_ASKED_SEARCH_PROP", False),
    ],
)
def test_searched_is_derived_by_the_form(file: Path, column: str, searched: bool):
    (found,) = read(file, f"{KEY},{column}\nU1,1,01/02/2024,1\n")
    assert found.searched is searched
    assert found.form == (2024 if column.startswith("NFA") else 2018)


def test_a_spoken_or_written_warning_of_2024_counts_as_warned(file: Path):
    rows = "U1,1,2024-01-02,1,1,0\nU2,1,2024-01-02,1,0,1\nU3,1,2024-01-02,1,0,0\n"
    text = f"{KEY},OFA_NONE,ROS_VERBAL_WARNING,ROS_WRITTEN_WARNING\n{rows}"
    assert [row.warned for row in read(file, text)] == [True, True, False]
    assert [row.force_used for row in read(file, text)] == [False] * 3


def test_no_force_and_no_action_of_2024_are_told_apart(file: Path):
    (found,) = read(file, f"{KEY},NFA_NONE,OFA_HANDCUFFED\nU1,1,2024-01-02,1,1\n")
    (person,) = as_stop(found).people
    assert person.force == (ForceAction.HANDCUFFED,)
    assert not [
        one for one in check_published(as_stop(found), timed=False) if not one.met and one.clause == "stops.exclusive"
    ]


def test_disability_is_mapped_by_meaning_and_never_by_number(file: Path):
    (by_flag,) = read(file, f"{KEY},PD_HYPERACTIVITY_DISABILITY\nU1,1,2022-01-02,1\n")
    (by_number,) = read(file, f"{KEY},PD_FULL\nU1,1,2022-01-02,6\n")
    assert by_flag.disabilities == by_number.disabilities == {"hyperactivity_disability"}
    assert as_stop(by_number).people[0].perceived.disabilities == (RipaDisability.HYPERACTIVITY,)
    assert RipaDisability.HYPERACTIVITY.value == "7"
    assert PublishedDisability.HYPERACTIVITY.value == "6"
    assert {as_filed(one).name for one in PublishedDisability} == set(RipaDisability.__members__)


def test_a_bad_cell_is_an_error_of_its_row_and_the_rest_is_read(file: Path):
    rows = (
        "U1,1,2022-01-02,x,0\nU2,1,yesterday,15,0\nU3,1,2022-01-02,15,9\n"
        "U4,1,2022-01-02,15\n,1,2022-01-02,15,0\nU5,1,2022-01-02,15,0\n"
    )
    text = f"{KEY},AGE,ADS_PHOTO\n{rows}"
    found = read(file, text)
    errors = [(one.row, one.column) for one in found if isinstance(one, RowError)]
    assert errors == [(2, "AGE"), (3, "DATE_OF_STOP"), (4, "ADS_PHOTO"), (5, ""), (6, "DOJ_RECORD_ID")]
    assert [one.record for one in found if isinstance(one, PublishedStop)] == ["U5"]


def test_a_person_who_stands_twice_is_an_error(file: Path):
    first, again = read(file, f"{KEY}\nU1,1,2022-01-02\nU1,1,2022-01-02\n")
    assert isinstance(first, PublishedStop)
    assert isinstance(again, RowError)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(file: Path, encoding: str):
    (found,) = read(file, f"{KEY},SCHOOL_NAME\nU1,1,2022-01-02,César Chávez\n", encoding)
    assert found.school_name == "César Chávez"


def test_a_damaged_or_foreign_file_is_bad_input(tmp_path: Path):
    packed = gzip.compress(f"{KEY}\n".encode() + b"U1,1,2022-01-02\n" * 1000)
    for name, content in (
        ("cut.csv.gz", packed[: len(packed) // 2]),
        ("broken.csv.gz", packed[:20] + b"\x00" * 40),
        ("other.csv", b"a,b\n1,2\n"),
        ("empty.csv", b""),
        ("line.csv", b"x" * (1 << 21)),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(BadInput):
            list(ripa_csv.read(path).rows)
    with pytest.raises(BadInput):
        ripa_csv.read(tmp_path / "missing.csv")


def test_every_word_of_every_family_has_a_column(file: Path):
    header = [
        *(f"ADS_{word.upper()}" for word in words.ACTIONS_2018),
        *(f"ROS_{word.upper()}" for word in words.RESULTS),
        *(f"BFS_{word.upper()}" for word in words.BASES),
    ]
    assert [word for _, _, _, word in ripa_state.flags(header)] == [*words.ACTIONS_2018, *words.RESULTS, *words.BASES]
    assert [len(words.ACTIONS_2018), len(words.NON_FORCE_2024), len(words.FORCE_2024)] == [24, 18, 18]


def test_an_unknown_word_of_a_portal_is_an_error_and_never_left_out(file: Path):
    header = "LEA Record ID,Person Number,Date of Stop,Result of Stop,Actions Taken"
    found = read(
        file, f"{header}\nB1,1,01/02/2021,Knighted,24\nB2,1,01/02/2021,No action,25\nB3,1,01/02/2021,No action,24\n"
    )
    assert [type(one) for one in found] == [RowError, RowError, PublishedStop]
    assert [(one.row, one.column) for one in found[:2]] == [(2, "Result of Stop"), (3, "Actions Taken")]


def test_a_comma_turned_into_a_bar_inside_an_answer_is_understood():
    known = ripa_portal._DISABILITIES
    assert ripa_portal.several("Intellectual or developmental disability| including dementia", known) == {"devel_disab"}


def portal_rows() -> tuple[list[dict[str, str]], list[PublishedStop | RowError]]:
    (path,) = BERKELEY.glob("*.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as text:
        raw = list(csv.DictReader(text))
    return raw, list(ripa_csv.read(path).rows)


@needs_shared
def test_the_city_s_file_is_read_whole_and_says_what_its_cells_say():
    raw, found = portal_rows()
    assert not [one for one in found if isinstance(one, RowError)]
    assert [(one.record, one.person) for one in found] == [(row["LEA Record ID"], row["Person Number"]) for row in raw]
    taken = [{piece.strip() for piece in row["Actions Taken"].split("|")} for row in raw]
    assert sum(one.searched for one in found) == sum(bool({"18", "20"} & one) for one in taken)
    assert sum(one.at_school for one in found) == sum(row["Is Location a K12 Public School"] == "true" for row in raw)
    assert sum(bool(one.officer_at_school) for one in found) == sum(
        row["Officer Type of Assignment"].startswith("K-12") for row in raw
    )
    results = Counter(piece.strip() for row in raw for piece in row["Result of Stop"].split("|"))
    assert sorted(Counter(word for one in found for word in one.results).values()) == sorted(results.values())
    things = Counter(piece.strip() for row in raw for piece in row["Type of Property Seized"].split("|") if piece)
    assert sorted(Counter(word for one in found for word in one.property_types).values()) == sorted(things.values())


@needs_shared
def test_the_known_faults_of_the_city_s_file_are_found():
    raw, found = portal_rows()
    flagged = Counter(
        finding.clause for one in found for finding in check_published(as_stop(one), timed=True) if not finding.met
    )
    arrests = [
        "Incident to arrest" in row["Basis for Search"] and "Custodial arrest" not in row["Result of Stop"]
        for row in raw
    ]
    assert flagged["stops.arrest-warning"] == sum(arrests) > 0


@needs_shared
def test_the_city_s_stops_come_back_from_json_as_they_went_out():
    _, found = portal_rows()
    stops = [as_stop(one) for one in found]
    assert [ripa_json_read.read(one) for one in json.loads(ripa_json.write(stops))] == stops


@needs_shared
def test_two_thousand_rows_a_second_are_read():
    (path,) = BERKELEY.glob("*.csv.gz")
    before = time.perf_counter()
    count = sum(1 for _ in ripa_csv.read(path).rows)
    assert count / (time.perf_counter() - before) > 2000
