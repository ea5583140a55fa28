"""Signing in, being locked out, sessions that end, and what the demo alone offers."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accord.facts import Role
from tests.web.people.factories import PASSWORD, account, signed_in

pytestmark = pytest.mark.django_db

URL = "/people/sign-in/"


def try_it(client: Client, username: str = "eve@example.org", password: str = PASSWORD, **more: str):
    return client.post(URL, {"username": username, "password": password, **more}, REMOTE_ADDR="127.0.0.1")


def test_the_right_password_goes_on_to_the_page_first_asked_for():
    account("Eve", Role.SUPERINTENDENT)
    response = try_it(Client(), next="/people/accounts/")
    assert response["Location"] == "/people/accounts/"


def test_onward_is_never_another_site():
    account("Eve", Role.SUPERINTENDENT)
    assert try_it(Client(), next="https://elsewhere.example/")["Location"] == "/"


def test_a_wrong_name_and_a_wrong_password_are_answered_alike():
    account("Eve", Role.SUPERINTENDENT)
    wrong_password = try_it(Client(), password="not the password at all")
    wrong_name = try_it(Client(), username="nobody@example.org")
    assert wrong_password.status_code == wrong_name.status_code == 400
    said = [response.context["form"].errors for response in (wrong_password, wrong_name)]
    assert said[0] == said[1]


def test_five_failures_close_sign_in_from_there_for_a_while_and_not_for_ever():
    account("Eve", Role.SUPERINTENDENT)
    client = Client()
    with time_machine.travel(datetime(2026, 11, 24, 18, tzinfo=UTC), tick=False) as clock:
        for _ in range(5):
            last = try_it(client, password="not the password at all")
        assert last.status_code == 429
        assert try_it(client).status_code == 429
        clock.shift(timedelta(minutes=16))
        assert try_it(client).status_code == 302


def test_failures_from_one_place_do_not_lock_the_person_out_elsewhere():
    account("Eve", Role.SUPERINTENDENT)
    for _ in range(6):
        Client().post(URL, {"username": "eve@example.org", "password": "no no no no no no"}, REMOTE_ADDR="10.0.0.9")
    assert try_it(Client()).status_code == 302


def test_a_session_ends_twelve_hours_after_sign_in_however_busy():
    start = datetime(2026, 11, 24, 15, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        client = signed_in(account("Eve", Role.SUPERINTENDENT))
        for _ in range(72):
            assert client.get(reverse("people:accounts")).status_code == 200
            clock.shift(timedelta(minutes=10))
        clock.shift(timedelta(minutes=5))
        assert client.get(reverse("people:accounts")).status_code == 302


def test_a_session_ends_after_fifteen_minutes_without_a_click():
    with time_machine.travel(datetime(2026, 11, 24, 15, tzinfo=UTC), tick=False) as clock:
        client = signed_in(account("Eve", Role.SUPERINTENDENT))
        assert client.get(reverse("people:accounts")).status_code == 200
        clock.shift(timedelta(minutes=16))
        assert client.get(reverse("people:accounts")).status_code == 302


def test_signing_out_ends_the_session_and_is_not_done_by_get():
    client = signed_in(account("Eve", Role.SUPERINTENDENT))
    assert client.get(reverse("people:sign_out")).status_code == 405
    assert client.post(reverse("people:sign_out"))["Clear-Site-Data"] == '"cache"'
    assert client.get(reverse("people:accounts")).status_code == 302


def test_outside_the_demo_nobody_signs_in_by_choice():
    eve = account("Eve", Role.SUPERINTENDENT)
    assert Client().post(reverse("people:sign_in_as"), {"uid": eve.uid}).status_code == 404
    assert str(eve.uid) not in Client().get(URL).content.decode()


def test_the_demo_offers_one_person_for_each_role_on_loopback_only(settings):
    settings.DEMO = True
    eve = account("Eve", Role.SUPERINTENDENT)
    account("Zoe", Role.SUPERINTENDENT)
    page = Client().get(URL, REMOTE_ADDR="127.0.0.1").content.decode()
    assert str(eve.uid) in page
    assert page.count("sign-in/as/") == 1
    assert str(eve.uid) not in Client().get(URL, REMOTE_ADDR="192.168.1.5").content.decode()
    away = Client().post(reverse("people:sign_in_as"), {"uid": eve.uid}, REMOTE_ADDR="192.168.1.5")
    assert away.status_code == 404
    assert Client().post(reverse("people:sign_in_as"), {"uid": eve.uid}, REMOTE_ADDR="127.0.0.1").status_code == 302


@pytest.mark.parametrize("uid", ["", "not-a-uid", "00000000-0000-0000-0000-000000000000"])
def test_choosing_nobody_is_missing_not_a_fault(settings, uid: str):
    settings.DEMO = True
    assert Client().post(reverse("people:sign_in_as"), {"uid": uid}, REMOTE_ADDR="127.0.0.1").status_code == 404
