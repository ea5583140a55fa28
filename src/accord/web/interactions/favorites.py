"""Keeping answers as a favorite, and letting one go. Both leave an event, which says nothing of the answers."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.facts import Narrative
from accord.rules import immigration, narratives, people
from accord.web.audit.record import record
from accord.web.interactions.again import Carried
from accord.web.interactions.models_favorites import LONGEST_NAME, Favorite
from accord.web.people.models import User

MOST = 20
"""Favorites that one person keeps."""


@transaction.atomic
def save(*, by: User, at: datetime, on: date, name: str, answers: Carried) -> Favorite:
    """Keep answers under a name. The same answers under the same name again are the favorite that is there.

    Raises:
        NotAllowed: for a name that the law keeps from being stored, or that holds a student number.
        BadInput: for no name, one too long or taken, one that names somebody, and when there are too many.
    """
    granted = people.may(by.facts(), "interactions.log", on=on)
    name = " ".join(name.split())
    _stands(name)
    number = narratives.identifiers_left_out(Narrative(name))
    decision = Decision.of(granted.findings, [immigration.text_is_clean(name), number]).require()
    if not narratives.names_left_out(Narrative(name)).met:
        raise BadInput(_("The name of a favorite names nobody."), mend=_("Choose a name without people's names."))
    mine = Favorite.objects.filter(user=by)
    if before := mine.filter(name=name).first():
        if before.answers == answers.plain():
            return before
        raise _taken()
    if mine.count() >= MOST:
        raise BadInput(_("There are as many favorites as one person can keep."), mend=_("Remove one first."))
    try:
        with transaction.atomic():
            kept = Favorite.objects.create(user=by, name=name, answers=answers.plain(), saved_at=at)
    except IntegrityError as error:
        raise _taken() from error
    record("interactions.favorite_saved", by=str(by.uid), at=at, target=_target(kept), decision=decision)
    return kept


def _stands(name: str) -> None:
    if not name:
        raise BadInput(_("The favorite has no name."), mend=_("Give it one."))
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise BadInput(
            _("This is no name for a favorite."),
            mend=_("Write at most %(most)s letters, digits and signs.") % {"most": LONGEST_NAME},
        )


def _taken() -> BadInput:
    return BadInput(_("Another favorite of yours has this name."), mend=_("Choose another name."))


@transaction.atomic
def remove(*, by: User, at: datetime, on: date, uid: UUID) -> None:
    """Let a favorite of one's own go. One that is not there is gone already."""
    decision = people.may(by.facts(), "interactions.log", on=on).require()
    kept = Favorite.objects.filter(user=by, uid=uid).select_for_update().first()
    if kept is None:
        return
    target = _target(kept)
    kept.delete()
    record("interactions.favorite_removed", by=str(by.uid), at=at, target=target, decision=decision)


def _target(kept: Favorite) -> str:
    return f"interactions.favorite:{kept.uid}"
