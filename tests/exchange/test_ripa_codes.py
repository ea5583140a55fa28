"""The state's tables of schools and offences, as the district imports them; and the closed lists of a stop."""

from datetime import date
from pathlib import Path

import pytest

from accord.decision import BadInput
from accord.exchange import offence_codes, ripa_csv, ripa_period, school_codes
from accord.exchange.ripa_published import PublishedStop
from accord.facts import stop_codes as codes
from tests.shared import SHARED, needs_shared

TABLES = SHARED / "data" / "ripa_lookups"
ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        (codes.StopType, range(1, 4)),
        (codes.LocationKind, range(1, 6)),
        (codes.RipaRace, range(1, 8)),
        (codes.RipaGender, range(1, 5)),
        (codes.RipaOrientation, range(1, 3)),
        (codes.RipaDisability, range(1, 9)),
        (codes.StopReason, range(1, 11)),
        (codes.TrafficType, range(1, 4)),
        (codes.SuspicionDetail, range(1, 11)),
        (codes.EdCodeSection, range(1, 6)),
        (codes.EdCodeSubdivision, range(1, 20)),
        (codes.ReasonGiven, range(1, 23)),
        (codes.NonForceAction, range(1, 19)),
        (codes.ForceAction, range(1, 19)),
        (codes.SearchBasis, range(1, 16)),
        (codes.ConsentType, range(1, 4)),
        (codes.Contraband, range(1, 12)),
        (codes.SeizureBasis, range(1, 7)),
        (codes.PropertyType, range(1, 12)),
        (codes.StopResult, [1, *range(3, 16)]),
        (codes.OfficerAssignment, range(1, 13)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_closed_list_has_the_numbers_of_the_collection_and_no_others(kind: type, numbers: object):
    assert [int(member.value) for member in kind] == list(numbers)
    assert all(member.label for member in kind)


def test_the_numbers_that_mix_up_most_easily_are_right():
    assert codes.StopReason("5") is codes.StopReason.TRUANCY
    assert codes.StopReason("8") is codes.StopReason.SCHOOL_POLICY
    assert codes.RipaDisability("6") is codes.RipaDisability.OTHER
    assert codes.RipaDisability("7") is codes.RipaDisability.HYPERACTIVITY
    assert codes.OfficerAssignment("8") is codes.OfficerAssignment.SCHOOL
    assert codes.SearchBasis("13") is codes.SearchBasis.SCHOOL_POLICY
    assert codes.StopResult("12") is codes.StopResult.SCHOOL_ADMINISTRATOR


@needs_shared
def test_the_table_of_schools_is_read_and_searched():
    schools = school_codes.read(TABLES / "School_Table.csv.gz")
    assert all(len(code) == 14 and code == school.code for code, school in schools.items())
    assert {school.status for school in schools.values()} == {"Active", "Closed", "Merged", "Pending"}
    found = school_codes.search(schools.values(), "berkeley high")
    assert found
    assert found[0].active
    assert found[0].name == "Berkeley High"
    assert schools["01100170000000"].name == ""
    assert school_codes.search(schools.values(), "zzz unheard") == []
    assert school_codes.search(schools.values(), "  ") == []


@needs_shared
def test_the_table_of_offences_is_read_and_searched():
    offences = offence_codes.read(TABLES / "Offense_Table.csv.gz")
    assert offences["54106"].statute == "22350"
    assert offences["54106"].charge == "I"
    found = offence_codes.search(offences.values(), "pc 484", on=ON)
    assert {one.statute for one in found[:2]} == {"484"}
    assert all(one.in_force(ON) for one in found)
    assert not offences["23009"].in_force(ON)
    assert offences["23009"].in_force(date(2020, 1, 1))
    assert offence_codes.numbers_of("PC 484 THEFT (M)", offences.values()) == ("23008",)
    assert offence_codes.numbers_of("PC 9999999 NOTHING (M)", offences.values()) == ()
    assert offence_codes.numbers_of("theft", offences.values()) == ()


@needs_shared
def test_every_school_that_the_city_names_is_in_the_state_s_table():
    schools = school_codes.read(TABLES / "School_Table.csv.gz").values()
    (path,) = (SHARED / "data" / "ripa_berkeley").glob("*.csv.gz")
    named = {row.school_name for row in ripa_csv.read(path).rows if isinstance(row, PublishedStop) and row.at_school}
    assert named
    assert [name for name in named if not school_codes.search(schools, name)] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n",
        "CDS_Code,Status,County,District,schoolname\n123,Active,A,B,C\n",
        "CDS_Code,Status,County,District,schoolname\n01100170112607\n",
    ],
)
def test_a_table_of_another_shape_is_bad_input(tmp_path: Path, text: str):
    file = tmp_path / "table.csv"
    file.write_text(text)
    with pytest.raises(BadInput):
        school_codes.read(file)
    with pytest.raises(BadInput):
        offence_codes.read(file)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026-spring", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-Fall", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2025-26", date(2025, 7, 1), date(2026, 6, 30)),
        ("1999-00", date(1999, 7, 1), date(2000, 6, 30)),
        ("2026-01-05..2026-03-31", date(2026, 1, 5), date(2026, 3, 31)),
    ],
)
def test_a_period_says_its_days(period: str, first: date, last: date):
    assert ripa_period.days(period) == (first, last)


@pytest.mark.parametrize(
    "period", ["", "spring", "2025-27", "2026-01-05", "2026-03-31..2026-01-05", "0000-spring", "2026-02-30..2026-03-01"]
)
def test_what_is_no_period_is_bad_input(period: str):
    with pytest.raises(BadInput):
        ripa_period.days(period)
