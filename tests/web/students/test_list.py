"""/students/: counts for a look, one student for a search, and an event for every search."""

import json

import pytest
from django.test import Client

from accord.decision import NotAllowed
from accord.facts import Role
from accord.web.audit.models import Event
from accord.web.students.actions import FOUND, search
from accord.web.students.models import name_key
from tests.exchange.rosters import good, plain
from tests.web import factories as make
from tests.web.students.factories import bring_in

pytestmark = pytest.mark.django_db
PAGE = "/students/"


@pytest.fixture(autouse=True)
def roster() -> None:
    make.school()
    make.school("Oak High")
    bring_in(
        plain(
            good(1, given_name="José", family_name="Núñez Ibáñez"),
            good(2, given_name="Nora", family_name="Lee", school="Oak High"),
            good(33, given_name="Max", family_name="O'Hara"),
        )
    )


def numbers(text: str, by=None) -> list[str]:
    found = search(by=by or make.eve(), at=make.AT, on=make.ON, text=text)
    return sorted(one.local_id for one in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1", ["1"]),
        ("nunez", ["1"]),
        ("JOSE ibañez", ["1"]),
        ("iba jose", ["1"]),
        ("lee", ["2"]),
        ("o'hara", ["33"]),
        ("3", []),
        ("unez", []),
        ("%", []),
        ("zz", []),
    ],
)
def test_a_student_is_found_by_number_or_beginnings_of_names(text: str, found: list[str]):
    assert numbers(text) == found


def test_names_are_searched_without_case_and_accents():
    assert name_key("José", "Núñez-Ibáñez") == " jose nunez ibanez"


def test_every_search_leaves_an_event_with_the_count_and_nothing_else():
    numbers("nunez")
    event = Event.objects.get(verb="students.read")
    assert json.loads(event.body)["detail"] == {"count": 1}
    assert "nunez" not in event.body.lower()


def test_a_principal_finds_only_the_own_school():
    alice = make.alice()
    assert numbers("lee", alice) == []
    assert numbers("2", alice) == []
    assert numbers("nunez", alice) == ["1"]


def test_a_custodian_finds_everyone():
    assert numbers("lee", make.account("Greta", Role.CUSTODIAN)) == ["2"]


@pytest.mark.parametrize(
    "who", [make.bob, make.dana, make.carol, make.frank, lambda: make.account("Hal", Role.AGENCY_SUPERVISOR)]
)
def test_officers_agency_and_program_administrator_read_no_student(who):
    person = who()
    with pytest.raises(NotAllowed):
        numbers("nunez", person)
    client = make.signed_in(person)
    for answer in (client.get(PAGE), client.post(PAGE, {"text": "nunez"})):
        assert answer.status_code == 403
        assert "Ibáñez" not in answer.content.decode()
    assert not Event.objects.filter(verb="students.read").exists()


def test_no_more_are_shown_than_a_page_holds():
    bring_in(plain(*(good(number, family_name="Same") for number in range(100, 100 + FOUND + 5))))
    assert len(numbers("same")) == FOUND


def test_a_look_shows_counts_and_no_student_and_writes_nothing(as_eve: Client):
    before = Event.objects.count()
    page = as_eve.get(PAGE).content.decode()
    assert "3 students" in page
    assert not any(word in page for word in ("Núñez", "O&#x27;Hara", "Nora"))
    assert Event.objects.count() == before


def test_a_search_shows_who_was_found(as_eve: Client):
    page = as_eve.post(PAGE, {"text": "nunez"}).content.decode()
    assert "1 student found" in page
    assert "Núñez Ibáñez, José" in page
    assert "Lee" not in page


def test_another_schools_student_looks_like_none(as_alice: Client):
    def bare(answer) -> str:
        lines = answer.content.decode().splitlines()
        return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line and 'name="text"' not in line)

    there, nowhere = as_alice.post(PAGE, {"text": "lee"}), as_alice.post(PAGE, {"text": "nobody"})
    assert there.status_code == nowhere.status_code == 200
    assert bare(there) == bare(nowhere)


def test_one_letter_is_too_little(as_eve: Client):
    answer = as_eve.post(PAGE, {"text": "n"})
    assert answer.status_code == 400
    assert not Event.objects.filter(verb="students.read").exists()


def test_an_address_finds_nobody(as_eve: Client):
    assert "Núñez" not in as_eve.get(PAGE, {"text": "nunez", "q": "nunez"}).content.decode()


def test_signed_out_one_is_asked_to_sign_in(client: Client):
    assert client.post(PAGE, {"text": "nunez"}).headers["Location"].startswith("/people/sign-in/")


def test_another_method_is_not_answered(as_eve: Client):
    assert as_eve.delete(PAGE).status_code == 405


def test_the_page_asks_as_few_questions_for_many_as_for_one(as_eve: Client, django_assert_max_num_queries):
    bring_in(plain(*(good(number, family_name="Same") for number in range(100, 130))))
    with django_assert_max_num_queries(16):
        as_eve.post(PAGE, {"text": "same"})
