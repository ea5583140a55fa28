"""/interactions/enrollment/count/: the roster counted as of a day, shown first, then stored like a file."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accord.web.audit.models import Event
from accord.web.interactions import frames
from accord.web.interactions.models import Enrollment
from accord.web.interactions.times import district_day
from tests.exchange.rosters import HEAD, good, plain
from tests.web import factories as make
from tests.web.interactions.typed import text
from tests.web.students.factories import bring_in

pytestmark = pytest.mark.django_db
PAGE = "/interactions/enrollment/count/"


@pytest.fixture
def as_dana() -> Client:
    return make.signed_in(make.dana())


@pytest.fixture(autouse=True)
def roster() -> None:
    make.school()
    bring_in(plain(good(1), good(2), good(3, sex="M"), good(4, school="Nowhere High")))


def checked(page: bytes) -> str:
    return page.decode().partition('name="checked" value="')[2].partition('"')[0]


def today(*, before: int = 0) -> str:
    """The day that requests see, or some days before."""
    return (district_day(timezone.now()) - timedelta(days=before)).isoformat()


def test_what_would_change_is_shown_and_nothing_stored(as_dana: Client):
    Enrollment.objects.all().delete()
    answer = as_dana.post(PAGE, {"do": "check", "as_of": today()})
    page = text(answer.content)
    assert "Cedar Middle 0 3" in page
    assert "1 student enrolled that day has no school of the district" in page
    assert not Enrollment.objects.exists()


def test_the_count_is_stored_as_seen_with_an_event_and_the_report_reads_it(as_dana: Client):
    seen = checked(as_dana.post(PAGE, {"do": "check", "as_of": today()}).content)
    for _twice in range(2):
        done = as_dana.post(PAGE, {"do": "import", "as_of": today(), "checked": seen})
        assert done.status_code == 302
    year = Enrollment.objects.values_list("school_year", flat=True).distinct().get()
    assert sum(frames.enrollment(school_year=year)["count"].to_pylist()) == 3
    (event,) = Event.objects.filter(verb="interactions.imported_enrollment")
    assert json.loads(event.body)["detail"]["students"] == 3
    assert make.verify().first_bad is None


def test_a_roster_that_changed_meanwhile_is_shown_again_and_not_stored(as_dana: Client):
    seen = checked(as_dana.post(PAGE, {"do": "check", "as_of": today()}).content)
    bring_in(plain(good(5)))
    answer = as_dana.post(PAGE, {"do": "import", "as_of": today(), "checked": seen})
    assert answer.status_code == 409
    assert "Cedar Middle 0 4" in text(answer.content)
    assert not Enrollment.objects.exists()


def test_only_who_was_enrolled_that_day_counts(as_dana: Client):
    bring_in(plain(f"{good(1)},,{today(before=30)}", head=f"{HEAD},entered_on,left_on"))
    page = text(as_dana.post(PAGE, {"do": "check", "as_of": today()}).content)
    assert "Cedar Middle 0 2" in page


@pytest.mark.parametrize("as_of", ["", "soon", "2999-01-01", "0001-01-01"])
def test_a_day_that_cannot_be_counted_is_said(as_dana: Client, as_of: str):
    if as_of == "0001-01-01":
        bring_in(plain(*(f"{good(one)},2020-01-01," for one in range(1, 5)), head=f"{HEAD},entered_on,left_on"))
    assert as_dana.post(PAGE, {"do": "import", "as_of": as_of}).status_code == 400
    assert not Enrollment.objects.exists()


def test_a_principal_counts_nothing(as_alice: Client):
    assert as_alice.get(PAGE).status_code == 403
