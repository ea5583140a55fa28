"""Officers' profiles: who keeps them, that versions stay, and that nobody else is shown them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from accord.decision import BadInput, NotAllowed
from accord.facts import OfficerProfile, Role
from accord.web.audit.models import Event
from accord.web.interactions import officers
from accord.web.interactions.models_officers import OfficerVersion
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.stop_typed import OFFICER

pytestmark = pytest.mark.django_db

TYPED = {"key": "K3P9", "since": "2020-07-01", "assignment": "8", "races": ["1"], "ori": "ca0010000"}


def supervisor() -> User:
    return make.account("Grace", Role.AGENCY_SUPERVISOR)


def keep(by: User | None = None, of: User | None = None, **answers: Any) -> OfficerVersion:
    profile = replace(OFFICER, **answers)
    return officers.keep(by=by or make.bob(), at=make.AT, on=make.ON, officer=of or make.bob(), profile=profile)


def test_the_officer_and_the_agency_keep_a_profile_and_the_history_holds():
    keep()
    keep(by=supervisor(), ori="CA0019999")
    assert officers.profile_of(make.bob(), on=make.ON) == replace(OFFICER, ori="CA0019999")
    assert OfficerVersion.objects.count() == 2
    assert make.verify().first_bad is None


def test_nobody_else_keeps_it():
    other = make.account("Heidi", Role.SRO, at=make.school())
    for person in (other, make.alice(), make.eve(), make.dana()):
        with pytest.raises(NotAllowed):
            keep(by=person, of=make.bob())
    assert not OfficerVersion.objects.exists()


def test_the_same_profile_again_is_no_further_version():
    assert keep() == keep()
    assert Event.objects.filter(verb="interactions.officer_kept").count() == 1


def test_a_key_is_never_given_to_a_second_officer_not_even_one_that_was_changed():
    keep()
    keep(key="K4")
    with pytest.raises(NotAllowed) as refused:
        keep(by=supervisor(), of=make.account("Heidi", Role.SRO, at=make.school()))
    assert [one.clause for one in refused.value.decision.unmet] == ["stops.officer-key"]


def test_what_tells_of_citizenship_is_not_stored():
    with pytest.raises(NotAllowed):
        keep(assignment_other="checks green card holders")


def test_an_account_that_is_no_officers_has_no_profile():
    assert officers.profile_of(make.alice(), on=make.ON) is None
    assert officers.profile_of(make.bob(), on=make.ON) == OfficerProfile()
    with pytest.raises(BadInput):
        keep(by=supervisor(), of=make.alice())


def test_a_profile_is_typed_shown_again_and_named_in_no_list():
    bob, page = make.bob(), make.signed_in(make.bob())
    address = reverse("interactions:officer", args=[bob.uid])
    assert page.post(address, TYPED).status_code == 302
    assert officers.profile_of(bob, on=make.ON) == OFFICER
    assert b'value="K3P9"' in page.get(address).content
    listed = page.get(reverse("interactions:officers")).content
    assert b"Bob" in listed
    assert b"K3P9" not in listed


def test_what_is_left_out_is_told_beside_its_field_and_nothing_is_stored():
    bob, page = make.bob(), make.signed_in(make.bob())
    answer = page.post(reverse("interactions:officer", args=[bob.uid]), TYPED | {"ori": "CA1"})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"ori"}
    assert not OfficerVersion.objects.exists()


def test_an_officer_sees_only_the_own_profile_and_others_none():
    bob = make.bob()
    heidi = make.account("Heidi", Role.SRO, at=make.school())
    address = reverse("interactions:officer", args=[bob.uid])
    assert make.signed_in(heidi).get(address).status_code == 403
    assert b"Bob" not in make.signed_in(heidi).get(reverse("interactions:officers")).content
    assert make.signed_in(make.alice()).get(address).status_code == 403
    assert make.signed_in(supervisor()).get(address).status_code == 200


def test_an_address_of_somebody_who_is_no_officer_is_refused():
    address = reverse("interactions:officer", args=[make.alice().uid])
    assert make.signed_in(supervisor()).get(address).status_code == 400
