"""Reviewing a contact that somebody else filed, and noting that one is read. Every act leaves an event."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.facts import DutyKind, Handler
from accord.facts import Review as Found
from accord.rules import people
from accord.web.audit.record import record
from accord.web.duties import actions as duties
from accord.web.interactions import content, models, references, texts
from accord.web.interactions.actions import Conflict
from accord.web.people.models import User

REVIEWED = "The contact was reviewed."
"""What a task says that a filed review has settled."""


def may_review(by: User, version: models.Version, *, on: date) -> Decision:
    """May this person review this version? Nobody who wrote any version of the contact reviews it."""
    interaction, asker = version.interaction, by.facts()
    author = str(interaction.author.uid)
    editors = models.Version.objects.filter(interaction=interaction, number__lte=version.number)
    wrote = dict.fromkeys([author, *map(str, editors.order_by("number").values_list("by__uid", flat=True))])
    granted = people.may(asker, "interactions.review", on=on, school=str(interaction.school_id), author=author)
    return Decision.of(granted.findings, [people.other_person(people.Pair(one, asker.id)) for one in wrote])


@transaction.atomic
def review(
    *,
    by: User,
    at: datetime,
    on: date,
    interaction: models.Interaction,
    number: int,
    found: Found,
    better_handled_by: Handler | None = None,
    note: str = "",
) -> models.Review:
    """Say what a second person found about the version that was on their page. The same review sent twice is one.

    Raises:
        BadInput: when somebody else would have handled it better and it is not said who.
        Conflict: when the contact has a newer version, or somebody else reviewed this one.
    """
    references.take_turns()
    versions = models.Version.objects.select_related("interaction__author", "by")
    version = versions.get(interaction=interaction, is_current=True)
    decision = Decision.of(may_review(by, version, on=on).findings, texts.clean({"note": note})).require()
    if version.number != number:
        raise Conflict
    if (found is Found.BETTER_HANDLED) != (better_handled_by is not None):
        raise BadInput(
            _("A contact that someone else would have handled better says who, and only then."),
            mend=_("Choose who."),
        )
    given = {
        "by": by,
        "found": found.value,
        "better_handled_by": better_handled_by or "",
        "note": note.strip(),
    }
    if before := models.Review.objects.filter(version=version).first():
        if any(getattr(before, name) != value for name, value in given.items()):
            raise Conflict
        return before
    row = models.Review.objects.create(version=version, at=at, **given)
    record(
        "interactions.reviewed",
        by=str(by.uid),
        at=at,
        target=content.target("review", version),
        detail={"reference": interaction.reference, "version": number, "found": found.value},
        content=content.review(row),
        decision=decision,
    )
    reviews = (DutyKind.FORCE_REVIEW, DutyKind.DUTY_REVIEW)
    duties.settle(interaction_uid=interaction.uid, kinds=reviews, by=by, at=at, note=REVIEWED)
    return row


@transaction.atomic
def reveal(*, by: User, at: datetime, on: date, interaction: models.Interaction) -> None:
    """Note that a contact with a student is about to be shown. Call before rendering: if this fails, show nothing."""
    decision = people.may(
        by.facts(), "interactions.read", on=on, school=str(interaction.school_id), author=str(interaction.author.uid)
    ).require()
    if not models.Person.objects.filter(version__interaction=interaction, kind="student").exists():
        return
    target = f"interactions.interaction:{interaction.uid}"
    detail = {"reference": interaction.reference}
    record("interactions.read", by=str(by.uid), at=at, target=target, detail=detail, decision=decision)
