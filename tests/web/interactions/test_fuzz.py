"""Nonsense sent to every form: never a fault of the server, nothing stored when refused, stored only with a redirect.

Each form is read from its page, as a browser would read it, so what a form asks tomorrow is fuzzed tomorrow. From a
complete submission some answers are taken away, exchanged for others that the form offers, or for nonsense. Drafts and
the times of entry are not looked at: a refused form is kept as its author's draft on purpose.

FUZZ=2000 sends 2,000 submissions to each form instead of 50 (`make bench` does).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from accord.web.audit.models import Event
from accord.web.interactions.models_drafts import Draft
from accord.web.interactions.models_times import EntryTime
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.duties import factories as duties
from tests.web.interactions.stop_typed import OFFICER
from tests.web.interactions.test_quick import tapped
from tests.web.interactions.typed import form as complete
from tests.web.interactions.typed import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ten_in_the_morning() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


AGAIN = "ACCORD_TEST_DATABASE_URL" in os.environ
"""Do the tests run a second time, on another server? Fewer submissions do there: the forms are the same."""
SUBMISSIONS = int(os.environ.get("FUZZ", "20" if AGAIN else "50"))
READING = {"interactions.read"}
"""Events of looking at something: a refused form is shown again, and that is noted."""
UNFILED = {Draft, EntryTime, Event}

Sent = dict[str, list[str]]


@dataclass
class Page:
    """A form on a page: who has it open, where it is sent, what a browser offers to send, a submission that stands."""

    client: Client
    address: str
    offers: dict[str, list[str]]
    stands: Sent = field(default_factory=dict)


def opened(user: User, page: str, action: str = "", **answers: Any) -> Page:
    """The form of a page that is sent to `action`, filled in as it stands, and with these answers."""
    client = make.signed_in(user)
    forms = LexborHTMLParser(client.get(page).content).css("form[method=post]")
    address = action or page.partition("?")[0]
    found = next(one for one in forms if (one.attributes.get("action") or address).partition("#")[0] == address)
    offers: dict[str, list[str]] = {}
    stands: Sent = {}
    for one in found.css("input[name], select[name], textarea[name], button[name]"):
        name, kind = str(one.attributes["name"]), one.attributes.get("type")
        rows = one.css("option") if one.tag == "select" else [one]
        values = [str(row.attributes.get("value") or "") for row in rows]
        offers.setdefault(name, []).extend(values)
        if one.tag not in ("button", "select") and kind not in ("checkbox", "radio"):
            stands.setdefault(name, []).extend(values)
    offers.pop("csrfmiddlewaretoken", None)
    stands.pop("csrfmiddlewaretoken", None)
    told = {name: list(map(str, value)) if isinstance(value, list) else [str(value)] for name, value in answers.items()}
    return Page(client, address, offers, {**stands, **told})


def new() -> Page:
    return opened(make.bob(), "/interactions/new/?view=all", **complete(make.school()))


def quick() -> Page:
    return opened(make.bob(), "/interactions/quick/", **tapped())


def correct() -> Page:
    at = now() - timedelta(hours=1)
    path = f"/interactions/{make.contact(at=at).uid}/correct/"
    page = opened(make.bob(), f"{path}?view=all")
    told = complete(occurred_at=page.stands["occurred_at"][0], reason="The wrong place was chosen.", number="1")
    told = {name: value for name, value in told.items() if name != "key"}
    return opened(make.bob(), f"{path}?view=all", **told)


def review() -> Page:
    path = f"/interactions/{make.contact(at=now() - timedelta(hours=1)).uid}/"
    answers = {"found": "appropriate", "note": "Read and fine."}
    return opened(make.alice(), path, f"{path}review/", **answers)


def favorite() -> Page:
    filed = make.contact(at=now() - timedelta(hours=1))
    act = "/interactions/favorites/save/"
    return opened(make.bob(), "/interactions/favorites/", act, again=filed.uid, favorite_name="A walk in the yard")


def profile() -> Page:
    return opened(make.bob(), f"/interactions/officers/{make.bob().uid}/", **OFFICER_TYPED)


def duty_done() -> Page:
    path = f"/duties/{duties.one().uid}/"
    told = {"done_at": "2026-11-24T09:30", "note": "Told the father by telephone."}
    return opened(make.alice(), path, f"{path}done/", **told)


def calendar_day() -> Page:
    told = {"day": "2026-11-25", "kind": "holiday", "name": "Before Thanksgiving"}
    return opened(make.dana(), "/duties/calendar/", "/duties/calendar/day/", **told)


OFFICER_TYPED = {
    "key": OFFICER.key,
    "since": OFFICER.since,
    "assignment": OFFICER.assignment.value,
    "races": [one.value for one in OFFICER.races],
    "ori": OFFICER.ori,
}
FORMS: Mapping[str, Callable[[], Page]] = {
    one.__name__: one for one in (new, quick, correct, review, favorite, profile, duty_done, calendar_day)
}

HOSTILE = st.sampled_from(
    ["", " ", "\0", "-1", "0", "9" * 400, "1e9", "NaN", "²", "true", "None", "[]", "{}", "file", "x" * 10_001, "\u202e",
     "2026-13-45T99:99", "0001-01-01T00:00", "9999-12-31T23:59", "2026-03-08T02:30", "'; DROP TABLE x; --", "<b>",
     "../../etc", "00000000-0000-0000-0000-000000000000", "\U0001f600", "ﷺ" * 50, "a\u0301" * 50, "on", "0x10", "1,5"]
)  # fmt: skip
NONSENSE = HOSTILE | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
EXTRA = ("do", "people", "people-0-kind", "people-1-kind", "people-99-kind", "step", "at", "another", "draft", "id")


@st.composite
def submissions(draw: st.DrawFn, page: Page) -> Sent:
    """A submission that stands, with up to eight answers exchanged; now and then little of it is left."""
    sent = {name: list(values) for name, values in page.stands.items()}
    names = sorted({*page.offers, *page.stands, *EXTRA})
    for name in draw(st.lists(st.sampled_from(names), max_size=8, unique=True)):
        offered = st.sampled_from(page.offers.get(name) or [""])
        values = draw(st.lists(offered | NONSENSE, max_size=3) | offered.map(lambda one: [one]))
        sent[name] = values
    if draw(st.integers(0, 19)) == 0:
        kept = draw(st.sets(st.sampled_from(names), max_size=6))
        sent = {name: values for name, values in sent.items() if name in kept}
    return sent


def filed() -> dict[str, list[tuple[Any, ...]]]:
    """Every row that Accord holds, besides drafts, times and history."""
    models = [one for one in apps.get_models() if one.__module__.startswith("accord.") and one not in UNFILED]
    return {one._meta.label: sorted(one._base_manager.values_list(), key=repr) for one in models}


def written() -> int:
    """How many events tell of a change."""
    return Event.objects.exclude(verb__in=READING).count()


def beside_favorites(rows: dict[str, Any]) -> dict[str, Any]:
    """The same without favorites: the quick form keeps one and stays open, so it answers with the page itself."""
    return {name: held for name, held in rows.items() if name != "interactions.Favorite"}


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", FORMS)
def test_the_submission_that_is_fuzzed_stands_as_it_is(name: str) -> None:
    page = FORMS[name]()
    before, events = filed(), written()
    answer = page.client.post(page.address, page.stands)
    assert answer.status_code == 302, answer.content.decode()
    assert filed() != before
    assert written() > events


@pytest.mark.parametrize("name", FORMS)
def test_nonsense_is_no_fault_of_the_server_and_nothing_refused_is_stored(name: str) -> None:
    page = FORMS[name]()
    before, events = filed(), written()

    @settings(max_examples=SUBMISSIONS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(submissions(page))
    def send(sent: Sent) -> None:
        with undone():
            answer = page.client.post(page.address, sent)
            assert answer.status_code < 500
            if answer.status_code == 200 and sent.get("do", [""])[-1:] == ["favorite"]:
                assert beside_favorites(filed()) == beside_favorites(before)
            elif answer.status_code != 302:
                assert filed() == before
                assert written() == events

    send()
