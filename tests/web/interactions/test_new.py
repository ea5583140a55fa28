"""/interactions/new/: one form, also without JavaScript."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accord.facts import Role
from accord.web.audit.models import Event
from accord.web.interactions import models
from accord.web.interactions.entry_page import MOST
from accord.web.interactions.times import written
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.typed import chosen, form, held, now, person, text

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NEW = "/interactions/new/"


def test_the_form_begins_with_now_my_school_and_one_person(as_bob: Client) -> None:
    page = as_bob.get(NEW).content.decode()
    assert f'value="{written(now())}"' in page or f'value="{written(now() - timedelta(minutes=1))}"' in page
    assert chosen(page, make.school().pk)
    assert 'name="people" value="1"' in page


def test_a_complete_form_files_the_contact_and_leads_to_it(as_bob: Client) -> None:
    answer = as_bob.post(NEW, form(make.school()))
    filed = models.Interaction.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/interactions/{filed.uid}/"
    assert filed.author == make.bob()
    assert models.Person.objects.get().race == "black"
    assert Event.objects.filter(verb="interactions.logged").count() == 1


def test_sending_it_twice_files_once(as_bob: Client) -> None:
    sent = form(make.school())
    assert as_bob.post(NEW, sent)["Location"] == as_bob.post(NEW, sent)["Location"]
    assert models.Interaction.objects.count() == 1


def test_another_contact_from_the_same_form_is_not_thrown_away(as_bob: Client) -> None:
    as_bob.post(NEW, form(make.school()))
    filed = models.Interaction.objects.get()
    answer = as_bob.post(NEW, form(make.school(), narrative="Something else altogether."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Something else altogether." in page
    assert f'href="/interactions/{filed.uid}/"' in page
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    told = {"narrative": "Something else altogether.", "key": key[1], "another": [filed.reference]}
    again = as_bob.post(NEW, form(make.school(), **told))
    assert again.status_code == 302
    assert models.Interaction.objects.count() == 2


def test_a_person_far_outside_the_form_is_not_removed(as_bob: Client) -> None:
    for number in ("9" * 5000, "²", "-1", "01"):
        answer = as_bob.post(NEW, form(make.school(), do=f"remove-{number}"))
        assert answer.status_code == 200
        assert 'name="people" value="1"' in answer.content.decode()


def test_adding_a_person_keeps_everything_typed_and_files_nothing(as_bob: Client) -> None:
    sent = form(
        make.school(), do="add", narrative="<b>Typed & kept</b>", duration_minutes="later", tried_first=["nothing"]
    )
    answer = as_bob.post(NEW, sent)
    sent = held(answer.content)
    assert answer.status_code == 200
    assert sent["people"] == ["2"]
    assert sent["narrative"] == ["<b>Typed & kept</b>"]
    assert sent["duration_minutes"] == ["later"]
    assert sent["tried_first"] == ["nothing"]
    assert sent["people-0-race"] == ["black"]
    assert "usa-error-message" not in answer.content.decode()
    assert not models.Interaction.objects.exists()


def test_removing_a_person_keeps_the_others(as_bob: Client) -> None:
    sent = form(make.school(), person(0, race="asian"), person(1, race="white", kind="student"), do="remove-0")
    page = as_bob.post(NEW, sent).content.decode()
    assert 'name="people" value="1"' in page
    assert chosen(page, "white")
    assert not chosen(page, "asian")


def test_at_most_twenty_people_are_added(as_bob: Client) -> None:
    everyone = [person(i) for i in range(MOST)]
    page = as_bob.post(NEW, form(make.school(), *everyone, do="add")).content.decode()
    assert f'name="people" value="{MOST}"' in page
    assert "Add another person" not in page
    assert as_bob.post(NEW, form(make.school(), *everyone)).status_code == 302


@pytest.mark.parametrize("people", ["-1", "21", "many", "99999999999", ""])
def test_a_form_that_miscounts_its_people_cannot_be_read(as_bob: Client, people: str) -> None:
    assert as_bob.post(NEW, form(make.school(), people=people)).status_code == 400


def test_what_a_rule_refuses_stands_beside_its_field(as_bob: Client) -> None:
    answer = as_bob.post(NEW, form(make.school(), tried_first=["nothing", "counseling"], narrative="Kept."))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_tried_first_error"' in page
    assert '<a href="#id_tried_first">' in page
    assert "Kept." in page
    assert not models.Interaction.objects.exists()


def test_what_is_missing_about_a_person_stands_beside_that_person(as_bob: Client) -> None:
    sent = form(make.school(), person(0), person(1, grade="", outcomes=["no_action", "arrest"]))
    answer = as_bob.post(NEW, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_people-1-grade_error"' in page
    assert 'id="id_people-1-outcomes_error"' in page
    assert 'id="id_people-0-grade_error"' not in page
    assert 'Person 2, <a href="#id_people-1-grade">' in page


def test_an_unreadable_form_also_says_what_is_missing_about_people(as_bob: Client) -> None:
    answer = as_bob.post(NEW, form(make.school(), person(0, race=""), kind="brawl", view="all"))
    assert answer.status_code == 400
    assert 'id="id_kind_error"' in answer.content.decode()
    assert 'id="id_people-0-race_error"' in answer.content.decode()


def test_student_only_answers_of_anyone_else_are_left_out_and_said_to_be(as_bob: Client) -> None:
    answer = as_bob.post(NEW, form(make.school(), person(0), person(1, kind="visitor", race="white")), follow=True)
    assert "Left out for person 2" in text(answer.content)
    visitor = models.Person.objects.get(kind="visitor")
    assert (visitor.grade, visitor.race, visitor.sex, visitor.disability, visitor.english_learner) == ("",) * 5


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("2026-11-01T01:30", "happened twice"),
        ("2026-03-08T02:30", "did not happen"),
        ("soon", "not a date and time"),
        ("", "Give the day and time"),
    ],
)
def test_a_time_that_cannot_be_told_is_refused_with_the_reason(as_bob: Client, when: str, says: str) -> None:
    answer = as_bob.post(NEW, form(make.school(), occurred_at=when))
    assert answer.status_code == 400
    assert says in text(answer.content)


def test_an_entry_made_days_later_says_why(as_bob: Client) -> None:
    late = (
        {"occurred_at": "2026-10-05T09:00"}
        if now().year > 2026
        else {"occurred_at": written(now() - timedelta(days=3))}
    )
    answer = as_bob.post(NEW, form(make.school(), **late))
    assert answer.status_code == 422
    assert 'id="id_late_reason_error"' in answer.content.decode()
    assert as_bob.post(NEW, form(make.school(), late_reason="On leave.", **late)).status_code == 302


def test_a_school_out_of_reach_is_no_choice(as_bob: Client) -> None:
    elsewhere = make.school("Elm High")
    assert "Elm High" not in as_bob.get(NEW).content.decode()
    assert as_bob.post(NEW, form(elsewhere)).status_code == 400
    assert not models.Interaction.objects.exists()


def test_a_talk_to_a_class_names_nobody(as_bob: Client) -> None:
    sent = form(make.school(), kind="prevention", conduct="not_conduct", tried_first=["not_needed"], people="0")
    assert as_bob.post(NEW, sent).status_code == 302
    assert not models.Person.objects.exists()


def test_a_nul_in_the_narrative_is_refused(as_bob: Client) -> None:
    assert as_bob.post(NEW, form(make.school(), narrative="a\x00b")).status_code == 400


def test_other_methods_are_refused(as_bob: Client) -> None:
    assert as_bob.put(NEW).status_code == 405
    assert as_bob.delete(NEW).status_code == 405


@pytest.mark.parametrize("role", [Role.STAFF, Role.BOARD, Role.CLERK, Role.PROGRAM_ADMIN, Role.CUSTODIAN, Role.PARENT])
def test_other_roles_log_nothing(sign_in: SignIn, role: Role) -> None:
    browser = sign_in(make.account("Grace", role, at=make.school()))
    assert browser.get(NEW).status_code == 403
    assert browser.post(NEW, form(make.school())).status_code == 403


def test_signed_out_leads_to_sign_in(client: Client) -> None:
    assert client.get(NEW)["Location"] == "/people/sign-in/?next=%2Finteractions%2Fnew%2F"
