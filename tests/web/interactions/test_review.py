"""A second person looks at every contact: the action and the page's answer to it."""

from collections.abc import Callable

import pytest
from django.test import Client

from accord.decision import BadInput, NotAllowed
from accord.facts import Handler, Review
from accord.web.audit.models import Event
from accord.web.interactions import actions, models
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.typed import text

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def _send(client: Client, filed: models.Interaction, **answers: str):
    sent = {"number": "1", "found": "appropriate", "better_handled_by": "", "note": ""} | answers
    return client.post(f"/interactions/{filed.uid}/review/", sent)


def test_a_review_is_filed_with_its_event() -> None:
    make.reviewed(make.contact(), make.alice(), note="Well done.")
    assert Event.objects.filter(verb="interactions.reviewed").count() == 1
    assert make.verify().first_bad is None


def test_nobody_reviews_their_own_entry() -> None:
    with pytest.raises(NotAllowed, match="second person"):
        make.reviewed(make.contact(make.alice()), make.alice())


def test_whoever_corrected_an_entry_does_not_review_it() -> None:
    filed = make.contact()
    make.corrected(filed, make.eve(), duration_minutes=25)
    with pytest.raises(NotAllowed, match="second person"):
        make.reviewed(filed, make.eve(), number=2)
    assert make.reviewed(filed, make.alice(), number=2).version.number == 2


def test_whoever_wrote_a_middle_version_does_not_review_the_newest() -> None:
    filed = make.contact()
    make.corrected(filed, make.eve(), duration_minutes=25)
    make.corrected(filed, make.bob(), number=2, duration_minutes=30)
    with pytest.raises(NotAllowed, match="second person"):
        make.reviewed(filed, make.eve(), number=3)
    assert make.reviewed(filed, make.alice(), number=3).version.number == 3


def test_an_officer_reviews_nothing() -> None:
    with pytest.raises(NotAllowed):
        make.reviewed(make.contact(make.alice()), make.bob())


def test_better_handled_says_by_whom() -> None:
    with pytest.raises(BadInput):
        make.reviewed(make.contact(), found=Review.BETTER_HANDLED)
    with pytest.raises(BadInput):
        make.reviewed(make.contact(), found=Review.APPROPRIATE, better=Handler.TEACHER)
    row = make.reviewed(make.contact(), found=Review.BETTER_HANDLED, better=Handler.COUNSELOR)
    assert row.better_handled_by == "counselor"


def test_a_later_version_waits_for_a_review_of_its_own() -> None:
    filed = make.contact()
    make.reviewed(filed)
    make.corrected(filed, duration_minutes=25)
    current = models.Version.objects.get(interaction=filed, is_current=True)
    assert not hasattr(current, "review")


def test_a_review_of_a_former_version_is_a_conflict() -> None:
    filed = make.contact()
    make.corrected(filed, duration_minutes=25)
    with pytest.raises(actions.Conflict):
        make.reviewed(filed, number=1)


def test_the_same_review_sent_twice_is_one_and_another_is_a_conflict() -> None:
    filed = make.contact()
    assert make.reviewed(filed) == make.reviewed(filed)
    with pytest.raises(actions.Conflict):
        make.reviewed(filed, make.alice())
    assert Event.objects.filter(verb="interactions.reviewed").count() == 1


# --- /interactions/<uid>/review/


def test_the_page_files_a_review(as_alice: Client) -> None:
    filed = make.contact()
    answer = _send(as_alice, filed, found="better_handled", better_handled_by="teacher")
    assert answer.status_code == 302
    page = text(as_alice.get(answer["Location"]).content)
    assert "Better handled by someone else" in page
    assert "Teacher or other staff" in page


def test_the_page_asks_who_would_have_handled_it_better_and_keeps_the_note(as_alice: Client) -> None:
    answer = _send(as_alice, make.contact(), found="better_handled", note="Ask the counselor.")
    assert answer.status_code == 400
    assert "Say who would have handled it better." in text(answer.content)
    assert b"Ask the counselor." in answer.content
    assert not models.Review.objects.exists()


def test_the_author_is_refused_with_the_reason(as_alice: Client) -> None:
    answer = _send(as_alice, make.contact(make.alice()))
    assert answer.status_code == 422
    assert "A second person decides." in text(answer.content)


def test_a_stale_review_is_answered_409_and_keeps_what_was_typed(as_alice: Client) -> None:
    filed = make.contact()
    make.corrected(filed, duration_minutes=25)
    answer = _send(as_alice, filed, note="Ask the counselor.")
    assert answer.status_code == 409
    assert b"Ask the counselor." in answer.content
    assert not models.Review.objects.exists()


def test_reading_the_address_of_a_review_is_refused(as_alice: Client) -> None:
    assert as_alice.get(f"/interactions/{make.contact().uid}/review/").status_code == 405


def test_an_officer_is_told_that_no_role_grants_it(as_bob: Client) -> None:
    answer = _send(as_bob, make.contact(make.alice()))
    assert answer.status_code == 403
    assert "None of your roles grants" in text(answer.content)


def test_another_school_is_not_there(sign_in: SignIn) -> None:
    elsewhere = sign_in(make.account("Grace", make.Role.PRINCIPAL, at=make.school("Elm High")))
    assert _send(elsewhere, make.contact()).status_code == 404


def test_signed_out_leads_to_sign_in(client: Client) -> None:
    assert _send(client, make.contact())["Location"].startswith("/people/sign-in/")


def test_tapping_twice_files_one_review(as_alice: Client) -> None:
    filed = make.contact()
    assert [_send(as_alice, filed).status_code for _ in range(2)] == [302, 302]
    assert models.Review.objects.count() == 1
