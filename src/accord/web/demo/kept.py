"""What an officer of the demo keeps for the next contact: a favorite, and a form begun and not finished."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import QueryDict

from accord.facts import Action, ConductClass, InitiatedBy, Kind, Outcome, PersonKind, PersonRole, TriedFirst
from accord.web.demo.acts import LOCAL, Act
from accord.web.interactions import again, drafts, favorites
from accord.web.interactions.places import Place
from accord.web.interactions.times import written
from accord.web.people.models import School, User

_KEY = "a-form-begun-in-the-demo"


def acts(officer: User, school: School, *, at: datetime) -> list[Act]:
    """The officer kept a favorite yesterday, and began to enter a contact an hour ago."""
    yesterday, begun = at - timedelta(days=1), at - timedelta(hours=1)

    def keep() -> None:
        on = yesterday.astimezone(LOCAL).date()
        answers = again.carried(_main(school), [_person()])
        favorites.save(by=officer, at=yesterday, on=on, name="Talk at lunch", answers=answers)

    def begin() -> None:
        sent = QueryDict(mutable=True)
        sent.update({"key": _KEY, "school": str(school.pk), "occurred_at": written(begun - timedelta(minutes=20))})
        sent.update({"duration_minutes": "10", "kind": Kind.NON_STOP_CONTACT.value, "people": "1"})
        sent.update({"location": Place.HALLWAY.value, "narrative": "Two students argued about a seat. They"})
        sent.update({"people-0-kind": PersonKind.STUDENT.value, "people-0-role": PersonRole.SUBJECT.value})
        drafts.save(by=officer, at=begun, on=begun.astimezone(LOCAL).date(), data=sent)

    return [(yesterday, keep), (begun, begin)]


def _main(school: School) -> dict[str, object]:
    return {
        "school": school.pk,
        "kind": Kind.NON_STOP_CONTACT.value,
        "initiated_by": InitiatedBy.OFFICER.value,
        "conduct": ConductClass.NOT_CONDUCT.value,
        "location": Place.YARD.value,
        "tried_first": [TriedFirst.NOT_NEEDED.value],
        "duration_minutes": "5",
    }


def _person() -> dict[str, object]:
    return {
        "kind": PersonKind.STUDENT.value,
        "role": PersonRole.PARTICIPANT.value,
        "actions": [Action.TALKED.value],
        "outcomes": [Outcome.NO_ACTION.value],
    }
