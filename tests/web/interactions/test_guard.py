"""Free text of contacts: what the law keeps out is refused and kept nowhere; a name stays only for a reason."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from accord.decision import NotAllowed
from accord.facts import Grade, Hispanic, Sex
from accord.web.interactions import models
from accord.web.people.models import User
from accord.web.students.models import Student
from tests.web import factories as make
from tests.web.interactions.typed import form, held, now, person, text

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NEW = "/interactions/new/"
CANARY = "zebrafinch"
UNCLEAN = f"The {CANARY} said the family is undocumented and waits for a green card."
NAMED = "I saw Maria Lopez hand over the phone."
LATE = {"occurred_at": "2026-01-12T10:00"}


def everywhere() -> str:
    """All that the database holds, as one text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [repr(row) for row in cursor.fetchall()]
    return "\n".join(found)


@pytest.mark.parametrize("answers", [{"narrative": UNCLEAN}, LATE | {"late_reason": UNCLEAN}])
def test_an_unclean_text_is_refused_marked_and_kept_nowhere(
    as_bob: Client, caplog: pytest.LogCaptureFixture, answers: dict[str, str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = as_bob.post(NEW, form(make.school(), person(race="asian"), **answers))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "234.7" in text(answer.content)
    assert '<mark class="marked__immigration">' in page
    assert held(answer.content)["people-0-race"] == ["asian"]
    assert not models.Interaction.objects.exists()
    assert CANARY not in everywhere()
    assert CANARY not in caplog.text


def test_the_finding_never_repeats_the_words(as_bob: Client) -> None:
    page = as_bob.post(NEW, form(make.school(), narrative=UNCLEAN)).content.decode()
    summary = page[page.index('id="errors"') : page.index("<form", page.index('id="errors"'))]
    assert "undocumented" not in summary
    assert CANARY not in summary


def test_an_unclean_reason_of_a_correction_is_refused(sign_in: SignIn) -> None:
    filed = make.contact()
    sent = form(number="1", reason=UNCLEAN)
    answer = sign_in(make.bob()).post(f"/interactions/{filed.uid}/correct/", sent)
    assert answer.status_code == 422
    assert "marked__immigration" in answer.content.decode()
    assert models.Version.objects.count() == 1
    assert CANARY not in everywhere()


def test_an_unclean_note_of_a_review_is_refused(as_alice: Client) -> None:
    filed = make.contact()
    sent = {"number": "1", "found": "appropriate", "note": UNCLEAN}
    answer = as_alice.post(f"/interactions/{filed.uid}/review/", sent)
    assert answer.status_code == 422
    assert "marked__immigration" in answer.content.decode()
    assert not models.Review.objects.exists()
    assert CANARY not in everywhere()


def test_the_actions_refuse_what_a_form_would_let_through() -> None:
    for answers in ({"narrative": UNCLEAN}, {"late_reason": UNCLEAN}, {"narrative": NAMED, "kept_because": UNCLEAN}):
        with pytest.raises(NotAllowed) as refused:
            make.contact(**answers)
        assert {one.clause for one in refused.value.decision.unmet} == {"immigration.text"}
    filed = make.contact()
    with pytest.raises(NotAllowed):
        make.corrected(filed, reason=UNCLEAN)
    with pytest.raises(NotAllowed):
        make.reviewed(filed, note=UNCLEAN)


def test_a_name_is_flagged_and_may_stay_for_a_reason(as_bob: Client) -> None:
    sent = form(make.school(), narrative=NAMED)
    answer = as_bob.post(NEW, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<mark class="marked__name">Maria Lopez</mark>' in page
    assert 'name="keep"' in page
    kept = {"keep": "on", "kept_because": "Quoted from a threat, word for word."}
    assert as_bob.post(NEW, sent | {"keep": "on"}).status_code == 422
    assert as_bob.post(NEW, sent | kept).status_code == 302
    version = models.Version.objects.get()
    assert version.kept_because == kept["kept_because"]
    assert kept["kept_because"] in text(as_bob.get(f"/interactions/{version.interaction.uid}/").content)
    assert make.verify().first_bad is None


def test_what_tells_of_immigration_is_offered_no_reason_to_stay(as_bob: Client) -> None:
    page = as_bob.post(NEW, form(make.school(), narrative=UNCLEAN)).content.decode()
    assert '<mark class="marked__immigration">' in page
    assert 'name="keep"' not in page


def test_a_reason_without_a_name_is_not_kept(as_bob: Client) -> None:
    as_bob.post(NEW, form(make.school(), keep="on", kept_because="Just in case."))
    assert models.Version.objects.get().kept_because == ""


def test_a_reason_counts_only_with_its_box(as_bob: Client) -> None:
    assert as_bob.post(NEW, form(make.school(), narrative=NAMED, kept_because="Quoted.")).status_code == 422


def test_a_first_form_does_not_ask_for_reasons_to_keep_names(as_bob: Client) -> None:
    assert 'name="keep"' not in as_bob.get(NEW).content.decode()


def test_a_number_is_flagged(as_bob: Client) -> None:
    answer = as_bob.post(NEW, form(make.school(), narrative="The student called from 916-555-0142."))
    assert answer.status_code == 422
    assert '<mark class="marked__identifier">' in answer.content.decode()


def _on_roster(given: str, family: str, **answers: object) -> None:
    usual = {"local_id": "77", "school": make.school(), "grade": Grade.G07, "sex": Sex.MALE, "race": "white"}
    codes = {"hispanic": Hispanic.NO, "state_race": "white", "disability": "none", "english_learner": "no"}
    held = usual | codes | answers
    Student.objects.create(given_name=given, family_name=family, updated_at=now(), **held)


def test_a_student_of_the_school_is_known_by_any_spelling(as_bob: Client) -> None:
    sent = form(make.school(), narrative="then xochitl quispe ran off")
    assert as_bob.post(NEW, sent | {"key": "another-key-of-a-form"}).status_code == 302
    _on_roster("Xóchitl", "Quispe")
    answer = as_bob.post(NEW, sent)
    assert answer.status_code == 422
    assert '<mark class="marked__name">xochitl quispe</mark>' in answer.content.decode()
    with pytest.raises(NotAllowed):
        make.contact(narrative=sent["narrative"])


def test_a_student_of_another_school_is_nobody_here() -> None:
    _on_roster("Xóchitl", "Quispe", school=make.school("Oak High"))
    assert make.contact(narrative="then xochitl quispe ran off").pk
