"""Keeping a view of the list, and letting it go. Both leave an event, which says nothing of what the view asks."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.rules import immigration, people
from accord.web.audit.record import record
from accord.web.interactions.models_saved import SavedView
from accord.web.people.models import User

MOST = 30
"""Views that one person keeps."""


@transaction.atomic
def save_view(*, by: User, at: datetime, on: date, name: str, query: str) -> SavedView:
    """Keep a view under a name. The same view under the same name again is the one that is there.

    Args:
        query: what the view asks, as `FilterForm.query` gives it.

    Raises:
        NotAllowed: for a name that the law keeps from being stored.
        BadInput: when the name is taken by another view, or there are too many.
    """
    granted = people.may(by.facts(), "interactions.read", on=on)
    decision = Decision.of(granted.findings, [immigration.text_is_clean(name)]).require()
    mine = SavedView.objects.filter(user=by)
    if before := mine.filter(name=name).first():
        if before.query == query:
            return before
        raise _taken()
    if mine.count() >= MOST:
        raise BadInput(_("There are as many saved views as one person can keep."), mend=_("Remove one first."))
    try:
        with transaction.atomic():
            view = SavedView.objects.create(user=by, name=name, query=query, saved_at=at)
    except IntegrityError as error:
        raise _taken() from error
    record("interactions.view_saved", by=str(by.uid), at=at, target=_target(view), decision=decision)
    return view


def _taken() -> BadInput:
    return BadInput(_("Another view of yours has this name."), mend=_("Choose another name."))


@transaction.atomic
def remove_view(*, by: User, at: datetime, on: date, uid: UUID) -> None:
    """Let a view of one's own go. One that is not there is gone already."""
    decision = people.may(by.facts(), "interactions.read", on=on).require()
    view = SavedView.objects.filter(user=by, uid=uid).select_for_update().first()
    if view is None:
        return
    target = _target(view)
    view.delete()
    record("interactions.view_removed", by=str(by.uid), at=at, target=target, decision=decision)


def _target(view: SavedView) -> str:
    return f"interactions.savedview:{view.uid}"
