"""Drafts: what was typed is kept for its author alone until the contact is filed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accord.facts import Kind, Role
from accord.web.base.templatetags.accord import label
from accord.web.interactions import drafts, models
from accord.web.interactions.models_drafts import Draft
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.test_guard import CANARY, UNCLEAN, everywhere
from tests.web.interactions.typed import form, held, person, same_page

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NEW = "/interactions/new/"
DISCARD = "/interactions/drafts/discard/"


def kept(client: Client, **answers: object) -> Draft:
    """A draft of Bob's, kept by the button."""
    client.post(
        NEW, form(make.school(), person(race="asian"), **({"do": "draft", "narrative": "Half a sen"} | answers))
    )
    return Draft.objects.get()


def test_a_draft_is_kept_files_nothing_and_comes_back(as_bob: Client) -> None:
    draft = kept(as_bob)
    assert not models.Interaction.objects.exists()
    page = as_bob.get(NEW).content.decode()
    assert f'href="{NEW}?draft={draft.uid}"' in page
    assert re.search(rf"· {label(Kind(draft.data['kind'][0]))} · {make.school().name}", page)
    sent = held(as_bob.get(NEW, {"draft": str(draft.uid)}).content)
    assert sent["narrative"] == ["Half a sen"]
    assert sent["people-0-race"] == ["asian"]
    assert sent["key"] == [draft.key]


@pytest.mark.parametrize("answers", [{"do": "add"}, {"do": "remove-0"}, {"do": "file", "conduct": ""}])
def test_every_page_that_is_not_filed_is_kept(as_bob: Client, answers: dict[str, str]) -> None:
    assert kept(as_bob, **answers).data["narrative"] == ["Half a sen"]


def test_the_same_form_is_one_draft_with_its_newest_words(as_bob: Client) -> None:
    kept(as_bob)
    assert kept(as_bob, narrative="A whole sentence.").data["narrative"] == ["A whole sentence."]


def test_a_draft_outlives_its_session(as_bob: Client, sign_in: SignIn) -> None:
    draft = kept(as_bob)
    as_bob.logout()
    assert "Half a sen" in sign_in(make.bob()).get(NEW, {"draft": str(draft.uid)}).content.decode()


def test_filing_ends_the_draft(as_bob: Client) -> None:
    kept(as_bob)
    assert as_bob.post(NEW, form(make.school())).status_code == 302
    assert not Draft.objects.exists()


def test_a_draft_is_its_authors_alone(as_bob: Client, as_alice: Client) -> None:
    draft = kept(as_bob)
    missing = "00000000-0000-4000-8000-000000000000"
    theirs = as_alice.get(NEW, {"draft": str(draft.uid)})
    nobodys = as_alice.get(NEW, {"draft": missing})
    assert theirs.status_code == nobodys.status_code == 404
    assert same_page(theirs.content, draft.uid) == same_page(nobodys.content, missing)
    assert as_alice.post(DISCARD, {"draft": str(draft.uid)}).status_code == 302
    assert str(draft.uid) not in as_alice.get(NEW).content.decode()
    assert Draft.objects.exists()


def test_a_draft_is_discarded_by_its_author_also_twice(as_bob: Client) -> None:
    sent = {"draft": str(kept(as_bob).uid)}
    assert as_bob.get(DISCARD, sent).status_code == 405
    assert as_bob.post(DISCARD, sent).status_code == 302
    assert not Draft.objects.exists()
    assert as_bob.post(DISCARD, sent).status_code == 302


@pytest.mark.parametrize("sent", [{}, {"draft": ""}, {"draft": "nonsense"}])
def test_what_names_no_draft_discards_none(as_bob: Client, sent: dict[str, str]) -> None:
    kept(as_bob)
    assert as_bob.post(DISCARD, sent).status_code == 302
    assert Draft.objects.exists()


def test_nobody_discards_signed_out_or_without_the_permission(as_bob: Client, as_dana: Client) -> None:
    sent = {"draft": str(kept(as_bob).uid)}
    assert Client().post(DISCARD, sent).status_code == 302
    assert as_dana.post(DISCARD, sent).status_code == 403
    assert Draft.objects.exists()


@pytest.mark.parametrize("do", ["draft", "add", "file"])
@pytest.mark.parametrize("field", ["narrative", "late_reason", "kept_because", "offences"])
def test_what_the_law_keeps_out_is_kept_in_no_draft(as_bob: Client, do: str, field: str) -> None:
    draft = kept(as_bob, **{"do": do, "location": "hallway", field: UNCLEAN[:190], "keep": "on"})
    assert draft.data[field] == [""]
    assert draft.data["location"] == ["hallway"]
    assert CANARY not in everywhere()


@pytest.mark.parametrize(("narrative", "said"), [("A talk.", False), (UNCLEAN, True)])
def test_whoever_keeps_a_draft_is_told_what_was_left_out_of_it(as_bob: Client, narrative: str, said: bool) -> None:
    page = as_bob.post(NEW, form(make.school(), do="draft", narrative=narrative)).content.decode()
    assert "The draft is kept." in page
    assert ("Left out: a text that the law keeps" in page) is said


def test_fields_of_no_form_and_tokens_are_not_kept(as_bob: Client) -> None:
    draft = kept(as_bob, csrfmiddlewaretoken="secret", birthplace="nowhere")
    assert not {"csrfmiddlewaretoken", "birthplace", "do"} & set(draft.data)


@pytest.mark.parametrize("uid", ["", "nonsense", "0"])
def test_an_id_that_is_none_is_not_there(as_bob: Client, uid: str) -> None:
    assert as_bob.get(NEW, {"draft": uid}).status_code == 404


def test_the_oldest_drafts_go_first(as_bob: Client) -> None:
    for number in range(drafts.MOST + 3):
        as_bob.post(NEW, form(make.school(), do="draft", key=f"a-key-of-a-form-{number:04}"))
    assert Draft.objects.count() == drafts.MOST
    assert not Draft.objects.filter(key="a-key-of-a-form-0000").exists()


def test_a_draft_that_is_gone_on_with_files_under_its_own_key(as_bob: Client) -> None:
    draft = kept(as_bob)
    page = as_bob.get(NEW, {"draft": str(draft.uid)}).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    as_bob.post(NEW, form(make.school(), key=key[1]))
    assert models.Interaction.objects.get().key == draft.key
    assert not Draft.objects.exists()


def test_nobody_who_may_not_log_keeps_drafts(sign_in: SignIn) -> None:
    clerk = sign_in(make.account("Carol", Role.CLERK))
    assert clerk.post(NEW, form(make.school(), do="draft")).status_code == 403
    assert not Draft.objects.exists()
