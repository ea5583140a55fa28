"""What is told of a person: what may be stored, what is flagged, and the law in force on the day of the contact."""

from datetime import UTC, date, datetime

import pytest

from accord.facts import Action, Outcome, PersonContacted, PersonKind, PersonRole
from accord.facts.person_codes import Answer, Counsel, Extent, Searcher, Standard
from accord.facts.person_details import PersonDetails, Questioning, Search
from accord.facts.stop_codes import Contraband, SearchBasis
from accord.rules.interactions_persons import person_flags, person_stands

AT = datetime(2026, 10, 5, 17, tzinfo=UTC)
TODAY = date(2026, 10, 5)
TALKED = PersonContacted(PersonKind.VISITOR, PersonRole.PARTICIPANT, (Action.TALKED,), (Outcome.NO_ACTION,))


def questioned(age: int | None) -> PersonContacted:
    told = Questioning(custodial=Answer.YES, counsel=Counsel.NOT_CONSULTED)
    details = PersonDetails(age=age, questioning=told)
    return PersonContacted(PersonKind.VISITOR, PersonRole.SUBJECT, (Action.QUESTIONED,), details=details)


def flagged(person: PersonContacted, on: date, *, excused: bool = False) -> set[str]:
    return {finding.clause for finding in person_flags(person, on=on, excused=excused)}


def test_somebody_who_was_only_talked_to_stands_and_is_flagged_for_nothing():
    assert all(finding.met for finding in person_stands(TALKED, at=AT, on=TODAY))
    assert flagged(TALKED, TODAY) == set()


@pytest.mark.parametrize(
    ("age", "day", "flags"),
    [
        (15, date(2017, 12, 31), set()),
        (15, date(2018, 1, 1), {"interactions.counsel"}),
        (16, date(2020, 12, 31), set()),
        (16, date(2021, 1, 1), {"interactions.counsel"}),
        (None, date(2020, 12, 31), {"interactions.counsel"}),
        (18, date(2026, 10, 5), set()),
    ],
)
def test_a_lawyer_is_asked_for_by_the_law_of_the_day(age: int | None, day: date, flags: set[str]):
    assert flagged(questioned(age), day) == flags


def test_a_search_that_the_law_forbids_is_stored_whole_and_flagged():
    search = Search(
        by=(Searcher.SCHOOL_OFFICER,),
        bases=(SearchBasis.WEAPONS,),
        standard=Standard.LESS,
        extent=(Extent.BENEATH_CLOTHING,),
        found=(Contraband.NONE,),
    )
    student = PersonContacted(
        PersonKind.STUDENT, PersonRole.WITNESS, (Action.SEARCHED_PERSON,), details=PersonDetails(search=search)
    )
    assert all(finding.met for finding in person_stands(student, at=AT, on=TODAY))
    assert flagged(student, TODAY) == {
        "interactions.search-extent",
        "interactions.search-standard",
        "interactions.search-witness",
        "interactions.parent-told",
    }
    assert "interactions.parent-told" not in flagged(student, TODAY, excused=True)


def test_every_finding_about_a_person_names_a_field():
    bare = PersonContacted(PersonKind.STUDENT, PersonRole.SUBJECT, tuple(Action), (Outcome.ARREST,))
    unmet = [one for one in person_stands(bare, at=AT, on=TODAY) if not one.met]
    assert [one.field for one in unmet] == ["custodial", "search_by", "force_types", "devices", "seized_what"]
    assert all(one.field for one in person_flags(bare, on=TODAY))
