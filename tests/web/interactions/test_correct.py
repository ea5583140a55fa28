"""/interactions/<uid>/correct/: a new version, with its reason."""

from collections.abc import Callable

import pytest
from django.test import Client

from accord.facts import Role
from accord.web.audit.models import Event
from accord.web.interactions import models
from accord.web.interactions.times import written
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.typed import form, held, now, person, text

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def _contact(by: User | None = None) -> models.Interaction:
    at = now()
    return make.contact(by, at=at, on=at.date())


def _typed(filed: models.Interaction, *people: dict, **answers: object) -> dict:
    when = written(models.Version.objects.get(interaction=filed, number=1).occurred_at)
    return form(None, *people, **({"number": "1", "reason": "Wrong minutes.", "occurred_at": when} | answers))


def test_the_form_holds_what_was_filed(as_bob: Client) -> None:
    page = as_bob.get(f"/interactions/{_contact().uid}/correct/").content
    sent = held(page)
    assert sent["duration_minutes"] == ["10"]
    assert sent["people-0-race"] == ["hispanic"]
    assert sent["narrative"] == ["A talk in the office."]
    assert sent["number"] == ["1"]


def test_opening_the_form_leaves_an_event_like_reading(as_bob: Client) -> None:
    as_bob.get(f"/interactions/{_contact().uid}/correct/")
    assert Event.objects.filter(verb="interactions.read").count() == 1


def test_a_correction_is_filed_as_the_next_version(as_bob: Client) -> None:
    filed = _contact()
    answer = as_bob.post(f"/interactions/{filed.uid}/correct/", _typed(filed, duration_minutes="45"))
    assert answer.status_code == 302
    current = models.Version.objects.get(interaction=filed, is_current=True)
    assert (current.number, current.duration_minutes, current.reason) == (2, 45, "Wrong minutes.")


def test_without_a_reason_nothing_is_filed(as_bob: Client) -> None:
    filed = _contact()
    answer = as_bob.post(f"/interactions/{filed.uid}/correct/", _typed(filed, reason=" "))
    assert answer.status_code == 422
    assert 'id="id_reason_error"' in answer.content.decode()
    assert models.Version.objects.count() == 1


def test_adding_a_person_keeps_the_reason(as_bob: Client) -> None:
    filed = _contact()
    page = as_bob.post(f"/interactions/{filed.uid}/correct/", _typed(filed, do="add")).content.decode()
    assert "Wrong minutes." in page
    assert 'name="people" value="2"' in page


def test_a_stale_correction_is_answered_409_with_what_was_typed_and_what_changed(as_bob: Client) -> None:
    filed = _contact()
    address = f"/interactions/{filed.uid}/correct/"
    as_bob.post(address, _typed(filed, duration_minutes="45"))
    answer = as_bob.post(address, _typed(filed, person(0, race="asian"), reason="Wrong race."))
    sent = held(answer.content)
    assert answer.status_code == 409
    assert sent["reason"] == ["Wrong race."]
    assert sent["people-0-race"] == ["asian"]
    assert "Race and ethnicity Asian" in text(answer.content)
    assert "10 minutes" in text(answer.content)
    assert sent["number"] == ["2"]
    assert models.Version.objects.count() == 2


@pytest.mark.parametrize("number", ["7.0", "0", "-3", "9" * 400])
def test_a_correction_of_a_version_that_never_was_is_answered_409(as_bob: Client, number: str) -> None:
    filed = _contact()
    answer = as_bob.post(f"/interactions/{filed.uid}/correct/", _typed(filed, number=number))
    assert answer.status_code == 409
    assert models.Version.objects.count() == 1


@pytest.mark.parametrize("number", ["9" * 5000, "²", "1.5", "x"])
def test_a_version_that_is_no_number_is_answered_400(as_bob: Client, number: str) -> None:
    filed = _contact()
    assert as_bob.post(f"/interactions/{filed.uid}/correct/", _typed(filed, number=number)).status_code == 400


def test_tapping_twice_files_one_correction(as_bob: Client) -> None:
    filed = _contact()
    sent = _typed(filed, duration_minutes="45")
    answers = [as_bob.post(f"/interactions/{filed.uid}/correct/", sent) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert models.Version.objects.count() == 2


def test_a_principal_is_told_that_a_colleagues_entry_is_corrected_elsewhere(as_alice: Client) -> None:
    answer = as_alice.get(f"/interactions/{_contact().uid}/correct/")
    assert answer.status_code == 403
    assert "grant this elsewhere" in text(answer.content)
    assert not Event.objects.filter(verb="interactions.read").exists()


def test_another_school_is_not_there(sign_in: SignIn) -> None:
    elsewhere = sign_in(make.account("Grace", Role.PRINCIPAL, at=make.school("Elm High")))
    filed = _contact()
    assert elsewhere.get(f"/interactions/{filed.uid}/correct/").status_code == 404
    assert elsewhere.post(f"/interactions/{filed.uid}/correct/", _typed(filed)).status_code == 404


def test_other_methods_other_roles_and_strangers_are_refused(as_bob: Client, as_dana: Client, client: Client) -> None:
    address = f"/interactions/{_contact().uid}/correct/"
    assert as_bob.put(address).status_code == 405
    assert as_dana.get(address).status_code == 403
    assert client.get(address).status_code == 302
