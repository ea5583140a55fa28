"""Names and numbers of people are looked for in every text, not in the narrative alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from accord.decision import NotAllowed
from accord.facts import Asked, FollowUp, Role
from accord.web.interactions import models, reviewing
from accord.web.students.models import Student
from tests.web import factories as make

pytestmark = pytest.mark.django_db
NAMED = "Told by Mr. Jones."
NUMBERED = "The student with number 916-555-0142."
LATE = {"occurred_at": make.AT - timedelta(days=2)}


@pytest.mark.parametrize("words", [NAMED, NUMBERED])
def test_a_reason_for_being_late_names_nobody(words: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        make.contact(**LATE, late_reason=words)
    assert {one.field for one in refused.value.decision.unmet} == {"late_reason"}


def test_the_reason_why_a_name_stays_does_not_repeat_it() -> None:
    with pytest.raises(NotAllowed) as refused:
        make.contact(narrative=NAMED, kept_because="Mr. Jones is quoted.")
    assert {one.field for one in refused.value.decision.unmet} == {"kept_because"}
    assert make.contact(narrative=NAMED, kept_because="A quotation from a public notice.").pk


def test_a_reason_for_a_correction_names_nobody() -> None:
    filed = make.contact()
    with pytest.raises(NotAllowed) as refused:
        make.corrected(filed, reason=NAMED)
    assert {one.field for one in refused.value.decision.unmet} == {"reason"}


def test_a_student_on_the_roster_is_found_in_any_spelling() -> None:
    Student.objects.create(
        given_name="Xóchitl",
        family_name="Quispe",
        school=make.school(),
        grade="07",
        race="hispanic",
        sex="female",
        disability="none",
        english_learner="no",
        local_id="77",
        hispanic="yes",
        state_race="hispanic",
        updated_at=make.AT,
    )
    with pytest.raises(NotAllowed):
        make.reviewed(make.contact(), note="talk with xochitl quispe")


def test_a_note_and_a_follow_up_of_a_review_name_nobody() -> None:
    asked = Asked(make.ON, FollowUp.TALK_WITH_STAFF, Role.PRINCIPAL, make.ON, NAMED)
    with pytest.raises(NotAllowed) as refused:
        reviewing.review(
            by=make.eve(),
            at=make.AT,
            on=make.ON,
            interaction=make.contact(),
            number=1,
            found=models.Found.APPROPRIATE,
            note=NAMED,
            asked=asked,
        )
    assert {one.field for one in refused.value.decision.unmet} == {"note", "follow_up_note"}


def test_the_page_marks_the_name_in_a_note_and_stores_nothing(as_alice: Client) -> None:
    filed = make.contact()
    sent = {"number": "1", "found": "appropriate", "note": NAMED}
    answer = as_alice.post(f"/interactions/{filed.uid}/review/", sent)
    assert answer.status_code == 422
    assert '<mark class="marked__name">Jones</mark>' in answer.content.decode()
    assert not models.Review.objects.exists()
