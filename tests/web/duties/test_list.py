"""/duties/: the tasks of one's schools, alerts first, each with its state and its time in words."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accord.facts import Ground, ReferralBasis
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.duties import factories as tasks
from tests.web.interactions.typed import text

pytestmark = pytest.mark.django_db
LIST = "/duties/"
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def ten_in_the_morning():
    with time_machine.travel(make.AT, tick=False):
        yield


def _kinds(client: Client, **asked: str) -> list[str]:
    return [row.kind.value for row in client.get(LIST, asked).context["rows"]]


def test_an_empty_list_says_where_tasks_come_from(as_alice: Client) -> None:
    assert "Tasks come by themselves" in text(as_alice.get(LIST).content)


def test_a_task_stands_with_its_time_and_state_in_words(as_alice: Client) -> None:
    tasks.one(bases=(ReferralBasis.M3,))
    page = text(as_alice.get(LIST).content)
    for words in (
        "1 task",
        "To do Promptly, by Nov. 25, 2026, 9 a.m. at the latest.",
        "Cedar Middle",
        "2026-00001",
        "Principal or site",
    ):
        assert words in page


def test_the_most_pressing_stands_first_and_what_has_no_limit_last(as_alice: Client) -> None:
    tasks.one(force=True)
    tasks.one(bases=(ReferralBasis.M1,))
    tasks.one()
    assert _kinds(as_alice) == ["parent_notice", "force_review", "notify_before_discipline"]


def test_the_list_is_narrowed_by_state_and_school(as_eve: Client) -> None:
    long_ago = make.AT - timedelta(days=3)
    tasks.one(at=long_ago, known_at=long_ago, bases=(ReferralBasis.M6,))
    tasks.done(tasks.one())
    elm = make.school("Elm High")
    tasks.one(where=elm, force=True)
    tasks.one(contact=tasks.CONTACT, bases=(ReferralBasis.M3,))
    tasks.raised(contact=tasks.CONTACT, known_at=make.AT)
    assert _kinds(as_eve) == ["employee_attack_report", "force_review"]
    assert _kinds(as_eve, state="overdue") == ["employee_attack_report"]
    assert _kinds(as_eve, state="done") == ["parent_notice"]
    assert _kinds(as_eve, state="closed") == ["prompt_notice"]
    assert _kinds(as_eve, school=str(elm.pk)) == ["force_review"]
    assert "Overdue It was due on" in text(as_eve.get(LIST, {"state": "overdue"}).content)
    assert "No task fits" in text(as_eve.get(LIST, {"state": "done", "school": elm.pk}).content)


def test_a_contact_with_homeland_security_stands_above_everything_until_it_is_dealt_with(as_eve: Client) -> None:
    alert = tasks.one(dhs_contacted_at=make.AT - timedelta(minutes=10))
    for asked in ({}, {"state": "done"}, {"page": "9"}):
        page = as_eve.get(LIST, asked).content.decode()
        assert 'role="alert"' in page
        assert page.index("Homeland Security") < page.index('<form method="get"')
    tasks.done(alert, done_at=make.AT - timedelta(minutes=1))
    assert "Homeland Security" not in as_eve.get(LIST).content.decode()


@pytest.mark.parametrize("asked", [{"state": "lost"}, {"school": "x"}, {"school": "99999"}])
def test_a_choice_that_is_none_is_said_to_be(as_alice: Client, asked: dict[str, str]) -> None:
    assert as_alice.get(LIST, asked).status_code == 400


def test_a_principal_sees_own_schools_only(as_alice: Client) -> None:
    elm = make.school("Elm High")
    tasks.one(where=elm, force=True)
    tasks.one(where=elm, dhs_contacted_at=make.AT)
    assert _kinds(as_alice) == []
    assert as_alice.get(LIST).context["alerts"] == []
    assert "Elm High" not in as_alice.get(LIST).content.decode()
    assert as_alice.get(LIST, {"school": elm.pk}).status_code == 400


def test_thirty_tasks_cost_no_more_questions_than_one(as_alice: Client) -> None:
    asked = []
    for more in (1, 29):
        for _ in range(more):
            tasks.raised(force=True, dhs_contacted_at=make.AT)
        as_alice.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            as_alice.get(LIST)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_pages_keep_what_was_asked(as_alice: Client) -> None:
    for _ in range(26):
        tasks.one(force=True)
    assert "?state=open&amp;page=2" in as_alice.get(LIST, {"state": "open"}).content.decode()
    assert len(_kinds(as_alice, state="open", page="2")) == 1


@pytest.mark.parametrize(
    ("now", "overdue"),
    [
        (datetime(2027, 3, 16, 6, 59, 59, tzinfo=UTC), False),  # a second before midnight in the district
        (datetime(2027, 3, 16, 7, 0, 0, tzinfo=UTC), True),
    ],
)
def test_a_school_day_after_the_clocks_changed_ends_at_midnight_in_the_district(
    sign_in: SignIn, now: datetime, overdue: bool
) -> None:
    friday = datetime(2027, 3, 12, 22, tzinfo=UTC)
    tasks.school_year()
    tasks.one(at=friday, known_at=friday, grounds=(Ground.C,), suspended_at=friday)
    with time_machine.travel(now, tick=False):
        (row,) = sign_in(make.alice()).get(LIST).context["rows"]
    assert row.state.value == ("overdue" if overdue else "open")


def test_wrong_method_wrong_role_and_signed_out(as_alice: Client, as_bob: Client, client: Client) -> None:
    assert as_alice.post(LIST).status_code == 405
    assert as_bob.get(LIST).status_code == 403
    assert client.get(LIST)["Location"].startswith("/people/sign-in/")
