"""What the school records of a student: an officer sees only what the officer typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accord.facts import Disability, EnglishLearner, Grade, Race, Sex
from accord.web.interactions import models
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.typed import form, held, person, text

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NEW = "/interactions/new/"
LEFT = dict.fromkeys(("grade", "race", "sex", "disability", "english_learner"), "school")
NOT_RECORDED = {
    "grade": Grade.UNKNOWN,
    "race": Race.UNKNOWN,
    "sex": Sex.UNKNOWN,
    "disability": Disability.UNKNOWN,
    "english_learner": EnglishLearner.UNKNOWN,
}


def recorded(row: models.Person) -> dict[str, str]:
    return {name: getattr(row, name) for name in LEFT}


def newest() -> models.Person:
    return models.Person.objects.get(version__is_current=True)


def by_the_school() -> models.Interaction:
    """A contact that Bob logged without knowing the student, and Eve completed."""
    filed = make.contact(people=(make.student(**NOT_RECORDED),))
    make.corrected(filed, make.eve(), people=(make.student(race=Race.BLACK, disability=Disability.IDEA),))
    return filed


def test_an_officer_may_leave_it_all_to_the_school(as_bob: Client) -> None:
    assert "Left to the school" in as_bob.get(NEW, {"view": "all"}).content.decode()
    assert as_bob.post(NEW, form(make.school(), person(**LEFT))).status_code == 302
    assert set(recorded(newest()).values()) == {"unknown"}


def test_a_principal_is_the_school_and_leaves_it_to_nobody(as_alice: Client) -> None:
    assert "Left to the school" not in as_alice.get(NEW, {"view": "all"}).content.decode()
    assert as_alice.post(NEW, form(make.school(), person(**LEFT))).status_code == 400


def test_an_officer_sees_what_the_officer_typed(as_bob: Client) -> None:
    filed = make.contact()
    assert "Hispanic" in text(as_bob.get(f"/interactions/{filed.uid}/").content)


def test_an_officer_is_never_shown_what_the_school_filled_in(as_bob: Client, as_alice: Client) -> None:
    filed = by_the_school()
    page = text(as_bob.get(f"/interactions/{filed.uid}/").content)
    assert "Filled in by the school" in page
    assert Race.BLACK.label not in page
    assert Disability.IDEA.label not in page
    told = text(as_alice.get(f"/interactions/{filed.uid}/").content)
    assert Race.BLACK.label in told
    assert Disability.IDEA.label in told
    for view in ("", "all"):
        sent = held(as_bob.get(f"/interactions/{filed.uid}/correct/", {"view": view}).content)
        assert {name: sent[f"people-0-{name}"] for name in LEFT} == {name: ["school"] for name in LEFT}


def test_what_the_school_filled_in_outlives_an_officers_correction(as_bob: Client) -> None:
    filed = by_the_school()
    school = recorded(newest())
    sent = form(None, person(**LEFT, was="0"), number="2", reason="It took longer.", duration_minutes="25")
    assert as_bob.post(f"/interactions/{filed.uid}/correct/", sent).status_code == 302
    row = newest()
    assert (row.version.number, recorded(row)) == (3, school)
    assert set(row.filled_by.values()) == {str(make.eve().uid)}
    assert as_bob.post(f"/interactions/{filed.uid}/correct/", sent).status_code == 302
    assert models.Version.objects.count() == 3
    assert Race.BLACK.label not in text(as_bob.get(f"/interactions/{filed.uid}/").content)
    assert make.verify().first_bad is None


def test_the_demographics_stay_with_their_person_when_another_is_removed(as_bob: Client) -> None:
    filed = make.contact(people=(make.visitor(), make.student(**NOT_RECORDED)))
    make.corrected(filed, make.eve(), people=(make.visitor(), make.student(race=Race.BLACK)))
    sent = form(None, person(**LEFT, was="1"), number="2", reason="No visitor was there.")
    assert as_bob.post(f"/interactions/{filed.uid}/correct/", sent).status_code == 302
    assert newest().race == "black"


def test_a_guess_is_the_officers_own_answer_and_tells_nothing(as_bob: Client) -> None:
    filed = by_the_school()
    sent = form(None, person(**(LEFT | {"race": "black"}), was="0"), number="2", reason="I know the family.")
    as_bob.post(f"/interactions/{filed.uid}/correct/", sent)
    assert newest().filled_by["race"] == str(make.bob().uid)


def test_an_administrator_who_changes_nothing_does_not_take_over_what_the_officer_typed(sign_in: SignIn) -> None:
    filed = make.contact()
    kept = {"race": "hispanic", "sex": "male", "grade": "07", "disability": "none", "english_learner": "no"}
    sent = form(None, person(**(kept | {"grade": "08"}), was="0"), number="1", reason="The grade was wrong.")
    assert sign_in(make.eve()).post(f"/interactions/{filed.uid}/correct/", sent).status_code == 302
    fillers = newest().filled_by
    assert fillers["grade"] == str(make.eve().uid)
    assert fillers["race"] == str(make.bob().uid)


@pytest.mark.parametrize("was", ["-1", "7", ""])
def test_a_person_that_was_nobody_before_has_nothing_filled_in(as_bob: Client, was: str) -> None:
    filed = by_the_school()
    sent = form(None, person(**LEFT, was=was), number="2", reason="Another student.")
    assert as_bob.post(f"/interactions/{filed.uid}/correct/", sent).status_code == 302
    assert newest().race == "unknown"
