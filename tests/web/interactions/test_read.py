"""/interactions/<uid>/: one contact. Opening it leaves an event."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accord.facts import ConductClass, Role, TriedFirst
from accord.web.audit.models import Event
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.typed import same_page, text

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_everything_filed_is_said_in_words(as_alice: Client) -> None:
    page = text(as_alice.get(f"/interactions/{make.contact().uid}/").content)
    for words in ("Office", "10 minutes", "An administrator responded", "Hispanic or Latino", "A talk in the office."):
        assert words in page


def test_opening_it_leaves_one_event_each_time(as_alice: Client) -> None:
    filed = make.contact()
    for _ in range(2):
        as_alice.get(f"/interactions/{filed.uid}/")
    assert Event.objects.filter(verb="interactions.read", by=str(make.alice().uid)).count() == 2


def test_when_the_event_cannot_be_written_nothing_is_shown(as_alice: Client) -> None:
    filed = make.contact(narrative="Canary 4711 sang.")
    as_alice.raise_request_exception = False
    make.lose_the_history()
    answer = as_alice.get(f"/interactions/{filed.uid}/")
    assert answer.status_code == 500
    assert b"4711" not in answer.content


def test_versions_tell_what_each_changed_and_why(as_alice: Client) -> None:
    filed = make.contact()
    make.corrected(filed, duration_minutes=25, people=(make.student(grade=make.Grade.G08),))
    page = text(as_alice.get(f"/interactions/{filed.uid}/").content)
    assert "Version 2" in page
    assert "The wrong grade was entered." in page
    assert "How long 10 minutes 25 minutes" in page
    assert "Person 1: Grade, as the school recorded it Grade 7 Grade 8" in page
    assert "Person 1: Sex" not in page


def test_work_that_is_not_an_officers_is_flagged_with_its_clause(as_alice: Client) -> None:
    page = as_alice.get(f"/interactions/{make.contact(conduct=ConductClass.CODE_OF_CONDUCT).uid}/").content.decode()
    assert "Flagged for the reviewer" in page
    assert "/rules/interactions/#interactions.duty" in page


def test_imminent_danger_is_not_flagged(as_alice: Client) -> None:
    filed = make.contact(conduct=ConductClass.MENTAL_HEALTH, tried_first=(TriedFirst.NOTHING_DANGER,))
    assert "Flagged" not in text(as_alice.get(f"/interactions/{filed.uid}/").content)


def test_the_author_is_told_why_the_review_is_not_theirs(as_alice: Client) -> None:
    page = text(as_alice.get(f"/interactions/{make.contact(make.alice()).uid}/").content)
    assert "A second person decides." in page
    assert "File the review" not in page


def test_an_officer_opens_own_entries_only(as_bob: Client) -> None:
    assert as_bob.get(f"/interactions/{make.contact().uid}/").status_code == 200
    assert as_bob.get(f"/interactions/{make.contact(make.alice()).uid}/").status_code == 404


def test_another_school_answers_exactly_like_missing(sign_in: SignIn) -> None:
    elsewhere = sign_in(make.account("Grace", Role.PRINCIPAL, at=make.school("Elm High")))
    there, missing = make.contact().uid, uuid4()
    answers = [elsewhere.get(f"/interactions/{uid}/") for uid in (there, missing)]
    assert [one.status_code for one in answers] == [404, 404]
    assert same_page(answers[0].content, there) == same_page(answers[1].content, missing)
    assert not Event.objects.filter(verb="interactions.read").exists()


def test_nobody_reads_after_the_last_role_ended(sign_in: SignIn) -> None:
    browser = sign_in(make.account("Grace", Role.PRINCIPAL, at=make.school(), until=make.SINCE))
    assert browser.get(f"/interactions/{make.contact().uid}/").status_code == 403


def test_whoever_opens_accounts_reads_no_contact(as_dana: Client) -> None:
    assert as_dana.get(f"/interactions/{make.contact().uid}/").status_code == 403


def test_sending_something_is_refused(as_alice: Client) -> None:
    assert as_alice.post(f"/interactions/{make.contact().uid}/").status_code == 405


def test_signed_out_leads_to_sign_in(client: Client) -> None:
    assert client.get(f"/interactions/{make.contact().uid}/")["Location"].startswith("/people/sign-in/")


def test_many_people_and_versions_cost_no_more_questions(as_alice: Client) -> None:
    small, large = make.contact(), make.contact(people=(make.student(),) * 15)
    for number in range(1, 6):
        make.corrected(large, number=number, duration_minutes=10 + number, people=(make.student(),) * 15)
    asked = []
    for filed in (small, large):
        as_alice.get(f"/interactions/{filed.uid}/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            as_alice.get(f"/interactions/{filed.uid}/")
        asked.append(len(queries))
    assert asked[0] == asked[1]
