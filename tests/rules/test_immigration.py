"""The guard marks places, repeats nothing, never fails, and takes time in step with the length."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.rules.immigration import field_is_clean, find, suspicious_name, text_is_clean
from accord.rules.wording.nearness import one_slip

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
TOLD = st.sampled_from(
    ["undocumented", "ICE agents", "born in Mexico", "sin papeles", "523-41-9987", "i n d o c u m e n t a d o"]
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mother is undocumented, he said.", "The mother is undocumented"),
        ("El alumno es ind\u043ecumentad\u0430.", "es ind\u043ecumentad\u0430"),
        ("a \u200bgreen\u200b card\u200b there", "green\u200b card"),
        ("\U0001f600 SSN: 611-20-4471.", "SSN"),
        ("\ufb01rst, the father was deported", "deported"),
    ],
)
def test_marks_are_places_of_the_original_text(text: str, words: str):
    (start, end, _), *_ = find(text)
    assert words in text[start:end] or text[start:end] in words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("he is undocumented", "status"),
        ("copy of the passport", "papers"),
        ("she has no ssn", "number"),
        ("a student visa", "visa"),
        ("place of birth unknown", "birthplace"),
        ("ICE agents came", "enforcement"),
        ("citizenship not verified", "citizenship"),
    ],
)
def test_each_kind_is_told_apart(text: str, kind: str):
    assert kind in {mark.kind for mark in find(text)}


@pytest.mark.parametrize("capitals", ["SUSPECT PUT ICE ON HIS HAND", "TOOK ICE FROM NURSE", "ICE WAS THROWN"])
def test_in_a_text_all_in_capitals_ice_needs_words_that_make_it_an_agency(capitals: str):
    assert not find(capitals)
    assert find(f"{capitals} AND ICE AGENTS CAME")


def test_the_reason_names_the_law_and_repeats_nothing():
    finding = text_is_clean("Her mother Zoraida is undocumented")
    assert not finding.met
    assert "Education Code 234.7" in str(finding.reason)
    assert "Zoraida" not in repr(finding)
    assert "undocumented" not in repr(finding)


@given(ANY_TEXT)
def test_any_text_is_read_and_marks_lie_within_it(text: str):
    marks = find(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in marks)
    assert all(one.end <= other.start for one, other in pairwise(marks))


@given(before=ANY_TEXT, told=TOLD, after=ANY_TEXT)
def test_what_tells_is_found_on_a_line_of_its_own_wherever_that_stands(before: str, told: str, after: str):
    text = f"{before}\n\n{told}\n\n{after}"
    place = len(before) + 2
    assert any(start < place + len(told) and place < end for start, end, _ in find(text))


@pytest.mark.parametrize("text", ["\ud800", "\0", "\udfff undocumented \ud83d", "\u202e\u202c", "a\u0300" * 500])
def test_broken_characters_do_no_harm(text: str):
    assert bool(find(text)) == ("undocumented" in text)


PROSE = "Two students argued over a phone; both went back to class. The nurse put ice on his hand. "


def seconds(text: str) -> float:
    started = time.process_time()
    find(text)
    return time.process_time() - started


def test_a_megabyte_takes_less_than_two_seconds():
    assert seconds((PROSE * 11_300)[:1_000_000]) < 2


@pytest.mark.parametrize(
    "piece", ["a ", "he is ", "ICE ", "no have ", "i c e ", "aB", "crossed the ", "1 - ", "a@", "\n"]
)
def test_twice_the_text_takes_about_twice_the_time(piece: str):
    text = piece * (20_000 // len(piece))
    seconds(text)
    once, twice = min(seconds(text) for _ in range(3)), min(seconds(text * 2) for _ in range(3))
    assert twice < 3.2 * once + 0.02


@pytest.mark.parametrize(
    "name",
    [
        "countryOfBirthCode", "stateOfBirthAbbreviation", "cityOfBirth", "BirthCountry", "birth_state", "birthplace",
        "place_of_birth", "POB", "ssn", "SSN_last4", "SocialSecurityNumber", "socialsecuritynumber", "alien_number",
        "AlienNumber", "visaStatus", "VISA_TYPE", "citizenship", "CitizenshipStatusDescriptor", "is_us_citizen",
        "immigration_status", "ImmigrantStudent", "nationality", "nationalOrigin", "country_of_origin", "passportNo",
        "greenCardNumber", "I94Number", "dateEnteredUS", "refugee", "ciudadania", "Ciudadan\u00eda",
        "lugar_de_nacimiento",
        "pais_origen", "estatusMigratorio", "Mother's visa status", "Where was the student born? Country of birth",
        "undocumented", "\u0441itizenship", "aliennumber", "visastatus", "uscitizen", "is_migrant",
    ],
)  # fmt: skip
def test_a_name_that_asks_is_recognised(name: str):
    assert suspicious_name(name)
    assert not field_is_clean(name).met


@pytest.mark.parametrize(
    "name",
    [
        "revisaid", "salienttype",
        "birthDate", "date_of_birth", "dob", "born_on", "status", "enrollment_status", "country", "state", "city",
        "school_city", "legal_guardian", "alienation_claim", "advisability", "class_name", "classname", "session",
        "lessons", "citizenship_grade", "native_language", "home_language", "ethnicity", "hispanic", "race",
        "social_worker",
        "passenger", "address", "origin", "residence_school", "us_history_course", "document", "documented_at",
        "assigned", "permanent_record", "", "_", "\ud800",
    ],
)  # fmt: skip
def test_a_name_that_does_not_ask_is_left_alone(name: str):
    assert not suspicious_name(name)


@given(ANY_TEXT)
def test_any_name_is_read(name: str):
    assert suspicious_name(name) in (True, False)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("deported", "deportd", True),
        ("deported", "deeported", True),
        ("deported", "deprted", True),
        ("deported", "deproted", True),
        ("deported", "depprtde", False),
        ("deported", "reportd", False),
        ("a", "a", True),
        ("", "ab", False),
    ],
)
def test_one_slip_is_one_letter_or_one_swap(one: str, other: str, near: bool):
    assert one_slip(one, other) is one_slip(other, one) is near
