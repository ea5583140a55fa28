"""Views of the list that a person keeps: saved, listed, removed, and nobody else's."""

from collections.abc import Callable

import pytest
from django.test import Client

from accord.web.audit.models import Event
from accord.web.interactions import saved_actions
from accord.web.interactions.models_saved import SavedView
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.typed import text

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LIST, SAVE, REMOVE = "/interactions/", "/interactions/views/save/", "/interactions/views/remove/"


def _save(client: Client, name: str = "Stops", query: str = "kind=stop"):
    return client.post(SAVE, {"name": name, "query": query})


def _verbs() -> list[str]:
    return list(Event.objects.filter(verb__startswith="interactions.view").values_list("verb", flat=True))


def test_a_view_is_saved_under_a_name_and_leads_to_what_it_asks(as_alice: Client) -> None:
    assert _save(as_alice)["Location"] == "/interactions/?kind=stop"
    assert '<a href="?kind=stop">Stops</a>' in as_alice.get(LIST).content.decode()
    assert 'aria-current="true">Stops</a>' in as_alice.get(LIST, {"kind": "stop"}).content.decode()
    assert _verbs() == ["interactions.view_saved"]
    assert "Stops" not in Event.objects.get(verb="interactions.view_saved").body
    assert make.verify().whole


def test_only_answers_of_the_form_are_kept(as_alice: Client) -> None:
    _save(as_alice, query="kind=stop&page=3&evil=%3Cscript%3E&order=oldest&state=")
    assert SavedView.objects.get().query == "kind=stop&order=oldest"


def test_sent_twice_it_is_saved_once(as_alice: Client) -> None:
    assert [_save(as_alice).status_code for _ in range(2)] == [302, 302]
    assert (SavedView.objects.count(), _verbs()) == (1, ["interactions.view_saved"])


def test_a_name_that_is_taken_is_said_to_be_and_kept_as_typed(as_alice: Client) -> None:
    _save(as_alice)
    page = _save(as_alice, query="kind=prevention")
    assert page.status_code == 400
    assert "Another view of yours has this name." in text(page.content)
    assert 'value="Stops"' in page.content.decode()
    assert SavedView.objects.get().query == "kind=stop"


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("", "kind=stop"),
        ("x" * 61, "kind=stop"),
        ("All", ""),
        ("Odd", "kind=brawl"),
        ("Odd", "evil=1"),
        ("a\x00b", "kind=stop"),
    ],
)
def test_what_is_no_view_is_refused_and_nothing_stored(as_alice: Client, name: str, query: str) -> None:
    assert _save(as_alice, name, query).status_code == 400
    assert (SavedView.objects.count(), _verbs()) == (0, [])


def test_a_name_that_tells_of_immigration_is_refused_and_kept_nowhere(as_alice: Client) -> None:
    assert _save(as_alice, "undocumented students").status_code == 422
    assert (SavedView.objects.count(), _verbs()) == (0, [])


def test_a_view_on_a_school_out_of_reach_is_answered_like_one_on_no_school(as_alice: Client) -> None:
    foreign = _save(as_alice, query=f"school={make.school('Elm High').pk}")
    assert foreign.status_code == _save(as_alice, query="school=99999").status_code == 400
    assert "Elm High" not in foreign.content.decode()


def test_a_view_is_removed_and_removing_it_again_changes_nothing(as_alice: Client) -> None:
    _save(as_alice)
    uid = str(SavedView.objects.get().uid)
    assert [as_alice.post(REMOVE, {"view": uid}).status_code for _ in range(2)] == [302, 302]
    assert (SavedView.objects.count(), _verbs()) == (0, ["interactions.view_saved", "interactions.view_removed"])


def test_nobody_sees_or_removes_the_view_of_another(as_alice: Client, as_eve: Client) -> None:
    _save(as_alice, "Mine alone")
    assert "Mine alone" not in as_eve.get(LIST).content.decode()
    there = as_eve.post(REMOVE, {"view": str(SavedView.objects.get().uid)})
    nowhere = as_eve.post(REMOVE, {"view": "00000000-0000-4000-8000-000000000000"})
    assert there.status_code == nowhere.status_code == 302
    assert SavedView.objects.count() == 1
    assert _save(as_eve, "Mine alone").status_code == 302


def test_one_person_keeps_a_limited_number(as_alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_actions, "MOST", 1)
    _save(as_alice)
    assert _save(as_alice, "Another").status_code == 400
    assert SavedView.objects.count() == 1


def test_if_the_history_cannot_be_written_nothing_is_saved(as_alice: Client) -> None:
    as_alice.raise_request_exception = False
    make.lose_the_history()
    assert _save(as_alice).status_code == 500
    assert not SavedView.objects.exists()


def test_wrong_method_wrong_role_and_signed_out(as_alice: Client, as_dana: Client, client: Client) -> None:
    for url in (SAVE, REMOVE):
        assert as_alice.get(url).status_code == 405
        assert as_dana.post(url).status_code == 403
        assert client.post(url)["Location"].startswith("/people/sign-in/")
    assert as_alice.post(REMOVE, {"view": "x"}).status_code == 400
