"""Where a role may be held, how often, and how it ends: nothing is deleted."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from accord.decision import BadInput, NotAllowed
from accord.facts import Asker, Role, RoleHeld
from accord.rules import people
from accord.web.audit.models import Event
from accord.web.people import actions
from accord.web.people.models import RoleGrant, School, User
from tests.web import factories as make
from tests.web.people.factories import PASSWORD, account, dana, school, signed_in

pytestmark = pytest.mark.django_db

ON = make.ON
AT_SCHOOL = (Role.PRINCIPAL, Role.SRO, Role.STAFF)


def grant(user: User, role: Role = Role.CLERK, at: School | None = None, **changes: object) -> RoleGrant:
    by = User.objects.filter(name="Dana").first() or dana()
    given = {"by": by, "at": make.AT, "on": ON, "user": user, "role": role, "school": at, "starts_on": ON}
    given["agency"] = make.AGENCY if role in people.police_roles() else ""
    return actions.grant_role(**(given | changes))


def end(held: RoleGrant, at: datetime = make.AT) -> None:
    actions.end_role(by=User.objects.get(name="Dana"), at=at, on=ON, grant=held)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_granted_only_where_it_acts(role: Role):
    bob, cedar = account("Bob"), school()
    right, wrong = (cedar, None) if role in AT_SCHOOL else (None, cedar)
    with pytest.raises(NotAllowed) as refused:
        grant(bob, role, wrong)
    assert [one.clause for one in refused.value.decision.unmet] == ["people.role-place"]
    assert not RoleGrant.objects.filter(user=bob).exists()
    assert grant(bob, role, right).role == role.value


@pytest.mark.parametrize("role", list(Role))
def test_the_form_says_so_beside_the_school(role: Role):
    client, bob, cedar = signed_in(dana()), account("Bob"), school()
    wrong = "" if role in AT_SCHOOL else str(cedar.pk)
    agency = make.AGENCY if role in people.police_roles() else ""
    data = {"role": role.value, "school": wrong, "agency": agency, "starts_on": "2026-07-01", "ends_on": ""}
    response = client.post(reverse("people:grant", kwargs={"uid": bob.uid}), data)
    assert response.status_code == 400
    assert "school" in response.context["form"].errors
    assert not RoleGrant.objects.filter(user=bob).exists()


@pytest.mark.parametrize("role", list(Role))
def test_a_role_stored_in_the_wrong_place_reaches_nothing(role: Role):
    place = "" if role in AT_SCHOOL else "S1"
    asker = Asker("x", True, (RoleHeld(role, place),))
    for permission in people.permissions():
        assert people.scope(asker, permission, on=ON).empty


def test_a_superintendent_of_one_school_opens_no_page_of_the_district():
    client = signed_in(account("Eve", Role.SUPERINTENDENT, school()))
    assert client.get(reverse("people:accounts")).status_code == 403
    assert client.get(reverse("audit:events")).status_code == 403


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "taken"),
    [
        (ON, None, True),
        (ON + timedelta(days=9), None, True),
        (ON - timedelta(days=9), ON, True),
        (ON - timedelta(days=9), ON - timedelta(days=1), False),
    ],
)
def test_the_same_role_is_held_once_at_a_time(starts_on: date, ends_on: date | None, taken: bool):
    bob, cedar = account("Bob"), school()
    grant(bob, Role.SRO, cedar)
    if taken:
        with pytest.raises(BadInput, match="already"):
            grant(bob, Role.SRO, cedar, starts_on=starts_on, ends_on=ends_on)
    else:
        grant(bob, Role.SRO, cedar, starts_on=starts_on, ends_on=ends_on)
    assert RoleGrant.objects.filter(user=bob).count() == (1 if taken else 2)


def test_another_school_or_another_role_is_another_matter():
    bob = account("Bob")
    grant(bob, Role.SRO, school())
    grant(bob, Role.SRO, school("Oak High", "99999990100012"))
    grant(bob, Role.STAFF, school())
    assert RoleGrant.objects.filter(user=bob).count() == 3


def test_the_page_says_that_a_role_is_held_already_and_keeps_what_was_chosen():
    client, bob = signed_in(dana()), account("Bob")
    data = {"role": "clerk", "school": "", "starts_on": "2026-07-01", "ends_on": ""}
    url = reverse("people:grant", kwargs={"uid": bob.uid})
    assert client.post(url, data).status_code == 302
    again = client.post(url, data)
    assert again.status_code == 400
    assert "held there already" in again.content.decode()
    assert RoleGrant.objects.filter(user=bob).count() == 1


@pytest.mark.parametrize("starts_on", [ON, ON + timedelta(days=5), ON - timedelta(days=5)])
def test_an_ended_role_stays_on_file_and_is_not_held_from_that_instant(starts_on: date):
    bob = account("Bob")
    held = grant(bob, starts_on=starts_on)
    end(held)
    row = RoleGrant.objects.get(pk=held.pk)
    assert (row.ended_at, row.ended_by, row.ends_on) == (make.AT, str(User.objects.get(name="Dana").uid), None)
    assert not row.in_force(ON)
    assert not row.in_force(ON + timedelta(days=9))
    assert User.objects.get(pk=bob.pk).facts().roles == ()
    grant(bob, starts_on=starts_on)


def test_a_role_ends_once():
    bob = account("Bob")
    held = grant(bob)
    end(held)
    with pytest.raises(BadInput, match="ended already"):
        end(held, make.AT + timedelta(hours=1))
    assert RoleGrant.objects.get(pk=held.pk).ended_at == make.AT
    assert Event.objects.filter(verb="people.ended").count() == 1


def test_a_role_whose_last_day_is_over_is_not_ended_again():
    held = grant(account("Bob"), starts_on=ON - timedelta(days=9), ends_on=ON - timedelta(days=1))
    with pytest.raises(BadInput, match="ended already"):
        end(held)


def test_the_page_answers_a_second_end_without_a_fault():
    client, bob = signed_in(dana()), account("Bob", Role.CLERK)
    url = reverse("people:end", kwargs={"uid": bob.uid, "grant_id": bob.grants.get().pk})
    assert [client.post(url).status_code for _ in range(2)] == [302, 400]
    assert "Not in force" in client.get(reverse("people:account", kwargs={"uid": bob.uid})).content.decode()


def test_a_user_name_that_is_taken_between_the_look_and_the_save_is_an_error_of_the_form(monkeypatch):
    from accord.web.people.forms import OpenAccountForm

    account("Bob")
    monkeypatch.setattr(OpenAccountForm, "clean_username", lambda form: form.cleaned_data["username"].lower())
    data = {"name": "Bob", "username": "bob@example.org", "password": PASSWORD}
    response = signed_in(dana()).post(reverse("people:open"), data)
    assert response.status_code == 400
    assert "username" in response.context["form"].errors
    assert not Event.objects.exists()


def test_closing_a_closed_account_leaves_no_second_event():
    client, bob = signed_in(dana()), account("Bob")
    for _ in range(2):
        client.post(reverse("people:close", kwargs={"uid": bob.uid}))
    assert Event.objects.filter(verb="people.closed").count() == 1
