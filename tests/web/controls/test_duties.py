"""The list of controls says whether what is due after contacts was done in time, to those who read every contact."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accord import clauses
from accord.facts import Action, ConductClass, DeEscalation, DutyKind, ReferralBasis, Status, TriedFirst
from accord.facts.details import ContactDetails
from accord.web.controls.standing import history, standings
from accord.web.duties import actions as duties
from accord.web.duties.models import Duty
from accord.web.interactions import models
from accord.web.interactions.times import district_day
from tests.web import factories as make
from tests.web.controls import factories as control

pytestmark = pytest.mark.django_db


def test_the_superintendent_sees_where_duties_stand(as_eve: Client) -> None:
    assert "nothing happened that calls for this" in as_eve.get("/controls/").content.decode()
    at = timezone.now() - timedelta(minutes=5)
    force = {"people": (make.student(actions=(Action.FORCE,)),), "de_escalation": (DeEscalation.CALM_TALK,)}
    filed = make.contact(at=at, on=district_day(at), **force)
    assert "Of 1 duties in 12 months, still to be done: 1" in as_eve.get("/controls/").content.decode()
    make.reviewed(filed, make.alice(), at=at)
    assert "All 1 duties of 12 months were done in time" in as_eve.get("/controls/").content.decode()


def test_a_principal_learns_nothing_of_other_schools(as_alice: Client) -> None:
    assert "duties.all-in-time" not in as_alice.get("/controls/").content.decode()


# --- each duty and the control it belongs to


def _owed(**details: object) -> models.Interaction:
    """A contact a month ago after which something was owed."""
    at = make.AT - timedelta(days=30)
    conduct = details.pop("conduct", ConductClass.SERIOUS_CRIME)
    return make.contact(at=at, on=make.ON - timedelta(days=30), conduct=conduct, details=ContactDetails(**details))


def _done(filed: models.Interaction, *, late: bool = False) -> None:
    for duty in Duty.objects.filter(interaction=str(filed.uid), is_current=True).with_last_step().open():
        at = duty.since + (timedelta(days=20) if late else timedelta(minutes=1))
        said = {"done_at": at, "note": "By telephone."}
        duties.complete(by=make.eve(), at=max(at, duty.raised_at), on=make.ON, duty=duty, **said)


RELEASED = {"released_to_officer_at": make.AT - timedelta(days=30, hours=1)}


@pytest.mark.parametrize(
    ("obligation", "happened"),
    [
        ("P03", {"bases": (ReferralBasis.M4,)}),
        ("P03", {"bases": (ReferralBasis.M5,)}),
        ("P08", RELEASED),
    ],
)
def test_what_is_overdue_breaks_the_control_it_belongs_to(obligation: str, happened: dict[str, object]) -> None:
    before = standings(on=make.ON - timedelta(days=31))[obligation].status
    filed = _owed(**happened)
    assert before is Status.NO_EVIDENCE
    broken = standings(on=make.ON)[obligation]
    assert broken.status is Status.NOT_MET
    assert "Overdue: " in str(broken.finding.reason)
    _done(filed)
    assert standings(on=make.ON)[obligation].status is Status.NO_EVIDENCE


def test_a_crisis_that_nobody_followed_up_breaks_the_control_though_danger_called_for_an_officer() -> None:
    at, on = make.AT - timedelta(days=30), make.ON - timedelta(days=30)
    crisis = {"conduct": ConductClass.MENTAL_HEALTH, "tried_first": (TriedFirst.NOTHING_DANGER,)}
    filed = make.contact(at=at, on=on, **crisis)
    make.reviewed(filed, at=at + timedelta(hours=2))
    assert standings(on=make.ON)["P07"].status is Status.NOT_MET
    _done(filed)
    assert standings(on=make.ON)["P07"].status is Status.MET


def test_done_in_time_leaves_a_control_with_its_papers_met_and_late_is_judged() -> None:
    control.evidence("P08", filed_on=make.ON - timedelta(days=60))
    filed = _owed(**RELEASED)
    assert standings(on=make.ON)["P08"].status is Status.NOT_MET
    _done(filed)
    assert standings(on=make.ON)["P08"].status is Status.MET
    assert "All were done in time." in str(standings(on=make.ON)["P08"].finding.reason)
    _done(_owed(**RELEASED), late=True)
    assert standings(on=make.ON)["P08"].status is Status.NEEDS_JUDGEMENT


def test_what_still_has_time_makes_it_due_and_the_page_leads_to_the_tasks(as_eve: Client) -> None:
    control.evidence("P08")
    at = timezone.now() - timedelta(minutes=5)
    make.contact(at=at, on=district_day(at), details=ContactDetails(released_to_officer_at=at))
    assert standings(on=district_day(at))["P08"].status is Status.DUE
    page = as_eve.get("/controls/P08/").content.decode()
    assert "To be done, still in time: 1" in page
    assert '<a href="/duties/">Do the tasks that are open</a>' in page


def test_where_nothing_happened_that_is_said() -> None:
    control.evidence("P08")
    told = standings(on=make.ON)["P08"]
    assert told.status is Status.MET
    assert "nothing happened that calls for one" in str(told.finding.reason)


def test_every_kind_of_duty_belongs_to_one_control() -> None:
    rows = clauses.table("controls")["control"].values()
    assert sorted(kind for row in rows for kind in row.get("duties", ())) == sorted(DutyKind)


def test_who_does_not_read_every_contact_is_told_of_tasks_as_of_the_newest_report_only() -> None:
    _owed(**RELEASED)
    assert standings(on=make.ON, contacts=False)["P08"].status is Status.NO_EVIDENCE
    control.reported()
    told = standings(on=make.ON, contacts=False)["P08"]
    assert told.status is Status.NOT_MET
    assert not {"overdue", "late", "all"} & set(told.finding.reason.values["tasks"].values)


def test_the_days_of_a_control_agree_with_its_standing_on_each(django_assert_max_num_queries) -> None:
    filed = _owed(**RELEASED)
    _done(filed, late=True)
    with django_assert_max_num_queries(20):
        changes = history("P08", start=make.ON - timedelta(days=40), end=make.ON)
    for change in changes:
        assert change.then == standings(on=change.on)["P08"]
    assert Status.NOT_MET in {change.then.status for change in changes}
