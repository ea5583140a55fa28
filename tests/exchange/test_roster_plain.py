"""Plain CSV: usual names of columns, every bad cell named by row and column, any usual encoding."""

from datetime import date

import pytest

from accord.decision import BadInput
from accord.facts import Disability, EnglishLearner, Grade, Hispanic, RaceCode, Sex
from tests.exchange.rosters import HEAD, good, plain, problems, read


def test_a_row_is_read_as_it_stands():
    _, (student,) = read(plain(good(1, race="201;400", disability="504", english_learner="RFEP")))
    assert (student.local_id, student.ssid, student.school) == ("1", "9000000001", "Cedar Middle")
    assert (student.grade, student.birth_date, student.sex) == (Grade.G07, date(2013, 5, 6), Sex.FEMALE)
    assert (student.race.hispanic, student.race.codes) == (Hispanic.NO, (RaceCode.CHINESE, RaceCode.FILIPINO))
    assert (student.disability, student.english_learner) == (Disability.SECTION_504, EnglishLearner.NO)


def test_the_bad_row_is_named_by_its_number_and_column():
    rows = [good(number) for number in range(1, 11)]
    rows[6] = good(7, birth_date="2013-02-30")
    reading, found = read(plain(*rows))
    assert (reading.rows, len(found)) == (10, 9)
    (one,) = reading.rejected
    assert (one.file, one.row, one.line, one.column) == ("roster.csv", 7, 8, "birth_date")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("local_id", ""),
        ("local_id", "x" * 65),
        ("ssid", "12345"),
        ("grade", "14"),
        ("birth_date", "05.06.2013"),
        ("birth_date", "2027-01-01"),
        ("birth_date", "0201-05-06"),
        ("birth_date", "5/6/13"),
        ("sex", "purple"),
        ("hispanic", "perhaps"),
        ("race", "201;777"),
        ("disability", "some"),
        ("english_learner", "a little"),
        ("family_name", "Re\x07yes"),
        ("family_name", "\u202eseyeR"),
    ],
)
def test_a_cell_that_cannot_be_read_rejects_its_row_and_is_not_repeated(column: str, value: str):
    reading, found = read(plain(good(1, **{column: value})))
    assert problems(reading) == [("roster.csv", 1, column)]
    assert found == []
    if value:
        assert value not in str(reading.rejected[0].problem)


def test_every_bad_cell_of_a_row_is_named():
    reading, _ = read(plain(good(1, grade="99", sex="zz", birth_date="never")))
    assert {column for _, _, column in problems(reading)} == {"grade", "sex", "birth_date"}


def test_nothing_recorded_is_not_no():
    blank = dict.fromkeys(("ssid", "school", "grade", "birth_date", "sex", "hispanic", "race"), "")
    _, (student,) = read(plain(good(1, **blank, disability="", english_learner="")))
    assert (student.grade, student.sex, student.birth_date) == (Grade.UNKNOWN, Sex.UNKNOWN, None)
    assert (student.race.hispanic, student.race.codes) == (Hispanic.UNKNOWN, ())
    assert (student.disability, student.english_learner) == (Disability.UNKNOWN, EnglishLearner.UNKNOWN)


def test_legacy_code_500_is_the_answer_hispanic_and_999_is_none():
    _, found = read(plain(good(1, race="500", hispanic=""), good(2, race="999", hispanic="")))
    assert [(one.race.hispanic, one.race.codes) for one in found] == [(Hispanic.YES, ()), (Hispanic.UNKNOWN, ())]


def test_columns_go_by_their_usual_names_in_any_order():
    head = "Last Name,First Name,Student ID,Grade Level,DOB,Gender,Ethnicity,Race 1,Race 2,Special Education,504,ELAS"
    _, (student,) = read(plain("Reyes,Ana,77,K,5/6/2020,X,Y,700,600,N,Y,EL", head=head))
    assert (student.local_id, student.grade, student.sex, student.birth_date) == (
        "77", Grade.KN, Sex.NONBINARY, date(2020, 5, 6),
    )  # fmt: skip
    assert student.race.codes == (RaceCode.BLACK, RaceCode.WHITE)
    assert (student.disability, student.english_learner) == (Disability.SECTION_504, EnglishLearner.YES)


def test_sensitive_columns_are_dropped_by_name_and_the_rest_is_said():
    head = f"{HEAD},Birth City,immigration_status,SSN,visaType,Country of Origin,locker"
    reading, found = read(plain(f"{good(1)},Lima,pending,123-45-6789,F1,Peru,12", head=head))
    assert reading.dropped_columns == ["Birth City", "immigration_status", "SSN", "visaType", "Country of Origin"]
    assert list(map(str, reading.warnings)) == ["roster.csv: not read, because unknown: locker."]
    assert not any(word in repr(found) for word in ("Lima", "pending", "6789", "F1", "Peru"))


def test_a_column_is_dropped_whatever_else_the_district_drops():
    reading, _ = read(plain(f"{good(1)},F1", head=f"{HEAD},visa"), drops=lambda column: False)
    assert reading.dropped_columns == ["visa"]


def test_the_district_may_have_more_columns_dropped():
    reading, _ = read(plain(good(1)), drops=lambda column: column == "sex")
    assert reading.dropped_columns == ["sex"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_names_survive_the_usual_encodings(encoding: str):
    text = plain(good(1, family_name="Núñez Ibáñez")).decode()
    reading, (student,) = read(text.encode(encoding))
    assert student.family_name == "Núñez Ibáñez"
    assert bool(reading.warnings) == (encoding == "cp1252")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_found_out(delimiter: str):
    _, found = read(plain(good(1)).decode().replace(",", delimiter).encode())
    assert found[0].family_name == "Number1"


def test_quoted_commas_and_lines_are_one_cell_and_lines_are_counted():
    reading, found = read(plain('1,,"Cedar, the Middle",7', '2,,"x",99', head="local_id,ssid,school,grade"))
    assert found[0].school == "Cedar, the Middle"
    assert (reading.rejected[0].row, reading.rejected[0].line) == (2, 3)


def test_a_row_with_too_few_cells_is_rejected_and_blank_lines_are_nothing():
    reading, found = read(plain(good(1), "", "2,short", good(3)))
    assert (reading.rows, len(found), problems(reading)) == (3, 2, [("roster.csv", 2, "")])


def test_leaving_before_entering_is_rejected():
    reading, _ = read(plain("1,2026-09-01,2026-08-01", head="local_id,entry_date,exit_date"))
    assert problems(reading) == [("roster.csv", 1, "exit_date")]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"grade,sex\n7,F\n", "number of a student"),
        (b"local_id,local id\n1,2\n", "twice"),
        (b'local_id,grade\n"1,7\n', "not CSV"),
        (b"local_id\n" + b"x" * 200_000 + b"\n", "not CSV"),
        (b"local_id\n1\x00\n", "not a text file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
    ],
)
def test_what_is_no_roster_is_refused_with_a_way_out(data: bytes, what: str):
    with pytest.raises(BadInput, match=what) as caught:
        read(data)
    assert caught.value.mend
