"""Rows that were put in, changed or taken out behind Accord's back, accounts and schools included."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.db import models

from accord.facts import Role
from accord.web.audit.verify import verify
from accord.web.controls.models import Program
from accord.web.interactions.models import Interaction, Review, Version
from accord.web.people import actions
from accord.web.people.models import RoleGrant, School, User
from accord.web.policies.models import Binding, Policy
from tests.web import factories as make
from tests.web.policies import factories as policies

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    """A contact with a correction and a review, a policy, and everybody who did it, all of it told."""
    one = make.contact()
    make.corrected(one)
    make.reviewed(one, number=2)
    policies.imported()
    make.verify()
    assert verify().whole, verify().reason


def rows(model: type[models.Model]) -> models.QuerySet:
    """Every row, past the guards of the model's own manager."""
    return models.QuerySet(model=model)


def a_role() -> None:
    RoleGrant.objects.create(
        user=make.bob(), role=Role.SUPERINTENDENT, starts_on=make.SINCE, granted_by="system", granted_at=make.AT
    )


def a_contact() -> None:
    Interaction.objects.create(
        school=make.school(), author=make.bob(), filed_at=make.AT, key="planted", reference="2026-99999"
    )


def a_version() -> None:
    former = Version.objects.get(number=1)
    former.pk, former.number, former._state.adding = None, 7, True
    former.save()


def an_unrecorded_suggestion() -> None:
    held = Binding.objects.first()
    Binding.objects.create(
        version=held.version, sentence_id="planted", obligation=held.obligation, score=1.0, state=held.state, at=held.at
    )


PLANTED: dict[str, Callable[[], object]] = {
    "an account": lambda: User.objects.create(username="mallory", name="Mallory", created_at=make.AT),
    "a role": a_role,
    "a school": lambda: School.objects.create(cds="99999990109999", name="Nowhere", level="High"),
    "a contact": a_contact,
    "a version": a_version,
    "a binding": an_unrecorded_suggestion,
    "a policy": lambda: Policy.objects.create(code="X", title="X"),
    "a program": lambda: Program.objects.create(award="no", mode="own", set_by=make.eve(), set_at=make.AT),
}
CHANGED: dict[str, Callable[[], object]] = {
    "a password": lambda: User.objects.filter(name="Eve").update(password=make_password("forged")),
    "a user name": lambda: User.objects.filter(name="Eve").update(username="mallory"),
    "a closed account": lambda: User.objects.filter(name="Eve").update(is_active=False),
    "a longer role": lambda: RoleGrant.objects.update(starts_on=make.SINCE - timedelta(days=9)),
    "another role": lambda: RoleGrant.objects.filter(user__name="Bob").update(role="principal"),
    "a renamed school": lambda: School.objects.update(name="Elsewhere"),
    "a closed school": lambda: School.objects.update(active=False),
    "which version counts": lambda: (
        rows(Version).update(is_current=False),
        rows(Version).filter(number=1).update(is_current=True),
    ),
    "a policy's title": lambda: Policy.objects.update(title="Another"),
}
GONE: dict[str, Callable[[], object]] = {
    "a role": lambda: RoleGrant.objects.filter(user__name="Bob").delete(),
    "a review": lambda: rows(Review).all().delete(),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_row_is_found(what: str):
    PLANTED[what]()
    assert not verify().whole


@pytest.mark.parametrize("what", CHANGED)
def test_a_changed_row_is_found(what: str):
    CHANGED[what]()
    assert verify().first_bad


@pytest.mark.parametrize("what", GONE)
def test_a_row_that_was_taken_out_is_found(what: str):
    GONE[what]()
    assert verify().first_bad


def test_what_people_do_to_accounts_leaves_the_history_whole():
    dana, bob = make.dana(), make.bob()
    make.verify()
    given = {"by": dana, "at": make.AT, "on": make.ON}
    new = actions.open_account(**given, username="zoe", name="Zoe", password="a long enough password")
    held = actions.grant_role(**given, user=new, role=Role.CLERK, school=None, starts_on=make.ON)
    actions.end_role(**given, grant=held)
    actions.close_account(**given, user=bob)
    actions.reopen_account(**given, user=bob)
    assert verify().whole, verify().reason
