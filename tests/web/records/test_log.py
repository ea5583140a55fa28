"""The log of requests and releases: to whom it opens, what every line names, and how it is taken out."""

import csv
import io

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accord.decision import NotAllowed
from accord.facts.records import PaperKind, Party, Purpose
from accord.web.audit.models import Event
from accord.web.records import actions, links
from accord.web.records.models_requests import Disclosure
from tests.web import factories as make
from tests.web.records import factories as kept
from tests.web.records import urgent

pytestmark = pytest.mark.django_db

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(autouse=True)
def at_ten_in_the_morning():
    with time_machine.travel(make.AT, tick=False):
        yield


def log(of=None):
    return reverse("records:log", kwargs={"uid": (of or kept.student()).uid})


def export(of=None):
    return reverse("records:export_log", kwargs={"uid": (of or kept.student()).uid})


def released():
    kept.link()
    kept.consent()
    copy = kept.copy()
    request = kept.identified(kept.asked(), copy)
    kept.decided(request, [copy])
    actions.open_copy(by=make.bob(), at=make.AT, on=make.ON, request=request, copy=copy)
    return request


def rows(user=None):
    answer = make.signed_in(user or kept.grace()).get(export())
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_every_line_names_party_interest_time_and_what_it_rests_on():
    request = released()
    found = rows()
    assert [row["act"] for row in found] == ["Opened by the recipient", "Decided", "Asked"]
    for row in found:
        assert row["reference"] == request.reference
        assert row["party"] == "Bob"
        assert row["capacity"] == "School resource officer"
        assert row["agency"] == "city-police"
        assert row["interest"] == "To plan a talk at home"
        assert row["at"] == "2026-11-24 10:00-08:00"
    assert found[1]["answer"] == "Release"
    assert found[1]["basis"] == "A written consent covers it"
    assert [row["records"] for row in found] == ["Attendance", "Attendance", ""]
    assert found[0]["limits"]


def test_limits_are_told_in_the_language_of_whoever_reads_not_of_whoever_opened():
    with translation.override("es"):
        released()
    assert rows()[0]["limits"] == "Use only for the purpose stated; do not pass on."
    client = make.signed_in(kept.grace())
    client.cookies["django_language"] = "es"
    with translation.override("es"):
        told = translation.gettext("Use only for the purpose stated; do not pass on.")
    assert not told.startswith("Use")
    assert told in client.get(log()).content.decode()


def test_where_nothing_was_opened_no_limits_travel():
    request = released()
    copy = request.decision.copies.get().copy
    actions.end(by=kept.grace(), at=make.AT, on=make.ON, request=request, number=2, reason="The talk was held.")
    with pytest.raises(NotAllowed):
        actions.open_copy(by=make.bob(), at=make.AT, on=make.ON, request=request, copy=copy)
    refused = next(row for row in rows() if row["act"] == "Refused when opened")
    assert refused["limits"] == ""


def test_lines_of_an_emergency_name_the_threat_and_whom_it_was_told():
    urgent.determined()
    decided = rows()[0]
    assert decided["threat"] == urgent.THREAT
    assert decided["recipients"] == "Bob"


def test_whom_it_may_be_passed_on_to_is_named():
    request = kept.asked(passed_to=(Party(str(make.eve().uid)), Party("", agency="county")))
    kept.identified(request, kept.copy())
    kept.decided(request)
    assert rows()[0]["passed_to"] == "Eve, county"


def test_the_officer_finds_no_log_in_any_way():
    released()
    client = make.signed_in(make.bob())
    for uid in (kept.student().uid, NOBODY):
        assert client.get(reverse("records:log", kwargs={"uid": uid})).status_code == 404
        assert client.get(reverse("records:export_log", kwargs={"uid": uid})).status_code == 404
    assert "records/log" not in client.get("/").content.decode()
    make.account("Bob", make.Role.PARENT)
    assert client.get(log()).status_code == 404, "nor as the parent of another child"


@pytest.mark.parametrize("who", [make.alice, make.frank, make.eve, make.dana, make.carol, kept.ivan])
def test_the_log_is_not_there_for_anyone_else(who):
    released()
    client = make.signed_in(who())
    assert client.get(log()).status_code == 404
    assert client.get(export()).status_code == 404
    assert not Event.objects.filter(verb__startswith="records.log_").exists()


def test_signed_out_one_is_asked_to_sign_in():
    assert Client().get(log()).status_code == 302


def test_the_answer_is_the_same_for_a_student_out_of_reach_and_for_none():
    kept.link()
    client = make.signed_in(kept.heidi())
    there, nowhere = client.get(log(kept.student("1002"))), client.get(reverse("records:log", kwargs={"uid": NOBODY}))
    assert there.status_code == nowhere.status_code == 404
    assert len(there.content) == len(nowhere.content)


def test_the_family_reads_the_same_log_until_its_link_ends_and_never_takes_it_out():
    request = released()
    client = make.signed_in(kept.heidi())
    page = client.get(log()).content.decode()
    assert request.reference in page
    assert "A written consent covers it" in page
    assert client.get(export()).status_code == 404
    link = links.standing(kept.heidi(), on=make.ON).get()
    links.end(by=kept.grace(), at=make.AT, on=make.ON, link=link, reason="Custody changed.")
    assert client.get(log()).status_code == 404


def test_what_a_court_seals_is_seen_by_the_custodian_alone():
    open_one = released()
    sealed = kept.identified(kept.asked(purpose=Purpose.COURT), kept.copy())
    urgent.received(sealed, kind=PaperKind.GRAND_JURY, non_disclosure=True, barred_by="Tell nobody, page 2.")
    kept.decided(sealed)
    assert Disclosure.objects.filter(request=sealed, act="decided", sealed=True).exists()
    custodian = make.signed_in(kept.grace()).get(log()).content.decode()
    assert sealed.reference in custodian
    assert "The family does not see this." in custodian
    family = make.signed_in(kept.heidi()).get(log()).content.decode()
    assert sealed.reference not in family
    assert open_one.reference in family


def test_reading_and_taking_out_leave_an_event_each_or_do_not_happen():
    released()
    client = make.signed_in(kept.grace())
    client.get(log())
    client.get(export())
    told = Event.objects.filter(verb__startswith="records.log_").order_by("seq").values_list("verb", flat=True)
    assert list(told) == ["records.log_read", "records.log_exported"]
    assert make.verify().whole


def test_the_export_says_nothing_of_anybody_in_its_name_and_runs_nothing():
    kept.asked()
    request = actions.ask(
        by=make.bob(), at=make.AT, on=make.ON, key="k" * 20, about="Student", wanted="All",
        interest='=HYPERLINK("http://example.org")', stated=kept.stated(),
    )  # fmt: skip
    kept.identified(request, kept.copy())
    answer = make.signed_in(kept.grace()).get(export())
    assert answer["Content-Disposition"] == 'attachment; filename="disclosure-log.csv"'
    assert answer["Cache-Control"] == "no-store"
    assert rows()[0]["interest"].startswith("'=HYPERLINK")


def test_the_log_asks_few_questions_however_long_it_is(django_assert_max_num_queries):
    released()
    for _ in range(5):
        kept.decided(kept.identified(kept.asked(), kept.copy()), because="Enough.")
    client = make.signed_in(kept.grace())
    client.get(log())
    with django_assert_max_num_queries(25):
        client.get(log())
