"""OneRoster 1.1 and 1.2, as the standard has it and as exports bend it."""

import pytest

from accord.decision import BadInput
from accord.exchange.oneroster import HEADS
from accord.facts import Grade, Hispanic, RaceCode, Sex
from tests.exchange.rosters import by_id, oneroster, problems, read, zipped

USERS_1_2 = HEADS["users.csv"][1]


def test_students_are_read_and_teachers_are_not():
    reading, found = read(zipped(oneroster()), name="r.zip")
    assert (reading.format, reading.rows, reading.rejected, reading.warnings) == ("oneroster", 3, [], [])
    ana, ben, cy = (by_id(found)[key] for key in ("1001", "1002", "u3"))
    assert (ana.ssid, ana.school, ana.school_name, ana.grade) == (
        "1234567890", "99999990000001", "Cedar Middle", Grade.G07,
    )  # fmt: skip
    assert (ana.race.hispanic, ana.race.codes) == (Hispanic.YES, (RaceCode.WHITE,))
    assert (ben.race.hispanic, ben.race.codes) == (Hispanic.NO, (RaceCode.ASIAN, RaceCode.BLACK))
    assert (cy.grade, cy.sex, cy.race.several, cy.race.hispanic) == (Grade.TK, Sex.MALE, True, Hispanic.UNKNOWN)


def test_who_belongs_to_no_school_belongs_to_that_of_the_classes():
    _, found = read(zipped(oneroster()), name="r.zip")
    assert by_id(found)["u3"].school_name == "Oak High"


def test_birthplace_and_password_are_dropped_unread_and_named():
    reading, found = read(zipped(oneroster()), name="r.zip")
    assert set(reading.dropped_columns) == {"countryOfBirthCode", "stateOfBirthAbbreviation", "cityOfBirth", "password"}
    assert not any(word in repr(found) for word in ("Puebla", "Lodi", "secret"))


def test_names_are_not_even_read_where_the_district_keeps_none():
    _, found = read(zipped(oneroster()), name="r.zip", keep_names=False)
    assert {(one.given_name, one.family_name) for one in found} == {("", "")}


def test_version_1_2_takes_role_school_and_days_from_the_roles():
    files = oneroster(version="1.2")
    files["users.csv"] = (
        f"{USERS_1_2}\nu1,,,true,ana,{{x:1}},Ana,Reyes,,1001,,,,,7,,,,,,s1,\nt1,,,true,ted,,Ted,Lee,,77,,,,,,,,,,,s1,\n"
    )
    files["roles.csv"] = (
        f"{HEADS['roles.csv'][0]}\nr1,,,u1,secondary,student,2025-08-18,2026-06-05,s1,\n"
        "r2,,,u1,primary,student,2026-08-17,2027-06-04,s2,\nr3,,,t1,primary,teacher,2026-08-17,,s1,\n"
    )
    reading, found = read(zipped(files), name="r.zip")
    assert (reading.rows, reading.rejected, reading.warnings) == (1, [], [])
    assert (found[0].school_name, str(found[0].entered_on), str(found[0].left_on)) == (
        "Oak High", "2026-08-17", "2027-06-04",
    )  # fmt: skip


def test_a_deleted_user_of_a_delta_is_gone():
    rows = "u1,tobedeleted,2026-10-01T00:00:00Z,true,s1,student,ana,,Ana,Reyes,,1001,,,,,07,\n"
    _, found = read(zipped(oneroster(users=rows)), name="r.zip")
    assert [one.gone for one in found] == [True]


def test_a_head_in_another_order_or_with_more_columns_is_read_and_said():
    files = oneroster()
    files["orgs.csv"] = "name,sourcedId,type,identifier,status,dateLastModified,parentSourcedId\nCedar,s1,school,1,,,\n"
    files["demographics.csv"] = files["demographics.csv"].replace("publicSchool", "metadata.x,publicSchool", 1)
    files["demographics.csv"] = "\n".join(
        f"{line}" if number == 0 or not line else line + ","
        for number, line in enumerate(files["demographics.csv"].split("\n"))
    )
    reading, found = read(zipped(files), name="r.zip")
    assert list(map(str, reading.warnings)) == ["orgs.csv: the columns stand in another order than in the standard."]
    assert by_id(found)["1001"].school_name == "Cedar"


def test_byte_order_mark_and_folder_inside_the_zip_do_no_harm():
    files = {f"export/{name}": b"\xef\xbb\xbf" + text.encode() for name, text in oneroster().items()}
    assert len(read(zipped(files), name="r.zip")[1]) == 3


def test_what_demographics_say_wrongly_rejects_the_student_where_it_stands():
    rows = (
        "u1,,,2013-13-02,female,false,false,false,false,true,false,true,,,,\n"
        "u2,,,2010-03-04,male,maybe,true,true,false,false,false,false,,,,\n"
    )
    reading, found = read(zipped(oneroster(demographics=rows)), name="r.zip")
    assert problems(reading) == [
        ("demographics.csv", 1, "birthDate"),
        ("demographics.csv", 2, "americanIndianOrAlaskaNative"),
    ]
    assert [one.local_id for one in found] == ["u3"]


def test_two_users_with_one_number_are_not_one_student():
    rows = "u1,,,true,s1,student,ana,,Ana,Reyes,,1001,,,,,07,\nu2,,,true,s1,student,ben,,Ben,Ota,,1001,,,,,07,\n"
    reading, found = read(zipped(oneroster(users=rows)), name="r.zip")
    assert problems(reading) == [("users.csv", 2, "local_id")]
    assert len(found) == 1


def test_users_without_the_columns_a_student_needs_are_refused():
    files = oneroster()
    files["users.csv"] = "sourcedId,status,givenName\nu1,,Ana\n"
    with pytest.raises(BadInput, match="lacks the column role"):
        read(zipped(files), name="r.zip")


def test_a_roster_without_manifest_or_demographics_is_read_and_said():
    files = oneroster(demographics="")
    del files["manifest.csv"]
    reading, found = read(zipped(files), name="r.zip")
    assert len(found) == 3
    assert len(reading.warnings) == 2
