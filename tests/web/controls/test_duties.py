"""The list of controls says whether what is due after contacts was done in time, to those who read every contact."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accord.facts import Action, DeEscalation
from accord.web.interactions.times import district_day
from tests.web import factories as make

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
