"""A form typed while the session was lost: it opens again for its author alone, filed nowhere and kept nowhere else."""

import pytest
from django.test import Client
from django.urls import reverse

from accord.web.interactions.models_drafts import Draft
from accord.web.records.models_requests import Request
from tests.web import factories as make
from tests.web.immigration import factories as register
from tests.web.interactions.sealed import hidden
from tests.web.interactions.test_drafts_late import sign_in, strict, with_password
from tests.web.records.test_ask_pages import ANSWERS, NEW

pytestmark = pytest.mark.django_db


def typed(**more):
    """What the officer typed on the page that he was given."""
    page = make.signed_in(make.bob()).get(NEW)
    return ANSWERS | {"seal": hidden(page.content, "seal")} | more


def test_what_an_asker_typed_opens_again_after_signing_in_and_is_sent_once():
    bob = with_password(make.bob())
    client = Client()
    answer = sign_in(client, bob, Client().post(NEW, typed()))
    assert answer["Location"] == f"{NEW}?typed=1"
    page = client.get(answer["Location"]).content.decode()
    assert "Maria of grade 7" in page
    assert "usa-error-message" not in page
    assert not Request.objects.exists()
    assert not Draft.objects.exists()
    client.post(NEW, ANSWERS)
    assert Request.objects.get().about == "Maria of grade 7"
    assert "Maria" not in client.get(answer["Location"]).content.decode()


def test_nobody_else_who_signs_in_there_sees_what_was_typed():
    alice, client = with_password(make.alice()), Client()
    answer = sign_in(client, alice, Client().post(NEW, typed()))
    assert "Maria" not in client.get(answer["Location"]).content.decode()
    assert "Maria" not in client.get(f"{NEW}?typed=1").content.decode()


def test_a_page_that_is_too_old_keeps_all_but_what_may_not_be_stored():
    client = strict(make.bob())
    answer = client.post(NEW, typed(interest="The father is undocumented"))
    assert answer.status_code == 403
    assert "Left out" in answer.content.decode()
    page = client.get(f"{NEW}?typed=1").content.decode()
    assert "Maria of grade 7" in page
    assert "undocumented" not in page


def test_the_long_form_of_the_register_opens_again_for_that_request_and_no_other():
    bob = with_password(make.bob())
    entry, other = register.filed(by=bob), register.filed(by=bob)
    address = reverse("immigration:complete", args=[entry.uid])
    seal = hidden(make.signed_in(bob).get(address).content, "seal")
    sent = {"seal": seal, "number": "1", "officers": "They gave none", "reason": "To tell the rest"}
    client = Client()
    answer = sign_in(client, bob, Client().post(address, sent))
    assert answer["Location"] == f"{address}?typed=1"
    assert "They gave none" in client.get(answer["Location"]).content.decode()
    elsewhere = reverse("immigration:complete", args=[other.uid])
    assert "They gave none" not in client.get(f"{elsewhere}?typed=1").content.decode()
