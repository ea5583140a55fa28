"""A form that comes too late: with the token of an older session, or after the session is gone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from accord.facts import Role
from accord.web.interactions import models
from accord.web.interactions.models_drafts import Draft
from accord.web.people import carrying
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.sealed import KEY, hidden, under_seal
from tests.web.interactions.test_guard import CANARY, UNCLEAN, everywhere
from tests.web.interactions.typed import held, text

pytestmark = pytest.mark.django_db
NEW = "/interactions/new/"
SIGN_IN = "/people/sign-in/"
PASSWORD = "a long enough password"


def strict(user: User | None = None) -> Client:
    """A browser whose forms need the token of its session, which none of these has."""
    client = Client(enforce_csrf_checks=True)
    if user:
        client.force_login(user, backend=make.BACKEND)
    return client


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, user: User, page: HttpResponse, *, password: str = PASSWORD) -> HttpResponse:
    """Send the sign-in form of a page as it stands there."""
    names = [name for name in ("next", "seal", "carried") if f'name="{name}"' in page.content.decode()]
    sent = {name: hidden(page.content, name) for name in names}
    return client.post(SIGN_IN, sent | {"username": user.username, "password": password})


def go_on(client: Client, address: str) -> dict[str, Any]:
    """What stands in the form that an address opens."""
    return held(client.get(address).content)


def test_too_old_a_page_of_the_same_person_is_kept_and_leads_on() -> None:
    client = strict(make.bob())
    answer = client.post(NEW, under_seal(make.bob()))
    assert answer.status_code == 403
    assert "Your page was too old" in text(answer.content)
    assert "What you typed is kept" in text(answer.content)
    assert "Left out" not in text(answer.content)
    link = re.search(r'<a class="usa-button" href="([^"]+)">Go on with what you typed', answer.content.decode())
    assert link
    assert go_on(client, link[1])["narrative"] == ["Half a sen"]
    assert not models.Interaction.objects.exists()


@pytest.mark.parametrize("seal", ["", "nonsense"])
def test_too_old_a_page_without_a_genuine_seal_is_kept_for_nobody(seal: str) -> None:
    answer = strict(make.bob()).post(NEW, under_seal(make.bob()) | {"seal": seal})
    assert answer.status_code == 403
    assert "Go back in your browser" in text(answer.content)
    assert not Draft.objects.exists()


def test_too_old_a_page_of_somebody_else_is_kept_for_nobody_and_said_to_be_dropped() -> None:
    answer = strict(make.alice()).post(NEW, under_seal(make.bob()))
    assert answer.status_code == 403
    assert "Somebody else is signed in now" in text(answer.content)
    assert "Half a sen" not in answer.content.decode()
    assert not Draft.objects.exists()


def test_who_may_no_longer_log_keeps_nothing() -> None:
    clerk = make.account("Carol", Role.CLERK)
    assert strict(clerk).post(NEW, under_seal(clerk)).status_code == 403
    assert not Draft.objects.exists()


def test_what_the_law_keeps_out_is_kept_in_no_late_draft() -> None:
    answer = strict(make.bob()).post(NEW, under_seal(make.bob(), narrative=UNCLEAN))
    assert "Left out: a text that the law keeps" in text(answer.content)
    assert Draft.objects.get().data["narrative"] == [""]
    assert CANARY not in everywhere()


@pytest.mark.parametrize("browser", [Client, strict], ids=["token stands", "token gone"])
def test_signed_out_the_form_waits_on_the_sign_in_page_and_opens_for_its_author(browser: Callable[[], Client]) -> None:
    bob = with_password(make.bob())
    page = browser().post(NEW, under_seal(bob))
    assert page.status_code == 403
    assert "Not filed yet: you were signed out" in text(page.content)
    assert not Draft.objects.exists()
    client = Client()
    answer = sign_in(client, bob, page)
    assert answer.status_code == 302
    assert answer["Location"] == f"{NEW}?draft={Draft.objects.get().uid}"
    opened = client.get(answer["Location"]).content
    assert "Not filed yet: here stands what you typed" in text(opened)
    assert held(opened)["narrative"] == ["Half a sen"]
    assert held(opened)["people-0-race"] == ["black"]
    assert not models.Interaction.objects.exists()


def test_somebody_else_signing_in_drops_it_and_is_told() -> None:
    page = Client().post(NEW, under_seal(make.bob()))
    client = Client()
    alice = with_password(make.alice())
    answer = sign_in(client, alice, page)
    opened = client.get(answer["Location"]).content.decode()
    assert answer["Location"] == NEW
    assert "belongs to somebody else" in opened
    assert "Half a sen" not in opened
    assert not Draft.objects.exists()


def test_a_wrong_password_loses_nothing_and_keeps_nothing_of_it_anywhere() -> None:
    bob = with_password(make.bob())
    page = Client().post(NEW, under_seal(bob, narrative=f"About the {CANARY}"))
    again = sign_in(Client(), bob, page, password="not the password at all")
    assert again.status_code == 400
    assert CANARY not in everywhere()
    answer = sign_in(Client(), bob, again)
    assert Draft.objects.get().data["narrative"] == [f"About the {CANARY}"]
    assert str(Draft.objects.get().uid) in answer["Location"]


@pytest.mark.parametrize("seal", ["", "nonsense"])
def test_signed_out_without_a_genuine_seal_nothing_is_carried(seal: str) -> None:
    sent = under_seal(make.bob()) | {"seal": seal}
    answer = Client().post(NEW, sent)
    assert (answer.status_code, answer["Location"]) == (302, f"{SIGN_IN}?{urlencode({'next': NEW})}")
    typed = {"seal": seal, "carried": urlencode({"narrative": CANARY})}
    assert CANARY not in Client().post(SIGN_IN, typed).content.decode()


def test_a_carried_seal_of_somebody_else_is_never_stored_for_the_one_who_signs_in() -> None:
    alice = with_password(make.alice())
    sent = under_seal(make.bob())
    typed = {"username": alice.username, "password": PASSWORD, "seal": sent["seal"], "carried": urlencode(sent)}
    assert Client().post(SIGN_IN, typed | {"next": "https://elsewhere.example/"})["Location"] == "/"
    assert not Draft.objects.exists()


def test_more_than_a_page_can_carry_is_said_not_to_be_carried() -> None:
    people = {f"people-{index}-narrative": "x" * 10_000 for index in range(20)}
    page = Client().post(NEW, under_seal(make.bob(), narrative="y" * 10_000) | people)
    assert "too long to be carried along" in text(page.content)
    assert 'name="carried"' not in page.content.decode()


@pytest.mark.parametrize("carried", ["", "%00", "narrative=%00", "a=1&" * 3000, "x" * 300_000, "%ff%fe", "people=9"])
def test_nonsense_in_what_is_carried_is_never_a_fault(carried: str) -> None:
    bob = with_password(make.bob())
    typed = {"username": bob.username, "password": PASSWORD, "carried": carried, "seal": under_seal(bob)["seal"]}
    client = Client()
    answer = client.post(SIGN_IN, typed)
    assert answer.status_code in (302, 400)
    for draft in Draft.objects.all():
        assert not any("\0" in value for values in draft.data.values() for value in values)
        assert client.get(NEW, {"draft": str(draft.uid)}).status_code == 200


def test_the_sign_in_page_left_open_while_signing_in_elsewhere_still_gives_it_back() -> None:
    bob = make.bob()
    page = Client().post(NEW, under_seal(bob))
    sent = {name: hidden(page.content, name) for name in ("next", "seal", "carried")}
    answer = strict(bob).post(SIGN_IN, sent | {"username": bob.username, "password": "whatever"})
    assert "What you typed is kept" in text(answer.content)
    assert Draft.objects.get().key == KEY
    assert "password" not in Draft.objects.get().data


def test_only_forms_under_a_seal_are_kept() -> None:
    assert set(carrying.KEEP) == {"interactions", "interactions.quick"}
