"""The front page: the policy in force with what is kept today, for everyone, and never stale."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.facts import ConductClass, Role, Status
from accord.web.audit.models import Event
from accord.web.controls import drawn
from accord.web.controls.models import Evidence
from accord.web.controls.standing import standings
from accord.web.interactions.facts import reviewed
from accord.web.policies import bindings
from accord.web.policies.models import Version
from tests.web import factories as make
from tests.web.controls import factories as control
from tests.web.policies import factories as policy

pytestmark = pytest.mark.django_db


def page(client: Client | None = None, **query: str) -> str:
    return (client or Client()).get("/", query).content.decode()


def line(text: str) -> list[int]:
    """The numbers of the summary line: kept, of how many, due, not met, without evidence, to judge, not applying."""
    found = re.search(r'standing__line">(.*?)</p>', text, re.DOTALL)
    assert found
    return [int(number) for number in re.findall(r"\d+", found[1])]


def test_when_nothing_is_in_force_the_page_says_how_to_get_there() -> None:
    policy.imported()
    text = page()
    assert "No policy is in force yet" in text
    assert "accord policy import" in text


def test_every_sentence_stands_in_order_under_its_section() -> None:
    version = policy.in_force()
    text = page()
    places = [text.index(f'id="{row["id"]}"') for row in version.document["sentences"]]
    assert places == sorted(places)
    headings = re.findall(r'<h2 lang="en">(.*?)</h2>', text)
    assert headings == [section for section in version.document["sections"] if section]
    for row in version.document["sentences"]:
        if row["parent"]:
            assert re.search(rf'<ul class="items">.*id="{row["id"]}"', text, re.DOTALL)


def test_the_summary_counts_each_obligation_once_and_says_what_no_evidence_means() -> None:
    policy.tied(policy.in_force(), "P01")
    control.evidence()
    text = page()
    kept, total, *others = line(text)
    assert total == 23
    assert kept + sum(others) == total
    found = standings(on=make.ON)
    assert kept == sum(one.status is Status.MET for key, one in found.items() if key.startswith("P"))
    assert "Without evidence counts as not met" in text


def test_what_no_confirmed_sentence_carries_is_shown_all_the_same() -> None:
    version = policy.in_force()
    for binding in version.bindings.filter(obligation="P07"):
        bindings.reject(by=make.eve(), at=make.AT, on=make.ON, binding=binding)
    text = page()
    assert re.search(r'id="uncarried".*<strong>P07', text, re.DOTALL)
    assert line(text)[1] == 23


def test_a_suggestion_shows_no_status() -> None:
    policy.in_force(confirm=False)
    text = page()
    before = text.partition('id="uncarried"')[0]
    assert 'class="chip chip' not in before
    assert "no person has confirmed it yet" in before


def test_each_chip_says_why() -> None:
    policy.in_force()
    text = page()
    assert re.search(r"chip--no-evidence.*?P03.*?: No evidence: Accord does not keep this yet\.", text, re.DOTALL)


def test_notes_stand_before_their_sentence_marked_as_no_part_of_the_policy() -> None:
    version = policy.in_force()
    text = page()
    asides = re.findall(r'<aside class="note">.*?</aside>', text, re.DOTALL)
    assert len(asides) == len(version.document["notes"])
    for aside, note in zip(asides, version.document["notes"], strict=True):
        assert "not part of the policy" in aside
        assert note["author"] in aside
        assert text.index(aside) < text.index(f'id="{note["before"]}"')


def test_a_citation_without_a_title_is_said_to_be_unresolved() -> None:
    version = policy.in_force(policy.text(("Education Code 234.7", "Education Code 99999.9")))
    assert any(one["resolved"] for one in version.document["citations"])
    text = page()
    assert re.search(r"Education Code 99999\.9</span> \(not resolved\)", text)
    assert re.search(r"Education Code 49076</span>, <span", text)


def test_a_deleted_row_changes_the_page_in_the_next_request() -> None:
    policy.in_force()
    row = control.evidence()
    kept, events = line(page())[0], Event.objects.count()
    Evidence.objects.filter(id=row.id).delete()
    assert Event.objects.count() == events
    assert line(page())[0] == kept - 1


def test_each_act_changes_the_page_in_the_next_request() -> None:
    policy.in_force()
    kept = line(page())[0]
    row = control.evidence()
    assert line(page())[0] == kept + 1
    control.withdrawn(row)
    assert line(page())[0] == kept


def test_a_contact_changes_the_page_in_the_next_request() -> None:
    policy.in_force()
    eve = make.signed_in(make.eve())
    assert "chip--due" not in page(eve)
    make.contact(conduct=ConductClass.CODE_OF_CONDUCT)
    assert "chip--due" in page(eve)
    assert reviewed(on=make.ON)


def test_the_page_follows_the_day() -> None:
    policy.in_force()
    control.evidence(expires_on=make.ON + timedelta(days=40))
    assert "chip--met" in page()
    with time_machine.travel(make.AT + timedelta(days=20), tick=False):
        assert "chip--due" in page()


def test_an_unchanged_page_costs_a_visitor_one_query() -> None:
    policy.in_force()
    first = page()
    with CaptureQueriesContext(connection) as asked:
        again = page()
    assert len(asked) == 1
    assert line(first) == line(again)


def test_a_changed_page_costs_the_same_however_long_the_policy_is() -> None:
    policy.in_force(policy.text())
    with CaptureQueriesContext(connection) as asked:
        page()
    assert len(asked) == 10  # three more for who reads contacts, or once a report is published


def test_who_is_signed_out_sees_no_evidence_and_no_count_of_contacts() -> None:
    policy.in_force()
    control.evidence(title="Canary of the file")
    for _ in range(3):
        make.contact(conduct=ConductClass.CODE_OF_CONDUCT)
    shown, inside = page(), page(make.signed_in(make.eve()))
    assert "Contacts waiting for review: 3" in inside
    assert "waiting for review" not in shown
    assert "No report is published yet: nothing is told of contacts." in shown
    assert "chip--due" not in shown
    assert "/controls/" not in shown
    assert "/controls/P08/" in inside
    assert "Canary" not in shown + inside


@pytest.mark.parametrize("who", [make.bob, make.dana, make.frank])
def test_who_may_not_read_evidence_sees_what_the_public_sees(who: object) -> None:
    policy.in_force()
    make.contact(conduct=ConductClass.CODE_OF_CONDUCT)
    text = page(make.signed_in(who()))  # type: ignore[operator]
    assert "/controls/P08/" not in text
    assert "waiting for review" not in text


OVER_CONTACTS = {"P07", "P09", "P10", "N12", "P20", "P21", "P22", "P23"}
BESIDE = {"P03", "P08"}
"""Controls that other evidence decides, and to which duties after contacts belong."""


def test_only_what_reads_contacts_is_told_otherwise_and_without_numbers() -> None:
    day = make.ON - timedelta(days=1)
    make.contact(conduct=ConductClass.CODE_OF_CONDUCT, at=control.noon(day), on=day)
    control.reported()
    found, told = standings(on=make.ON), standings(on=make.ON, contacts=False)
    assert {key for key in found if found[key] != told[key]} == OVER_CONTACTS | BESIDE
    assert all(found[key].status is told[key].status for key in BESIDE)
    for key in OVER_CONTACTS:
        reason = told[key].finding.reason
        assert reason.values == {"day": day}
        assert not any(char.isdigit() for char in reason.template)
        assert told[key].due_on is None
        assert told[key].status is standings(on=day)[key].status


def of_contacts(client: Client | None = None) -> list[str]:
    """What the page tells about the controls over contacts, and its summary line."""
    text = page(client)
    return [*re.findall(r"As of [^<]*|No report is published yet[^<]*", text), *map(str, line(text))]


def test_nothing_about_contacts_changes_for_the_public_between_two_reports() -> None:
    policy.in_force()
    assert {one for one in of_contacts() if not one.isdigit()} == {
        "No report is published yet: nothing is told of contacts."
    }
    before = of_contacts()
    filed = make.contact(conduct=ConductClass.CODE_OF_CONDUCT)
    assert of_contacts() == before
    control.reported()
    told = of_contacts()
    assert all("As of Nov. 23, 2026" in one for one in told if not one.isdigit())
    make.contact(conduct=ConductClass.MENTAL_HEALTH)
    assert of_contacts() == told, "not even on the day of the report itself"
    make.reviewed(filed)
    with time_machine.travel(make.AT + timedelta(days=30), tick=False):
        assert [one for one in of_contacts() if not one.isdigit()] == [one for one in told if not one.isdigit()]
        assert of_contacts(make.signed_in(make.eve())) != of_contacts()


def test_the_next_report_tells_where_contacts_stood_before_it() -> None:
    policy.in_force()
    make.contact(conduct=ConductClass.CODE_OF_CONDUCT)
    control.reported()
    later = make.ON + timedelta(days=40)
    with time_machine.travel(control.noon(later), tick=False):
        assert standings(on=later, contacts=False)["P07"].status is Status.NO_EVIDENCE
        control.reported(later, until=make.ON)
        assert standings(on=later, contacts=False)["P07"].status is Status.NOT_MET
        assert "a review or task was late" in page()


def test_a_report_on_earlier_days_published_late_changes_nothing() -> None:
    control.reported(make.ON - timedelta(days=60))
    before = standings(on=make.ON, contacts=False)
    make.contact(conduct=ConductClass.CODE_OF_CONDUCT, at=control.noon(make.ON - timedelta(days=3)))
    control.reported(make.ON, until=date(2025, 12, 31))
    after = standings(on=make.ON, contacts=False)
    assert {key: before[key] for key in OVER_CONTACTS} == {key: after[key] for key in OVER_CONTACTS}


@pytest.mark.parametrize("role", [Role.BOARD, Role.CLERK, Role.AGENCY_SUPERVISOR, Role.CUSTODIAN, Role.PRINCIPAL])
def test_who_does_not_read_every_contact_is_told_no_more_than_the_public(role: Role) -> None:
    policy.in_force()
    make.contact(conduct=ConductClass.CODE_OF_CONDUCT)
    control.reported(make.ON - timedelta(days=5))
    at = make.school() if role is Role.PRINCIPAL else None
    reader = make.signed_in(make.account("Grace", role, at=at))
    assert of_contacts(reader) == of_contacts()
    assert "chip--due" not in page(reader)


def test_the_page_is_narrowed_by_who_status_and_section() -> None:
    policy.in_force()
    officers = page(actor="SRO")
    assert "So that students meet law enforcement" not in officers
    assert "SROs shall collaborate" in officers
    assert 'value="SRO" selected' in officers
    shown, everything = (text.count('class="sentence"') for text in (officers, page()))
    assert 0 < shown < everything
    assert f"{shown} of {everything} sentences match" in officers
    assert "SROs shall collaborate" not in page(status="met")
    records = page(section="Access to Records")
    assert "SROs shall not have access to student records" in records
    assert "SROs shall collaborate" not in records


def test_a_list_item_that_matches_keeps_its_lead_in() -> None:
    version = policy.in_force()
    item = next(row for row in version.document["sentences"] if row["parent"])
    for row in version.bindings.filter(sentence_id=item["parent"]):
        bindings.reject(by=make.eve(), at=make.AT, on=make.ON, binding=row)
    text = page(status="no_evidence")
    assert text.index(f'id="{item["parent"]}"') < text.index(f'id="{item["id"]}"')


def test_filters_that_match_nothing_say_what_to_do() -> None:
    policy.in_force()
    assert "No sentence matches" in page(actor="SRO", section="Access to Records", status="met")


def test_what_cannot_be_chosen_is_no_filter() -> None:
    policy.in_force()
    odd = page(actor="Nobody", status="perhaps", section="A B")
    assert "sentences match" not in odd
    assert line(odd) == line(page())


def test_nobody_fills_the_memory_by_typing() -> None:
    policy.in_force()
    for number in range(20):
        text = page(actor=str(number), a=str(number))
        assert f'value="/?actor={number}&amp;a={number}"' in text
    assert len(drawn._WHOLE) == 1
    assert not any(str(number) in repr(key.filters) for key in drawn._WHOLE for number in range(20))


def test_an_address_is_never_markup_and_never_kept() -> None:
    policy.in_force()
    text = Client().get("/?a=%22%3E<script>&b='").content.decode()
    assert "<script>" not in text
    assert drawn._ADDRESS not in text
    assert "%3E" not in page()


def test_the_mark_counts_no_table_of_contacts() -> None:
    with CaptureQueriesContext(connection) as asked:
        drawn.mark()
    (one,) = asked.captured_queries
    counted = re.findall(r'COUNT\(\*\) FROM "(\w+)"', one["sql"])
    assert counted
    assert not [table for table in counted if table.startswith("interactions")]
    assert "interactions_version" in one["sql"]


def test_what_is_typed_into_the_address_is_never_markup() -> None:
    policy.in_force()
    assert "<script>" not in page(actor="<script>alert(1)</script>", section="<script>")


def test_the_policy_stays_english_on_a_spanish_page() -> None:
    version = policy.in_force()
    text = Client(headers={"accept-language": "es"}).get("/").content.decode()
    assert '<html lang="es">' in text
    assert text.count('class="sentence__text" lang="en"') == len(version.document["sentences"])
    assert 'lang="en">School Resource Officers</h1>' in text


def test_the_two_languages_are_kept_apart() -> None:
    policy.in_force()
    english, spanish = page(), Client(headers={"accept-language": "es"}).get("/").content.decode()
    assert "Aug. 19, 2025" in english
    assert "19 de agosto de 2025" in spanish
    assert "Aug. 19, 2025" in page()


def test_a_policy_with_no_sentences_has_a_page() -> None:
    version = policy.in_force()
    document = {**version.document, "sentences": [], "notes": []}
    Version.objects.filter(id=version.id).update(document=document)
    drawn.forget()
    text = page()
    assert "No sentence was found in this document" in text
    assert line(text)[1] == 23


def test_the_front_page_takes_no_post() -> None:
    assert Client().post("/").status_code == 405


def test_each_visitor_gets_a_token_of_their_own() -> None:
    policy.in_force()
    found = []
    for _ in range(2):
        visitor = Client(enforce_csrf_checks=True)
        text = page(visitor)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
        assert token
        assert drawn._TOKEN not in text
        sent = {"csrfmiddlewaretoken": token[1], "language": "es", "next": "/"}
        assert visitor.post(reverse("base:language"), sent).status_code == 302
        found.append(token[1])
    assert found[0] != found[1]


def test_a_kept_page_leads_back_to_the_address_that_was_asked_for() -> None:
    policy.in_force()
    for path in ("/", "/?actor=SRO", "/?a=1"):
        text = Client().get(path).content.decode()
        assert f'name="next" value="{path}"' in text


def test_what_is_kept_for_the_public_is_never_given_to_who_is_signed_in() -> None:
    policy.in_force()
    page()
    assert "Sign out" in page(make.signed_in(make.eve()))
    assert "Sign out" not in page()


def test_the_memory_is_bounded() -> None:
    policy.in_force()
    for number in range(drawn._WHOLE_PAGES + 10):
        control.evidence(title=f"Sheet {number}", effective_on=make.ON)
        page()
    assert len(drawn._WHOLE) == drawn._WHOLE_PAGES
