"""The pages of emergencies, papers and family access: who reaches them, what they show, and what they never show."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from accord.facts import Role
from accord.web.audit.models import Event
from accord.web.duties.models import Duty
from accord.web.records.models_emergencies import Determination
from accord.web.records.models_requests import Request
from accord.web.records.steps import Act
from tests.web import factories as make
from tests.web.records import factories as kept
from tests.web.records import urgent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.AT, tick=False):
        yield


def determine(client, copy, **answers):
    form = {
        "key": uuid4().hex, "threat": urgent.THREAT, "recipients": [str(make.bob().uid)], "tell_parent": "yes",
        f"why_{copy.uid}": "To find him before the dance",
    }  # fmt: skip
    return client.post(f"/records/emergency/new/{kept.student().uid}/", form | answers)


def test_a_principal_finds_the_student_determines_and_the_officer_opens_the_copy():
    copy = urgent.contact_copy()
    make.bob()
    alice = make.signed_in(make.alice())
    found = alice.post("/records/emergency/new/", {"text": "1001"})
    assert f"/records/emergency/new/{kept.student().uid}/" in found.content.decode()
    before = Event.objects.filter(verb="students.read").count()
    alice.get(f"/records/emergency/new/{kept.student().uid}/")
    assert Event.objects.filter(verb="students.read").count() == before + 1
    response = determine(alice, copy)
    row = Determination.objects.get()
    assert response["Location"] == f"/records/emergency/{row.uid}/"
    assert urgent.THREAT in alice.get(response["Location"]).content.decode()
    request = Request.objects.get()
    opened = make.signed_in(make.bob()).post(f"/records/{request.uid}/open/{copy.uid}/")
    assert opened.status_code == 200


@pytest.mark.parametrize(("typed", "words"), [("", "Give a number or a name."), ("a", "Give two letters or digits")])
def test_a_search_that_is_too_short_says_what_to_type(typed, words):
    answer = make.signed_in(make.alice()).post("/records/emergency/new/", {"text": typed})
    assert words in answer.content.decode()


@pytest.mark.parametrize(("answers", "words"), [
    ({"threat": ""}, "Say what the threat is"), ({"recipients": []}, "Choose whom it is"),
    ({"tell_parent": "no"}, "put in danger"),
])  # fmt: skip
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_stored(answers, words):
    response = determine(make.signed_in(make.alice()), urgent.contact_copy(), **answers)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Request.objects.exists()


def test_all_that_is_missing_is_said_at_once():
    response = determine(make.signed_in(make.alice()), urgent.contact_copy(), threat="", recipients=[])
    page = response.content.decode()
    assert "Say what the threat is" in page
    assert "Choose whom it is" in page


@pytest.mark.parametrize("who", [make.bob, make.frank, make.dana, make.carol, kept.heidi])
def test_an_officer_or_anybody_else_determines_nothing_and_reads_no_determination(who):
    row = urgent.determined()
    client = make.signed_in(who())
    for url in ("", "new/", f"new/{kept.student().uid}/", f"{row.uid}/"):
        assert client.get(f"/records/emergency/{url}").status_code == 403
        assert client.post(f"/records/emergency/{url}").status_code == 403


def test_another_principal_reads_it_like_one_that_is_not_there():
    row = urgent.determined()
    alan = make.signed_in(make.account("Alan", Role.PRINCIPAL, at=make.school("Oak High")))
    assert alan.get(f"/records/emergency/{row.uid}/").status_code == 404
    assert alan.get(f"/records/emergency/{uuid4()}/").status_code == 404
    assert str(row.uid) not in alan.get("/records/emergency/").content.decode()
    assert alan.get(f"/records/emergency/new/{kept.student().uid}/").status_code == 404


def test_seen_told_ended_and_reviewed_on_one_page():
    url = f"/records/emergency/{urgent.determined().uid}/"
    grace, eve = make.signed_in(kept.grace()), make.signed_in(make.eve())
    assert grace.post(url, {"do": "see"}).status_code == 302
    assert "You are told of this" not in grace.get(url).content.decode()
    assert "You are told of this" in eve.get(url).content.decode()
    assert grace.post(url, {"do": "tell", "day": "2026-11-24", "how": "telephone"}).status_code == 302
    review = {"do": "review", "outcome": "right", "words": "I read the log."}
    assert eve.post(url, review).status_code == 422
    assert eve.post(url, {"do": "end", "reason": "He was found."}).status_code == 302
    assert eve.post(url, review).status_code == 302
    assert eve.post(url, review).status_code == 400
    assert "I read the log." in grace.get(url).content.decode()


def test_who_determined_it_is_offered_no_review_and_nonsense_is_no_act():
    url = f"/records/emergency/{urgent.determined(by=make.eve()).uid}/"
    eve = make.signed_in(make.eve())
    with time_machine.travel(make.AT + timedelta(days=2), tick=False):
        eve = make.signed_in(make.eve())
        assert 'value="review"' not in eve.get(url).content.decode()
        assert eve.post(url, {"do": "review", "outcome": "right", "words": "Fine."}).status_code == 422
    assert eve.post(url, {"do": "release"}).status_code == 400


def test_a_family_reads_of_an_emergency_once_its_page_says_that_telling_endangers_nobody_any_more():
    kept.link()
    row = urgent.determined(tell_parent=False, endangers="The father is who threatens her")
    url, reference = f"/records/emergency/{row.uid}/", row.requests()[0].reference
    review = {"do": "review", "outcome": "right", "words": "I read the log."}
    no = {"still": "no", "because": "He is in custody."}
    with time_machine.travel(make.AT + timedelta(days=2), tick=False):
        eve, grace, heidi = (make.signed_in(one) for one in (make.eve(), kept.grace(), kept.heidi()))
        refused = eve.post(url, review)
        assert (refused.status_code, "I read the log." in refused.content.decode()) == (400, True)
        assert eve.post(url, review | {"still": "yes", "because": "He lives there."}).status_code == 302
        assert reference not in heidi.get("/records/family/").content.decode()
        assert "He lives there." in grace.get(url).content.decode()
        assert grace.post(url, {"do": "danger", "still": "no"}).status_code == 422
        assert grace.post(url, {"do": "danger"} | no).status_code == 302
        assert reference in heidi.get("/records/family/").content.decode()
        assert 'value="danger"' not in grace.get(url).content.decode()
        assert 'value="tell"' in grace.get(url).content.decode()


def paper_form(**more):
    return {
        "do": "receive", "number": 1, "court": "Superior Court", "kind": "judicial_subpoena", "signed_by_judge": "yes",
        "non_disclosure": "no", "issued_on": "2026-11-16", "recipient": "city-police", "names_records": ["contact"],
        "file": SimpleUploadedFile("paper.pdf", urgent.SCAN),
    } | more  # fmt: skip


def test_a_paper_goes_its_way_on_one_page_until_it_is_ready():
    copy = urgent.contact_copy()
    request = urgent.asked_by_court(copy)
    url, grace = f"/records/{request.uid}/paper/", make.signed_in(kept.grace())
    assert "is not one" in grace.get(url).content.decode()
    notes = [
        paper_form(),
        {"do": "read", "day": "2026-11-17", "words": "In order.", "kind": "judicial_subpoena",
         "signed_by_judge": "yes", "non_disclosure": "no"},
        {"do": "tell", "whom": "parent_told", "day": "2026-11-20", "how": "letter"},
        {"do": "tell", "whom": "pupil_told", "day": "2026-11-21", "how": "in_person"},
        {"do": "object", "words": "The parent moved to quash."},
        {"do": "settle", "words": "The court denied it."},
        {"do": "check", "named": [str(copy.uid)], "words": "Page 1, line 3."},
    ]  # fmt: skip
    for number, note in enumerate(notes, start=1):
        assert "Ready for a decision" not in grace.get(url).content.decode()
        response = grace.post(url, note | {"number": number})
        assert response.status_code == 302, response.content.decode()
    page = grace.get(url).content.decode()
    assert "Ready for a decision" in page
    assert "Nov. 24, 2026" in page
    assert "Ready for a decision" in grace.get(f"/records/{request.uid}/").content.decode()
    scan = grace.get(f"{url}scan/")
    assert scan.content == urgent.SCAN
    assert "no-store" in scan["Cache-Control"]
    assert kept.student().local_id not in scan["Content-Disposition"]


@pytest.mark.parametrize(("more", "words"), [
    ({"court": ""}, "which court"), ({"file": ""}, "scan"), ({"non_disclosure": "yes"}, "Copy out the words"),
])  # fmt: skip
def test_what_a_paper_lacks_is_said_and_nothing_is_stored(more, words):
    request = urgent.asked_by_court(urgent.contact_copy())
    response = make.signed_in(kept.grace()).post(f"/records/{request.uid}/paper/", paper_form(**more))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not request.steps.filter(act=Act.PAPER_RECEIVED).exists()


def test_an_agency_s_paper_is_explained_and_never_ready():
    request = urgent.asked_by_court(urgent.contact_copy())
    grace = make.signed_in(kept.grace())
    grace.post(f"/records/{request.uid}/paper/", paper_form(kind="administrative_warrant"))
    page = grace.get(f"/records/{request.uid}/paper/").content.decode()
    assert "it opens no record, whatever it says" in page
    assert "Not ready" in page


def test_two_who_note_at_once_leave_one_and_the_second_sees_what_stands():
    request = urgent.received(urgent.asked_by_court(urgent.contact_copy()))
    read = {"do": "read", "day": "2026-11-17", "words": "In order.", "kind": "judicial_subpoena", "number": 2}
    url = f"/records/{request.uid}/paper/"
    assert make.signed_in(kept.grace()).post(url, read).status_code == 302
    second = make.signed_in(make.eve()).post(url, read)
    assert second.status_code == 409
    assert "changed while you were reading" in second.content.decode()


@pytest.mark.parametrize("who", [make.bob, make.alice, kept.heidi, make.dana])
def test_nobody_else_reads_a_paper(who):
    request = urgent.received(urgent.asked_by_court(urgent.contact_copy()))
    client = make.signed_in(who())
    for url in (f"/records/{request.uid}/paper/", f"/records/{request.uid}/paper/scan/"):
        assert client.get(url).status_code == 403


def test_a_parent_asks_to_see_the_record_and_reads_by_when():
    mine = kept.link()
    heidi = make.signed_in(kept.heidi())
    form = {"key": uuid4().hex, "student": str(mine.uid), "wanted": "All of it"}
    first = heidi.post("/records/family/access/", form, follow=True).content.decode()
    assert "has your request and calls you" in first
    again = form | {"key": uuid4().hex, "wanted": "The tests too"}
    assert "Nothing was added to it" in heidi.post("/records/family/access/", again, follow=True).content.decode()
    page = heidi.get("/records/family/access/").content.decode()
    assert "Dec. 1, 2026" in page
    assert heidi.post("/records/family/access/", form | {"wanted": " "}).status_code == 422


def test_a_parent_asks_for_no_child_of_another():
    theirs = kept.link(kept.ivan(), kept.student("1002"))
    kept.link()
    form = {"key": uuid4().hex, "student": str(theirs.uid), "wanted": "All of it"}
    assert make.signed_in(kept.heidi()).post("/records/family/access/", form).status_code == 400
    assert not Request.objects.exists()


def test_an_empty_paper_is_told_all_that_it_lacks_at_once():
    request = urgent.asked_by_court(urgent.contact_copy())
    answer = make.signed_in(kept.grace()).post(f"/records/{request.uid}/paper/", {"do": "receive", "number": 1})
    page = answer.content.decode()
    assert answer.status_code == 400
    for lack in ("which court", "the day it was issued", "to whom it tells", "kinds of records it names", "a scan"):
        assert lack in page
    assert "Choose one." in page


def test_an_emergency_without_copies_leads_to_the_first_field_of_one():
    copy = urgent.contact_copy()
    sent = {"key": "k", "threat": urgent.THREAT, "recipients": [str(make.bob().uid)], "tell_parent": "yes"}
    page = make.signed_in(make.alice()).post(f"/records/emergency/new/{kept.student().uid}/", sent).content.decode()
    assert f'<a href="#id_why_{copy.uid}">Emergency card</a>: Choose the copies that are needed' in page


def test_the_alerts_of_two_emergencies_are_told_apart():
    first, second = (urgent.determined(key=one).requests()[0].reference for one in ("one", "two"))
    alert = make.signed_in(kept.grace()).get("/records/").content.decode().partition('role="alert"')[2][:1500]
    assert first in alert
    assert second in alert
    assert "10 a.m." in alert or "a.m." in alert or "p.m." in alert


def test_a_task_leads_the_custodian_to_the_request():
    request = urgent.read(urgent.received(urgent.asked_by_court(urgent.contact_copy())))
    grace = make.signed_in(kept.grace())
    listed = grace.get("/duties/").content.decode()
    assert request.reference in listed
    duty = Duty.objects.get(kind="paper_parent")
    page = grace.get(f"/duties/{duty.uid}/").content.decode()
    assert f"/records/{request.uid}/" in page
    assert make.signed_in(make.alice()).get(f"/duties/{duty.uid}/").status_code == 404
