"""Failed sign-ins: counted for one person however the name is spelled, for an address, and never for ever."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accord.facts import Role
from accord.web.audit.models import Event
from tests.web.people.factories import PASSWORD, account, dana, signed_in

pytestmark = pytest.mark.django_db

URL = "/people/sign-in/"
WRONG = "not the password at all"
NOON = datetime(2026, 11, 24, 18, tzinfo=UTC)


def attempt(username: str, password: str = WRONG, *, at: str = "10.0.0.9", **more: str) -> int:
    data = {"username": username, "password": password}
    return Client().post(URL, data, REMOTE_ADDR=at, **more).status_code


@pytest.fixture(autouse=True)
def small_limits(settings) -> None:
    settings.FAILURES_PER_ADDRESS = settings.FAILURES_PER_NAME = 12


def test_the_limits_in_production_are_wider_than_one_persons():
    from accord.web import settings as real

    assert real.AXES_FAILURE_LIMIT < real.FAILURES_PER_NAME <= 50
    assert real.AXES_FAILURE_LIMIT < real.FAILURES_PER_ADDRESS <= 50


SPELLINGS = ["eve@example.org", "EVE@example.org", " eve@example.org", "Eve@Example.Org ", "\uff45ve@example.org"]


def test_another_spelling_of_the_user_name_is_no_new_person():
    account("Eve", Role.SUPERINTENDENT)
    said = [attempt(spelling) for spelling in SPELLINGS]
    assert said == [400, 400, 400, 400, 429]
    assert attempt("eVE@example.org", PASSWORD) == 429


def test_each_spelling_signs_in_while_nothing_is_closed():
    account("Eve", Role.SUPERINTENDENT)
    assert {attempt(spelling, PASSWORD) for spelling in SPELLINGS} == {302}


def test_an_address_that_tries_many_names_is_closed_and_the_others_are_not():
    account("Eve", Role.SUPERINTENDENT)
    said = [attempt(f"person{number}@example.org") for number in range(12)]
    assert said[:11] == [400] * 11
    assert attempt("eve@example.org", PASSWORD) == 429
    assert attempt("eve@example.org", PASSWORD, at="10.0.0.10") == 302


def test_a_name_that_is_tried_from_everywhere_is_closed_but_not_where_its_holder_has_been():
    account("Eve", Role.SUPERINTENDENT)
    assert attempt("eve@example.org", PASSWORD, at="10.0.1.1") == 302
    for number in range(12):
        attempt("eve@example.org", at=f"10.0.2.{number}")
    assert attempt("eve@example.org", PASSWORD, at="10.0.3.1") == 429
    assert attempt("eve@example.org", PASSWORD, at="10.0.1.1") == 302


def test_trying_on_while_it_is_closed_does_not_keep_it_closed():
    account("Eve", Role.SUPERINTENDENT)
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(5):
            attempt("eve@example.org")
        for _ in range(4):
            clock.shift(timedelta(minutes=3))
            assert attempt("eve@example.org") == 429
        clock.shift(timedelta(minutes=4))
        assert attempt("eve@example.org", PASSWORD) == 302


def test_behind_a_web_server_the_address_is_the_one_it_saw():
    account("Eve", Role.SUPERINTENDENT)
    for _ in range(5):
        attempt("eve@example.org", at="127.0.0.1", HTTP_X_FORWARDED_FOR="10.9.9.9, 203.0.113.7")
    there = {"at": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 203.0.113.7"}
    assert attempt("eve@example.org", PASSWORD, **there) == 429
    elsewhere = {"at": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.7, 203.0.113.8"}
    assert attempt("eve@example.org", PASSWORD, **elsewhere) == 302


def test_what_a_stranger_says_of_their_address_is_not_believed():
    account("Eve", Role.SUPERINTENDENT)
    for number in range(5):
        last = attempt("eve@example.org", at="198.51.100.1", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
    assert last == 429


def test_a_new_first_password_opens_sign_in_again():
    eve = account("Eve", Role.SUPERINTENDENT)
    for _ in range(5):
        attempt("eve@example.org")
    signed_in(dana()).post(reverse("people:reset", kwargs={"uid": eve.uid}), {"password": "a first password for Eve"})
    assert attempt("eve@example.org", "a first password for Eve") == 302


def verbs() -> list[tuple[str, str]]:
    return list(Event.objects.order_by("seq").values_list("verb", "target"))


def test_signing_in_and_out_leaves_events():
    eve = account("Eve", Role.SUPERINTENDENT)
    client = Client()
    client.get(URL)
    assert verbs() == []
    client.post(URL, {"username": "eve@example.org", "password": PASSWORD})
    client.post(reverse("people:sign_out"))
    client.post(reverse("people:sign_out"))
    assert verbs() == [("people.signed_in", f"people.user:{eve.uid}"), ("people.signed_out", f"people.user:{eve.uid}")]
    assert {event.by for event in Event.objects.all()} == {str(eve.uid)}


def test_a_failure_leaves_an_event_that_tells_whose_account_it_was_about():
    eve = account("Eve", Role.SUPERINTENDENT)
    attempt("EVE@example.org")
    assert verbs() == [("people.sign_in_failed", f"people.user:{eve.uid}")]


def test_what_was_typed_for_an_unknown_name_is_kept_nowhere_in_the_history():
    attempt("my secret password")
    assert verbs() == [("people.sign_in_failed", "people.user:unknown")]
    assert "secret" not in Event.objects.get().body


def test_closing_is_told_once_and_nothing_is_written_while_it_is_closed():
    account("Eve", Role.SUPERINTENDENT)
    for _ in range(20):
        attempt("eve@example.org")
    told = [verb for verb, _ in verbs()]
    assert told == ["people.sign_in_failed"] * 5 + ["people.locked_out"]


def test_a_form_that_is_not_filled_in_is_no_attempt():
    assert attempt("", "") == 400
    assert verbs() == []


def test_the_demo_sign_in_leaves_an_event(settings):
    settings.DEMO = True
    eve = account("Eve", Role.SUPERINTENDENT)
    Client().post(reverse("people:sign_in_as"), {"uid": eve.uid}, REMOTE_ADDR="127.0.0.1")
    assert verbs() == [("people.signed_in", f"people.user:{eve.uid}")]
