"""What the register makes of the controls on immigration: signatures, reviews and tasks, and what everyone is told."""

from datetime import timedelta

import pytest

from accord.facts import DutyKind, Role, Status
from accord.facts.immigration import Kept
from accord.web.controls.standing import history, standings
from accord.web.duties import actions as duties
from accord.web.duties.models import Duty
from tests.web import factories as make
from tests.web.controls import factories as control
from tests.web.immigration import factories as register

pytestmark = pytest.mark.django_db

LATER = make.ON + timedelta(days=8)


def status(obligation: str, on=make.ON, **more) -> Status:
    return standings(on=on, **more)[obligation].status


def test_without_an_officer_nothing_is_told_and_one_who_never_signed_breaks_both():
    assert (status("P22"), status("P23")) == (Status.NO_EVIDENCE, Status.NO_EVIDENCE)
    make.bob()
    assert (status("P22"), status("P23")) == (Status.NOT_MET, Status.NOT_MET)
    register.signed()
    assert (status("P22"), status("P23")) == (Status.MET, Status.MET)


def test_a_signature_counts_for_twelve_months():
    register.signed()
    year = make.ON.replace(year=make.ON.year + 1)
    assert status("P22", year - timedelta(days=31)) is Status.MET
    assert status("P22", year) is Status.DUE
    assert status("P22", year + timedelta(days=1)) is Status.NOT_MET


def test_an_officer_whose_role_ended_need_not_sign():
    make.account("Gone", Role.SRO, at=make.school(), until=make.ON - timedelta(days=1))
    register.signed()
    assert status("P22") is Status.MET
    assert status("P22", make.ON - timedelta(days=2)) is not Status.MET


def do_everything(entry) -> None:
    for duty in Duty.objects.filter(interaction=str(entry.uid), is_current=True):
        act = {"by": make.eve(), "at": make.AT + timedelta(minutes=90), "on": make.ON, "duty": duty}
        duties.complete(**act, done_at=max(duty.since, make.AT), note="By telephone.")


def test_a_request_breaks_the_control_until_it_is_routed_and_looked_over_in_time():
    register.signed()
    entry = register.whole()
    assert (status("P22"), status("P23")) == (Status.DUE, Status.DUE)
    assert (status("P22", LATER), status("P23", LATER)) == (Status.NOT_MET, Status.NOT_MET)
    register.reviewed(entry)
    assert (status("P22", LATER), status("P23", LATER)) == (Status.MET, Status.NOT_MET)
    do_everything(entry)
    assert status("P23", LATER) is Status.MET


def test_what_was_told_after_a_review_waits_for_another():
    register.signed()
    entry = register.whole()
    register.reviewed(entry)
    register.completed(entry, number=2, reason="A badge came in.", badges="12")
    assert status("P22", LATER) is Status.NOT_MET


def test_one_found_not_kept_breaks_it_though_everything_was_in_time():
    register.signed()
    entry = register.whole()
    do_everything(entry)
    register.reviewed(entry, found=Kept.NOT_KEPT)
    assert (status("P22", LATER), status("P23", LATER)) == (Status.NOT_MET, Status.NOT_MET)


def test_everyone_else_is_told_as_of_the_newest_report_and_no_number():
    register.signed()
    before = standings(on=make.ON, contacts=False)["P23"]
    register.filed()
    assert standings(on=make.ON, contacts=False)["P23"] == before
    control.reported(LATER)
    told = standings(on=LATER, contacts=False)["P23"]
    assert told.status is Status.NOT_MET
    assert not any(character.isdigit() for character in told.finding.reason.template)


def test_the_days_of_the_control_agree_with_its_standing_on_each(django_assert_max_num_queries):
    register.signed()
    entry = register.whole()
    register.reviewed(entry)
    with django_assert_max_num_queries(20):
        changes = history("P22", start=make.ON - timedelta(days=3), end=LATER)
    for change in changes:
        assert change.then == standings(on=change.on)["P22"]
    assert {change.then.status for change in changes} >= {Status.DUE, Status.MET}


def test_an_alert_that_is_open_belongs_to_the_control():
    register.signed()
    register.filed()
    assert Duty.objects.filter(kind=DutyKind.ENFORCEMENT_ALERT).with_last_step().open().exists()
    assert "Overdue: " in str(standings(on=LATER)["P23"].finding.reason)
