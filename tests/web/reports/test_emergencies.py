"""Emergencies in which student records were released, in the Board report: zero as zero, few hidden."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from accord.stats import attack
from accord.stats.edition import digest_of
from accord.stats.render import words
from accord.web.interactions.times import midnight
from accord.web.reports import snapshots
from tests.web.records import urgent
from tests.web.reports import factories as reports
from tests.web.reports.factories import SPRING

pytestmark = pytest.mark.django_db

FIRST, AFTER = midnight(SPRING.start), midnight(SPRING.end + timedelta(days=1))


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, "*"), (10, "*"), (11, 11)])
def test_zero_is_zero_few_are_hidden_and_many_are_told(number: int, shown: object):
    copy = urgent.contact_copy()
    for count in range(number):
        urgent.determined(copy, at=AFTER - timedelta(seconds=1) if count else FIRST)
    for outside in (FIRST - timedelta(seconds=1), AFTER):
        urgent.determined(copy, at=outside)
    body = json.loads(reports.draft().body)
    assert body["record_emergencies"] == shown
    assert attack.verify(body).safe
    assert digest_of(body) == body["digest"]
    assert f"Emergencies in which student records were released: {shown}\n" in words(body)


def test_the_published_page_tells_of_them_and_of_nobody():
    urgent.determined(at=FIRST)
    reports.published()
    page = Client().get("/reports/2026-spring/").content.decode()
    told = re.search(r"<dt>Emergencies in which student records were released</dt><dd>(.*?)</dd>", page)
    assert told is not None
    assert not re.search(r"\d", re.sub(r"<[^>]+>", "", told[1]))
    assert urgent.THREAT not in page


def test_one_that_is_determined_while_the_period_is_counted_is_noticed():
    seen = snapshots.mark(SPRING)
    urgent.determined(at=FIRST)
    assert snapshots.mark(SPRING) != seen
