"""Keeping copies, papers and links on the pages: what is asked, how it counts, and who may."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accord.web.audit.models import Event
from accord.web.records.models import Copy, Held, HeldKind, Link
from tests.web import factories as make
from tests.web.records import factories as kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(make.AT + timedelta(hours=1), tick=False):
        yield


def custodian():
    return make.signed_in(kept.grace())


def keep(browser, **answers):
    file = answers.pop("file", SimpleUploadedFile("maria.txt", b"Present on all days"))
    sent = {"kind": "attendance", "title": "Fall term", "file": file} | answers
    return browser.post(reverse("records:keep", args=[kept.student().uid]), sent, follow=True)


UNIT = {"made_by_unit": "yes", "made_for": "law_enforcement", "kept_by_unit": "yes", "kind": "police_report"}


def test_a_copy_is_filed_and_its_class_is_shown():
    kept.held(HeldKind.UNIT, {"on": "2020-08-01"})
    page = keep(custodian(), **UNIT).content.decode()
    assert "No education record" in page
    assert "The unit made it, to enforce the law, and keeps this copy." in page


@pytest.mark.parametrize("change", [{"kept_by_unit": "no"}, {"made_for": "school"}, {"made_by_unit": ""}])
def test_one_fact_less_and_the_copy_is_an_education_record(change: dict[str, str]):
    kept.held(HeldKind.UNIT, {"on": "2020-08-01"})
    page = keep(custodian(), **(UNIT | change)).content.decode()
    assert "<strong>Education record</strong>" in page


def test_the_name_of_a_file_is_kept_nowhere():
    keep(custodian())
    assert Copy.objects.count() == 1
    assert "maria" not in str(list(Copy.objects.values())).lower()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.exe", b"MZ", "Such a file is not kept."),
        ("a.pdf", b"<html>", "Such a file is not kept."),
        ("a.txt", b"\xff\xfe", "This is no plain text."),
        ("a.txt", b"", "The file is empty."),
    ],
)
def test_a_file_that_is_not_kept_is_refused_beside_its_field_and_the_rest_stays(name: str, data: bytes, told: str):
    page = keep(custodian(), file=SimpleUploadedFile(name, data))
    assert page.status_code == 400
    assert told in page.content.decode()
    assert 'value="Fall term"' in page.content.decode()
    assert not Copy.objects.exists()


def test_whoever_keeps_a_copy_gets_it_back_under_a_name_that_says_nothing():
    copy = kept.copy()
    answer = custodian().post(reverse("records:copy", args=[copy.uid]))
    assert answer.content == b"attendance of a student"
    assert answer["Content-Disposition"] == f'attachment; filename="copy-{copy.pk}.txt"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Event.objects.filter(body__contains="records.copy_read").count() == 1


@pytest.mark.parametrize("who", [make.bob, make.alice, make.frank, make.eve, make.dana, kept.heidi])
def test_nobody_else_keeps_or_reads_a_copy(who):
    copy, browser = kept.copy(), make.signed_in(who())
    assert browser.get(reverse("records:copy", args=[copy.uid])).status_code == 403
    assert browser.post(reverse("records:copy", args=[copy.uid])).status_code == 403
    assert browser.get(reverse("records:on_file")).status_code == 403
    assert keep(browser).status_code == 403
    assert Copy.objects.count() == 1


NOTICE = {
    "title": "Notice 2026-27", "given_on": "2026-08-10", "ends_on": "2027-08-09", "officials": ["employee", "sro"],
    "interest_defined": "yes", "transfers_announced": "", "directory_items": "name\nschool",
    "opt_out_until": "2026-09-01",
}  # fmt: skip


def put(kind: str, answers, *, browser=None):
    return (browser or custodian()).post(reverse("records:put", args=[kind]), answers)


def test_the_annual_notice_becomes_the_fact_that_the_rule_reads():
    assert put("notice", NOTICE).status_code == 302
    body = Held.objects.get().body
    assert body["officials"] == ["employee", "sro"]
    assert body["directory_items"] == ["name", "school"]
    assert body["interest_defined"] is True
    assert "transfers_announced" not in body, "what is not known is not stored as a no"
    assert "Notice 2026-27" in custodian().get(reverse("records:on_file")).content.decode()


def test_days_that_end_before_they_begin_are_mended_beside_the_field():
    answer = put("notice", NOTICE | {"ends_on": "2026-01-01"})
    assert answer.status_code == 400
    assert 'id="id_ends_on_error"' in answer.content.decode()


def test_a_signed_word_names_an_account_in_use():
    sent = {"title": "Limits", "person": make.bob().username, "signed_on": "2026-08-01"}
    assert put("acknowledgement", sent).status_code == 302
    assert Held.objects.get().body["person"] == str(make.bob().uid)
    assert put("acknowledgement", sent | {"person": "nobody@example.org"}).status_code == 400
    assert "Bob" in custodian().get(reverse("records:on_file")).content.decode()


def test_a_court_order_is_put_on_file_from_the_page_of_its_student_only():
    student = kept.student()
    sent = {"title": "Order", "person": kept.ivan().username}
    assert custodian().get(reverse("records:put", args=["bar"])).status_code == 404
    assert put("bar", sent | {"student": "x"}).status_code == 404
    assert put("bar", sent | {"student": str(student.uid)}).status_code == 302
    assert Held.objects.get().body == {"person": str(kept.ivan().uid), "student": str(student.uid)}
    assert "Order" in custodian().get(reverse("records:student", args=[student.uid])).content.decode()
    assert "Order" not in custodian().get(reverse("records:on_file")).content.decode()


def test_a_paper_ends_once_and_with_a_reason():
    held = kept.held(HeldKind.UNIT, {"on": "2020-08-01"})
    end = reverse("records:end_paper", args=[held.uid])
    assert custodian().post(end, {"reason": ""}).status_code == 422
    assert custodian().post(end, {"reason": "A new designation."}).status_code == 302
    assert custodian().post(end, {"reason": "A new designation."}).status_code == 409


def test_an_unknown_kind_of_paper_is_not_there():
    assert custodian().get(reverse("records:put", args=["passport"])).status_code == 404


def propose(browser, **answers):
    sent = {
        "user": kept.heidi().username, "role": "parent", "starts_on": "2026-08-01", "may_sign": "on",
        "seen": "Birth record",
    }  # fmt: skip
    return browser.post(reverse("records:propose", args=[kept.student().uid]), sent | answers)


def test_a_link_counts_once_a_second_person_has_confirmed_it():
    assert propose(custodian()).status_code == 302
    link = Link.objects.get()
    confirm = reverse("records:confirm_link", args=[link.uid])
    assert custodian().post(confirm).status_code == 403, "whoever proposed it confirms nothing"
    second = make.signed_in(make.eve())
    assert "Heidi" in second.get(reverse("records:links")).content.decode()
    assert second.post(confirm).status_code == 302
    assert second.post(confirm).status_code == 409
    assert "confirmed by Eve" in custodian().get(reverse("records:student", args=[kept.student().uid])).content.decode()


def test_a_link_is_refused_or_ended_with_a_reason():
    propose(custodian())
    end = reverse("records:end_link", args=[Link.objects.get().uid])
    assert custodian().post(end, {"reason": ""}).status_code == 422
    assert custodian().post(end, {"reason": "The paper was of another child."}).status_code == 302
    assert custodian().post(end, {"reason": "Again."}).status_code == 409


def test_an_account_nobody_has_is_said_beside_the_field():
    answer = propose(custodian(), user="nobody@example.org")
    assert answer.status_code == 400
    assert 'id="id_user_error"' in answer.content.decode()
    assert not Link.objects.exists()


def test_a_student_is_found_by_a_posted_search_that_is_written_down():
    kept.student()
    page = custodian().post(reverse("records:find_student"), {"text": "1001"}).content.decode()
    assert str(kept.student().uid) in page
    assert Event.objects.filter(body__contains="students.read").count() == 1
    assert "Number" not in custodian().get(reverse("records:find_student"), {"text": "1001"}).content.decode()


@pytest.mark.parametrize("name", ["find_student", "links", "on_file"])
def test_officers_and_parents_reach_none_of_it(name: str):
    for who in (make.bob(), kept.heidi(), make.frank()):
        assert make.signed_in(who).get(reverse(f"records:{name}")).status_code == 403
