"""How long entries take: measured by the server's clock, and shown without saying whose they are."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from accord.facts import Role
from accord.web.interactions import entry_times
from accord.web.interactions.models_times import EntryPath, EntryTime
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.test_quick import QUICK, tapped
from tests.web.interactions.typed import form, now, text

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
TIMES = "/interactions/times/"
DAY = date(2026, 11, 24)


def post(seconds: float, **more: str) -> dict[str, Any]:
    """A form that was opened so many seconds before AT."""
    return {"opened": entry_times.opened(make.AT - timedelta(seconds=seconds)), "kind": "non_stop_contact", **more}


def took(*seconds: int, path: EntryPath = EntryPath.QUICK, day: date = DAY) -> None:
    """Entries that took so long."""
    rows = [EntryTime(path=path, kind="stop", seconds=one, day=day) for one in seconds]
    EntryTime.objects.bulk_create(rows)


def test_an_entry_is_counted_from_opening_to_filing() -> None:
    assert entry_times.note(post(41), "quick", make.AT) == ""
    row = EntryTime.objects.get()
    assert (row.path, row.kind, row.seconds, row.day) == ("quick", "non_stop_contact", 41, DAY)


def test_each_step_has_its_time_and_a_second_visit_adds_up() -> None:
    start = make.AT - timedelta(seconds=100)
    clock = entry_times.opened(start)
    for step, second in (("when", 20), ("people", 50), ("when", 60)):
        clock = entry_times.lap(clock, step, start + timedelta(seconds=second))
    entry_times.note({"opened": clock, "kind": "stop", "step": "check"}, "full", make.AT)
    assert EntryTime.objects.get().steps == {"when": 30, "people": 30, "check": 40}


def test_an_entry_leads_neither_to_its_contact_nor_to_a_person() -> None:
    assert {field.name for field in EntryTime._meta.get_fields()} == {"id", "path", "kind", "seconds", "steps", "day"}


@pytest.mark.parametrize(
    "clock",
    ["", "x", "\x00", signing.dumps([["", 0]]), signing.dumps([["", 0]], key="forged")],
    ids=["empty", "a letter", "NUL", "signed for something else", "signed with another key"],
)
def test_a_clock_that_the_server_did_not_sign_is_not_counted_and_said_so(clock: str) -> None:
    assert "is not counted" in entry_times.note({"opened": clock, "kind": "stop"}, "full", make.AT)
    assert entry_times.lap(clock, "when", make.AT) == clock
    assert not EntryTime.objects.exists()


@pytest.mark.parametrize(("seconds", "counted"), [(8 * 3600, True), (8 * 3600 + 1, False), (0, True), (-1, False)])
def test_longer_than_eight_hours_or_less_than_nothing_is_not_counted_and_said_so(seconds: int, counted: bool) -> None:
    told = entry_times.note(post(seconds), "full", make.AT)
    assert (told == "", EntryTime.objects.exists()) == (counted, counted)


def test_a_step_that_is_none_is_not_kept() -> None:
    clock = str(post(5)["opened"])
    assert entry_times.lap(clock, "<b>" * 20, make.AT) == clock
    entry_times.note(post(5, step="<b>"), "full", make.AT)
    assert EntryTime.objects.get().steps == {}


def test_the_quick_form_counts_once_and_not_what_is_refused(as_bob: Client) -> None:
    clock = entry_times.opened(now() - timedelta(seconds=30))
    as_bob.post(QUICK, tapped(opened=clock, about=""))
    for _twice in range(2):
        as_bob.post(QUICK, tapped(opened=clock))
    assert 30 <= EntryTime.objects.get().seconds <= 35


def test_a_form_without_its_clock_is_filed_and_says_that_it_is_not_counted(as_bob: Client) -> None:
    page = as_bob.post(QUICK, tapped(opened="forged"), follow=True)
    assert "is not counted" in text(page.content)
    assert "Filed" in text(page.content)
    assert not EntryTime.objects.exists()


def test_the_full_form_counts_its_steps_from_where_they_were_left(as_bob: Client) -> None:
    start = now() - timedelta(seconds=60)
    clock = entry_times.opened(start)
    for step in ("when", "people"):
        page = as_bob.post("/interactions/new/", form(make.school(), do="next", step=step, opened=clock)).content
        found = re.search(rb'name="opened" value="([^"]+)"', page)
        assert found
        clock = found[1].decode()
    as_bob.post("/interactions/new/", form(make.school(), step="check", opened=clock))
    row = EntryTime.objects.get()
    assert (row.path, set(row.steps)) == ("full", {"when", "people", "check"})
    assert 60 <= row.seconds <= 65
    assert sum(row.steps.values()) == row.seconds


@pytest.mark.parametrize("seconds", [[5] * 5, [1, 2, 3, 4, 100], [9, 7, 5, 3, 1, 11], list(range(100)), [0] * 9 + [7]])
def test_the_figures_are_those_of_every_value_in_order(seconds: list[int]) -> None:
    took(*seconds)
    told = entry_times.figures(on=DAY, days=30)[EntryPath.QUICK]
    assert told.count == len(seconds)
    assert told.median == statistics.median(seconds)
    assert told.ninetieth == sorted(seconds)[-(-9 * len(seconds) // 10) - 1]


def test_fewer_than_five_entries_give_no_figure() -> None:
    took(1, 2, 3, 4)
    assert entry_times.figures(on=DAY, days=30)[EntryPath.QUICK] == entry_times.Figures(4, None, None)


def test_only_the_days_and_the_form_that_are_asked_count() -> None:
    took(10, 10, 10, 10, 10, day=DAY - timedelta(days=29))
    took(20, 20, 20, 20, 20, day=DAY - timedelta(days=30))
    took(30, 30, 30, 30, 30, day=DAY + timedelta(days=1))
    took(40, 40, 40, 40, 40, path=EntryPath.FULL)
    month, year = (entry_times.figures(on=DAY, days=days) for days in entry_times.WINDOWS)
    assert (month[EntryPath.QUICK].median, year[EntryPath.QUICK].median) == (10, 15)
    assert month[EntryPath.FULL].median == 40


def test_the_figures_take_one_query_however_many_entries(django_assert_num_queries: Any) -> None:
    took(*range(200), *range(200))
    with django_assert_num_queries(1):
        entry_times.figures(on=DAY, days=365)


def test_the_page_and_the_list_say_them_to_those_who_may_know(as_eve: Client, as_bob: Client) -> None:
    assert "not known yet" in text(as_eve.get(TIMES).content)
    took(70, 70, 95, 95, 95, day=now().date() - timedelta(days=2))
    assert "1 min 35 s" in text(as_eve.get(TIMES).content)
    assert "Median entry time: Quick form 1 min 35 s; Full form not known yet" in text(
        as_eve.get("/interactions/").content
    )
    assert "Median entry time" not in text(as_bob.get("/interactions/").content)


def test_each_step_that_enough_entries_went_through_has_its_median(as_eve: Client) -> None:
    day = now().date() - timedelta(days=2)
    rows = [{"when": 10 * number, "people": 7} for number in range(5)] + [{"when": 20, "told": 9}]
    for one in rows:
        EntryTime.objects.create(path=EntryPath.FULL, kind="stop", seconds=60, steps=one, day=day)
    assert entry_times.step_medians(on=now().date(), days=30) == {"when": 20, "people": 7}
    page = text(as_eve.get(TIMES).content)
    assert "What, when and where 20 s" in page
    assert "What happened and what followed" not in page


@pytest.mark.parametrize("role", [Role.SRO, Role.STAFF, Role.BOARD, Role.CLERK, Role.CUSTODIAN, Role.PARENT])
def test_other_roles_do_not_read_the_page(sign_in: SignIn, role: Role) -> None:
    assert sign_in(make.account("Grace", role, at=make.school())).get(TIMES).status_code == 403


def test_signed_out_and_wrong_method(client: Client, as_eve: Client) -> None:
    assert client.get(TIMES)["Location"].startswith("/people/sign-in/")
    assert as_eve.post(TIMES).status_code == 405
