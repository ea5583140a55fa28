"""The page of the history."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accord.facts import Role
from accord.web.audit import views
from accord.web.audit.record import record
from tests.web import factories as make
from tests.web.people.factories import account, school, signed_in

pytestmark = pytest.mark.django_db
URL = "/history/"


def some(count: int = 60) -> None:
    with transaction.atomic():
        for number in range(count):
            at = datetime(2026, 11, 1 + number % 20, tzinfo=UTC)
            record("tests.done", by="alice", at=at, target=f"tests.thing:{number}", detail={"number": number})


def test_it_shows_the_newest_first_by_page():
    some()
    page = signed_in(account("Eve", Role.SUPERINTENDENT)).get(URL).content.decode()
    assert "tests.thing:59" in page
    assert "tests.thing:9<" not in page


def test_it_verifies_when_asked():
    some(3)
    client = signed_in(account("Eve", Role.SUPERINTENDENT))
    make.verify()
    page = client.get(URL, {"verify": "1"}).content.decode()
    assert "The history is whole" in page


def test_it_says_so_when_a_row_is_on_file_that_no_event_tells_of():
    page = signed_in(account("Eve", Role.SUPERINTENDENT)).get(URL, {"verify": "1"}).content.decode()
    assert "The history is not whole" in page
    assert "no event tells of it" in page


def test_while_somebody_verifies_a_second_one_is_asked_to_wait():
    client = signed_in(account("Eve", Role.SUPERINTENDENT))
    with views._verifying:
        response = client.get(URL, {"verify": "1"})
    assert response.status_code == 503
    assert "The history is" not in response.content.decode()
    assert client.get(URL, {"verify": "1"}).status_code == 200


def test_its_head_alone_can_be_asked_for():
    assert signed_in(account("Eve", Role.SUPERINTENDENT)).head(URL).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "9" * 40])
def test_a_page_that_is_not_there_is_answered_by_one_that_is(page: str):
    some(3)
    assert signed_in(account("Eve", Role.SUPERINTENDENT)).get(URL, {"page": page}).status_code == 200


def test_an_officer_does_not_read_it():
    assert signed_in(account("Bob", Role.SRO, school())).get(URL).status_code == 403


def test_it_is_not_written_to():
    assert signed_in(account("Eve", Role.SUPERINTENDENT)).post(URL).status_code == 405


def test_signed_out_is_sent_to_sign_in():
    assert Client().get(reverse("audit:events")).status_code == 302
