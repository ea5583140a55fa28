"""The pages of controls, evidence and program: works, wrong method, wrong role, signed out, twice."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord import catalogue
from accord.decision import BadInput
from accord.facts import Action, ConductClass, DeEscalation, Review, Role, Status
from accord.web.audit.models import Event
from accord.web.controls import actions
from accord.web.controls.models import Evidence, Program
from accord.web.reports.models import Edition
from tests.web import factories as make
from tests.web.controls import factories as control
from tests.web.policies import factories as policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def eve(db: None) -> Client:
    return make.signed_in(make.eve())


def detail(obligation: str = "P08") -> str:
    return reverse("controls:detail", args=[obligation])


def adding(obligation: str = "P08") -> str:
    return reverse("controls:add_evidence", args=[obligation])


def withdrawing(row: Evidence) -> str:
    return reverse("controls:withdraw_evidence", args=[row.obligation, row.uid])


def sheet(**changes: str) -> dict[str, str]:
    usual = {"key": str(uuid4()), "title": "A signed sheet", "reference": "Shelf 4", "effective_on": str(make.ON)}
    return usual | changes


@pytest.mark.parametrize("url", ["/controls/", "/controls/P08/", "/controls/program/"])
def test_the_public_is_sent_to_sign_in(url: str) -> None:
    answer = Client().get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("people:sign_in"))


@pytest.mark.parametrize("url", ["/controls/", "/controls/P08/", "/controls/program/"])
@pytest.mark.parametrize("who", [make.bob, make.dana, make.frank])
def test_who_does_not_answer_for_the_program_is_kept_out(url: str, who: object) -> None:
    assert make.signed_in(who()).get(url).status_code == 403  # type: ignore[operator]


@pytest.mark.parametrize("url", ["/controls/", "/controls/P08/"])
def test_a_page_to_read_takes_no_post(eve: Client, url: str) -> None:
    assert eve.post(url).status_code == 405


def test_what_writes_takes_no_get(eve: Client) -> None:
    assert eve.get(adding()).status_code == 405
    assert eve.get(withdrawing(control.evidence())).status_code == 405


def test_the_table_lists_every_control_and_the_numbers(eve: Client) -> None:
    text = eve.get("/controls/").content.decode()
    listed = re.findall(r'scope="row"><a href="/controls/(\w+)/"', text)
    assert listed == [one.id for one in catalogue.bp_3515_31().obligations]
    assert "controls.parameters-verified" in text
    assert "43 of 43 controls" in text


def test_the_table_is_narrowed(eve: Client) -> None:
    text = eve.get("/controls/", {"actor": "Agency", "status": "no_evidence"}).content.decode()
    listed = re.findall(r'scope="row"><a href="/controls/(\w+)/"', text)
    agency = {one.id for one in catalogue.bp_3515_31().obligations if one.actor == "Agency"}
    assert listed
    assert set(listed) <= agency
    assert "No control matches" in eve.get("/controls/", {"actor": "Nobody"}).content.decode()


@pytest.mark.parametrize("obligation", [one.id for one in catalogue.bp_3515_31().obligations])
def test_every_control_has_a_page(eve: Client, obligation: str) -> None:
    text = eve.get(detail(obligation)).content.decode()
    assert f"<h1>{obligation} " in text
    assert "The last twelve months" in text


def test_an_obligation_that_is_not_there(eve: Client) -> None:
    assert eve.get(detail("P99")).status_code == 404
    assert eve.post(adding("P99"), sheet()).status_code == 404


def test_the_page_shows_the_sentences_that_carry_it(eve: Client) -> None:
    version = policy.in_force()
    binding = version.bindings.filter(obligation="P07")[0]
    assert f'href="/#{binding.sentence_id}"' in eve.get(detail("P07")).content.decode()


def test_evidence_is_put_on_file_and_counts_at_once(eve: Client) -> None:
    answer = eve.post(adding(), sheet(reference="Shelf 4"), follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain[-1][0] == detail()
    assert "chip--met" in text
    assert "Shelf 4" in text
    row = Evidence.objects.get()
    assert (row.title, row.recorded_by, row.recorded_at) == ("A signed sheet", make.eve(), make.AT)


def test_sent_twice_it_is_filed_once(eve: Client) -> None:
    same = sheet()
    for _ in range(2):
        assert eve.post(adding(), same).status_code == 302
    assert Evidence.objects.count() == 1
    assert Event.objects.filter(verb="controls.evidence_added").count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"title": ""}, 400, "id_title"),
        ({"effective_on": "yesterday"}, 400, "id_effective_on"),
        ({"expires_on": "2020-01-01"}, 422, "id_expires_on"),
        ({"reference": " "}, 400, "id_reference"),
        ({"title": "1 a–2"}, 422, "id_title"),
        ({"effective_on": "1989-12-31"}, 422, "id_effective_on"),
        ({"effective_on": "0001-01-01"}, 422, "id_effective_on"),
        ({"effective_on": "2027-11-25"}, 422, "id_effective_on"),
        ({"effective_on": "9999-12-31"}, 422, "id_effective_on"),
        ({"expires_on": "9999-12-31"}, 422, "id_expires_on"),
    ],
)
def test_what_needs_mending_is_said_beside_its_field(
    eve: Client, changes: dict[str, str], status: int, field: str
) -> None:
    answer = eve.post(adding(), sheet(**({"reference": "What I typed", "title": "What I typed"} | changes)))
    assert answer.status_code == status
    assert f'href="#{field}"' in answer.content.decode()
    assert "What I typed" in answer.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("day", ["1990-01-01", "2027-11-24"])
def test_the_first_and_the_last_day_that_can_be_meant(eve: Client, day: str) -> None:
    assert eve.post(adding(), sheet(effective_on=day, expires_on="2060-01-01")).status_code == 302


def test_the_action_asks_where_it_is_kept_too() -> None:
    with pytest.raises(BadInput, match="where it is kept"):
        control.evidence(reference="  ")


@pytest.mark.parametrize(
    "changes", [{"title": "Another sheet"}, {"reference": "Shelf 5"}, {"expires_on": "2030-01-01"}, {"on": "P01"}]
)
def test_other_evidence_from_the_same_form_is_not_thrown_away(eve: Client, changes: dict[str, str]) -> None:
    first = sheet()
    eve.post(adding(), first)
    to, typed = adding(changes.get("on", "P08")), first | {key: one for key, one in changes.items() if key != "on"}
    answer = eve.post(to, typed)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert f'value="{typed["title"]}"' in text
    key = re.search(r'name="key" value="([^"]+)"', text)
    assert key
    assert key[1] != first["key"]
    assert eve.post(to, typed | {"key": key[1]}).status_code == 302
    assert Evidence.objects.count() == 2


def test_the_key_of_someone_else_is_no_way_to_their_evidence(eve: Client) -> None:
    first = sheet()
    eve.post(adding(), first)
    assert make.signed_in(make.carol()).post(adding(), first).status_code == 409


def test_a_double_tap_at_the_same_moment_is_filed_once(eve: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    same, real, calls = sheet(), actions._check, []

    def meanwhile(*arguments: str) -> None:
        real(*arguments)
        calls.append(arguments)
        if len(calls) == 1:
            assert eve.post(adding(), same).status_code == 302

    monkeypatch.setattr(actions, "_check", meanwhile)
    assert eve.post(adding(), same).status_code == 302
    assert len(calls) == 2
    assert Evidence.objects.count() == 1
    assert Event.objects.filter(verb="controls.evidence_added").count() == 1


def test_a_key_that_was_tampered_with_is_refused(eve: Client) -> None:
    assert eve.post(adding(), sheet(key="x")).status_code == 400


def test_what_accord_does_not_keep_has_no_form(eve: Client) -> None:
    assert adding("P04") not in eve.get(detail("P04")).content.decode()
    assert eve.post(adding("P04"), sheet()).status_code == 422
    assert not Evidence.objects.exists()


def test_a_principal_reads_evidence_and_files_none() -> None:
    alice = make.signed_in(make.alice())
    assert adding() not in alice.get(detail()).content.decode()
    assert alice.post(adding(), sheet()).status_code == 403
    assert not Evidence.objects.exists()


def test_evidence_is_withdrawn_with_a_reason_and_stays_readable(eve: Client) -> None:
    row = control.evidence()
    text = eve.post(withdrawing(row), {"reason": "Wrong person"}, follow=True).content.decode()
    assert "<del>A signed sheet</del>" in text
    assert "Eve: Wrong person" in text
    assert "chip--no-evidence" in text.partition("The last twelve months")[0]


def test_without_a_reason_it_stays(eve: Client) -> None:
    row = control.evidence()
    answer = eve.post(withdrawing(row), {"reason": "  "})
    assert answer.status_code == 400
    assert "Say in a sentence why" in answer.content.decode()
    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_withdrawing_twice_is_withdrawing_once(eve: Client) -> None:
    row = control.evidence()
    eve.post(withdrawing(row), {"reason": "First"})
    eve.post(withdrawing(row), {"reason": "Second"})
    row.refresh_from_db()
    assert row.withdrawn_reason == "First"
    assert Event.objects.filter(verb="controls.evidence_withdrawn").count() == 1


def test_evidence_of_another_obligation_is_not_there(eve: Client) -> None:
    row = control.evidence()
    url = reverse("controls:withdraw_evidence", args=["P01", row.uid])
    assert eve.post(url, {"reason": "x"}).status_code == 404


def mending(client: Client, obligation: str) -> list[str]:
    """Where the part on today's standing leads."""
    text = client.get(detail(obligation)).content.decode()
    today = text.partition('aria-labelledby="today"')[2].partition("</section>")[0]
    return re.findall(r'href="([^"]+)"', today)


@pytest.mark.parametrize(
    ("obligation", "url"),
    [
        ("P01", "/policies/"),
        ("P04", None),
        ("P07", "/interactions/?state=flagged"),
        ("P08", "#add"),
        ("P10", "/interactions/?state=needs_review"),
        ("P16", "/reports/"),
        ("P18", "/reports/"),
        ("N09", "/controls/program/"),
        ("N01", None),
    ],
)
def test_what_is_not_met_leads_to_one_place_that_mends_it(eve: Client, obligation: str, url: str | None) -> None:
    expected = [url.replace("/interactions/", reverse("interactions:list"))] if url else []
    if url == "/reports/":
        expected = [reverse("reports:list")]
    assert mending(eve, obligation) == expected


def test_who_may_not_mend_is_told_so() -> None:
    alice = make.signed_in(make.alice())
    assert mending(alice, "P08") == []
    assert "takes a role that you do not hold" in alice.get(detail()).content.decode()


def test_what_is_met_needs_no_mending(eve: Client) -> None:
    control.evidence()
    assert mending(eve, "P08") == []


def test_the_year_is_shown_by_its_changes(eve: Client) -> None:
    control.evidence(filed_on=make.ON - timedelta(days=20))
    rows = eve.get(detail()).content.decode().partition("<caption>Days on which")[2].count('scope="row"')
    assert rows == 3  # a year ago; from its first day on, as known now; from the day it was filed


def told(client: Client, url: str) -> str:
    """The page without what differs each time."""
    text = client.get(url).content.decode()
    return re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]+"', "", text)


@pytest.mark.parametrize("url", ["/controls/", "/controls/P07/", "/controls/P09/", "/controls/P10/"])
@pytest.mark.parametrize("role", [Role.BOARD, Role.CLERK, Role.AGENCY_SUPERVISOR, Role.CUSTODIAN, Role.PRINCIPAL])
def test_who_does_not_read_every_contact_learns_of_none_between_reports(role: Role, url: str) -> None:
    at = make.school() if role is Role.PRINCIPAL else None
    reader = make.signed_in(make.account("Grace", role, at=at))
    make.bob()
    for _ in range(2):
        before = told(reader, url)
        force = {"people": (make.student(actions=(Action.FORCE,)),), "de_escalation": (DeEscalation.NOT_POSSIBLE,)}
        filed = make.contact(conduct=ConductClass.CODE_OF_CONDUCT, **force)
        assert told(reader, url) == before
        make.reviewed(filed, found=Review.NOT_APPROPRIATE)
        assert told(reader, url) == before
        if not Edition.objects.exists():
            control.reported()


def test_the_year_of_a_control_over_contacts_changes_with_the_reports() -> None:
    control.reported(make.ON - timedelta(days=100), until=make.ON - timedelta(days=150))
    day = make.ON - timedelta(days=60)
    make.contact(conduct=ConductClass.CODE_OF_CONDUCT, at=control.noon(day), on=day)
    control.reported(make.ON - timedelta(days=10), until=make.ON - timedelta(days=40))
    text = make.signed_in(make.carol()).get(detail("P07")).content.decode()
    rows = re.findall(r'<th scope="row" class="nowrap">(.*?)</th>', text.partition("<caption>Days on which")[2])
    assert rows == ["Nov. 14, 2026", "Nov. 24, 2025"]


def test_the_program_is_described(eve: Client) -> None:
    assert control.status("N09") is Status.NO_EVIDENCE
    for _ in range(2):
        answer = eve.post("/controls/program/", {"mode": "agreement", "award": "no"})
        assert answer["Location"] == "/controls/"
    assert control.status("N09") is Status.DOES_NOT_APPLY
    assert Program.objects.count() == 1
    assert "An agency provides officers" in eve.get("/controls/program/").content.decode()


def test_an_unknown_answer_about_the_program_is_refused(eve: Client) -> None:
    assert eve.post("/controls/program/", {"mode": "agreement", "award": "perhaps"}).status_code == 400
    assert not Program.objects.exists()


def test_the_clerk_does_not_describe_the_program() -> None:
    answer = make.signed_in(make.carol()).post("/controls/program/", {"mode": "own", "award": "no"})
    assert answer.status_code == 403
    assert not Program.objects.exists()


@pytest.mark.parametrize("url", ["/controls/", "/controls/P08/", "/controls/P07/", "/controls/program/"])
def test_a_page_asks_the_database_the_same_however_much_there_is(eve: Client, url: str) -> None:
    policy.in_force()
    control.evidence()
    make.reviewed(make.contact(conduct=ConductClass.CODE_OF_CONDUCT))
    eve.get(url)
    with CaptureQueriesContext(connection) as few:
        eve.get(url)
    for number in range(30):
        control.evidence(title=f"Sheet {number}")
        make.contact(conduct=ConductClass.CODE_OF_CONDUCT)
    with CaptureQueriesContext(connection) as many:
        eve.get(url)
    assert len(many) == len(few)
