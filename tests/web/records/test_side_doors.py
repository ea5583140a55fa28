"""Every door beside the gate: whoever may not see a record finds nothing of it there, not even that it exists.

A student carries words that stand nowhere else, in name, number, titles and contents; whoever asks for records or
answers for a school opens every page there is, and none of these words may stand on one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from accord.decision import NotAllowed
from accord.facts import Disability, Role
from accord.facts import records as facts
from accord.facts.records import RecordKind
from accord.web.audit.models import Event
from accord.web.people.models import User
from accord.web.records import actions, keeping
from accord.web.records.models import Copy
from accord.web.records.models_requests import Request
from accord.web.routes import PERMISSION
from accord.web.students.models import Student
from tests.web import factories as make
from tests.web.policies import factories as policies
from tests.web.records import factories as kept

pytestmark = pytest.mark.django_db

NAME, NUMBER = ("Quetzaline", "Zebrafinch"), "HOOPOE77"
TITLE, CONTENT, FILE, ASKED = "Ibis-sheet", "marabou marabou", "cormorant", "lapwing"
CANARIES = (*NAME, NUMBER, TITLE, "marabou", FILE, ASKED)
"""Words of the student, of the copies, and of a request by somebody else."""
NOBODY = "00000000-0000-4000-8000-000000000000"
ASKERS: dict[str, Callable[[], User]] = {
    "officer": make.bob,
    "teacher": make.frank,
    "agency": lambda: make.account("Judy", Role.AGENCY_SUPERVISOR),
    "other parent": kept.ivan,
    "administrator": make.dana,
    "clerk": make.carol,
}
"""Who may see nothing of this student anywhere in Accord."""


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(make.AT + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def hidden() -> tuple[Student, Copy, Request]:
    """The student with two copies, a family, and a request of the superintendent that was decided."""
    policies.in_force()
    student = Student.objects.create(
        local_id=NUMBER, given_name=NAME[0], family_name=NAME[1], name_key=" ".join(NAME).lower(), school=make.school(),
        grade="07", birth_date=kept.student().birth_date, disability=Disability.NONE, updated_at=kept.BEFORE,
    )  # fmt: skip
    copies = [_copy(student, kind) for kind in (RecordKind.ATTENDANCE, RecordKind.HEALTH)]
    kept.link(of=student)
    kept.consent(student, party=str(make.eve().uid))
    row = actions.ask(
        by=make.eve(), at=make.AT, on=make.ON, key=uuid4().hex, stated=kept.stated(make.eve()),
        about=" ".join(NAME), wanted=f"The {ASKED}", interest=f"About the {ASKED}",
    )  # fmt: skip
    kept.identified(row, *copies, of=student)
    kept.decided(row, copies[:1])
    return student, copies[0], row


def _copy(student: Student, kind: RecordKind) -> Copy:
    return keeping.keep(
        by=kept.grace(), at=kept.BEFORE, on=make.ON, student=student, kind=kind, title=TITLE, said=facts.Record(),
        name=f"{FILE}.txt", data=CONTENT.encode(),
    )  # fmt: skip


def everywhere(hidden: tuple[Student, Copy, Request]) -> Iterator[str]:
    """The address of every route: without arguments, or with the ids of what is hidden."""
    student, copy, row = hidden
    known: list[dict[str, Any]] = [
        {}, {"uid": row.uid}, {"uid": student.uid}, {"uid": copy.uid}, {"uid": row.uid, "copy": copy.uid},
        {"kind": "notice"}, {"topic": "records"}, {"obligation_id": "P20"},
    ]  # fmt: skip
    for name in PERMISSION:
        for arguments in known:
            try:
                yield reverse(name, kwargs=arguments)
            except NoReverseMatch:
                continue


def said(response: Any) -> str:
    """All that an answer says: its headers, and its body read as text."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.headers}\n{body.decode(errors='replace')}"


def leaks(response: Any) -> list[str]:
    text = said(response).casefold()
    return [word for word in CANARIES if word.casefold() in text]


@pytest.mark.parametrize("who", ASKERS)
def test_no_page_of_any_kind_says_a_word_of_it(who: str, hidden: tuple[Student, Copy, Request]):
    client, found, looked = make.signed_in(ASKERS[who]()), {}, 0
    for address in everywhere(hidden):
        response = client.get(address)
        looked += 1
        assert response.status_code < 500, address
        if words := leaks(response):
            found[address] = words
    assert looked > 60
    assert found == {}


def test_the_words_are_found_where_they_may_stand(hidden: tuple[Student, Copy, Request]):
    student, copy, _ = hidden
    client = make.signed_in(kept.grace())
    assert set(leaks(client.get(reverse("records:student", args=[student.uid])))) >= {*NAME, TITLE}
    assert "marabou" in leaks(client.post(reverse("records:copy", args=[copy.uid])))


@pytest.mark.parametrize("who", ["officer", "teacher", "agency"])
@pytest.mark.parametrize("asked", [*NAME, NUMBER, TITLE, "marabou"])
def test_a_search_finds_what_it_finds_for_a_word_that_stands_nowhere(who: str, asked: str, hidden: object):
    client = make.signed_in(ASKERS[who]())
    for name in ("records:list", "records:find_student", "interactions:list", "audit:events", "duties:list"):
        for field in ("q", "text", "student", "state"):
            there, nowhere = (client.get(reverse(name), {field: word}) for word in (asked, "nowhere"))
            assert there.status_code == nowhere.status_code
            assert _bare(there, asked) == _bare(nowhere, "nowhere")


def test_no_route_completes_what_is_typed(hidden: tuple[Student, Copy, Request]):
    client = make.signed_in(make.bob())
    for address in everywhere(hidden):
        response = client.get(address, {"q": NAME[1][:4], "term": NAME[1][:4]}, headers={"accept": "application/json"})
        assert not response.get("Content-Type", "").startswith("application/json"), address
        assert leaks(response) == [], address


def test_counts_and_order_of_ones_own_list_do_not_tell_of_other_requests(hidden: tuple[Student, Copy, Request]):
    mine = kept.asked()
    client = make.signed_in(make.bob())
    before = _bare(client.get(reverse("records:list")))
    for student in (hidden[0], kept.student("2002")):
        theirs = kept.asked(by=make.frank())
        kept.identified(theirs, of=student)
    _copy(hidden[0], RecordKind.DISCIPLINE)
    assert mine.reference in before
    assert _bare(client.get(reverse("records:list"))) == before


def test_the_history_holds_no_word_of_a_student_and_is_closed_to_who_asks(hidden: object):
    told = " ".join(Event.objects.values_list("body", flat=True)).casefold()
    assert [word for word in CANARIES if word.casefold() in told] == []
    assert make.signed_in(make.bob()).get(reverse("audit:events")).status_code == 403


@pytest.mark.parametrize("who", ["officer", "teacher", "agency"])
@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "pdf"])
def test_no_page_is_taken_out_in_another_form(who: str, form: str, hidden: tuple[Student, Copy, Request]):
    client = make.signed_in(ASKERS[who]())
    for address in everywhere(hidden):
        if "/records/" in address or "/students/" in address or "/interactions/" in address:
            response = client.get(address, {"format": form}, headers={"accept": "application/json, text/csv"})
            assert leaks(response) == [], address


def test_a_copy_of_somebody_elses_request_is_not_opened_through_ones_own(hidden: tuple[Student, Copy, Request]):
    mine, copy = kept.asked(), hidden[1]
    client = make.signed_in(make.bob())
    there = client.post(reverse("records:open", args=[mine.uid, copy.uid]))
    nowhere = client.post(reverse("records:open", args=[mine.uid, NOBODY]))
    assert there.status_code == nowhere.status_code == 404
    assert _bare(there) == _bare(nowhere)
    with pytest.raises(NotAllowed):
        actions.open_copy(by=make.bob(), at=make.AT, on=make.ON, request=mine, copy=copy)


def test_what_was_let_go_leaves_under_a_name_and_with_headers_that_say_nothing(hidden: tuple[Student, Copy, Request]):
    _, copy, row = hidden
    client = make.signed_in(make.eve())
    opened = client.post(reverse("records:open", args=[row.uid, copy.uid]))
    assert "marabou" in leaks(opened)
    assert [word for word in CANARIES if word.casefold() in str(opened.headers).casefold()] == []


def test_no_mail_is_sent(hidden: object):
    assert mail.outbox == []


def test_nothing_of_a_request_is_kept_by_a_browser_or_shown_after_signing_out(hidden: tuple[Student, Copy, Request]):
    _, copy, row = hidden
    client = make.signed_in(make.eve())
    pages = [reverse("records:list"), reverse("records:read", args=[row.uid])]
    pages.append(reverse("records:open", args=[row.uid, copy.uid]))
    for address in pages:
        assert "no-store" in client.get(address)["Cache-Control"]
    assert "no-store" in client.post(pages[-1])["Cache-Control"]
    assert client.post(reverse("people:sign_out")).status_code in (200, 302)
    for address in pages:
        back = client.get(address)
        assert back.status_code == 302
        assert leaks(back) == []


@pytest.mark.parametrize("name", ["records:read", "records:withdraw", "records:open"])
@pytest.mark.parametrize("who", ["officer", "teacher", "agency"])
def test_somebody_elses_request_is_answered_like_none_with_the_same_number_of_questions(
    name: str, who: str, hidden: tuple[Student, Copy, Request]
):
    _, copy, row = hidden
    client = make.signed_in(ASKERS[who]())
    client.get(reverse("records:list"))
    there, nowhere = (_timed(client, name, uid, copy) for uid in (row.uid, NOBODY))
    assert there == nowhere
    assert there[0] == 404


def _timed(client: Client, name: str, uid: object, copy: Copy) -> tuple[int, str, int]:
    arguments = {"uid": uid} | ({"copy": copy.uid} if name == "records:open" else {})
    ask = client.get if name == "records:read" else client.post
    with CaptureQueriesContext(connection) as asked:
        response = ask(reverse(name, kwargs=arguments))
    return response.status_code, _bare(response, str(uid)), len(asked)


def test_asking_about_a_student_on_the_roster_asks_the_database_as_often_as_about_nobody(hidden: object):
    def queries(about: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            actions.ask(
                by=make.bob(), at=make.AT, on=make.ON, key=uuid4().hex, stated=kept.stated(), about=about,
                wanted="Attendance", interest="To plan a talk",
            )  # fmt: skip
        return len(asked)

    queries("warm")
    assert queries(" ".join(NAME)) == queries("Nobody Atall")


@pytest.mark.parametrize("name", ["duties:list", "interactions:list", "interactions:new", "interactions:quick"])
def test_tasks_drafts_and_saved_views_tell_nothing_of_a_request(name: str, hidden: tuple[Student, Copy, Request]):
    for who in ASKERS:
        response = make.signed_in(ASKERS[who]()).get(reverse(name))
        assert leaks(response) == [], who
        assert hidden[2].reference not in said(response), who


def test_titles_addresses_and_messages_name_no_student_even_to_whoever_may_know(hidden: tuple[Student, Copy, Request]):
    student, copy, row = hidden
    client = make.signed_in(kept.grace())
    pages = [("records:student", student.uid), ("records:read", row.uid), ("records:copy", copy.uid)]
    for name, uid in pages:
        address = reverse(name, args=[uid])
        title = re.search(r"<title>(.*?)</title>", client.get(address).content.decode(), re.DOTALL)
        told = f"{address} {title[1] if title else ''}".casefold()
        assert [word for word in CANARIES if word.casefold() in told] == []
    sent = client.post(
        reverse("records:end", args=[row.uid]), {"number": row.steps.count(), "reason": "Done with."}, follow=True
    )
    said_after = " ".join(str(one) for one in sent.context["messages"]).casefold() if sent.context else ""
    assert [word for word in CANARIES if word.casefold() in said_after] == []


def _bare(response: Any, typed: str = "") -> str:
    """A page without what differs by the session or by what was typed: tokens, and the address it was asked under."""
    text = re.sub(r'name="(csrfmiddlewaretoken|next|key)" value="[^"]*"', "", response.content.decode())
    text = re.sub(r'name="\w+" value="[^"]*" *[^>]*id="id_\w+"', "", text)
    return text.replace(typed, "") if typed else text
