"""Signing, reading, printing, filing and taking back consents, as people meet them on the pages."""

import re
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from html import unescape

import pytest
import time_machine
from axes.models import AccessAttempt
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accord.decision import BadInput, NotAllowed
from accord.facts import Role
from accord.facts.records import Purpose, RecordKind, SignerRole
from accord.web.audit.models import Event
from accord.web.records import actions, consent_state, consents, links
from accord.web.records.consents import Terms
from accord.web.records.models import HeldKind
from accord.web.records.models_consents import Consent, Revocation
from tests.web import factories as make
from tests.web.records import factories as kept

pytestmark = pytest.mark.django_db

NEW, LIST = reverse("records:new_consent"), reverse("records:consents")
NOBODY = "00000000-0000-4000-8000-000000000000"
PDF = b"%PDF-1.7\nsigned"


@pytest.fixture(autouse=True)
def at_ten_in_the_morning():
    with time_machine.travel(make.AT, tick=False):
        yield


def parent(user=None):
    """A parent with a password, in whose browser they are signed in."""
    who = user or kept.heidi()
    who.set_password(kept.PASSWORD)
    who.save()
    return make.signed_in(who)


def terms(**more):
    usual = {
        "records": ["attendance"],
        "party": str(make.bob().uid),
        "purpose": "school_duty",
        "expires_on": "2027-06-30",
    }
    return usual | more


def hidden(page, name):
    return unescape(re.search(rf'type="hidden" name="{name}" value="([^"]*)"', page)[1])


def to_sign(client, **more):
    """What the second step shows, and what it sends back with name and password."""
    sent = terms(**more)
    page = client.post(NEW, sent | {"do": "read"}).content.decode()
    signed = {"do": "sign", "signature": "Heidi", "password": kept.PASSWORD}
    return page, sent | signed | {name: hidden(page, name) for name in ("digest", "key", "read_in")}


def shown_text(page):
    inside = re.search(r'<div class="consent-text"[^>]*>(.*?)</div>', page, re.DOTALL)[1]
    return [unescape(one) for one in re.findall(r">([^<\n]+)<", inside)]


def test_a_parent_signs_in_two_steps_and_what_was_shown_is_stored_word_for_word():
    kept.link()
    client = parent()
    page, sent = to_sign(client)
    answer = client.post(NEW, sent, follow=True)
    signed = Consent.objects.get()
    assert [one.removeprefix("- ") for one in signed.text.split("\n")] == shown_text(page)
    assert shown_text(answer.content.decode()) == shown_text(page)
    assert (signed.signature, signed.authenticated_by, signed.language) == ("Heidi", "password", "en")
    assert signed.expires_on == date(2027, 6, 30)
    assert Event.objects.filter(verb="records.consented").count() == 1
    assert make.verify().whole


def test_a_consent_is_read_and_signed_in_spanish_from_an_english_page():
    kept.link()
    client = parent()
    page = client.post(NEW, terms() | {"do": "read", "read_in": "es"}).content.decode()
    assert '<div class="consent-text" lang="es">' in page
    sent = terms() | {"do": "sign", "signature": "Heidi", "password": kept.PASSWORD}
    client.post(NEW, sent | {name: hidden(page, name) for name in ("digest", "key")} | {"read_in": "es"})
    signed = Consent.objects.get()
    assert signed.language == "es"
    assert signed.text.startswith("Doy permiso")
    assert "30 de junio de 2027" in signed.text


def test_it_runs_to_the_end_of_the_school_year_unless_another_day_is_said():
    kept.link()
    assert 'value="2027-06-30"' in parent().get(NEW).content.decode()


def test_a_text_that_changed_since_it_was_read_is_not_signed():
    kept.link()
    client = parent()
    _, sent = to_sign(client)
    answer = client.post(NEW, sent | {"records": ["attendance", "health"]})
    assert answer.status_code == 409
    assert not Consent.objects.exists()


@pytest.mark.parametrize("wrong", [{"password": "wrong password"}, {"signature": "Grace"}])
def test_a_wrong_name_and_a_wrong_password_are_answered_alike(wrong):
    kept.link()
    client = parent()
    _, sent = to_sign(client)
    answer = client.post(NEW, sent | wrong)
    assert answer.status_code == 422
    assert "Name and password do not go together." in answer.content.decode()
    assert "wrong password" not in answer.content.decode()
    assert not Consent.objects.exists()


def test_passwords_cannot_be_guessed_by_signing():
    kept.link()
    client = parent()
    _, sent = to_sign(client)
    for _ in range(5):
        last = client.post(NEW, sent | {"password": "a guess of somebody"})
    assert last.status_code == 429
    assert client.post(NEW, sent).status_code == 429, "the right one neither, for a while"
    assert not Consent.objects.exists()
    assert Event.objects.filter(verb="people.sign_in_failed").count() == 5
    assert "guess" not in str(list(AccessAttempt.objects.values()))


def test_the_same_form_sent_twice_signs_once_and_nobody_elses_form_is_taken():
    kept.link()
    client = parent()
    _, sent = to_sign(client)
    first, second = client.post(NEW, sent), client.post(NEW, sent)
    assert first["Location"] == second["Location"]
    assert Consent.objects.count() == 1
    ivan, other = kept.ivan(), kept.student("1002")
    kept.link(ivan, other)
    ivan.set_password(kept.PASSWORD)
    with pytest.raises(BadInput, match="someone else"):
        consents.sign(
            by=ivan, at=make.AT, on=make.ON, key=sent["key"], student=other, terms=Terms(["attendance"], None, ""),
            signature="Ivan", password=kept.PASSWORD, language="en", text="",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("born_on", "why"),
    [(None, "date of birth is not on file"), (date(2008, 11, 24), "only the student can sign")],
)
def test_who_may_not_sign_today_is_told_why_and_what_to_do(born_on, why):
    kept.link(of=kept.student(born_on=born_on))
    answer = parent().get(NEW)
    assert answer.status_code == 200
    assert why in answer.content.decode()
    assert 'name="records"' not in answer.content.decode()
    assert parent().post(NEW, terms() | {"do": "read"}).status_code == 422


def test_a_parent_whom_a_court_bars_or_limits_signs_nothing():
    kept.link(may_sign=False)
    assert "A limit on file keeps you from signing" in parent().get(NEW).content.decode()
    ivan, other = kept.ivan(), kept.student("1002")
    kept.link(ivan, other)
    kept.held(HeldKind.BAR, {"person": str(ivan.uid), "student": str(other.uid)})
    assert "A limit on file" in parent(ivan).get(NEW).content.decode()
    with pytest.raises(NotAllowed, match="A limit on file"):
        kept.consent(other, signer=ivan, at=make.AT)


def test_only_ones_own_child_of_today_is_offered_and_another_is_not_there():
    mine = kept.link()
    other = kept.link(kept.ivan(), kept.student("1002"))
    client = parent()
    assert client.get(NEW, {"student": str(mine.uid)}).status_code == 200
    for uid in (other.uid, NOBODY, "x"):
        assert client.get(NEW, {"student": str(uid)}).status_code == 404
        assert client.post(f"{NEW}?student={uid}", terms() | {"do": "read"}).status_code == 404
    links.end(by=kept.grace(), at=make.AT, on=make.ON, link=mine, reason="Custody changed.")
    assert client.get(NEW, {"student": str(mine.uid)}).status_code == 404


def test_a_copy_of_another_child_cannot_be_named():
    kept.link()
    other = kept.copy(kept.student("1002"))
    answer = parent().post(NEW, terms(records=[str(other.uid)]) | {"do": "read"})
    assert answer.status_code == 400


def test_a_named_copy_opens_that_copy_and_no_other_of_its_kind():
    kept.link()
    named, other = kept.copy(kind=RecordKind.DISCIPLINE), kept.copy(kind=RecordKind.DISCIPLINE)
    client = parent()
    _, sent = to_sign(client, records=[str(named.uid)])
    client.post(NEW, sent)
    held = actions.hold(kept.identified(kept.asked(), named, other), decided_by="c", at=make.AT, on=make.ON)
    assert list(held.allowed) == [str(named.uid)]


@pytest.mark.parametrize("bad", [{"purpose": "other"}, {"purpose": "immigration"}, {"party": "other"},
                                 {"party": "immigration_officer"}, {"expires_on": "9999-12-31"}])  # fmt: skip
def test_what_says_nothing_and_what_needs_a_judge_is_not_offered(bad):
    kept.link()
    assert parent().post(NEW, terms(**bad) | {"do": "read"}).status_code == 400


def test_a_day_in_the_past_is_refused_at_signing():
    kept.link()
    client = parent()
    _, sent = to_sign(client, expires_on="2026-11-23")
    assert "The last day lies in the past" in client.post(NEW, sent).content.decode()
    assert not Consent.objects.exists()


def test_a_consent_is_taken_back_in_one_step_and_the_next_opening_is_refused():
    kept.link()
    given, copy = kept.consent(), kept.copy()
    request = kept.identified(kept.asked(), copy)
    kept.decided(request, [copy])
    client = parent()
    answer = client.post(reverse("records:revoke", kwargs={"uid": given.uid}))
    assert answer.status_code == 302
    with pytest.raises(NotAllowed, match="no longer stands"):
        actions.open_copy(by=make.bob(), at=make.AT, on=make.ON, request=request, copy=copy)
    client.post(reverse("records:revoke", kwargs={"uid": given.uid}))
    assert Revocation.objects.count() == 1
    assert "Taken back" in client.get(LIST).content.decode()


def test_another_holder_of_the_rights_takes_it_back_and_sees_no_name_of_the_signer():
    kept.link()
    kept.link(kept.ivan(), role=SignerRole.GUARDIAN)
    given = kept.consent()
    client = parent(kept.ivan())
    page = client.get(LIST).content.decode()
    assert "by somebody else who holds the rights" in page
    assert "Heidi" not in page
    assert client.get(reverse("records:consent", kwargs={"uid": given.uid})).status_code == 404
    assert client.post(reverse("records:revoke", kwargs={"uid": given.uid})).status_code == 302


@pytest.mark.parametrize("route", ["records:consent", "records:revoke", "records:consent_scan"])
def test_a_consent_is_not_there_for_a_stranger_to_the_child(route):
    kept.link()
    kept.link(kept.ivan(), kept.student("1002"))
    given, client = kept.consent(), parent(kept.ivan())
    ask = client.post if route == "records:revoke" else client.get
    there, nowhere = (ask(reverse(route, kwargs={"uid": uid})) for uid in (given.uid, NOBODY))
    assert there.status_code == nowhere.status_code == 404
    assert not Revocation.objects.exists()


def test_consents_are_not_open_to_anyone_of_the_staff():
    kept.link()
    given = kept.consent()
    for user in (make.bob(), make.alice(), make.frank(), make.eve(), make.dana(), make.carol()):
        client = make.signed_in(user)
        for address in (LIST, NEW, reverse("records:consent", kwargs={"uid": given.uid})):
            assert client.get(address).status_code == 403
        assert client.post(reverse("records:revoke", kwargs={"uid": given.uid})).status_code == 403
    assert Client().get(LIST).status_code == 302


def test_a_link_that_ended_closes_every_page_from_the_next_request_on():
    link = kept.link()
    given, client = kept.consent(), parent()
    address = reverse("records:consent", kwargs={"uid": given.uid})
    assert client.get(address).status_code == 200
    links.end(by=kept.grace(), at=make.AT, on=make.ON, link=link, reason="Custody changed.")
    assert client.get(address).status_code == 404
    assert str(given.uid) not in client.get(LIST).content.decode()


MIDNIGHT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
"""The beginning of the 24th in the district, where it is winter time."""


def test_at_local_midnight_of_the_eighteenth_birthday_the_consent_of_the_parent_falls_away():
    student = kept.student(born_on=date(2008, 11, 24))
    kept.link(of=student)
    heidi, signed_at = kept.heidi(), MIDNIGHT - timedelta(days=20)
    heidi.set_password(kept.PASSWORD)
    given = consents.sign(
        by=heidi, at=signed_at, on=signed_at.date(), key="k" * 20, student=student, signature="Heidi",
        terms=Terms(["attendance"], Purpose.SCHOOL_DUTY, str(make.bob().uid)), password=kept.PASSWORD, language="en",
        text="As read.",
    )  # fmt: skip
    copy = kept.copy(student)
    request = kept.identified(kept.asked(at=MIDNIGHT - timedelta(days=1)), copy, of=student)
    before, after = MIDNIGHT - timedelta(seconds=1), MIDNIGHT
    assert actions.hold(request, decided_by="c", at=before, on=date(2026, 11, 23)).allowed
    assert not actions.hold(request, decided_by="c", at=after, on=date(2026, 11, 24)).allowed
    with time_machine.travel(before, tick=False):
        assert "In force" in parent().get(LIST).content.decode()
    with time_machine.travel(after, tick=False):
        page = parent().get(LIST).content.decode()
    assert "The student is an adult now, so this consent no longer counts." in page
    assert "Sign a consent" not in page
    assert str(given.uid) in page, "what one signed oneself stays readable"


def test_an_adult_student_signs_alone_and_the_day_before_does_not():
    student = kept.student(born_on=date(2008, 11, 25))
    judy = make.account("Judy", Role.PARENT)
    kept.link(judy, student, SignerRole.STUDENT)
    client = parent(judy)
    assert "not an adult yet" in client.get(NEW).content.decode()
    with time_machine.travel(make.AT + timedelta(days=1), tick=False):
        client = parent(judy)
        _, sent = to_sign(client)
        client.post(NEW, sent | {"signature": "Judy"})
    assert Consent.objects.get().role == "eligible_student"


def paper(link, **more):
    usual = terms() | {
        "signed_on": "2026-11-20", "signature": "Heidi", "seen": "Enrollment card", "language": "es", "key": "k" * 32,
        "scan": SimpleUploadedFile("paper.pdf", PDF),
    }  # fmt: skip
    address = reverse("records:paper_consent", kwargs={"uid": link.uid})
    return make.signed_in(kept.grace()).post(address, usual | more)


def test_the_custodian_files_a_paper_consent_pinned_by_its_digest():
    link = kept.link()
    assert paper(link).status_code == 302
    filed = Consent.objects.get()
    assert (filed.authenticated_by, filed.by, filed.signer, filed.language) == (
        "paper",
        kept.grace(),
        kept.heidi(),
        "es",
    )
    assert filed.digest == sha256(PDF).hexdigest()
    assert "Enrollment card" in filed.text
    copy = kept.copy()
    assert actions.hold(kept.identified(kept.asked(), copy), decided_by="c", at=make.AT, on=make.ON).allowed
    scan = parent().get(reverse("records:consent_scan", kwargs={"uid": filed.uid}))
    assert scan.content == PDF
    assert scan["Content-Disposition"] == 'attachment; filename="consent.pdf"'
    assert make.verify().whole


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"scan": SimpleUploadedFile("paper.exe", PDF)}, 400),
        ({"scan": SimpleUploadedFile("paper.txt", b"I agree")}, 400),
        ({"signed_on": "2026-11-25"}, 400),
        ({"signed_on": "2019-01-01"}, 422),
        ({"seen": "Her green card"}, 422),
    ],
)
def test_a_paper_that_proves_nothing_is_not_filed(more, status):
    assert paper(kept.link(), **more).status_code == status
    assert not Consent.objects.exists()


def test_nobody_files_a_paper_of_their_own_and_a_signer_without_a_link_is_opened_an_account_first():
    page = make.signed_in(kept.grace()).get(reverse("records:consents_of", kwargs={"uid": kept.student("1002").uid}))
    assert "First have an account opened" in page.content.decode()
    grace = kept.grace()
    mine = links.propose(
        by=make.eve(), at=kept.BEFORE, on=make.ON, user=grace, student=kept.student(), role=SignerRole.PARENT,
        starts_on=make.SINCE, seen="Birth record",
    )  # fmt: skip
    other = make.account("Olga", Role.CUSTODIAN)
    links.confirm(by=other, at=kept.BEFORE, on=make.ON, link=mine)
    assert paper(mine, signature="Grace").status_code == 422


def test_the_custodian_finds_a_student_by_a_posted_search_and_each_reading_leaves_an_event():
    kept.link()
    given = kept.consent()
    client = make.signed_in(kept.grace())
    found = client.post(LIST, {"text": "1001"}).content.decode()
    address = reverse("records:consents_of", kwargs={"uid": kept.student().uid})
    assert address in found
    assert "Heidi" in client.get(address).content.decode()
    client.get(reverse("records:consent", kwargs={"uid": given.uid}))
    assert Event.objects.filter(verb="records.consents_read").count() == 2


def test_the_custodian_takes_a_consent_back_for_the_parent_only_with_a_reason():
    kept.link()
    given, client = kept.consent(), make.signed_in(kept.grace())
    address = reverse("records:revoke", kwargs={"uid": given.uid})
    assert client.post(address, {"reason": " "}).status_code == 422
    assert not Revocation.objects.exists()
    assert client.post(address, {"reason": "By telephone today."}).status_code == 302
    assert Revocation.objects.get().by == kept.grace()


def test_something_else_is_no_purpose_even_for_a_program_that_signs():
    kept.link()
    with pytest.raises(NotAllowed, match="Something else is no purpose"):
        kept.consent(purpose=Purpose.OTHER)


def test_a_consent_of_somebody_whom_a_court_then_keeps_from_the_records_opens_nothing_more():
    kept.link()
    given, copy = kept.consent(), kept.copy()
    request = kept.identified(kept.asked(), copy)
    kept.decided(request, [copy])
    bar = {"person": str(kept.heidi().uid), "student": str(kept.student().uid)}
    kept.held(HeldKind.BAR, bar)
    with pytest.raises(NotAllowed, match="no longer stands"):
        actions.open_copy(by=make.bob(), at=make.AT, on=make.ON, request=request, copy=copy)
    ((standing, _),) = consent_state.states(kept.student(), [given], on=make.ON)
    assert standing is consent_state.Standing.FELL_AWAY
