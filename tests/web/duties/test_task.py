"""/duties/<uid>/ with /done/ and /reopen/: what is owed and why, marked done by whoever owes it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accord.facts import Role
from accord.web.audit.models import Event
from accord.web.duties.models import Duty
from tests.web import factories as make
from tests.web.duties import factories as tasks
from tests.web.interactions.typed import text

pytestmark = pytest.mark.django_db
NOWHERE = "/duties/00000000-0000-4000-8000-000000000000/"
DONE = {"done_at": "2026-11-24T09:30", "note": "Told the father by telephone."}


@pytest.fixture(autouse=True)
def ten_in_the_morning():
    with time_machine.travel(make.AT, tick=False):
        yield


def _address(duty: Duty, act: str = "") -> str:
    return f"/duties/{duty.uid}/{act}"


def _bare(content: bytes) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", content.decode())
    return re.sub(r'name="next" value="[^"]+"', "", page)


def test_a_task_tells_its_clause_its_contact_and_who_raised_it(as_alice: Client) -> None:
    duty = tasks.one(contact=tasks.CONTACT)
    page = as_alice.get(_address(duty)).content.decode()
    assert f'href="/interactions/{tasks.CONTACT}/"' in page
    assert "/rules/duties/#duties.parent-notice" in page
    assert "by what Bob filed" in text(page.encode())


def test_a_task_is_marked_done_once_however_often_it_is_sent(as_alice: Client) -> None:
    duty = tasks.one()
    for _ in range(2):
        assert as_alice.post(_address(duty, "done/"), DONE)["Location"] == "/duties/"
    step = duty.steps.get()
    assert (step.done_at, step.at, step.by) == (make.AT - timedelta(minutes=30), make.AT, make.alice())
    assert list(Event.objects.values_list("verb", flat=True)) == ["duties.raised", "duties.done"]
    assert make.verify().first_bad is None
    page = text(as_alice.get(_address(duty)).content)
    assert "in time" in page
    assert "It is done" not in page


@pytest.mark.parametrize(
    ("sent", "status", "field", "says"),
    [
        ({"done_at": "2026-11-24T10:01"}, 422, "done_at", "in the future"),
        ({"done_at": "2026-11-24T08:59"}, 422, "done_at", "when the duty began"),
        ({"note": " "}, 422, "note", "whom you told"),
        ({"done_at": ""}, 400, "done_at", "Say when"),
        ({"done_at": "soon"}, 400, "done_at", "valid date"),
        ({"done_at": "2026-03-08T02:30"}, 400, "done_at", "may not exist"),
        ({"done_at": "2026-11-01T01:30"}, 400, "done_at", "ambiguous"),
        ({"done_at": "9999-12-31T23:59"}, 400, "done_at", "too far"),
        ({"note": "x" * 2001}, 400, "note", "at most 2000"),
        ({"note": "The mother is undocumented."}, 422, "note", "Education Code 234.7"),
    ],
)
def test_words_that_do_not_stand_are_refused_beside_their_field(
    as_alice: Client, sent: dict[str, str], status: int, field: str, says: str
) -> None:
    duty = tasks.one()
    answer = as_alice.post(_address(duty, "done/"), DONE | sent)
    assert answer.status_code == status
    assert says in str(answer.context["form"].errors[field])
    assert (sent.get("note") or DONE["note"]).strip() in answer.content.decode()
    assert not duty.steps.exists()


def test_a_task_marked_by_mistake_is_opened_again_with_a_reason(as_alice: Client) -> None:
    duty = tasks.done(tasks.one())
    refused = as_alice.post(_address(duty, "reopen/"), {"reason": " "})
    assert (refused.status_code, "Say why" in text(refused.content)) == (422, True)
    as_alice.post(_address(duty, "reopen/"), {"reason": "It was another student."})
    assert [step.kind for step in duty.steps.all()] == ["done", "reopened"]
    assert "It is done" in text(as_alice.get(_address(duty)).content)
    assert as_alice.post(_address(duty, "reopen/"), {"reason": "Again."}).status_code == 409
    as_alice.post(_address(duty, "done/"), DONE)
    assert [step.kind for step in duty.steps.all()] == ["done", "reopened", "done"]
    assert make.verify().first_bad is None


def test_a_task_closed_by_a_correction_meanwhile_is_a_conflict_that_keeps_what_was_typed(as_alice: Client) -> None:
    duty = tasks.one(contact=tasks.CONTACT)
    tasks.raised(contact=tasks.CONTACT, force=True)
    answer = as_alice.post(_address(duty, "done/"), DONE)
    assert answer.status_code == 409
    assert DONE["note"] in answer.content.decode()
    assert "nothing in it calls for this any more" in text(answer.content)


def test_a_principal_sees_the_superintendents_alert_and_cannot_close_it(as_alice: Client, as_eve: Client) -> None:
    alert = tasks.one(dhs_contacted_at=make.AT - timedelta(minutes=40))
    assert "This is for: Superintendent" in text(as_alice.get(_address(alert)).content)
    refused = as_alice.post(_address(alert, "done/"), DONE)
    assert (refused.status_code, "This is for: Superintendent" in text(refused.content)) == (422, True)
    assert as_eve.post(_address(alert, "done/"), DONE).status_code == 302


@pytest.mark.parametrize("act", ["", "done/", "reopen/"])
def test_a_task_at_another_school_is_answered_like_one_that_is_not_there(as_alice: Client, act: str) -> None:
    duty = tasks.one(where=make.school("Elm High"))
    ask = as_alice.post if act else as_alice.get
    there, nowhere = ask(_address(duty, act)), ask(NOWHERE + act)
    assert there.status_code == nowhere.status_code == 404
    assert _bare(there.content) == _bare(nowhere.content)
    assert not duty.steps.exists()


def test_without_a_history_nothing_is_marked(as_alice: Client) -> None:
    duty = tasks.one()
    make.lose_the_history()
    with pytest.raises(Exception, match="audit_event"):
        as_alice.post(_address(duty, "done/"), DONE)


def test_wrong_method_wrong_role_and_signed_out(as_alice: Client, as_bob: Client, sign_in, client: Client) -> None:
    duty = tasks.one()
    assert as_alice.post(_address(duty)).status_code == 405
    for act in ("done/", "reopen/"):
        assert as_alice.get(_address(duty, act)).status_code == 405
        assert as_bob.post(_address(duty, act), DONE).status_code == 403
        assert client.post(_address(duty, act), DONE)["Location"].startswith("/people/sign-in/")
    assert sign_in(make.account("Grace", Role.PROGRAM_ADMIN)).get(_address(duty)).status_code == 403
    assert client.get(_address(duty)).status_code == 302
