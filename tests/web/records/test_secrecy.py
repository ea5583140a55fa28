"""Is a family told of a request with a court's paper? Not before somebody filed that nothing forbids it."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accord.decision import NotAllowed
from accord.facts.records import Paper, PaperKind, Purpose
from accord.web.duties.models import Duty
from accord.web.records import actions, papers
from accord.web.records.models_requests import Disclosure, Request
from tests.web import factories as make
from tests.web.records import factories as kept
from tests.web.records import urgent

pytestmark = pytest.mark.django_db

SECRET = Paper(kind=PaperKind.GRAND_JURY, signed_by_judge=True, issued_on=date(2026, 11, 1), non_disclosure=True)
UNREAD = Paper(kind=PaperKind.JUDICIAL_SUBPOENA, signed_by_judge=True, issued_on=date(2026, 11, 1))


@pytest.fixture(autouse=True)
def at_ten_in_the_morning():
    with time_machine.travel(make.AT, tick=False):
        yield


def page():
    return make.signed_in(kept.heidi()).get(reverse("records:family")).content.decode()


@pytest.mark.parametrize("settled", ["waits", "denied", "withdrawn"])
def test_what_a_paper_forbids_telling_is_not_told_whatever_became_of_the_request(settled):
    kept.link()
    request = kept.identified(kept.asked(paper=SECRET, purpose=Purpose.COURT), kept.copy())
    if settled == "denied":
        kept.decided(request)
    if settled == "withdrawn":
        actions.withdraw(by=make.bob(), at=make.AT, on=make.ON, request=request, number=request.steps.count())
    assert request.reference not in page()


def settled(request, how: str):
    if how == "denied":
        kept.decided(request)
    else:
        actions.withdraw(by=make.bob(), at=make.AT, on=make.ON, request=request, number=request.steps.count())
    return Request.objects.get(pk=request.pk)


def asked_about_secrecy() -> bool:
    return Duty.objects.filter(kind="paper_secrecy", is_current=True).with_last_step().open().exists()


@pytest.mark.parametrize("how", ["denied", "withdrawn"])
def test_a_request_is_kept_back_until_somebody_files_that_its_paper_forbids_nothing(how):
    kept.link()
    request = kept.identified(kept.asked(paper=UNREAD, purpose=Purpose.COURT), kept.copy())
    assert request.reference not in page()
    assert not asked_about_secrecy()
    request = settled(request, how)
    assert request.reference not in page()
    assert asked_about_secrecy()
    said = {"by": kept.grace(), "at": make.AT, "on": make.ON, "words": "Counsel found no order of silence."}
    papers.say_secret(**said, to=urgent.to(request), forbids=True)
    assert request.reference not in page()
    papers.say_secret(**said, to=urgent.to(request), forbids=False)
    assert request.reference in page()
    assert not asked_about_secrecy()
    assert make.verify().whole


@pytest.mark.parametrize("kind", [PaperKind.GRAND_JURY, PaperKind.LAW_ENFORCEMENT_SUBPOENA])
@pytest.mark.parametrize("forbids", [True, False, None])
def test_a_subpoena_for_law_enforcement_is_secret_only_where_an_order_says_so(kind, forbids):
    kept.link()
    request = kept.identified(kept.asked(purpose=Purpose.COURT), kept.copy())
    urgent.received(request, kind=kind, non_disclosure=forbids, barred_by="Tell nobody, page 2." if forbids else "")
    request = settled(Request.objects.get(pk=request.pk), "withdrawn")
    assert (request.reference in page()) is (forbids is False)
    assert Disclosure.objects.filter(request=request, sealed=True).exists() is (forbids is True)
    assert asked_about_secrecy() is (forbids is None)


@pytest.mark.parametrize("kind", [PaperKind.GRAND_JURY, PaperKind.TERRORISM_ORDER])
def test_whoever_asks_keeps_no_request_from_the_family_by_saying_that_their_paper_is_secret(kind):
    kept.link()
    paper = replace(SECRET, kind=kind)
    request = settled(kept.identified(kept.asked(paper=paper, purpose=Purpose.COURT), kept.copy()), "denied")
    assert request.reference not in page()
    assert not Disclosure.objects.filter(request=request, sealed=True).exists()
    assert asked_about_secrecy()
    said = {"by": kept.grace(), "at": make.AT, "on": make.ON, "words": "There is no such paper."}
    papers.say_secret(**said, to=urgent.to(request), forbids=False)
    assert request.reference in page()


def test_nobody_but_who_decides_says_whether_a_paper_is_secret_and_not_without_words():
    request = kept.identified(kept.asked(paper=UNREAD, purpose=Purpose.COURT), kept.copy())
    request = settled(request, "withdrawn")
    for by, words in ((make.bob(), "No order."), (kept.heidi(), "No order."), (kept.grace(), "  ")):
        with pytest.raises(NotAllowed):
            papers.say_secret(by=by, at=make.AT, on=make.ON, to=urgent.to(request), forbids=False, words=words)


def test_the_page_of_the_paper_asks_the_question_and_takes_the_answer():
    request = settled(kept.identified(kept.asked(paper=UNREAD, purpose=Purpose.COURT), kept.copy()), "withdrawn")
    grace, there = make.signed_in(kept.grace()), reverse("records:paper", args=[request.uid])
    assert "It is not known yet whether the paper forbids telling of it" in grace.get(there).content.decode()
    sent = {"do": "secret", "number": request.steps.count(), "forbids": "no", "words": "Counsel read it on Monday."}
    assert grace.post(there, sent).status_code == 302
    assert "Nothing forbids telling the family of it" in grace.get(there).content.decode()


def test_who_asked_does_not_say_of_their_own_request_that_nobody_is_to_be_told():
    row = kept.asked(kept.grace(), paper=UNREAD, purpose=Purpose.COURT)
    actions.withdraw(by=kept.grace(), at=make.AT, on=make.ON, request=row, number=0)
    said = {"at": make.AT, "on": make.ON, "forbids": True, "words": "Tell nobody, page 2."}
    with pytest.raises(NotAllowed):
        papers.say_secret(by=kept.grace(), to=urgent.to(row), **said)
    there = reverse("records:paper", args=[row.uid])
    assert 'value="secret"' not in make.signed_in(kept.grace()).get(there).content.decode()
    assert 'value="secret"' in make.signed_in(make.eve()).get(there).content.decode()
    papers.say_secret(by=make.eve(), to=urgent.to(row), **said)
