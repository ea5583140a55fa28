"""The log against the agency's: matched once, never by guess, and every contact left alone says why."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.exchange import ripa_csv
from accord.exchange.reconcile import Contact, Reconciliation, of_rows, of_stop, reconcile
from accord.exchange.ripa_published import PublishedStop
from tests.exchange.stops import AT_SCHOOL, SCHOOL
from tests.shared import SHARED, needs_shared

DAY = date(2026, 3, 2)
OURS = Contact(DAY, time(10, 15), "A1", school_code=SCHOOL, persons=1, officer="K3")
THEIRS = replace(OURS, key="P1")


def held(ours: list[Contact], theirs: list[Contact]) -> Reconciliation:
    return reconcile(ours, theirs, within_minutes=10)


def reasons(**changes: object) -> list[str]:
    """Why the log's contact is not matched with one of theirs that differs so."""
    answer = held([OURS], [replace(THEIRS, **changes)])
    assert not answer.matched
    (alone,) = answer.only_ours
    assert alone.nearest is None or alone.nearest.key == "P1"
    return [str(reason) for reason in alone.reasons]


@pytest.mark.parametrize("minute", [5, 15, 25])
def test_clocks_up_to_ten_minutes_apart_are_of_one_contact(minute: int):
    answer = held([OURS], [replace(THEIRS, time=time(10, minute))])
    assert [(one.ours.key, one.theirs.key, one.minutes_apart) for one in answer.matched] == [
        ("A1", "P1", abs(minute - 15))
    ]
    assert (answer.only_ours, answer.only_theirs, answer.left_out) == ((), (), 0)


def test_eleven_minutes_are_too_many_and_said():
    assert reasons(time=time(10, 26)) == ["11 minutes apart"]


def test_what_differs_is_said():
    assert reasons(school_code="01100170000000") == ["another school"]
    assert reasons(persons=2) == ["1 against 2 persons"]
    assert reasons(officer="K4") == ["another officer"]
    assert reasons(persons=2, officer="K4") == ["1 against 2 persons", "another officer"]
    assert "nothing on that day" in reasons(date=date(2026, 3, 9))[0]


def test_what_one_side_does_not_say_is_not_held_against_it():
    answer = held([OURS], [replace(THEIRS, officer="", school_code="", school_name="Berkeley High")])
    assert len(answer.matched) == 1


def test_school_names_are_compared_where_codes_are_missing():
    named = replace(OURS, school_code="", school_name="Berkeley High")
    assert held([named], [replace(named, key="P1", school_name="BERKELEY  HIGH")]).matched
    assert not held([named], [replace(named, key="P1", school_name="Willard Middle")]).matched


def test_a_contact_around_midnight_is_one_contact():
    late = replace(OURS, time=time(23, 56))
    assert held([late], [replace(THEIRS, date=date(2026, 3, 3), time=time(0, 4))]).matched


def test_theirs_not_marked_as_at_a_school_is_left_out_but_named_as_nearest():
    answer = held([OURS], [replace(THEIRS, at_school=False)])
    assert (answer.matched, answer.only_theirs, answer.left_out) == ((), (), 1)
    (alone,) = answer.only_ours
    assert alone.nearest is not None
    assert alone.nearest.key == "P1"
    assert [str(reason) for reason in alone.reasons] == ["not marked as at a K-12 school"]


def test_one_record_answers_for_one_contact_and_the_other_says_so():
    answer = held([OURS, replace(OURS, key="A2", time=time(10, 17))], [THEIRS])
    assert [one.ours.key for one in answer.matched] == ["A1"]
    assert [str(reason) for reason in answer.only_ours[0].reasons] == ["already matched with A1"]


def test_as_many_are_matched_as_can_be():
    """Closest first would pair 10:10 with 10:12 and leave 10:20 and 10:02 alone."""
    ours = [replace(OURS, key="A1", time=time(10, 10)), replace(OURS, key="A2", time=time(10, 20))]
    theirs = [replace(THEIRS, key="P1", time=time(10, 2)), replace(THEIRS, key="P2", time=time(10, 12))]
    assert {(one.ours.key, one.theirs.key) for one in held(ours, theirs).matched} == {("A1", "P1"), ("A2", "P2")}


def test_a_long_chain_of_moves_is_followed():
    ours = [replace(OURS, key=f"A{index:04}", time=time(index * 9 // 60, index * 9 % 60)) for index in range(1, 150)]
    theirs = [replace(one, key=one.key.replace("A", "P")) for one in ours[1:]]
    first = replace(THEIRS, key="P0000", date=DAY, time=time(0, 0))
    answer = held(ours, [*theirs, first])
    assert len(answer.matched) == len(ours)


contacts = st.builds(
    Contact,
    date=st.dates(DAY, date(2026, 3, 3)),
    time=st.times(time(9, 50), time(10, 40)).map(lambda at: at.replace(second=0, microsecond=0)),
    key=st.just(""),
    persons=st.integers(1, 2),
    school_code=st.sampled_from(["", SCHOOL]),
    officer=st.sampled_from(["", "K3", "K4"]),
)


def numbered(found: list[Contact], letter: str) -> list[Contact]:
    return [replace(one, key=f"{letter}{index}") for index, one in enumerate(found)]


@settings(max_examples=150, deadline=None)
@given(st.lists(contacts, max_size=8), st.lists(contacts, max_size=8), st.randoms())
def test_every_contact_is_answered_for_once_whatever_the_order(ours: list, theirs: list, chance: random.Random):
    ours, theirs = numbered(ours, "A"), numbered(theirs, "P")
    answer = held(ours, theirs)
    own = [one.ours.key for one in answer.matched] + [one.contact.key for one in answer.only_ours]
    other = [one.theirs.key for one in answer.matched] + [one.contact.key for one in answer.only_theirs]
    assert sorted(own) == sorted(one.key for one in ours)
    assert sorted(other) == sorted(one.key for one in theirs)
    assert all(one.reasons for one in (*answer.only_ours, *answer.only_theirs))
    shuffled = chance.sample(ours, len(ours)), chance.sample(theirs, len(theirs))
    assert held(*shuffled) == answer


def test_a_stop_in_full_is_compared_by_what_it_holds():
    found = of_stop(AT_SCHOOL)
    assert (found.key, found.school_code, found.persons, found.officer) == ("2026-0001", SCHOOL, 1, "K3P9")


@needs_shared
def test_a_log_made_from_the_city_s_school_stops_matches_all_of_them():
    (path,) = (SHARED / "data" / "ripa_berkeley").glob("*.csv.gz")
    rows = [row for row in ripa_csv.read(path).rows if isinstance(row, PublishedStop)]
    theirs = of_rows(rows)
    flagged = [one for one in theirs if one.at_school]
    log = [replace(one, key=f"log-{one.key}", officer="K3") for one in flagged]
    answer = held(log, theirs)
    assert {(one.ours.key, one.theirs.key) for one in answer.matched} == {
        (f"log-{one.key}", one.key) for one in flagged
    }
    assert answer.left_out == len(theirs) - len(flagged)
    assert sum(Counter(one.persons for one in theirs).values()) == len({row.record for row in rows})


@needs_shared
def test_a_school_officer_s_stop_that_the_city_did_not_mark_is_found_as_nearest():
    (path,) = (SHARED / "data" / "ripa_berkeley").glob("*.csv.gz")
    rows = [row for row in ripa_csv.read(path).rows if isinstance(row, PublishedStop)]
    unmarked = [row for row in rows if row.officer_at_school and not row.at_school]
    assert unmarked
    theirs = of_rows(rows)
    log = [replace(one, key="log", at_school=True) for one in theirs if one.key == unmarked[0].record]
    (alone,) = held(log, theirs).only_ours
    assert alone.nearest is not None
    assert alone.nearest.key == unmarked[0].record
    assert "not marked" in str(alone.reasons[0])
