"""What is told of a person: what may be stored, what is flagged, and the law in force on the day of the contact."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from accord.facts import (
    Action,
    ConductClass,
    InitiatedBy,
    Interaction,
    Kind,
    Outcome,
    PersonContacted,
    PersonKind,
    PersonRole,
    PersonStopped,
    Stop,
)
from accord.facts.people_stopped import with_stop
from accord.facts.person_codes import Answer, Counsel, Extent, Injury, Searcher, Standard
from accord.facts.person_details import Force, PersonDetails, Questioning, Search
from accord.facts.stop_codes import Contraband, ForceAction, PropertyType, SearchBasis, SeizureBasis, StopResult
from accord.facts.stops import Result
from accord.rules.interactions_persons import people_flags, people_stand, person_flags, person_stands

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


def test_everything_that_is_missing_is_named_at_once_each_with_its_field():
    bare = PersonContacted(PersonKind.STUDENT, PersonRole.SUBJECT, tuple(Action), (Outcome.ARREST,))
    unmet = [one for one in person_stands(bare, at=AT, on=TODAY) if not one.met]
    assert [one.field for one in unmet] == [
        "custodial",
        *("search_by", "search_bases", "search_standard", "search_extent", "search_found"),
        *("force_types", "person_hurt", "officer_hurt"),
        "devices",
        *("seized_what", "seized_why"),
    ]
    assert all(one.field for one in person_flags(bare, on=TODAY))


SEARCHED = PersonContacted(
    PersonKind.VISITOR,
    PersonRole.SUBJECT,
    (Action.SEARCHED_PROPERTY, Action.FORCE, Action.SEIZED_PROPERTY),
    (Outcome.CITATION,),
    details=PersonDetails(
        search=Search((Searcher.SCHOOL_OFFICER,), (), Standard.REASONABLE_SUSPICION, (Extent.BAG,)),
        force=Force(person_hurt=Injury.NONE, officer_hurt=Injury.NONE),
    ),
)
ENTRY = Interaction(Kind.STOP, AT, AT, InitiatedBy.OFFICER, ConductClass.OTHER_CRIME, people=(TALKED, SEARCHED))
STOPPED = PersonStopped(
    pid="2",
    search_bases=(SearchBasis.WEAPONS,),
    contraband=(Contraband.NONE,),
    force=(ForceAction.HANDCUFFED, ForceAction.PHYSICAL),
    property_types=(PropertyType.DEVICE,),
    seizure_bases=(SeizureBasis.EVIDENCE,),
    results=(Result(StopResult.CITATION, ("48024",)), Result(StopResult.CITE_RELEASE, ("48024", "32111"))),
)
STOP = Stop("1", TODAY, time(10), 5, people=(STOPPED,))


def test_what_the_record_of_the_stop_tells_is_not_asked_twice():
    assert all(finding.met for finding in people_stand(ENTRY, on=TODAY, stop=STOP))
    unmet = {finding.field for finding in people_stand(ENTRY, on=TODAY) if not finding.met}
    assert unmet == {
        f"people.1.{name}" for name in ("search_bases", "search_found", "force_types", "seized_what", "seized_why")
    }


def test_what_the_record_of_the_stop_leaves_out_is_asked_on_its_form():
    bare = replace(STOP, people=(PersonStopped(pid="2"),))
    unmet = {finding.field for finding in people_stand(ENTRY, on=TODAY, stop=bare) if not finding.met}
    names = ("search_bases", "contraband", "force", "property_types", "seizure_bases")
    assert unmet == {f"people.1.ripa_{name}" for name in names}


def test_the_record_of_the_stop_tells_of_acts_that_were_chosen_and_handcuffs_are_no_type_of_force():
    told = with_stop(SEARCHED, STOPPED).details
    assert told.force.types == (ForceAction.PHYSICAL,)
    assert told.offences.citation == ("48024", "32111")
    assert with_stop(TALKED, STOPPED) == TALKED


def test_flags_are_of_the_law_on_the_day_of_the_contact_and_name_the_person():
    sixteen = replace(ENTRY, people=(TALKED, questioned(16)))
    (flag,) = people_flags(sixteen)
    assert (flag.clause, flag.field) == ("interactions.counsel", "people.1.counsel")
    assert people_flags(replace(sixteen, occurred_at=datetime(2020, 10, 5, tzinfo=UTC))) == ()


def test_a_search_in_a_stop_is_judged_by_the_ground_in_its_record():
    search = replace(SEARCHED.details.search, by=(Searcher.OTHER_OFFICER,))
    entry = replace(ENTRY, people=(TALKED, replace(SEARCHED, details=PersonDetails(search=search))))
    assert people_flags(entry, stop=STOP) == ()
    (flag,) = people_flags(entry, stop=replace(STOP, people=(replace(STOPPED, search_bases=(SearchBasis.ODOR,)),)))
    assert (flag.clause, flag.field) == ("interactions.search-standard", "people.1.search_standard")
