"""/interactions/<uid>/students/: a person of a contact is a student of the roster, and no officer learns who."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accord.decision import BadInput, NotAllowed
from accord.facts import Disability, EnglishLearner, Grade, Outcome, Race, Role, Sex
from accord.rules import people
from accord.web.audit.models import Event
from accord.web.interactions import linking, models, waiting
from accord.web.interactions.actions import Conflict
from accord.web.people.models import User
from accord.web.students.models import Student
from tests.exchange.rosters import good, plain
from tests.web import factories as make
from tests.web.interactions.typed import form, held, person, text
from tests.web.students.factories import bring_in

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NOT_RECORDED = {
    "grade": Grade.UNKNOWN,
    "race": Race.UNKNOWN,
    "sex": Sex.UNKNOWN,
    "disability": Disability.UNKNOWN,
    "english_learner": EnglishLearner.UNKNOWN,
}
LEFT = dict.fromkeys(NOT_RECORDED, "school")
SECRETS = ("Zephyrine", "Quillfeather", "70001", "White", "Section 504 plan")
"""What only the roster says of Zephyrine, whom Bob met and does not know."""


@pytest.fixture(autouse=True)
def roster() -> None:
    make.school()
    make.school("Oak High")
    bring_in(
        plain(
            good(70001, given_name="Zephyrine", family_name="Quillfeather", disability="504", grade="8"),
            good(70002, given_name="Max", family_name="Ohara"),
            good(70003, given_name="Nora", family_name="Lee", school="Oak High"),
        )
    )


def student(number: int = 70001) -> Student:
    return Student.objects.get(local_id=str(number))


def asked(contact: models.Interaction, by: User | None = None, *, number: int = 1, words: str = "") -> linking.Asked:
    return linking.Asked(by=by or make.eve(), at=make.AT, on=make.ON, interaction=contact, number=number, words=words)


def linked(contact: models.Interaction, to: int = 70001, *, by: User | None = None, **more: Any) -> models.Person:
    """The person as it stands after linking it to a student."""
    position, taken = more.pop("position", 0), more.pop("taken", ())
    linking.link(asked(contact, by, **more), position=position, student=student(to), taken=taken)
    return newest(position)


def newest(position: int = 0) -> models.Person:
    return models.Person.objects.get(version__is_current=True, position=position)


def unknown(**more: Any) -> models.Interaction:
    """A contact with a student of whom Bob knew nothing."""
    return make.contact(people=(make.student(**NOT_RECORDED),), **more)


def test_what_nobody_recorded_is_taken_from_the_roster_and_the_officers_answer_is_not():
    answers = NOT_RECORDED | {"race": Race.HISPANIC}
    row = linked(make.contact(people=(make.student(**answers),)))
    assert row.student == student()
    assert (row.grade, row.race, row.disability) == ("08", "hispanic", "section_504")
    assert (row.filled_by["race"], row.filled_by["grade"]) == (str(make.bob().uid), str(make.eve().uid))
    assert row.version.reason == "Person 1 was linked to the roster."
    assert make.verify().first_bad is None


def test_an_answer_that_differs_is_taken_where_it_was_chosen():
    assert linked(make.contact(), taken=("race",)).race == "white"


def test_what_is_the_same_or_chosen_without_a_difference_keeps_its_author():
    row = linked(make.contact(people=(make.student(race=Race.WHITE),)), taken=("race",))
    assert row.filled_by["race"] == str(make.bob().uid)


def test_a_grade_of_another_school_year_is_not_taken():
    before = make.AT.replace(year=2025)
    filed = unknown(at=before, on=before.date())
    assert linked(filed).grade == "unknown"


def test_a_link_taken_back_gives_the_answers_from_before_where_chosen():
    filed = unknown()
    linked(filed)
    linking.unlink(asked(filed, number=2), position=0, taken=("race", "disability"))
    row = newest()
    assert (row.student, row.race, row.disability, row.grade) == (None, "unknown", "unknown", "08")


def test_one_student_is_not_two_people_of_a_contact():
    filed = make.contact(people=(make.student(), make.student()))
    linked(filed)
    with pytest.raises(NotAllowed, match="same student"):
        linked(filed, number=2, position=1)
    assert models.Version.objects.count() == 2


def test_only_a_student_is_linked():
    with pytest.raises(NotAllowed, match="Only a student"):
        linked(make.contact(people=(make.visitor(),)))


def test_a_newer_version_is_never_linked_over():
    filed = unknown()
    linked(filed)
    with pytest.raises(Conflict):
        linked(filed, 70002)


def test_a_principal_links_at_the_own_school_students_of_the_own_school():
    alice = make.alice()
    assert linked(unknown(), by=alice).student == student()
    with pytest.raises(BadInput):
        linked(unknown(), 70003, by=alice)
    with pytest.raises(NotAllowed):
        linked(unknown(where=make.school("Oak High")), 70003, by=alice)


def test_nobody_who_acts_for_the_police_links_whatever_else_they_are():
    both = make.account("Hal", Role.PRINCIPAL, at=make.school())
    make.account("Hal", Role.SRO, at=make.school())
    filed = unknown()
    for who in (both, make.bob(), make.account("Ida", Role.AGENCY_SUPERVISOR), make.dana()):
        with pytest.raises(NotAllowed):
            linked(filed, by=who)
    assert make.signed_in(both).get(f"/interactions/{filed.uid}/students/").status_code == 403


def test_words_of_ones_own_name_nobody():
    with pytest.raises(NotAllowed):
        linked(unknown(), words="The mother called about Zephyrine Quillfeather.")
    assert models.Version.objects.count() == 1


def test_a_linked_version_waits_for_a_review_by_somebody_else():
    filed = unknown()
    make.reviewed(filed)
    linked(filed, by=make.alice())
    assert not models.Review.objects.filter(version__is_current=True).exists()


def test_a_student_who_left_stays_linked():
    filed = unknown()
    linked(filed)
    bring_in(plain(good(70002)), complete=True)
    assert newest().student == student()


def test_an_officers_correction_keeps_the_link_and_a_removed_person_loses_it(as_bob: Client):
    filed = make.contact(people=(make.student(**NOT_RECORDED), make.student()))
    linked(filed)
    people = (person(0, **LEFT, was="0"), person(1, was="1"))
    sent = form(None, *people, number="2", reason="It took longer.", duration_minutes="25")
    assert as_bob.post(f"/interactions/{filed.uid}/correct/", sent).status_code == 302
    assert (newest(0).student, newest(1).student) == (student(), None)
    sent = form(None, person(0, was="1"), number="3", reason="One student only.")
    assert as_bob.post(f"/interactions/{filed.uid}/correct/", sent).status_code == 302
    assert newest().student is None


def test_who_turns_out_no_student_loses_the_link(as_bob: Client):
    filed = unknown()
    linked(filed)
    nobody = dict.fromkeys(NOT_RECORDED, "")
    sent = form(None, person(0, kind="visitor", was="0", **nobody), number="2", reason="A visitor.")
    assert as_bob.post(f"/interactions/{filed.uid}/correct/", sent).status_code == 302
    assert newest().student is None


def test_one_person_sent_twice_is_not_linked_twice(as_bob: Client):
    filed = unknown()
    linked(filed)
    people = (person(0, **LEFT, was="0"), person(1, **LEFT, was="0"))
    sent = form(None, *people, number="2", reason="Two of them.")
    assert as_bob.post(f"/interactions/{filed.uid}/correct/", sent).status_code == 422
    assert models.Version.objects.count() == 2


def test_an_officer_learns_nothing_of_the_roster_from_any_page(as_bob: Client):
    filed = unknown()
    linked(filed, words="The family agreed.")
    address = f"/interactions/{filed.uid}/"
    typed = form(None, person(0, **LEFT, was="0"), number="1", reason="It took longer.", duration_minutes="25")
    pages = [
        as_bob.get(address),
        as_bob.get(f"{address}correct/"),
        as_bob.get(f"{address}correct/", {"view": "all"}),
        as_bob.post(f"{address}correct/", typed),
        as_bob.post(f"{address}correct/", typed | {"do": "check", "number": "2"}),
        as_bob.get("/interactions/"),
        as_bob.get(f"{address}students/"),
        as_bob.post(f"{address}students/", {"do": "find", "number": "2", "text": "70001"}),
    ]
    assert [one.status_code for one in pages[:4]] == [200, 200, 200, 409]
    assert {one.status_code for one in pages[-2:]} == {403}
    uid = str(student().uid)
    for page in pages:
        body = page.content.decode()
        shown = re.sub(r"<option.*?</option>|<label.*?</label>", "", body, flags=re.S)
        assert uid not in body
        assert not any(one in body for one in SECRETS[:3])
        assert not any(one in shown for one in SECRETS[3:])
    for view in ("", "all"):
        sent = held(as_bob.get(f"{address}correct/", {"view": view}).content)
        assert {sent[f"people-0-{name}"][0] for name in LEFT} == {"school"}


def test_a_search_a_comparison_and_a_link(sign_in: SignIn):
    eve = sign_in(make.eve())
    filed = make.contact()
    address = f"/interactions/{filed.uid}/students/"
    start = {"number": "1", "person": "0"}
    assert "Quillfeather" in eve.post(address, start | {"do": "find", "text": "quill"}).content.decode()
    page = text(eve.post(address, start | {"do": "choose", "student": str(student().uid)}).content)
    assert "Hispanic or Latino White White" in page
    assert (
        eve.post(address, start | {"do": "link", "student": str(student().uid), "taken": ["race"]}).status_code == 302
    )
    assert (newest().student, newest().race) == (student(), "white")
    assert "70001" in text(eve.get(address).content)
    back = eve.post(address, {"do": "unchoose", "number": "2", "person": "0"})
    assert "Before the link" in text(back.content)
    assert eve.post(address, {"do": "unlink", "number": "2", "person": "0", "taken": ["race"]}).status_code == 302
    assert (newest().student, newest().race) == (None, "hispanic")


def test_only_who_may_link_is_led_to_the_page(as_alice: Client, as_bob: Client):
    filed = unknown()
    led = [f"/interactions/{filed.uid}/students/" in text_of(who, filed) for who in (as_alice, as_bob)]
    assert led == [True, False]


def text_of(client: Client, contact: models.Interaction) -> str:
    return client.get(f"/interactions/{contact.uid}/").content.decode()


def test_showing_a_linked_student_leaves_an_event_and_a_look_at_none_does_not(sign_in: SignIn):
    eve, filed = sign_in(make.eve()), unknown()
    eve.get(f"/interactions/{filed.uid}/students/")
    assert not Event.objects.filter(verb="students.read").exists()
    linked(filed)
    eve.get(f"/interactions/{filed.uid}/students/")
    assert Event.objects.filter(verb="students.read").count() == 1


def test_a_principal_is_not_told_which_student_of_another_school_it_is(as_alice: Client):
    filed = unknown()
    linked(filed, 70003)
    page = text(as_alice.get(f"/interactions/{filed.uid}/students/").content)
    assert "Linked to a student of another school" in page
    assert "Nora" not in page


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 400),
        ({"do": "fire", "number": "1"}, 400),
        ({"do": "find", "number": "1"}, 400),
        ({"do": "choose", "number": "1", "student": "00000000-0000-4000-8000-000000000000"}, 400),
        ({"do": "choose", "number": "1"}, 400),
        ({"do": "unlink", "number": "1", "person": "9"}, 400),
        ({"do": "unlink", "number": "7"}, 409),
        ({"do": "unchoose", "number": "1", "person": "9"}, 409),
        ({"do": "follow", "number": "1", "reference": "2026-09999"}, 400),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(sign_in: SignIn, sent: dict[str, str], status: int):
    filed = unknown()
    answer = sign_in(make.eve()).post(f"/interactions/{filed.uid}/students/", sent)
    assert answer.status_code == status
    assert models.Version.objects.count() == 1


def test_a_contact_follows_an_earlier_one_within_reach_and_a_correction_keeps_it():
    first = make.contact(occurred_at=make.AT.replace(hour=10), people=(make.student(outcomes=(Outcome.CITATION,)),))
    later = make.contact()
    linking.follow(asked(later), reference=first.reference)
    assert make.corrected(later, number=2).details["follows"] == first.reference
    for one, other in ((first, later), (first, first)):
        with pytest.raises(BadInput):
            linking.follow(asked(one), reference=other.reference)
    elsewhere = make.contact(where=make.school("Oak High"), occurred_at=make.AT.replace(hour=9))
    with pytest.raises(BadInput):
        linking.follow(asked(later, make.alice(), number=3), reference=elsewhere.reference)
    assert make.verify().first_bad is None


def test_whoever_linked_may_review_and_is_told_that_it_waits():
    contact = unknown()
    linked(contact, by=make.alice())
    scope = people.scope(make.alice().facts(), "interactions.review", on=make.ON)
    assert waiting.for_review(scope, make.alice()).get() == models.Version.objects.get(is_current=True)
    assert make.reviewed(contact, make.alice(), number=2).version.number == 2


def test_whoever_corrected_does_not_review_though_somebody_linked_since():
    contact = unknown()
    make.corrected(contact, make.eve(), people=(make.student(**NOT_RECORDED),), duration_minutes=25)
    linked(contact, by=make.alice(), number=2)
    scope = people.scope(make.eve().facts(), "interactions.review", on=make.ON)
    assert not waiting.for_review(scope, make.eve()).exists()
    with pytest.raises(NotAllowed, match="second person"):
        make.reviewed(contact, make.eve(), number=3)
