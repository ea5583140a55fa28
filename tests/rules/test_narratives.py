"""Names and identifiers in free text: found where they stand, and not where they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.rules.narratives import check, find_names, roster_names
from accord.rules.wording.folding import fold
from accord.rules.wording.identifiers import find_identifiers
from tests.rules.immigration_texts import HARMLESS, officers_own_texts
from tests.shared import needs_shared


def named(text: str, roster: frozenset[str] = frozenset()) -> list[str]:
    return [text[start:end] for start, end, _ in find_names(text, roster)]


def identified(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in find_identifiers(fold(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I saw Maria Lopez hand over the phone.", ["Maria Lopez"]),
        ("Maria Lopez handed over the phone.", ["Maria Lopez"]),
        ("Then Jayden Okafor-Smith ran.", ["Jayden Okafor-Smith"]),
        ("I spoke with Zubaida Karimova.", ["Zubaida Karimova"]),
        ("Mr. Henderson called the office.", ["Henderson"]),
        ("La Sra. Quiroga llegó.", ["Quiroga"]),
        ("The student Diego left.", ["Diego"]),
        ("A boy named Tobias left.", ["Tobias"]),
        ("I gave it to K. Jones after class.", ["K. Jones"]),
        ("José García y otro alumno.", ["José García"]),
    ],
)
def test_a_name_is_found(text: str, names: list[str]):
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The student met the vice principal at Lincoln High School.",
        "Crossed Shaw Avenue near Roosevelt Middle School.",
        "On Monday October 5 the Fresno Police Department called.",
        "U.S. History class, Room B.",
        "Student Council met with the Board.",
        "STUDENT DETAINED AND RELEASED TO PARENT",
        "Officer on duty. Two students argued.",
        "We read Romeo and Juliet.",
        "The Honor Roll assembly was in the Main Gym.",
    ],
)
def test_places_days_and_offices_are_no_names(text: str):
    assert named(text) == []


ROSTER = roster_names(["Amira el-Sayed", "Nguyễn Thị Lan", "Jo Ann Price", "Cher"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("then amira el-sayed ran", ["amira el-sayed"]),
        ("EL-SAYED, AMIRA was there", ["EL-SAYED, AMIRA"]),
        ("talked to nguyen lan", ["nguyen lan"]),
        ("jo ann price was absent", ["jo ann price"]),
        ("cher sang", []),
    ],
)
def test_a_name_on_the_roster_is_found_however_it_is_written(text: str, names: list[str]):
    assert named(text, ROSTER) == names


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [
        ("Student ID 4471920 was scanned.", ["Student ID 4471920"]),
        ("SSID: 1234567890", ["SSID: 1234567890"]),
        ("perm # 88123 on the pass", ["perm # 88123"]),
        ("Call 916-555-0142 or (916) 555-0143.", ["916-555-0142", "(916) 555-0143"]),
        ("Write to a.b@example.org today", ["a.b@example.org"]),
        ("Lives at 1420 N. Maple Ave near the park", ["1420 N. Maple Ave"]),
        ("DOB 03/02/2008 on the card", ["DOB 03/02/2008"]),
        ("Truck with plate 8ABC123 left", ["plate 8ABC123"]),
        ("a grey van, 7XYZ890, left", ["7XYZ890"]),
        ("His license D1234567 was shown", ["D1234567"]),
        ("She wrote 523-41-9987", ["523-41-9987"]),
    ],
)
def test_an_identifier_is_found(text: str, identifiers: list[str]):
    assert identified(text) == identifiers


@pytest.mark.parametrize(
    "text",
    [
        "The incident is documented in report 23-004512.",
        "Room 412, locker 0192, at 8:15.",
        "On 10/05/2026 two students argued.",
        "Football game: 600 people, 3 incidents.",
        "Crosswalk duty from 7:45 to 8:15.",
        "Unit 12 took 5 minutes.",
        "Student of room 214.",
    ],
)
def test_other_numbers_are_no_identifiers(text: str):
    assert identified(text) == []


def test_most_harmless_texts_name_nobody():
    flagged = [text for text in HARMLESS if find_names(text)]
    assert len(flagged) <= 0.03 * len(HARMLESS), flagged


@needs_shared
def test_what_officers_really_write_is_seldom_taken_for_a_name():
    texts = officers_own_texts()
    flagged = [text for text in texts if find_names(text)]
    assert len(flagged) <= 0.02 * len(texts)


def test_everything_is_told_in_order_of_the_text():
    text = "Maria Lopez, student ID 4471920, said her mother is undocumented."
    assert [mark.kind for mark in check(text)] == ["name", "identifier", "immigration"]


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=300))
def test_any_text_is_read_and_marks_lie_within_it(text: str):
    assert all(0 <= start < end <= len(text) for start, end, _ in check(text, ROSTER))
