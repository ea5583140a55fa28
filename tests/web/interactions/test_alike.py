"""A contact that may be on file already: asked about, and filed once its author says that it is another."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from accord.decision import NotAllowed
from accord.web.audit.models import Event
from accord.web.interactions import actions, models
from accord.web.interactions.places import Place
from accord.web.people.models import School, User
from tests.web import factories as make

pytestmark = pytest.mark.django_db


def _log(*, minutes: int = 0, by: User | None = None, where: School | None = None, knowing_of: tuple[str, ...] = ()):
    school = where or make.school()
    return actions.log(
        by=by or make.bob(school),
        at=make.AT,
        on=make.ON,
        key=uuid4().hex,
        school=school,
        place=Place.OFFICE,
        entry=make.entry(occurred_at=make.AT - timedelta(hours=2) + timedelta(minutes=minutes)),
        knowing_of=frozenset(knowing_of),
    )


def test_a_contact_ten_minutes_after_another_is_asked_about_and_not_filed() -> None:
    first = _log()
    with pytest.raises(actions.Likely) as asked:
        _log(minutes=10)
    assert asked.value.filed == (first,)
    assert first.reference in str(asked.value.finding.reason)
    assert models.Interaction.objects.count() == 1


def test_known_to_be_another_it_is_filed() -> None:
    first = _log()
    second = _log(minutes=10, knowing_of=(first.reference,))
    with pytest.raises(actions.Likely) as asked:
        _log(minutes=12, knowing_of=(first.reference,))
    assert asked.value.filed == (second,)


def test_what_the_author_says_is_another_stands_in_the_history() -> None:
    first = _log()
    _log(minutes=10, knowing_of=(first.reference, "C-9999-0001"))
    events = Event.objects.filter(verb="interactions.logged").order_by("pk")
    told = [json.loads(event.body)["detail"].get("not_the_same_as") for event in events]
    assert told == [None, [first.reference]]
    assert make.verify().first_bad is None


@pytest.mark.parametrize("minutes", [-11, 11])
def test_further_apart_nothing_is_asked(minutes: int) -> None:
    _log()
    assert _log(minutes=minutes).pk


def test_another_author_and_another_school_are_other_contacts() -> None:
    _log()
    assert _log(by=make.alice()).pk
    assert _log(where=make.school("Oak High")).pk


def test_a_corrected_time_is_what_counts() -> None:
    filed = _log()
    make.corrected(filed, occurred_at=make.AT - timedelta(hours=6), late_reason="The wrong hour.")
    assert _log().pk


def test_an_entry_that_does_not_stand_is_refused_before_anything_is_asked() -> None:
    _log()
    with pytest.raises(NotAllowed):
        actions.log(
            by=make.bob(),
            at=make.AT,
            on=make.ON,
            key=uuid4().hex,
            school=make.school(),
            place=Place.OFFICE,
            entry=make.entry(occurred_at=make.AT - timedelta(hours=2), people=()),
            knowing_of=frozenset(),
        )
