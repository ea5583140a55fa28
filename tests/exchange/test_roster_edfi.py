"""Ed-Fi XML: students with what other interchanges say of them, and XML that means harm."""

import gzip
from datetime import date

import pytest

from accord.decision import BadInput
from accord.facts import EnglishLearner, Grade, Hispanic, RaceCode, Sex
from tests.exchange.rosters import problems, read, zipped

STUDENTS = """<?xml version="1.0" encoding="UTF-8"?>
<InterchangeStudent xmlns="http://ed-fi.org/5.2.0">
<Student id="S1"><StudentUniqueId>1</StudentUniqueId><Name><FirstName>Ana</FirstName><LastSurname>Reyes &amp; Co
</LastSurname></Name><OtherName><FirstName>Not</FirstName></OtherName>
<BirthData><BirthCity>Lima</BirthCity><BirthDate>2013-05-06</BirthDate>
<BirthCountry>uri://ed-fi.org/CountryDescriptor#PE</BirthCountry></BirthData></Student>
<Student><StudentUniqueId>2</StudentUniqueId><BirthData><BirthDate>{born}</BirthDate></BirthData></Student>
</InterchangeStudent>"""
ENROLLMENT = """<InterchangeStudentEnrollment xmlns="http://ed-fi.org/5.2.0">
<StudentSchoolAssociation><StudentReference><StudentIdentity><StudentUniqueId>1</StudentUniqueId></StudentIdentity>
</StudentReference><SchoolReference><SchoolIdentity><SchoolId>10</SchoolId></SchoolIdentity></SchoolReference>
<EntryDate>2026-08-17</EntryDate><EntryGradeLevel>uri://ed-fi.org/GradeLevelDescriptor#Seventh grade</EntryGradeLevel>
<NextYearGradeLevel>uri://x#Eighth grade</NextYearGradeLevel></StudentSchoolAssociation>
<StudentSchoolAssociation><StudentReference ref="S1"/><SchoolReference ref="SC"/>
<EntryDate>2025-08-17</EntryDate><ExitWithdrawDate>2026-06-05</ExitWithdrawDate></StudentSchoolAssociation>
<StudentEducationOrganizationAssociation><StudentReference><StudentIdentity><StudentUniqueId>1</StudentUniqueId>
</StudentIdentity></StudentReference><Sex>uri://ed-fi.org/SexDescriptor#Female</Sex>
<HispanicLatinoEthnicity>false</HispanicLatinoEthnicity>
<Race>uri://ed-fi.org/RaceDescriptor#Black - African American</Race><Race>uri://ed-fi.org/RaceDescriptor#White</Race>
<LimitedEnglishProficiency>uri://ed-fi.org/LimitedEnglishProficiencyDescriptor#Limited</LimitedEnglishProficiency>
<StudentCharacteristic><StudentCharacteristic>uri://x#Immigrant</StudentCharacteristic></StudentCharacteristic>
</StudentEducationOrganizationAssociation></InterchangeStudentEnrollment>"""
SCHOOLS = """<InterchangeEducationOrganization xmlns="http://ed-fi.org/5.2.0"><School id="SC"><SchoolId>10</SchoolId>
<NameOfInstitution>Cedar Middle</NameOfInstitution></School></InterchangeEducationOrganization>"""
FINE = STUDENTS.format(born="2012-01-01")


def test_a_students_interchange_alone_gives_names_and_birth_dates():
    reading, found = read(FINE.encode(), name="Student.xml")
    assert (reading.format, reading.rows, len(found)) == ("edfi", 2, 2)
    assert (found[0].given_name, found[0].family_name, found[0].birth_date) == ("Ana", "Reyes & Co", date(2013, 5, 6))
    assert reading.dropped_columns == ["BirthCity", "BirthCountry"]
    assert "Lima" not in repr(found)


def test_enrollment_and_schools_given_along_complete_them():
    files = {"Student.xml": FINE, "StudentEnrollment.xml": ENROLLMENT, "EducationOrganization.xml": SCHOOLS}
    _, (ana, ben) = read(zipped(files), name="r.zip")
    assert (ana.school, ana.school_name, ana.grade, ana.entered_on, ana.left_on) == (
        "10", "Cedar Middle", Grade.G07, date(2026, 8, 17), None,
    )  # fmt: skip
    assert (ana.sex, ana.english_learner, ana.race.hispanic) == (Sex.FEMALE, EnglishLearner.YES, Hispanic.NO)
    assert ana.race.codes == (RaceCode.BLACK, RaceCode.WHITE)
    assert "mmigrant" not in repr(ana)
    assert (ben.school, ben.grade) == ("", Grade.UNKNOWN)


def test_a_packed_file_reads_the_same():
    assert len(read(gzip.compress(FINE.encode()), name="Student.xml.gz")[1]) == 2


def test_utf_16_reads_the_same():
    assert len(read(FINE.replace("UTF-8", "UTF-16").encode("utf-16"), name="Student.xml")[1]) == 2


def test_a_bad_birth_date_is_named_by_student():
    reading, found = read(STUDENTS.format(born="soon").encode(), name="Student.xml")
    assert problems(reading) == [("Student.xml", 2, "BirthDate")]
    assert len(found) == 1


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("document_type", [BOMB, OUTSIDE, "<!DOCTYPE x SYSTEM 'http://127.0.0.1/x.dtd'>"])
def test_a_document_type_is_refused(document_type: str):
    text = FINE.replace("?>", f"?>{document_type}", 1).replace("Ana", "&a;")
    with pytest.raises(BadInput, match="document type"):
        read(text.encode(), name="Student.xml")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (FINE[:-30], "not XML"),
        (FINE.replace("<Name>", "<Name>" + "<a>" * 50, 1), "nested"),
        (FINE.replace("Reyes", "R" * 5000), "too much text"),
        (FINE.replace("UTF-8", "EBCDIC-FOREVER"), "encoding"),
        (SCHOOLS, "interchange of students"),
        ("<a/>", "interchange of students"),
        ("", "not XML"),
    ],
)
def test_xml_that_is_no_roster_is_refused(text: str, what: str):
    with pytest.raises(BadInput, match=what):
        read(text.encode(), name="Student.xml")
