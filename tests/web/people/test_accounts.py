"""Opening, closing and granting: each works for Dana, refuses everyone else, and leaves an event."""

import pytest
from django.test import Client
from django.urls import reverse

from accord.facts import Role
from accord.web.audit.models import Event
from accord.web.people.models import RoleGrant, User
from tests.web.people.factories import PASSWORD, account, dana, school, signed_in

pytestmark = pytest.mark.django_db


def grant_data(**changes: str) -> dict[str, str]:
    return {"role": "superintendent", "school": "", "starts_on": "2026-07-01", "ends_on": "", **changes}


def test_an_administrator_opens_an_account_that_can_do_nothing_yet():
    client = signed_in(dana())
    response = client.post(reverse("people:open"), {"name": "Bob", "username": "Bob@Example.org", "password": PASSWORD})
    bob = User.objects.get(username="bob@example.org")
    assert response.status_code == 302
    assert bob.check_password(PASSWORD)
    assert bob.facts().roles == ()
    assert Event.objects.get(verb="people.opened").target == f"people.user:{bob.uid}"


def test_the_same_user_name_is_not_opened_twice():
    client = signed_in(dana())
    account("Bob")
    response = client.post(reverse("people:open"), {"name": "Bob", "username": "BOB@example.org", "password": PASSWORD})
    assert response.status_code == 400
    assert User.objects.filter(username="bob@example.org").count() == 1


def test_a_short_password_is_refused_and_nothing_is_stored():
    client = signed_in(dana())
    response = client.post(reverse("people:open"), {"name": "Bob", "username": "bob", "password": "short"})
    assert response.status_code == 400
    assert not User.objects.filter(username="bob").exists()
    assert not Event.objects.exists()


def test_a_role_is_granted_to_someone_else_with_school_and_dates():
    client, bob, cedar = signed_in(dana()), account("Bob"), school()
    data = grant_data(role="sro", school=str(cedar.pk), agency=" City  Police ")
    assert client.post(reverse("people:grant", kwargs={"uid": bob.uid}), data).status_code == 302
    grant = RoleGrant.objects.get(user=bob)
    assert (grant.role, grant.school, grant.agency) == ("sro", cedar, "City Police")
    assert Event.objects.get(verb="people.granted").target == f"people.user:{bob.uid}"


def test_an_officer_without_a_school_is_refused():
    client, bob = signed_in(dana()), account("Bob")
    response = client.post(reverse("people:grant", kwargs={"uid": bob.uid}), grant_data(role="sro"))
    assert response.status_code == 400
    assert not RoleGrant.objects.filter(user=bob).exists()


def test_nobody_grants_a_role_to_themself():
    user = dana()
    response = signed_in(user).post(reverse("people:grant", kwargs={"uid": user.uid}), grant_data())
    assert response.status_code == 403
    assert "people.other-person" in response.content.decode()
    assert RoleGrant.objects.filter(user=user).count() == 1


def test_nobody_closes_their_own_account():
    user = dana()
    assert signed_in(user).post(reverse("people:close", kwargs={"uid": user.uid})).status_code == 403
    user.refresh_from_db()
    assert user.is_active


def test_a_closed_account_is_out_on_the_next_request_and_can_come_back():
    administrator, alice = signed_in(dana()), account("Alice", Role.SUPERINTENDENT)
    client = signed_in(alice)
    assert client.get(reverse("people:accounts")).status_code == 200
    administrator.post(reverse("people:close", kwargs={"uid": alice.uid}))
    assert client.get(reverse("people:accounts")).status_code == 302
    administrator.post(reverse("people:reopen", kwargs={"uid": alice.uid}))
    assert signed_in(alice).get(reverse("people:accounts")).status_code == 200


def test_an_ended_role_is_over_on_the_next_request():
    administrator, alice = signed_in(dana()), account("Alice", Role.SUPERINTENDENT)
    client = signed_in(alice)
    grant = RoleGrant.objects.get(user=alice)
    administrator.post(reverse("people:end", kwargs={"uid": alice.uid, "grant_id": grant.pk}))
    assert client.get(reverse("people:accounts")).status_code == 403


def test_a_superintendent_reads_accounts_but_opens_none():
    client = signed_in(account("Eve", Role.SUPERINTENDENT))
    assert client.get(reverse("people:accounts")).status_code == 200
    assert client.get(reverse("people:open")).status_code == 403


def test_an_officer_reads_no_accounts():
    assert signed_in(account("Bob", Role.SRO, school())).get(reverse("people:accounts")).status_code == 403


def test_signed_out_is_sent_to_sign_in_and_back():
    response = Client().get(reverse("people:accounts"))
    assert response.status_code == 302
    assert response["Location"] == "/people/sign-in/?next=%2Fpeople%2Faccounts%2F"


@pytest.mark.parametrize("name", ["close", "reopen", "grant"])
def test_what_changes_an_account_is_not_done_by_get(name: str):
    bob = account("Bob")
    assert signed_in(dana()).get(reverse(f"people:{name}", kwargs={"uid": bob.uid})).status_code == 405


def test_the_list_asks_the_same_number_of_questions_whatever_the_rows(django_assert_num_queries):
    client = signed_in(dana())
    client.get(reverse("people:accounts"))
    with django_assert_num_queries(8):
        client.get(reverse("people:accounts"))
    for number in range(15):
        account(f"Person {number}", Role.STAFF, school())
    with django_assert_num_queries(8):
        client.get(reverse("people:accounts"))
