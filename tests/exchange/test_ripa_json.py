"""Stops as JSON of the state's collection: out and in again the same, and every fault named with its place."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.decision import BadInput
from accord.exchange import ripa_csv, ripa_json, ripa_json_file, ripa_json_read, ripa_plan
from accord.facts import Stop
from accord.facts.stop_codes import SearchBasis
from accord.rules.stops import check
from tests.exchange.stops import AT_SCHOOL, stops

SKELETON = set(
    "LEARecordID BatchID ORI TX_Type Is_NFIA SDate STime SDur StopType Is_ServCall Is_WelfareCheck Officer Location "
    "ListPerson_Stopped".split()
)
PERSON = set(
    "PID Perc Is_Passenger Is_Residence Is_Stud PrimaryReason ListNonForceActTak ListForceActTak ListBasSearch "
    "ConsentType BasSearch_N ListBasSeiz ListPropType ListCB ListResult".split()
)
REASON = set(
    "StReas StReas_N ListStReas_Given Tr_ID Tr_O_CD ListSusp_T Susp_O_CD ListProb_T Prob_O_CD EDU_sec_CD "
    "EDU_subDiv_CD".split()
)


def record() -> dict:
    return json.loads(ripa_json.write([AT_SCHOOL]))[0]


@pytest.mark.parametrize("wrapped", [False, True], ids=["plain lists", "wrapped lists"])
@settings(max_examples=60, deadline=None)
@given(stop=stops())
def test_a_stop_comes_back_as_it_went_out(stop: Stop, wrapped: bool):
    assert check(stop).unmet == ()
    text = ripa_json.write([stop], wrapped=wrapped)
    assert [ripa_json_read.read(one) for one in json.loads(text)] == [stop]


def test_a_record_has_the_keys_of_the_collection():
    written = record()
    assert set(written) == SKELETON
    (person,) = written["ListPerson_Stopped"]
    assert set(person) == PERSON
    assert set(person["PrimaryReason"]) == REASON
    assert set(person["Perc"]) == set(
        "ListEthn Age Is_LimEng ListDisb Gend Nonbinary_Person SexualOrientation Is_Unhoused".split()
    )
    assert set(written["Officer"]) == set("UID ExpYears AT ATOth Proxy ListOfficerEth NonPrimaryAgency".split())
    assert set(written["Location"]) == set(
        "LocationType Latitude Longitude BlockNumber StreetName CrossStreet1 CrossStreet2 Highway ClosestExit "
        "OtherLocation City K12_Flag K12Code".split()
    )


def test_dates_times_and_codes_are_written_as_the_collection_writes_them():
    written = record()
    assert (written["SDate"], written["STime"], written["SDur"], written["TX_Type"]) == (
        "03/02/2026",
        "10:15",
        "12",
        "I",
    )
    person = written["ListPerson_Stopped"][0]
    assert person["Perc"]["ListEthn"] == ["2", "7"]
    assert person["ListBasSearch"] == ["14"]
    assert person["ListNonForceActTak"] == ["1", {"NonForceAct_CD": "3", "NonForceConsent": "Y"}, "15"]
    assert person["ListResult"][1] == {"ResCD": "14", "Res_O_CD": ["23008"]}


def test_on_the_wire_every_consent_is_ground_one_and_its_form_says_which():
    person = ripa_json.as_json(AT_SCHOOL, wrapped=True)["ListPerson_Stopped"]["Person_Stopped"][0]
    assert person["ListBasSearch"] == {"BasSearch": ["1"]}
    assert person["ConsentType"] == "2"
    read = ripa_json_read.read(ripa_json.as_json(AT_SCHOOL, wrapped=True))
    assert read.people[0].search_bases == (SearchBasis.CONSENT_WRITTEN,)


def test_numbers_and_true_and_false_are_read_as_answers():
    given = record()
    given["SDur"] = 12
    given["Location"]["K12_Flag"] = True
    given["ListPerson_Stopped"][0]["Perc"]["Age"] = 15
    given["ListPerson_Stopped"][0]["Perc"]["ListEthn"] = [2, 7]
    assert ripa_json_read.read(given) == AT_SCHOOL


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("SDate", "02/30/2026"),
        ("SDate", "2026"),
        ("STime", "24:01"),
        ("STime", "10:15 PM"),
        ("SDur", "ten"),
        ("SDur", ""),
        ("TX_Type", "X"),
        ("StopType", "4"),
        ("LEARecordID", " "),
        ("Officer.AT", "13"),
        ("Location.K12_Flag", "maybe"),
        ("Location.Latitude", "north"),
        ("Location.Latitude", "NaN"),
        ("ListPerson_Stopped.0.Perc.ListEthn.0", "8"),
        ("ListPerson_Stopped.0.Perc.Age", "15.5"),
        ("ListPerson_Stopped.0.Perc.ListDisb.0", "9"),
        ("ListPerson_Stopped.0.PrimaryReason.StReas", "11"),
        ("ListPerson_Stopped.0.PrimaryReason.StReas", ["1", "2"]),
        ("ListPerson_Stopped.0.PrimaryReason.EDU_subDiv_CD", "20"),
        ("ListPerson_Stopped.0.PrimaryReason.ListStReas_Given.0", "23"),
        ("ListPerson_Stopped.0.ListForceActTak.0", "19"),
        ("ListPerson_Stopped.0.ListResult.0.ResCD", "2"),
        ("ListPerson_Stopped.0.Is_Stud", "perhaps"),
        ("ListPerson_Stopped.0.Perc", "x"),
    ],
)
def test_a_value_that_cannot_be_read_is_named_with_its_place(path: str, value: object):
    given = record()
    *way, last = path.split(".")
    node = given
    for step in way:
        node = node[int(step)] if isinstance(node, list) else node[step]
    node[int(last) if isinstance(node, list) else last] = value
    with pytest.raises(BadInput) as caught:
        ripa_json_read.read(given)
    assert caught.value.where == path
    assert caught.value.mend


def test_a_record_of_the_older_form_is_refused_and_said_so():
    given = record()
    given["ListPerson_Stopped"][0]["ListActTak"] = {"ActTak": [{"Act_CD": "24"}]}
    with pytest.raises(BadInput, match="2018 to 2023"):
        ripa_json_read.read(given)


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(sorted(SKELETON | PERSON | REASON)), inner),
    )
)
def test_no_json_at_all_breaks_the_reader(anything: object):
    reading = ripa_json_read.read_record(anything)
    assert (reading.stop is None) == bool(reading.problems)


@pytest.mark.parametrize("text", ["", "  \n", "{", "[1, ", "not json", "[" * 100_000, '{"a": 1}\n{"b"'])
def test_a_file_that_is_no_json_is_bad_input(tmp_path: Path, text: str):
    file = tmp_path / "stops.json"
    file.write_text(text)
    with pytest.raises(BadInput) as caught:
        ripa_json_file.load(file)
    assert str(file) in caught.value.where


def test_a_compressed_file_is_read_and_a_damaged_one_is_bad_input(tmp_path: Path):
    file = tmp_path / "stops.json.gz"
    packed = gzip.compress(json.dumps([record()] * 50).encode())
    file.write_bytes(packed)
    assert not ripa_csv.looks_like_csv(file)
    assert len(ripa_json_file.load(file)) == 50
    for damaged in (packed[: len(packed) // 2], packed[:12]):
        file.write_bytes(damaged)
        for read in (ripa_json_file.load, ripa_plan.plan):
            with pytest.raises(BadInput, match="damaged"):
                read(file)


def test_one_record_an_array_and_a_record_a_line_are_read_alike(tmp_path: Path):
    one, line = tmp_path / "one.json", json.dumps(record())
    found = []
    for text in (line, f"[{line}]", f'{{"stops": [{line}]}}', f"{line}\n{line}\n"):
        one.write_text(text, encoding="utf-8-sig")
        found.append(len(ripa_json_file.load(one)))
    assert found == [1, 1, 1, 2]
