"""The script's route: it keeps the form under its seal, and answers in codes alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accord import clauses
from accord.facts import Role
from accord.web.interactions import drafts
from accord.web.interactions.forms import CorrectForm, LogForm, PersonForm
from accord.web.interactions.models_drafts import Draft
from accord.web.people import seals
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.sealed import KEY, hidden, under_seal
from tests.web.interactions.test_guard import CANARY, UNCLEAN, everywhere
from tests.web.interactions.typed import form

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SAVE = "/interactions/drafts/save/"
NEW = "/interactions/new/"


def test_what_is_typed_is_kept_under_the_key_of_the_seal(as_bob: Client) -> None:
    sealed = under_seal(make.bob(), key="the-key-that-was-signed", narrative="Half a sen")
    assert as_bob.post(SAVE, sealed).status_code == 204
    draft = Draft.objects.get()
    assert (draft.author, draft.key) == (make.bob(), "the-key-that-was-signed")
    assert draft.data["narrative"] == ["Half a sen"]


def test_saving_again_is_the_same_draft(as_bob: Client) -> None:
    for words in ("Half a sen", "Half a sentence"):
        as_bob.post(SAVE, under_seal(make.bob(), narrative=words))
    assert Draft.objects.get().data["narrative"] == ["Half a sentence"]


def test_the_token_of_an_older_session_is_no_hindrance_because_the_seal_is_asked_for() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.bob(), backend=make.BACKEND)
    assert client.post(SAVE, under_seal(make.bob())).status_code == 204


@pytest.mark.parametrize("seal", ["", "nonsense", "x" * 70_000, "\u202e", "ñandú:1:2"])
def test_without_a_genuine_seal_nothing_is_kept(as_bob: Client, seal: str) -> None:
    assert as_bob.post(SAVE, under_seal(make.bob()) | {"seal": seal}).status_code == 403
    assert not Draft.objects.exists()


def test_an_altered_seal_and_one_of_another_kind_keep_nothing(as_bob: Client) -> None:
    seal = seals.sealed(make.bob(), kind="interactions", form=KEY)
    altered = ("a" if seal[3] != "a" else "b").join((seal[:3], seal[4:]))
    for one in (altered, seals.sealed(make.bob(), kind="elsewhere", form=KEY)):
        assert as_bob.post(SAVE, under_seal(make.bob()) | {"seal": one}).status_code == 403
    assert not Draft.objects.exists()


def test_a_seal_is_good_for_a_school_day() -> None:
    start = datetime(2026, 11, 24, 15, tzinfo=UTC)
    hours = int(clauses.parameter("people.form-open", on=start.date()).value)
    with time_machine.travel(start, tick=False) as clock:
        sealed = under_seal(make.bob())
        clock.shift(timedelta(hours=hours, seconds=-1))
        assert make.signed_in(make.bob()).post(SAVE, sealed).status_code == 204
        clock.shift(timedelta(seconds=2))
        assert make.signed_in(make.bob()).post(SAVE, sealed).status_code == 403


def test_signed_out_it_says_so_by_the_code_alone() -> None:
    answer = Client().post(SAVE, under_seal(make.bob()))
    assert (answer.status_code, answer.content) == (401, b"")
    assert not Draft.objects.exists()


def test_in_somebody_elses_session_nothing_is_kept_for_anyone(as_alice: Client) -> None:
    assert as_alice.post(SAVE, under_seal(make.bob())).status_code == 409
    assert not Draft.objects.exists()


def test_a_form_that_is_filed_leaves_no_draft_behind(as_bob: Client) -> None:
    make.contact(key=KEY)
    assert as_bob.post(SAVE, under_seal(make.bob())).status_code == 410
    assert not Draft.objects.exists()


def test_who_may_not_log_keeps_nothing(sign_in: SignIn) -> None:
    clerk = make.account("Carol", Role.CLERK)
    assert sign_in(clerk).post(SAVE, under_seal(clerk)).status_code == 403
    assert not Draft.objects.exists()


def test_it_is_not_asked_by_get(as_bob: Client) -> None:
    assert as_bob.get(SAVE).status_code == 405


def test_what_the_law_keeps_out_is_not_kept_and_the_rest_is(as_bob: Client) -> None:
    assert as_bob.post(SAVE, under_seal(make.bob(), narrative=UNCLEAN)).status_code == 422
    draft = Draft.objects.get()
    assert draft.data["narrative"] == [""]
    assert draft.data["location"] == ["hallway"]
    assert CANARY not in everywhere()


def test_a_text_that_is_too_long_is_said_to_be_left_out(as_bob: Client) -> None:
    assert as_bob.post(SAVE, under_seal(make.bob(), narrative="x" * drafts.LONGEST)).status_code == 204
    assert as_bob.post(SAVE, under_seal(make.bob(), narrative="x" * (drafts.LONGEST + 1))).status_code == 422
    assert Draft.objects.get().data["narrative"] == [""]


@pytest.mark.parametrize("people", ["", "nonsense", "-1", "21", "9" * 40, "\u0663"])
def test_a_draft_opens_whatever_was_said_of_how_many_people_it_holds(as_bob: Client, people: str) -> None:
    assert as_bob.post(SAVE, under_seal(make.bob(), people=people)).status_code == 204
    assert as_bob.get(NEW, {"draft": str(Draft.objects.get().uid)}).status_code == 200


def test_the_page_carries_a_seal_of_its_reader_and_form(as_bob: Client) -> None:
    page = as_bob.get(NEW).content
    seal = seals.opened(hidden(page, "seal"), on=make.ON)
    assert seal == seals.Seal(str(make.bob().uid), "interactions", hidden(page, "key"))


def test_what_is_typed_quickly_is_kept_by_the_names_of_the_full_form(as_bob: Client) -> None:
    page = as_bob.get(reverse("interactions:quick")).content
    sent = {"seal": hidden(page, "seal"), "about": "greeting", "who": "student", "narrative": "Half a sen"}
    assert as_bob.post(SAVE, sent).status_code == 204
    draft = Draft.objects.get()
    assert draft.key == hidden(page, "key")
    assert (draft.data["kind"], draft.data["people-0-kind"]) == (["non_stop_contact"], ["student"])
    assert draft.data["narrative"] == ["Half a sen"]


def test_the_page_has_one_script_by_its_address_and_nothing_inline(as_bob: Client) -> None:
    answer = as_bob.get(NEW)
    page = answer.content.decode()
    scripts = re.findall(r"<script[^>]*>.*?</script>", page, re.S)
    assert scripts == [f'<script src="{settings.STATIC_URL}interactions/draft.js" defer></script>']
    assert not re.search(r"<[^>]+\s(on\w+|style)=|javascript:", page)
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_old_drafts_are_said_to_be_and_go_when_the_author_next_keeps_one(as_bob: Client, as_alice: Client) -> None:
    for client, user in ((as_bob, make.bob()), (as_alice, make.alice())):
        client.post(SAVE, under_seal(user, key="a-key-of-an-old-form-01"))
    days = int(clauses.parameter("interactions.draft-old", on=make.ON).value)
    former = datetime.now(UTC) - timedelta(days=days, minutes=1)
    Draft.objects.update(updated_at=former)
    assert "Old: it goes" in as_bob.get(NEW).content.decode()
    as_bob.post(SAVE, under_seal(make.bob()))
    assert [draft.key for draft in Draft.objects.of(make.bob())] == [KEY]
    assert Draft.objects.of(make.alice()).exists()
    assert "Old: it goes" not in as_bob.get(NEW).content.decode()


def test_a_draft_on_the_last_day_is_not_old(as_bob: Client) -> None:
    as_bob.post(SAVE, under_seal(make.bob()))
    now = datetime.now(UTC)
    assert drafts.old_before(now, on=make.ON) < Draft.objects.get().updated_at <= now


@pytest.mark.parametrize("role", [Role.PROGRAM_ADMIN, Role.SUPERINTENDENT, Role.PRINCIPAL])
def test_nobody_else_is_shown_a_draft_whatever_their_role(as_bob: Client, sign_in: SignIn, role: Role) -> None:
    as_bob.post(SAVE, under_seal(make.bob(), narrative=CANARY))
    uid = str(Draft.objects.get().uid)
    client = sign_in(make.account("Grace", role, at=make.school() if role is Role.PRINCIPAL else None))
    assert client.get(NEW, {"draft": uid}).status_code in (403, 404)
    for path in ("/", "/interactions/", NEW, "/people/accounts/", "/history/", "/students/", "/duties/"):
        page = client.get(path).content.decode()
        assert CANARY not in page
        assert uid not in page


def test_every_answer_about_twenty_people_is_kept_and_opens(as_bob: Client) -> None:
    answers = {f"people-{index}-{name}": ["a", "b"] for index in range(20) for name in PersonForm.base_fields}
    assert as_bob.post(SAVE, under_seal(make.bob()) | answers | {"people": "20"}).status_code == 204
    draft = Draft.objects.get()
    assert answers.items() <= draft.data.items()
    assert as_bob.get(NEW, {"draft": str(draft.uid)}).status_code == 200


def test_the_field_of_every_form_is_kept(as_bob: Client) -> None:
    names = {*LogForm.base_fields, *CorrectForm.base_fields, *(f"people-0-{one}" for one in PersonForm.base_fields)}
    as_bob.post(SAVE, dict.fromkeys(names, "1") | form(make.school()) | under_seal(make.bob()))
    assert names <= set(Draft.objects.get().data)
