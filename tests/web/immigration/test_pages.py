"""The pages: reached by everyone, right for each role, and nothing of a student on any of them."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse

from accord.facts import Role
from accord.facts.immigration import Kept, Paper, Wanted
from accord.web.duties.models import Duty
from accord.web.immigration.models import Acknowledgement, Entry, Scan, WhomToCall
from accord.web.students.models import Student
from tests.web import factories as make
from tests.web.immigration import factories as register

pytestmark = pytest.mark.django_db

NOW = "/immigration/now/"


def text(response) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def first(school=None, *, key: str = "k", wanted=("entry",), paper: str = "none") -> dict[str, object]:
    return {"key": key, "school": (school or make.school()).pk, "wanted": list(wanted), "paper": paper}


def test_the_button_stands_on_every_page_and_leads_to_what_to_do_without_signing_in(client: Client):
    for address in ("/", "/rules/", "/people/sign-in/", "/no-such-page/"):
        assert f'href="{NOW}"' in client.get(address).content.decode()
    page = text(client.get(NOW))
    assert "Let nobody past the public area" in page
    assert "Sign in to report it" in page
    assert "Report it now" not in page


def test_the_page_tells_of_each_paper_what_the_rule_says(client: Client):
    page = client.get(NOW).content.decode()
    sections = dict(re.findall(r'<section class="paper" id="paper-([a-z_]+)"(.*?)</section>', page, re.DOTALL))
    assert set(sections) == {paper.value for paper in Paper}
    for paper in Paper:
        assert ("As the paper says" in sections[paper.value]) is (paper is Paper.JUDICIAL_WARRANT)
        assert (">No<" in sections[paper.value]) is not paper.judicial


def test_three_answers_report_it_and_the_superintendent_sees_it_above_every_page(as_bob: Client, as_eve: Client):
    answer = as_bob.post(NOW, first(), follow=True)
    entry = Entry.objects.get()
    assert answer.redirect_chain == [(f"/immigration/{entry.uid}/", 302)]
    assert "Without paper signed by a judge" in text(answer)
    assert "Immigration enforcement at a school: act now" in text(as_eve.get("/"))


def test_a_report_with_nothing_said_is_shown_again(as_bob: Client):
    answer = as_bob.post(NOW, first(wanted=()))
    assert answer.status_code == 400
    assert "Say what they want" in text(answer)
    assert "Do this now" in text(answer)
    assert not Entry.objects.exists()


def test_whoever_lost_the_session_signs_in_and_comes_back(client: Client):
    answer = client.post(NOW, first())
    assert (answer.status_code, answer["Location"]) == (302, f"/people/sign-in/?next={NOW.replace('/', '%2F')}")
    assert not Entry.objects.exists()


def test_a_parent_reads_the_page_and_reports_nothing(sign_in):
    heidi = sign_in(make.account("Heidi", Role.PARENT))
    assert "Report it now" not in text(heidi.get(NOW))
    assert heidi.post(NOW, first()).status_code == 422
    assert not Entry.objects.exists()


def test_whom_to_call_stands_at_the_top_once_the_superintendent_says_so(as_eve: Client, client: Client):
    assert "No telephone of counsel is on file yet" in text(client.get(NOW))
    address = "/immigration/whom-to-call/"
    assert as_eve.post(address, {"superintendent_phone": "555-0100"}).status_code == 400
    told = {"superintendent_phone": "555-0100", "counsel_name": "Ortiz", "counsel_phone": "555-0101"}
    assert as_eve.post(address, told).status_code == 302
    assert 'href="tel:555-0101"' in client.get(NOW).content.decode()
    assert WhomToCall.objects.count() == 1


READERS = [
    (make.eve, {200}), (make.alice, {200}), (make.frank, {200}), (make.bob, {404}), (make.carol, {404}),
    (make.dana, {404}), (lambda: make.account("Olga", Role.PRINCIPAL, at=make.school("Oak High")), {404}),
    (lambda: make.account("Heidi", Role.PARENT), {403}),
]  # fmt: skip


@pytest.mark.parametrize(("who", "codes"), READERS)
def test_out_of_scope_looks_like_not_there(who, codes, sign_in):
    entry = register.filed()
    client = sign_in(who())
    for part in ("", "tell/"):
        assert client.get(f"/immigration/{entry.uid}/{part}").status_code in codes
    listed = client.get("/immigration/")
    assert (entry.reference in listed.content.decode()) is (codes == {200})


def everything_typed(**more: object) -> dict[str, object]:
    told = register.WHOLE
    typed = {name: value for name, value in vars(told).items() if isinstance(value, str) and value}
    typed |= {"wanted": ["entry"], "came_at": "2026-11-24T09:00", "number": 1, "reason": "The rest."}
    return typed | more


def test_the_rest_is_told_on_its_page_and_what_may_not_be_kept_is_said_beside_its_field(sign_in):
    entry = register.filed()
    frank = sign_in(make.frank())
    address = f"/immigration/{entry.uid}/tell/"
    refused = frank.post(address, everything_typed(scope="The father is undocumented."))
    assert refused.status_code == 422
    assert re.search(r'id="id_scope_error"[^>]*>[^<]*nothing of it was stored', refused.content.decode())
    assert frank.post(address, everything_typed(came_at="soon")).status_code == 400
    done = frank.post(address, everything_typed(), follow=True)
    assert "Waits for review" in text(done)
    assert frank.post(address, everything_typed()).status_code == 409
    assert "Still to be told" not in text(frank.get(f"/immigration/{entry.uid}/"))


def test_an_entry_is_shown_as_it_was_told(sign_in):
    entry = register.whole()
    page = text(sign_in(make.alice()).get(f"/immigration/{entry.uid}/"))
    for said in ("Administrative warrant", "Asked them to wait at the front", "The secretary", "The rest."):
        assert said in page


def test_what_was_opened_against_the_rule_is_shown_to_the_reviewer(sign_in):
    entry = register.whole(entered="yes", entered_where="The hall")
    page = text(sign_in(make.alice()).get(f"/immigration/{entry.uid}/"))
    assert "Something was opened that staff may not open" in page


def test_a_principal_reviews_and_an_officer_is_told_why_not(sign_in):
    entry = register.whole()
    officer = make.bob()
    make.account("Bob", Role.PRINCIPAL, at=make.school())
    assert "never reviews" in text(sign_in(officer).get(f"/immigration/{entry.uid}/"))
    sent = {"number": 2, "found": "kept"}
    assert sign_in(officer).post(f"/immigration/{entry.uid}/review/", sent).status_code == 422
    alice = sign_in(make.alice())
    assert alice.post(f"/immigration/{entry.uid}/review/", {"number": 1, "found": "kept"}).status_code == 409
    assert "Reviewed: kept" in text(alice.post(f"/immigration/{entry.uid}/review/", sent, follow=True))


def test_a_paper_is_kept_without_its_name_and_only_a_reviewer_opens_it(sign_in):
    entry = register.filed()
    frank = sign_in(make.frank())
    address = f"/immigration/{entry.uid}/paper/"
    wrong = SimpleUploadedFile("paper.pdf", b"<html>")
    assert frank.post(address, {"file": wrong}).status_code == 400
    frank.post(address, {"file": SimpleUploadedFile("Maria Lopez.pdf", register.PDF)})
    scan = Scan.objects.get()
    assert "Lopez" not in frank.get(f"/immigration/{entry.uid}/").content.decode()
    assert frank.get(f"{address}{scan.uid}/").status_code == 403
    opened = sign_in(make.alice()).get(f"{address}{scan.uid}/")
    assert opened.content == register.PDF
    assert opened["Cache-Control"] == "no-store"
    assert "Lopez" not in opened["Content-Disposition"]


def test_clearing_is_the_superintendents(sign_in):
    entry = register.whole(paper=Paper.COURT_ORDER, signed="yes", covers="yes")
    sent = {"binds": "yes", "why": "Counsel read it."}
    address = f"/immigration/{entry.uid}/clear/"
    assert sign_in(make.alice()).post(address, sent).status_code == 403
    eve = sign_in(make.eve())
    assert eve.post(address, sent).status_code == 422
    register.scan(entry)
    assert "Binds the district." in text(eve.post(address, sent, follow=True))


def test_letters_and_what_the_board_receives_name_nobody(sign_in):
    entry = register.whole(officers="Agent Orwell", staff="Ms. Winston", asked_for="A list of a class")
    register.reviewed(entry, found=Kept.NOT_KEPT)
    eve = sign_in(make.eve())
    letters = text(eve.get(f"/immigration/{entry.uid}/letters/"))
    assert "BCJ@doj.ca.gov" in letters
    assert "presence confirmed" in letters
    carol = sign_in(make.carol())
    for page in (carol.get("/immigration/board/"), carol.get("/immigration/board.csv")):
        said = text(page)
        assert "Reviewed: not kept" in said
        assert not [word for word in (entry.reference, "Cedar", "Orwell", "Frank", "2026-11-24") if word in said]
    for word in ("Orwell", "Winston", "Frank", "list of a class"):
        assert word not in letters
    assert sign_in(make.alice()).get("/immigration/board/").status_code == 403


def test_zero_requests_are_shown_to_the_board_as_zero(as_eve: Client):
    assert "0 requests" in text(as_eve.get("/immigration/board/"))


def test_an_officer_signs_with_name_and_password_and_who_lacks_it_is_seen(sign_in):
    bob = make.bob()
    bob.set_password(register.PASSWORD)
    bob.save()
    officer, eve = sign_in(bob), sign_in(make.eve())
    assert "Overdue" in text(officer.get("/immigration/my-duties/"))
    assert "Not met" in text(eve.get("/immigration/officers/"))
    for wrong in ({"signature": "Bob", "password": "wrong"}, {"signature": "Eve", "password": register.PASSWORD}):
        assert officer.post("/immigration/my-duties/", wrong).status_code == 422
    assert not Acknowledgement.objects.exists()
    officer.post("/immigration/my-duties/", {"signature": "bob", "password": register.PASSWORD})
    signed = Acknowledgement.objects.get()
    assert "I do not ask students" in signed.text
    assert "Met" in text(eve.get("/immigration/officers/"))
    assert sign_in(make.account("Vera", Role.AGENCY_SUPERVISOR)).get("/immigration/officers/").status_code == 200
    assert officer.get("/immigration/officers/").status_code == 403


def test_no_page_of_the_register_asks_the_database_for_a_student_or_shows_one(sign_in, django_assert_max_num_queries):
    Student.objects.create(local_id="77123", given_name="Zelda", family_name="Quux", grade="09", updated_at=make.AT)
    entry = register.whole()
    scan = register.scan(entry)
    eve = sign_in(make.eve())
    known = {"uid": entry.uid, "scan": scan.uid}
    patterns = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "immigration")
    for pattern in patterns.url_patterns:
        needs = {key: value for key, value in known.items() if f":{key}>" in str(pattern.pattern)}
        address = reverse(f"immigration:{pattern.name}", kwargs=needs)
        with django_assert_max_num_queries(25) as asked:
            page = eve.get(address + "?q=77123&student=77123")
        assert not [one["sql"] for one in asked.captured_queries if "student" in one["sql"] or "records_" in one["sql"]]
        shown = page.content.decode().replace("q=77123&amp;student=77123", "")
        assert not [word for word in ("77123", "Zelda", "Quux") if word in shown]


def test_a_task_leads_to_its_request(as_eve: Client):
    entry = register.filed()
    duty = Duty.objects.filter(interaction=str(entry.uid)).first()
    assert f'href="/immigration/{entry.uid}/"' in as_eve.get(f"/duties/{duty.uid}/").content.decode()


def test_the_officer_s_request_for_help_is_answered_no_on_the_same_form(as_bob: Client):
    answer = as_bob.post(NOW, first(wanted=[Wanted.OFFICER_HELP.value], paper="administrative_warrant"), follow=True)
    assert "lends no hand" in text(answer)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["list", "board", "officers", "sign", "whom_to_call"])
def test_signed_out_nobody_reads_the_register(client: Client, name: str, method: str):
    answer = getattr(client, method)(reverse(f"immigration:{name}"))
    assert (answer.status_code, answer["Location"][:16]) == (302, "/people/sign-in/")
