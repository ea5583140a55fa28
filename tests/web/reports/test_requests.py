"""Requests by immigration enforcement in the Board report: zero as zero, few hidden, and nothing of whose."""

import json
import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from accord.facts.immigration import Known
from accord.stats import attack
from accord.stats.edition import digest_of
from accord.stats.render import words
from accord.web.immigration import facts as requests
from accord.web.interactions.times import midnight
from accord.web.reports import snapshots
from tests.web import factories as make
from tests.web.immigration import factories as register
from tests.web.reports import factories as reports
from tests.web.reports.factories import SPRING

pytestmark = pytest.mark.django_db

BEFORE, AFTER = midnight(SPRING.start) - timedelta(minutes=1), midnight(SPRING.end) + timedelta(days=1)


def came(number: int) -> None:
    """So many requests inside the period, the first and last at its very edges, and one on either side of it."""
    for count in range(number):
        register.filed(came_at=midnight(SPRING.start) if count else AFTER - timedelta(minutes=1))
    for outside in (BEFORE, AFTER):
        register.filed(came_at=outside)


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, "*"), (10, "*"), (11, 11)])
def test_zero_is_zero_few_are_hidden_and_many_are_told(number: int, shown: object):
    came(number)
    body = json.loads(reports.draft().body)
    assert body["enforcement_requests"] == shown
    assert attack.verify(body).safe
    assert digest_of(body) == body["digest"]
    assert f"Requests by immigration enforcement: {shown}\n" in words(body)


def test_the_page_and_the_file_tell_the_same_and_nothing_of_a_request():
    came(3)
    register.completed(register.filed(came_at=midnight(SPRING.start)), officers="Agent Orwell")
    reports.published()
    for address in ("/reports/2026-spring/", "/reports/2026-spring.json"):
        page = Client().get(address).content.decode()
        assert not [one for one in ("Orwell", "E2026-", "administrative") if one in page]
    page = Client().get("/reports/2026-spring/").content.decode()
    told = re.search(r"<dt>Requests by immigration enforcement at the schools</dt><dd>(.*?)</dd>", page)
    assert told is not None
    assert not re.search(r"\d", re.sub(r"<[^>]+>", "", told[1]))


def test_a_request_is_counted_once_by_what_is_told_of_it_last():
    entry = register.filed(came_at=BEFORE)
    assert requests.counted(start=SPRING.start, end=SPRING.end) == 0
    register.completed(entry, came_at=midnight(SPRING.start), present=Known.NO)
    assert requests.counted(start=SPRING.start, end=SPRING.end) == 1


def test_a_request_that_comes_in_while_the_period_is_counted_is_noticed():
    seen = snapshots.mark(SPRING)
    register.filed()
    assert snapshots.mark(SPRING) != seen


def test_an_edition_from_before_the_register_is_read_as_it_was():
    one = reports.draft()
    plain = {key: value for key, value in json.loads(one.body).items() if key != "enforcement_requests"}
    plain["digest"] = digest_of(plain)
    one.pk, one.body, one.digest, one.slug = None, json.dumps(plain), plain["digest"], "2025-fall"
    one.uid, one.key = UUID(int=1), UUID(int=2)
    one.period_start, one.period_end = reports.FALL.start, reports.FALL.end
    one._state.adding = True
    one.save()
    page = reports.signed_in(make.eve()).get("/reports/2025-fall/")
    assert page.status_code == 200
    assert "Requests by immigration enforcement at the schools" not in page.content.decode()
