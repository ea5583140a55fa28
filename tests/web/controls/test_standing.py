"""Where the controls stand, worked out from rows."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accord import catalogue, clauses
from accord.decision import BadInput, NotAllowed
from accord.facts import ConductClass, Review, Status
from accord.web.audit.models import Event
from accord.web.controls import actions, register, standing
from accord.web.controls.models import Award, Evidence, Mode, Program
from accord.web.controls.standing import standings
from accord.web.policies import bindings
from accord.web.policies.actions import put_in_force
from tests.web import factories as make
from tests.web.controls import factories as control
from tests.web.controls.factories import status
from tests.web.policies import factories as policy

pytestmark = pytest.mark.django_db


def days(number: int) -> timedelta:
    return timedelta(days=number)


def test_every_obligation_has_a_standing_and_none_is_met_by_an_empty_file() -> None:
    found = standings(on=make.ON)
    assert list(found) == [one.id for one in catalogue.bp_3515_31().obligations]
    assert Status.MET not in {one.status for one in found.values()}


def test_every_control_of_the_rules_is_one_that_can_be_asked() -> None:
    for row in clauses.table("controls")["control"].values():
        assert row["rule"] in standing.ASK


def test_evidence_counts_from_the_day_it_is_on_file() -> None:
    control.evidence()
    assert status() is Status.MET
    assert status(on=make.ON - days(1)) is Status.NO_EVIDENCE


def test_backdated_evidence_counts_for_its_own_period_only() -> None:
    control.evidence(effective_on=make.ON - days(200), expires_on=make.ON - days(100))
    assert status() is Status.NOT_MET
    assert status(on=make.ON - days(150)) is Status.NO_EVIDENCE


def test_evidence_that_begins_later_does_not_count_yet() -> None:
    control.evidence(effective_on=make.ON + days(1))
    assert status() is Status.NO_EVIDENCE
    assert status(on=make.ON + days(1)) is Status.MET


def test_withdrawn_evidence_counts_until_the_day_before() -> None:
    row = control.evidence(filed_on=make.ON - days(10))
    control.withdrawn(row)
    assert status() is Status.NO_EVIDENCE
    assert status(on=make.ON - days(1)) is Status.MET


def test_a_deleted_row_is_gone_from_the_next_answer() -> None:
    row = control.evidence()
    assert status() is Status.MET
    Evidence.objects.filter(id=row.id).delete()
    assert status() is Status.NO_EVIDENCE


def test_what_accord_does_not_keep_takes_no_evidence() -> None:
    with pytest.raises(BadInput, match="not shown by filed evidence"):
        control.evidence("P04")
    assert status("P04") is Status.NO_EVIDENCE


def test_each_part_needs_evidence_of_its_own() -> None:
    control.evidence("P02", item="P02.1")
    assert status("P02") is Status.NOT_MET
    control.evidence("P02", item="P02.2")
    control.evidence("P02", item="P02.3")
    assert status("P02") is Status.MET


def test_a_commitment_is_shown_by_the_policy_in_force_that_states_it() -> None:
    assert status("P01") is Status.NO_EVIDENCE
    binding = policy.tied(policy.in_force(), "P01")
    assert status("P01") is Status.MET
    bindings.reject(by=make.eve(), at=make.AT, on=make.ON, binding=binding)
    assert status("P01") is Status.NO_EVIDENCE


def test_a_commitment_that_the_next_version_drops_ends_with_the_version() -> None:
    before = control.noon(make.ON - days(60))
    policy.tied(policy.in_force(at=before), "P01", at=before)
    change = make.ON - days(10)
    second = policy.imported(policy.text() + "\n", at=before + days(1)).version
    second.bindings.filter(obligation="P01").delete()
    put_in_force(
        by=make.carol(),
        at=control.noon(change),
        on=make.ON,
        version=second,
        in_force_from=change,
        meeting_on=policy.ADOPTED,
    )
    assert status("P01", on=change - days(1)) is Status.MET
    assert status("P01", on=change) is Status.NOT_MET


def test_contacts_decide_about_an_officers_work() -> None:
    assert status("P07") is Status.NO_EVIDENCE
    filed = make.contact(conduct=ConductClass.CODE_OF_CONDUCT)
    assert status("P07") is Status.DUE
    make.reviewed(filed, found=Review.NOT_APPROPRIATE)
    assert status("P07") is Status.NOT_MET
    assert status("N12") is Status.NOT_MET


def test_the_grant_decides_whether_its_conditions_apply() -> None:
    clock = {"by": make.eve(), "at": make.AT, "on": make.ON}
    assert status("N09") is Status.NO_EVIDENCE
    actions.describe_program(**clock, award=Award.NO, mode=Mode.AGREEMENT)
    assert status("N09") is Status.DOES_NOT_APPLY
    assert status("N09", on=make.ON - days(1)) is Status.NO_EVIDENCE
    actions.describe_program(**clock, award=Award.NO, mode=Mode.AGREEMENT)
    assert (Program.objects.count(), Event.objects.filter(verb="controls.program_described").count()) == (1, 1)


def test_words_that_explain_do_not_apply_and_words_that_ask_are_never_excused() -> None:
    found = standings(on=make.ON)
    explaining = [
        one for one, row in clauses.table("controls")["control"].items() if row["rule"].endswith("words-only")
    ]
    assert explaining
    assert {found[one].status for one in explaining} == {Status.DOES_NOT_APPLY}


def test_the_numbers_themselves_fall_due() -> None:
    found, numbers = standing.numbers_standing(on=make.ON)
    never = [one.id for one in clauses.parameters() if one.verified_on is None]
    assert len(numbers) == len({one.id for one in clauses.parameters()})
    assert found.status is (Status.DUE if never else Status.MET)
    later, _ = standing.numbers_standing(on=date(2040, 1, 1))
    assert later.status is Status.DUE


def test_an_obligation_of_another_policy_is_shown_by_evidence_on_file() -> None:
    policy.imported(policy.other(), catalogue=policy.catalogue())
    assert status("H01") is Status.NO_EVIDENCE
    control.evidence("H01", item="H01.1")
    assert status("H01") is Status.MET


def test_a_control_says_which_numbers_its_rule_is_given() -> None:
    one = register.control(catalogue.bp_3515_31()["P08"])
    assert one.parameter_ids == ("controls.acknowledgement", "controls.look-back", "controls.due-within")


def test_a_page_of_rows_asks_no_more_than_one_row() -> None:
    policy.in_force()
    control.evidence()
    make.reviewed(make.contact())
    with CaptureQueriesContext(connection) as few:
        standings(on=make.ON)
    policy.in_force(policy.text() + "\n")
    for number in range(20):
        control.evidence("P02", title=f"Paper {number}")
        make.contact()
    with CaptureQueriesContext(connection) as many:
        standings(on=make.ON)
    assert len(few) == len(many) == 20


def test_the_history_notices_changed_evidence() -> None:
    row = control.evidence()
    control.withdrawn(control.evidence(title="Another"))
    assert make.verify().first_bad is None
    Evidence.objects.filter(id=row.id).update(effective_on=make.ON - days(400))
    assert (
        make.verify().reason
        == f"controls.evidence:{row.uid} no longer holds what event {make.verify().first_bad} recorded."
    )


@pytest.mark.parametrize("who", [make.alice, make.dana, make.bob])
def test_only_who_answers_for_the_program_files_evidence(who: object) -> None:
    with pytest.raises(NotAllowed):
        actions.add_evidence(
            by=who(),  # type: ignore[operator]
            at=make.AT,
            on=make.ON,
            obligation="P08",
            title="A sheet",
            reference="Shelf 4",
            effective_on=make.ON,
        )
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"obligation": "P99"}, "no such obligation"),
        ({"obligation": "P02", "item": "P04.1"}, "no such part"),
        ({"expires_on": date(2020, 1, 1)}, "ends before it begins"),
    ],
)
def test_evidence_that_makes_no_sense_is_refused(fields: dict[str, object], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        control.evidence(**fields)  # type: ignore[arg-type]
    assert not Evidence.objects.exists()
