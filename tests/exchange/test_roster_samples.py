"""The real samples load with the counts their descriptions state."""

from collections import Counter

import pytest

from accord.facts import Disability, Grade, Hispanic, RaceCode, Sex
from tests.exchange.rosters import by_id, read
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
SDS_1 = SHARED / "data/roster_samples/sds_v1_100_users"
SDS_2 = SHARED / "data/roster_samples/sds_v2_1"
ED_FI = SHARED / "data/edfi_samples/Student.xml.gz"


@pytest.mark.parametrize(
    ("path", "standard", "students"), [(SDS_1, "sds", 86), (SDS_2, "sds", 4), (ED_FI, "edfi", 960)]
)
def test_a_sample_is_recognised_and_read_whole(path, standard, students):
    reading, found = read(path)
    assert (reading.format, reading.rows, len(found), reading.rejected) == (standard, students, students, [])


def test_the_older_sync_files_give_schools_grades_and_birth_dates():
    _, found = read(SDS_1)
    assert Counter(one.school_name for one in found) == {"Contoso High School": 60, "Fabrikam High School": 26}
    assert {one.grade for one in found} == {Grade.G09, Grade.G10, Grade.G11, Grade.G12}
    assert all(one.birth_date for one in found)
    assert not any(one.ssid for one in found), "WA is a state, not a statewide identifier"


def test_the_newer_sync_files_give_demographics_and_services():
    reading, found = read(SDS_2)
    people = by_id(found)
    assert people["114001"].race.hispanic is Hispanic.YES
    assert people["114003"].race.codes == (RaceCode.ASIAN,)
    assert (people["114001"].disability, people["114004"].disability) == (Disability.IDEA, Disability.SECTION_504)
    assert (people["114003"].disability, people["114004"].sex) == (Disability.UNKNOWN, Sex.FEMALE)
    assert people["114008"].grade is Grade.UNKNOWN, "a college year is no grade of ours"
    assert reading.dropped_columns == ["birthCity", "birthState", "birthCountry", "password"]


def test_the_ed_fi_sample_keeps_nothing_of_citizenship_or_visa():
    reading, found = read(ED_FI)
    assert set(reading.dropped_columns) == {"Citizenship", "CitizenshipStatus", "Visa"}
    assert "resident" not in repr(found).lower()
    assert Counter(one.sex for one in found if one.sex is not Sex.UNKNOWN) == {Sex.MALE: 2, Sex.FEMALE: 1}


def test_a_folder_of_interchanges_is_read_like_its_students_alone():
    assert read(ED_FI.parent)[1] == read(ED_FI)[1]
