"""Drafts of corrections: one for each version corrected, offered where it was begun, gone when it is filed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accord.web.interactions import drafts, models
from accord.web.interactions.models_drafts import Draft
from accord.web.people import seals
from tests.web import factories as make
from tests.web.interactions.sealed import hidden, under_seal
from tests.web.interactions.typed import form, held, text

pytestmark = pytest.mark.django_db
SAVE = "/interactions/drafts/save/"
NEW = "/interactions/new/"


def address(contact: models.Interaction) -> str:
    return f"/interactions/{contact.uid}/correct/"


def typed(contact: models.Interaction, number: int = 1, **answers: Any) -> dict[str, Any]:
    """A correction half written by Bob, as its page sends it."""
    key = drafts.correction_key(contact.uid, number)
    return under_seal(make.bob(), key=key, number=str(number), reason="The wrong gra", **answers)


def test_it_is_kept_under_contact_and_version_and_offered_where_it_was_begun(as_bob: Client) -> None:
    contact = make.contact()
    assert as_bob.post(SAVE, typed(contact)).status_code == 204
    draft = Draft.objects.get()
    assert draft.key == f"{contact.uid}-1"
    page = as_bob.get(address(contact)).content.decode()
    assert f'href="?draft={draft.uid}">Go on with what you typed' in page
    opened = as_bob.get(address(contact), {"draft": str(draft.uid)}).content
    assert held(opened)["reason"] == ["The wrong gra"]
    assert held(opened)["narrative"] == ["Half a sen"]
    assert "Go on with what you typed" not in opened.decode()


def test_the_page_carries_the_seal_of_the_version_it_corrects(as_bob: Client) -> None:
    contact = make.contact()
    make.corrected(contact)
    seal = seals.opened(hidden(as_bob.get(address(contact)).content, "seal"), on=make.ON)
    assert seal
    assert seal.form == f"{contact.uid}-2"


@pytest.mark.parametrize("do", ["add", "next", "file"])
def test_every_page_that_is_not_filed_is_kept(as_bob: Client, do: str) -> None:
    contact = make.contact()
    sent = form(None, do=do, number="1", reason="The wrong gra", conduct="")
    as_bob.post(address(contact), sent)
    assert Draft.objects.get().data["reason"] == ["The wrong gra"]


def test_without_a_script_a_button_keeps_it_and_says_so(as_bob: Client) -> None:
    contact = make.contact()
    assert 'name="do" value="draft"' in as_bob.get(address(contact)).content.decode()
    page = as_bob.post(address(contact), form(None, do="draft", number="1", reason="The wrong gra")).content
    assert "The draft is kept. Only you see it." in text(page)
    assert Draft.objects.get().key == f"{contact.uid}-1"


def test_filing_ends_it_over_whichever_version_it_was_begun(as_bob: Client) -> None:
    contact = make.contact()
    as_bob.post(SAVE, typed(contact))
    make.corrected(contact, make.eve())
    as_bob.post(SAVE, typed(contact, 2))
    sent = form(None, number="2", reason="The wrong grade.", narrative="A talk.")
    assert as_bob.post(address(contact), sent).status_code == 302
    assert not Draft.objects.exists()
    assert as_bob.post(SAVE, typed(contact, 2)).status_code == 410


def test_a_draft_over_a_version_that_somebody_replaced_is_kept_and_ends_in_a_conflict(as_bob: Client) -> None:
    contact = make.contact()
    make.corrected(contact, make.eve())
    assert as_bob.post(SAVE, typed(contact)).status_code == 204
    opened = held(as_bob.get(address(contact), {"draft": str(Draft.objects.get().uid)}).content)
    assert opened["number"] == ["1"]
    answer = as_bob.post(address(contact), form(None, number="1", reason="The wrong grade."))
    assert answer.status_code == 409
    assert contact.versions.count() == 2


def test_a_contact_out_of_reach_takes_no_draft(as_bob: Client) -> None:
    other = make.contact(make.alice())
    assert as_bob.post(SAVE, typed(other)).status_code == 403
    assert not Draft.objects.exists()


def test_a_draft_opens_in_the_form_it_was_typed_into_and_in_no_other(as_bob: Client) -> None:
    contact, other = make.contact(), make.contact()
    as_bob.post(SAVE, typed(contact))
    uid = str(Draft.objects.get().uid)
    assert as_bob.get(NEW, {"draft": uid}).status_code == 404
    assert as_bob.get(address(other), {"draft": uid}).status_code == 404


def test_the_list_names_the_contact_and_the_school(as_bob: Client) -> None:
    contact = make.contact()
    as_bob.post(SAVE, typed(contact))
    as_bob.post(SAVE, under_seal(make.bob()))
    page = text(as_bob.get("/interactions/").content)
    assert f"Correction of {contact.reference} · Cedar Middle" in page
    assert page.count("Go on") == 2


def test_a_late_correction_is_kept_and_leads_to_its_page() -> None:
    contact = make.contact()
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.bob(), backend=make.BACKEND)
    page = client.post(address(contact), typed(contact)).content.decode()
    assert f'href="{address(contact)}?draft={Draft.objects.get().uid}"' in page
    assert contact.versions.count() == 1
