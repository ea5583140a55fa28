"""Choosing one's own password, and giving someone a first one again."""

from __future__ import annotations

from datetime import date, datetime

from axes.utils import reset
from django.db import transaction

from accord.decision import Decision
from accord.rules import people
from accord.web.people.content import record_user
from accord.web.people.models import User


@transaction.atomic
def change_password(*, by: User, at: datetime, password: str) -> User:
    """Replace one's own password. The form asked for the former one and checked the new one.

    Every other session of the account ends with it.
    """
    user = User.objects.select_for_update().get(pk=by.pk)
    _set(user, password, must_change=False)
    record_user("people.password_changed", user, by=str(by.uid), at=at)
    return user


@transaction.atomic
def reset_password(*, by: User, at: datetime, on: date, user: User, password: str) -> None:
    """Give someone else a first password again, which they replace at their next sign-in. Their sessions end.

    Failed sign-ins under their name are forgotten, so that they get in.

    Raises:
        NotAllowed: without the permission, or for one's own account.
    """
    decision = Decision.of(
        people.may(by.facts(), "people.manage", on=on).findings,
        people.other_person(people.Pair(str(user.uid), str(by.uid))),
    ).require()
    row = User.objects.select_for_update().get(pk=user.pk)
    _set(row, password, must_change=True)
    reset(username=row.username)
    record_user("people.password_reset", row, by=str(by.uid), at=at, decision=decision)


def _set(user: User, password: str, *, must_change: bool) -> None:
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])
