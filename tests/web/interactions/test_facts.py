"""Rows to the facts that controls read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accord.facts import (
    Action,
    ConductClass,
    DeEscalation,
    Kind,
    Outcome,
    PersonRole,
    Review,
    Reviewed,
    TriedFirst,
)
from accord.web.interactions import facts
from tests.web import factories as make

pytestmark = pytest.mark.django_db


def _only(on: date = make.ON) -> Reviewed:
    (one,) = facts.reviewed(on=on)
    return one


def test_a_contact_waits_for_review_until_someone_reviews_it() -> None:
    filed = make.contact()
    assert _only() == Reviewed(
        author=str(make.bob().uid),
        recorded_on=make.ON,
        conduct=ConductClass.OTHER_CRIME,
        with_student=True,
        review_from=make.ON,
    )
    make.reviewed(filed, found=Review.NOT_APPROPRIATE)
    assert (_only().reviewer, _only().found) == (str(make.eve().uid), Review.NOT_APPROPRIATE)


def test_a_day_knows_nothing_of_the_days_after_it() -> None:
    filed = make.contact()
    make.reviewed(filed, at=make.AT + timedelta(days=2))
    assert facts.reviewed(on=make.ON - timedelta(days=1)) == ()
    assert _only(make.ON + timedelta(days=1)).found is None
    assert _only(make.ON + timedelta(days=2)).found is Review.APPROPRIATE


def test_the_day_ends_at_midnight_in_the_district() -> None:
    evening = datetime(2026, 11, 25, 7, 59, tzinfo=UTC)
    make.contact(at=evening, on=make.ON)
    assert _only().recorded_on == make.ON
    make.contact(at=evening + timedelta(minutes=1), on=make.ON)
    assert len(facts.reviewed(on=make.ON)) == 1


def test_a_correction_asks_for_a_review_of_its_own_and_leaves_the_past_alone() -> None:
    filed = make.contact()
    make.reviewed(filed)
    make.corrected(filed, at=make.AT + timedelta(days=3), conduct=ConductClass.CODE_OF_CONDUCT)
    assert _only().found is Review.APPROPRIATE
    later = _only(make.ON + timedelta(days=3))
    assert (later.found, later.conduct, later.recorded_on) == (None, ConductClass.CODE_OF_CONDUCT, make.ON)


def test_danger_is_what_was_said_to_be_tried() -> None:
    make.contact(tried_first=(TriedFirst.NOTHING_DANGER,))
    assert _only().danger


@pytest.mark.parametrize(
    ("tried", "outcome", "restorative"),
    [
        (TriedFirst.PEER_MEDIATION, Outcome.WARNING, True),
        (TriedFirst.MENTAL_HEALTH_REFERRAL, Outcome.WARNING, True),
        (TriedFirst.ADMINISTRATOR_RESPONSE, Outcome.WARNING, False),
        (TriedFirst.NOTHING, Outcome.DIVERSION, False),
        (TriedFirst.NOTHING, Outcome.SUPPORT, False),
        (TriedFirst.NOTHING, Outcome.ARREST, False),
    ],
)
def test_a_supportive_step_counts_when_it_came_first(tried: TriedFirst, outcome: Outcome, restorative: bool) -> None:
    make.contact(tried_first=(tried,), people=(make.student(outcomes=(outcome,)), make.visitor()))
    assert _only().restorative is restorative


@pytest.mark.parametrize(("tactic", "counts"), [(DeEscalation.CALM_TALK, True), (DeEscalation.NOT_POSSIBLE, False)])
def test_force_and_what_was_done_to_avoid_it(tactic: DeEscalation, counts: bool) -> None:
    make.contact(de_escalation=(tactic,), people=(make.visitor(actions=(Action.RESTRAINED,)),))
    assert (_only().force, _only().de_escalated, _only().with_student) == (True, counts, False)


def test_three_questions_whatever_the_rows() -> None:
    asked = []
    for more in (1, 20):
        for _ in range(more):
            filed = make.contact(people=(make.student(), make.student(role=PersonRole.WITNESS)), kind=Kind.STOP)
            make.reviewed(filed)
        with CaptureQueriesContext(connection) as queries:
            facts.reviewed(on=make.ON)
        asked.append(len(queries))
    assert asked == [3, 3]
