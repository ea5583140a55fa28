"""What is asked of one person beyond the first form: from fields to facts and back, and what applies."""

from datetime import UTC, datetime

import pytest

from accord import clauses
from accord.decision import RULES
from accord.facts import Action, Outcome, PersonDetails, from_plain, to_plain
from accord.facts.person_codes import (
    Aid,
    Answer,
    Counsel,
    Extent,
    GivenTo,
    Injury,
    Language,
    NoticeWay,
    Reached,
    RestraintDevice,
    Rights,
    SchoolContact,
    Searcher,
    Standard,
    Urgency,
    Witness,
)
from accord.facts.person_details import Force, Notice, Offences, Questioning, SchoolReport, Search, Seizure
from accord.facts.stop_codes import Contraband, ForceAction, PropertyType, SearchBasis, SeizureBasis
from accord.web.interactions.person_details_form import (
    GROUPS,
    SEVERAL,
    PersonDetailsForm,
    applying,
    initial,
    told,
)
from accord.web.interactions.stop_form import PersonStoppedForm
from accord.web.interactions.words_person import lines
from tests.rules.test_harness import answer


def at(minute: int) -> datetime:
    return datetime(2026, 10, 5, 17, minute, tzinfo=UTC)


WHOLE = PersonDetails(
    age=15,
    questioning=Questioning(
        custodial=Answer.YES,
        began_at=at(40),
        counsel=Counsel.VIDEO,
        counsel_from=at(20),
        counsel_until=at(30),
        urgency=(Urgency.IMMINENT_THREAT,),
        rights=Rights.BEFORE,
        parent_told_at=at(10),
    ),
    search=Search(
        by=(Searcher.SCHOOL_OFFICER, Searcher.ADMINISTRATOR),
        bases=(SearchBasis.WEAPONS,),
        standard=Standard.REASONABLE_SUSPICION,
        extent=(Extent.BAG,),
        witnesses=(Witness.STAFF_SAME_GENDER,),
        found=(Contraband.OTHER_WEAPON,),
    ),
    force=Force(
        types=(ForceAction.PHYSICAL, ForceAction.FIREARM_DISCHARGED),
        hit=Answer.NO,
        devices=(RestraintDevice.HANDCUFFS,),
        person_hurt=Injury.INJURY,
        officer_hurt=Injury.NONE,
        aid=(Aid.SCHOOL_NURSE,),
    ),
    seizure=Seizure((PropertyType.OTHER_WEAPON,), (SeizureBasis.EVIDENCE,), (GivenTo.EVIDENCE,)),
    offences=Offences(citation=("48024",), arrest=("32111", "32112"), referral=("7",)),
    report=SchoolReport(Answer.YES, at(50), (SchoolContact.ADMINISTRATOR,)),
    notices=(
        Notice(at(51), NoticeWay.TELEPHONE, Language.SPANISH, Reached.NOT_REACHED),
        Notice(at(55), NoticeWay.IN_PERSON, Language.SPANISH, Reached.REACHED),
    ),
)


def read(typed: dict) -> PersonDetails:
    form = PersonDetailsForm(typed)
    assert form.is_valid(), form.errors
    return told(form.cleaned_data)


@pytest.mark.parametrize("details", [PersonDetails(), WHOLE], ids=["empty", "whole"])
def test_what_is_filed_fills_the_form_and_the_form_sent_again_says_the_same(details: PersonDetails):
    assert read(initial(details)) == details


def test_what_is_told_of_a_person_survives_storage():
    assert from_plain(PersonDetails, to_plain(WHOLE)) == WHOLE


def test_every_field_stands_in_one_group_and_several_answers_are_known():
    grouped = [name for _title, names in GROUPS for name in names]
    assert sorted(grouped) == sorted(PersonDetailsForm.base_fields)
    assert {"urgency", "aid", "search_bases"} <= SEVERAL
    assert "custodial" not in SEVERAL


def test_a_time_that_is_none_is_said_beside_its_field():
    form = PersonDetailsForm({"school_told_at": "yesterday"})
    assert not form.is_valid()
    assert list(form.errors) == ["school_told_at"]


def test_no_two_fields_have_the_same_label():
    labels = [str(field.label) for field in PersonDetailsForm.base_fields.values()]
    assert len(set(labels)) == len(labels)
    assert "Attempt 2: in which language" in labels


def test_handcuffs_are_told_as_the_device_and_no_force_is_no_answer():
    field = PersonDetailsForm.base_fields["force_types"]
    assert not {"1", "18"} & {code for code, _label in field.choices}


STUDENT = {"kind": "student", "role": "subject"}
ALWAYS = {"school_told", "school_told_at", "school_told_to"}
NOTICE = {"notice_1_at", "notice_1_how", "notice_1_language", "notice_1_reached"}


@pytest.mark.parametrize("kind", ["staff", "parent"])
def test_an_adult_who_was_only_talked_to_is_asked_nothing_more(kind: str):
    assert applying({"kind": "non_stop_contact"}, {"kind": kind, "role": "subject", "actions": ["talked"]}) == set()


def test_a_student_whose_conduct_it_was_is_asked_for_the_report_to_the_school_and_a_witness_is_not():
    assert applying({}, STUDENT) == ALWAYS
    assert applying({}, STUDENT | {"school_told": "no"}) == {"school_told"}
    assert applying({}, STUDENT | {"role": "witness"}) == set()


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        (Action.QUESTIONED, {"custodial", "counsel", "age", "rights", "questioning_told_at"}),
        (Action.SEARCHED_PERSON, {"search_by", "search_bases", "search_standard", "search_found"}),
        (Action.SEARCHED_PROPERTY, {"search_by", "search_extent", "search_witnesses"}),
        (Action.FORCE, {"force_types", "person_hurt", "officer_hurt", "aid"}),
        (Action.RESTRAINED, {"devices", "person_hurt", "aid"}),
        (Action.SEIZED_PROPERTY, {"seized_what", "seized_why", "seized_given_to"}),
    ],
)
def test_an_act_is_asked_about_when_it_was_chosen_and_not_before(action: Action, fields: set):
    assert fields <= applying({}, STUDENT | {"actions": [action.value]})
    assert not fields & applying({}, STUDENT | {"actions": ["talked"]})


def test_force_alone_asks_for_no_device_and_a_shot_only_after_one_was_fired():
    asked = applying({}, {"kind": "visitor", "actions": ["force"]})
    assert not {"devices", "shot_hit"} & asked
    assert "shot_hit" in applying({}, {"kind": "visitor", "actions": ["force"], "force_types": ["10"]})


def test_who_was_free_to_leave_is_not_asked_about_a_lawyer():
    person = STUDENT | {"role": "witness", "actions": ["questioned"], "custodial": "no"}
    assert applying({}, person) - NOTICE == {"custodial", "questioned_from"}


def test_the_reason_for_no_lawyer_is_asked_only_without_one():
    person = STUDENT | {"actions": ["questioned"], "custodial": "yes"}
    with_lawyer = applying({}, person | {"counsel": "telephone"})
    without = applying({}, person | {"counsel": "not_consulted"})
    assert "urgency" in without - with_lawyer
    assert {"counsel_from", "counsel_until"} <= with_lawyer - without


def test_a_visitor_may_be_young_and_staff_is_not_asked_for_age():
    asked = {"actions": ["questioned"]}
    assert "counsel" in applying({}, asked | {"kind": "visitor"})
    assert not {"counsel", "age"} & applying({}, asked | {"kind": "staff"})


@pytest.mark.parametrize("kind", ["staff", "parent", "visitor"])
def test_what_only_a_student_has_is_asked_of_nobody_else(kind: str):
    person = {
        "kind": kind,
        "role": "subject",
        "actions": [one.value for one in Action],
        "outcomes": [one.value for one in Outcome],
        "custodial": "yes",
    }
    asked = applying({}, person)
    assert not asked & (ALWAYS | NOTICE | {"questioning_told_at"})
    assert {"search_by", "devices", "arrest_offences", "referral_offences"} <= asked


def test_each_attempt_to_tell_a_parent_asks_for_the_next_as_far_as_there_is_room():
    arrested = STUDENT | {"outcomes": ["arrest"]}
    assert applying({}, arrested) >= NOTICE
    assert "notice_2_at" not in applying({}, arrested)
    assert "notice_2_at" in applying({}, arrested | {"notice_1_how": "telephone"})
    assert "notice_3_at" in applying({}, arrested | {"notice_3_reached": "reached"})


def test_an_offense_is_asked_for_the_outcome_it_belongs_to():
    asked = applying({"kind": "non_stop_contact"}, {"kind": "visitor", "outcomes": ["citation"]})
    assert asked == {"citation_offences"}


STATE = dict.fromkeys(PersonStoppedForm.base_fields, "")
SHARED = {"search_bases", "search_found", "force_types", "seized_what", "seized_why", "citation_offences"}


def stopped(**answers: object) -> dict:
    """Somebody of a stop toward whom everything was done, on a form that holds the state's fields too."""
    acts = {"actions": [one.value for one in Action], "outcomes": ["arrest", "citation", "referral_for_prosecution"]}
    return STATE | acts | {"kind": "visitor", "role": "subject"} | answers


def test_a_stop_asks_once_what_the_form_of_the_state_asks():
    asked = applying({"kind": "stop"}, stopped())
    assert not asked & (SHARED | {"arrest_offences"})
    assert {"search_by", "search_standard", "devices", "seized_given_to", "referral_offences"} <= asked


def test_whoever_the_state_does_not_ask_about_is_asked_here():
    assert applying({"kind": "stop"}, stopped(role="witness")) >= SHARED
    assert applying({"kind": "non_stop_contact"}, stopped()) >= SHARED


def test_a_form_without_the_fields_of_the_state_asks_here():
    without = {name: held for name, held in stopped().items() if name not in STATE}
    assert applying({"kind": "stop"}, without) >= SHARED


def test_every_answer_is_read_back_in_words_under_the_label_of_its_field():
    shown = {line.name: line.value for line in lines(WHOLE)}
    labels = {str(field.label) for name, field in PersonDetailsForm.base_fields.items() if "notice" not in name}
    assert labels <= set(shown)
    assert shown["Offenses of the arrest"] == "32111, 32112"
    assert shown["What was found"] == "Another weapon"
    assert shown["Attempt 2 to tell a parent or guardian"] == (
        "Oct. 5, 2026, 10:55 a.m.; In person; Spanish; Parent or guardian was told"
    )


def test_what_was_left_empty_has_no_line():
    assert lines(PersonDetails()) == []


CASES = [
    case
    for case in clauses.cases("interactions")
    if RULES[case.clause].__module__.startswith("accord.rules.interactions_person")
]


def test_every_finding_about_a_person_names_a_field_of_the_form():
    findings = [answer(case) for case in CASES]
    unmet = {finding.field for finding in findings if not finding.met}
    assert len(unmet) > 15
    assert unmet <= {*PersonDetailsForm.base_fields, "actions"}
