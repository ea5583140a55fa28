"""The list, a request, its decision and its end: who reads what, and nothing looser than the rule."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.facts.records import RecordKind
from accord.web.audit.models import Event
from accord.web.records.models_requests import Decision, Request
from tests.web import factories as make
from tests.web.records import factories as kept

pytestmark = pytest.mark.django_db
LIST = reverse("records:list")


def at(name: str, row: Request) -> str:
    return reverse(f"records:{name}", args=[row.uid])


def custodian():
    return make.signed_in(kept.grace())


def releasable(*kinds: RecordKind):
    """A request whose copies a consent of the parent covers, found by the custodian."""
    kept.link()
    kept.consent(records=[one.value for one in kinds or (RecordKind.ATTENDANCE,)])
    copies = [kept.copy(kind=one) for one in kinds or (RecordKind.ATTENDANCE,)]
    return kept.identified(kept.asked(), *copies), copies


def test_each_reads_what_is_theirs_and_the_custodian_all():
    mine, other = kept.asked(), kept.asked(by=make.frank())
    own = make.signed_in(make.bob()).get(LIST).content.decode()
    assert mine.reference in own
    assert other.reference not in own
    everything = custodian().get(LIST).content.decode()
    assert mine.reference in everything
    assert other.reference in everything
    assert "Student 1001" not in everything, "a list names no student"


def test_the_list_narrows_by_state_and_says_what_to_do_where_it_is_empty():
    row = kept.asked()
    kept.decided(row)
    browser = custodian()
    assert "No request waits for a decision." in browser.get(LIST).content.decode()
    assert row.reference in browser.get(f"{LIST}?state=decided").content.decode()
    assert row.reference not in browser.get(f"{LIST}?state=withdrawn").content.decode()
    assert browser.get(f"{LIST}?state=nonsense").status_code == 400


def test_the_list_asks_the_same_number_of_questions_however_long():
    kept.asked()
    browser = custodian()
    browser.get(LIST)
    with CaptureQueriesContext(connection) as one:
        browser.get(LIST)
    for _ in range(5):
        kept.asked()
    with CaptureQueriesContext(connection) as six:
        browser.get(LIST)
    assert len(one) == len(six) <= 15


def test_a_request_is_read_with_the_answer_of_the_rule_and_the_same_number_of_questions():
    request, _ = releasable()
    more, _ = kept.identified(kept.asked(), *[kept.copy(kind=one) for one in list(RecordKind)[:6]]), None
    browser = custodian()
    browser.get(at("read", request))
    with CaptureQueriesContext(connection) as one:
        page = browser.get(at("read", request)).content.decode()
    with CaptureQueriesContext(connection) as many:
        browser.get(at("read", more))
    assert len(one) == len(many) <= 32
    assert "A written consent covers it" in page
    assert "records.consent" in page
    assert Event.objects.filter(body__contains="records.request_read").count() == 3


def test_somebody_elses_request_is_not_there():
    row = kept.asked()
    for who in (make.frank(), make.alice()):
        browser = make.signed_in(who)
        assert browser.get(at("read", row)).status_code == 404
        assert browser.post(at("withdraw", row)).status_code == 404
    assert custodian().post(at("withdraw", row)).status_code == 404, "only whoever asked takes it back"


@pytest.mark.parametrize("name", ["decide", "end", "find"])
def test_whoever_asked_decides_nothing(name: str):
    row = kept.asked()
    assert make.signed_in(make.bob()).post(at(name, row), {"number": 0}).status_code == 403
    assert row.steps.count() == 0


@pytest.mark.parametrize("name", ["decide", "end", "withdraw"])
def test_what_changes_something_is_never_done_by_a_link(name: str):
    row = kept.asked()
    who = make.bob() if name == "withdraw" else kept.grace()
    assert make.signed_in(who).get(at(name, row)).status_code == 405


def test_signed_out_nothing_is_there():
    row = kept.asked()
    for name in ("read", "find"):
        answer = make.Client().get(at(name, row))
        assert answer.status_code == 302
        assert "sign-in" in answer["Location"]


def test_the_custodian_finds_student_and_copies_and_the_rule_answers():
    kept.link()
    kept.consent()
    copy, other = kept.copy(), kept.copy(kind=RecordKind.HEALTH)
    row, browser, student = kept.asked(), custodian(), kept.student()
    found = browser.post(at("find", row), {"do": "find", "text": "1001"}).content.decode()
    assert str(student.uid) in found
    chosen = browser.post(at("find", row), {"do": "choose", "student": str(student.uid)}).content.decode()
    assert f'value="{copy.uid}" id="copy-1" checked' in chosen or f'value="{copy.uid}" id="copy-2" checked' in chosen
    assert str(other.uid) in chosen
    browser.post(
        at("find", row), {"do": "identify", "student": str(student.uid), "copies": [str(copy.uid)], "number": "0"}
    )
    page = browser.get(at("read", row)).content.decode()
    assert f'name="given" value="{copy.uid}"' in page
    assert "checked" in page


def test_a_copy_of_another_student_is_never_taken_along():
    foreign = kept.copy(kept.student("2002"))
    row, student = kept.asked(), kept.student()
    custodian().post(
        at("find", row), {"do": "identify", "student": str(student.uid), "copies": [str(foreign.uid)], "number": "0"}
    )
    assert row.steps.get().body["copies"] == []


def test_two_custodians_who_find_at_once_leave_one_finding():
    row, student = kept.identified(kept.asked()), kept.student()
    answer = custodian().post(
        at("find", row), {"do": "identify", "student": str(student.uid), "copies": [], "number": "0"}
    )
    assert answer.status_code == 409
    assert row.steps.count() == 1


def test_what_is_ticked_is_given_and_fewer_needs_a_reason():
    row, [one, two] = releasable(RecordKind.ATTENDANCE, RecordKind.DISCIPLINE)
    browser = custodian()
    answer = browser.post(at("decide", row), {"number": 1, "given": [str(one.uid)]})
    assert answer.status_code == 422
    assert "say why" in answer.content.decode()
    browser.post(at("decide", row), {"number": 1, "given": [str(one.uid)], "because": "Not about this month."})
    made = Decision.objects.get()
    assert [each.copy for each in made.copies.all()] == [one]
    assert made.given == "release in part"
    assert two not in made.released.all()


def test_a_copy_that_the_rule_keeps_cannot_be_given_by_any_form():
    kept.link()
    copy = kept.copy()
    row = kept.identified(kept.asked(), copy)
    answer = custodian().post(at("decide", row), {"number": 1, "given": [str(copy.uid)], "because": "Please"})
    assert not Decision.objects.filter(released=copy).exists()
    assert answer.status_code in (302, 400, 422)


def test_a_decision_sent_twice_is_one_and_the_second_is_told():
    row, [copy] = releasable()
    browser, sent = custodian(), {"number": 1, "given": [str(copy.uid)]}
    assert browser.post(at("decide", row), sent).status_code == 302
    assert browser.post(at("decide", row), sent).status_code == 409
    assert Decision.objects.count() == 1


def test_a_request_that_changed_meanwhile_keeps_what_was_typed():
    row, [one, two] = releasable(RecordKind.ATTENDANCE, RecordKind.DISCIPLINE)
    kept.identified(row, one, two)
    sent = {"number": 1, "given": [str(one.uid)], "because": "Only this month is needed."}
    answer = custodian().post(at("decide", row), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Only this month is needed." in page
    assert 'name="number" value="2"' in page
    assert not Decision.objects.exists()


def test_a_reason_with_words_of_immigration_is_refused_beside_its_field():
    row, _ = releasable()
    answer = custodian().post(at("decide", row), {"number": 1, "because": "He is undocumented, ICE said"})
    assert answer.status_code == 422
    assert 'id="id_because_error"' in answer.content.decode()


def test_whoever_asked_takes_it_back_whatever_was_noted_meanwhile():
    row = kept.identified(kept.asked(), kept.copy())
    browser = make.signed_in(make.bob())
    page = browser.get(at("read", row)).content.decode()
    assert 'name="number"' not in page, "how many steps there were would tell that something was found"
    assert browser.post(at("withdraw", row)).status_code == 302
    assert browser.post(at("withdraw", row)).status_code == 409


def test_access_is_ended_with_a_reason():
    row, [copy] = releasable()
    kept.decided(row, [copy])
    browser = custodian()
    assert browser.post(at("end", row), {"number": 2, "reason": " "}).status_code == 422
    assert browser.post(at("end", row), {"number": 1, "reason": "Done with."}).status_code == 409
    assert browser.post(at("end", row), {"number": 2, "reason": "Done with."}).status_code == 302
    assert "Done with." in browser.get(at("read", row)).content.decode()


def test_a_decision_is_shown_with_the_answer_the_rule_gave_then():
    row, [copy] = releasable()
    kept.decided(row, [copy])
    page = custodian().get(at("read", row)).content.decode()
    assert "What the rule answered then" in page
    assert "A written consent covers it" in page
    assert Decision.objects.get().rule_version in page


def test_without_the_history_no_request_is_shown():
    row = kept.asked()
    browser = custodian()
    make.lose_the_history()
    browser.raise_request_exception = False
    assert browser.get(at("read", row)).status_code == 500
