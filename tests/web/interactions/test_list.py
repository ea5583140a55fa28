"""/interactions/: contacts this person reaches, with their state in words."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accord.facts import ConductClass, Kind, Role
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.typed import text

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LIST = "/interactions/"


def _shown(client: Client, **asked: str) -> set[str]:
    """The references on the page."""
    return {row.version.interaction.reference for row in client.get(LIST, asked).context["rows"]}


def test_an_empty_list_says_what_to_do_next(as_alice: Client) -> None:
    assert "log it here" in text(as_alice.get(LIST).content)


def test_each_contact_stands_with_its_state_in_words(as_alice: Client) -> None:
    make.contact()
    make.contact(conduct=ConductClass.CODE_OF_CONDUCT)
    make.reviewed(make.contact())
    page = text(as_alice.get(LIST).content)
    for words in ("2026-00001 Needs review", "2026-00002 Flagged, needs review", "2026-00003 Reviewed: Appropriate"):
        assert words in page


@pytest.mark.parametrize(
    ("state", "references"),
    [
        ("needs_review", {"2026-00001", "2026-00002"}),
        ("flagged", {"2026-00002"}),
        ("reviewed", {"2026-00003"}),
        ("", {"2026-00001", "2026-00002", "2026-00003"}),
    ],
)
def test_the_list_is_narrowed_by_state(as_alice: Client, state: str, references: set[str]) -> None:
    make.contact()
    make.contact(conduct=ConductClass.MENTAL_HEALTH)
    make.reviewed(make.contact(conduct=ConductClass.MENTAL_HEALTH))
    assert _shown(as_alice, state=state) == references


def test_the_list_is_narrowed_by_kind_and_school(as_eve: Client) -> None:
    make.contact(kind=Kind.STOP)
    make.contact(make.bob(make.school("Elm High")), where=make.school("Elm High"))
    assert _shown(as_eve, kind="stop") == {"2026-00001"}
    assert _shown(as_eve, school=str(make.school("Elm High").pk)) == {"2026-00002"}


def test_a_month_is_a_month_in_district_time(as_alice: Client) -> None:
    last_evening = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    make.contact(at=last_evening + timedelta(hours=1), occurred_at=last_evening)
    assert _shown(as_alice, month="2026-10") == {"2026-00001"}
    assert _shown(as_alice, month="2026-11") == set()
    assert _shown(as_alice, month="2026-12") == set()


@pytest.mark.parametrize("asked", [{"month": "never"}, {"kind": "brawl"}, {"school": "x"}, {"state": "lost"}])
def test_a_choice_that_is_none_is_said_to_be(as_alice: Client, asked: dict[str, str]) -> None:
    assert as_alice.get(LIST, asked).status_code == 400


def test_a_page_number_out_of_range_shows_a_page(as_alice: Client) -> None:
    make.contact()
    assert _shown(as_alice, page="99") == _shown(as_alice, page="x") == {"2026-00001"}


def test_an_officer_sees_own_entries_only(as_bob: Client) -> None:
    make.contact()
    make.contact(make.alice())
    assert _shown(as_bob) == {"2026-00001"}


def test_a_principal_sees_own_schools_only(sign_in: SignIn) -> None:
    make.contact()
    elsewhere = sign_in(make.account("Grace", Role.PRINCIPAL, at=make.school("Elm High")))
    assert _shown(elsewhere) == set()
    assert "Cedar Middle" not in elsewhere.get(LIST).content.decode()


def test_an_officer_who_moved_no_longer_sees_entries_at_the_former_school(sign_in: SignIn) -> None:
    moved = make.account("Grace", Role.SRO, at=make.school())
    make.contact(moved)
    moved.grants.update(ends_on=make.SINCE)
    make.account("Grace", Role.SRO, at=make.school("Elm High"))
    assert _shown(sign_in(moved)) == set()


def test_thirty_contacts_cost_no_more_questions_than_one(as_alice: Client) -> None:
    asked = []
    for more in (1, 29):
        for _ in range(more):
            make.reviewed(make.contact(people=(make.student(), make.visitor())), make.alice())
        as_alice.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            as_alice.get(LIST)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_pages_keep_what_was_asked(as_alice: Client) -> None:
    for _ in range(26):
        make.contact()
    page = as_alice.get(LIST, {"kind": "non_stop_contact"}).content.decode()
    assert "?kind=non_stop_contact&amp;page=2" in page
    assert len(_shown(as_alice, kind="non_stop_contact", page="2")) == 1


def test_wrong_method_wrong_role_and_signed_out(as_alice: Client, as_dana: Client, client: Client) -> None:
    assert as_alice.post(LIST).status_code == 405
    assert as_dana.get(LIST).status_code == 403
    assert client.get(LIST)["Location"].startswith("/people/sign-in/")
