"""Reviewing a contact that somebody else filed, and noting that one is read. Every act leaves an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision, Finding
from accord.exchange import ripa_json_read
from accord.facts import Asked, Handler
from accord.facts import Review as Found
from accord.rules import duties as rule_of_duties
from accord.rules import interactions as rule
from accord.rules import people
from accord.rules.duties_owed import review_follow_up
from accord.web.audit.record import record
from accord.web.duties import actions as duties
from accord.web.interactions import content, facts, models, references, texts, withheld
from accord.web.interactions.actions import Conflict
from accord.web.interactions.stop_findings import form_warnings
from accord.web.people.models import School, User

REVIEWED = "The contact was reviewed."
"""What a task says that a filed review has settled."""


def may_review(by: User, version: models.Version, *, on: date) -> Decision:
    """May this person review this version? Nobody who wrote a version of the contact does; to link is not to write."""
    interaction, asker = version.interaction, by.facts()
    author = str(interaction.author.uid)
    editors = models.Version.objects.filter(interaction=interaction, number__lte=version.number, links_only=False)
    wrote = dict.fromkeys([author, *map(str, editors.order_by("number").values_list("by__uid", flat=True))])
    granted = people.may(asker, "interactions.review", on=on, school=str(interaction.school_id), author=author)
    others = [people.other_person(people.Pair(one, asker.id)) for one in wrote]
    flagged = facts.kept_from_officers(version)
    return Decision.of(granted.findings, others, rule.reviewer_is_no_officer(asker, flagged=flagged, on=on))


def flags(version: models.Version, reader: str | None = None) -> tuple[Finding, ...]:
    """What a reviewer must look at: the findings that are not met. Those about a person name `people.<index>.<field>`.

    Nothing of it kept the contact from being stored. A reader who is shown own answers only (`recorded.own_reader`) is
    told nothing that gives the school's away.
    """
    stop = ripa_json_read.read(version.stop) if version.stop else None
    entry, excused = facts.entry(version, version.people.all()), facts.details(version).release_exception is not None
    found = [facts.work(version), *rule.people_flags(entry, stop=stop, excused=excused)]
    if stop:
        found += form_warnings(stop)
    held = withheld.of_version(version, reader)
    return tuple(one for one in found if not one.met and not held.gives_away(one, was=_position(one)))


def _position(finding: Finding) -> int | None:
    """At which person a finding is, counted from 0; None for one that is about the contact."""
    parts = finding.field.split(".")
    return int(parts[1]) if parts[0] == "people" and len(parts) > 2 else None


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
    asked: Asked | None = None,
) -> models.Review:
    """Say what a second person found about the version that was on their page. The same review sent twice is one.

    `asked` is a follow-up that the reviewer asks for; it becomes a task.

    Raises:
        BadInput: when somebody else would have handled it better and it is not said who.
        Conflict: when the contact has a newer version, or somebody else reviewed this one.
    """
    references.take_turns()
    versions = models.Version.objects.select_related("interaction__author", "by")
    version = versions.get(interaction=interaction, is_current=True)
    asked = asked or Asked(on)
    decision = Decision.of(
        may_review(by, version, on=on).findings,
        rule.follow_up_is_whole(asked),
        _own_words({"note": note, "follow_up_note": asked.note}, interaction.school, on=on),
    ).require()
    if version.number != number:
        raise Conflict
    given = {"by": by, "note": note.strip(), **_found(found, better_handled_by), **_asked_for(asked)}
    before: models.Review | None = models.Review.objects.filter(version=version).first()
    if before is not None:
        if any(getattr(before, name) != value for name, value in given.items()):
            raise Conflict
        return before
    row: models.Review = models.Review.objects.create(version=version, at=at, **given)
    record(
        "interactions.reviewed",
        by=str(by.uid),
        at=at,
        target=content.target("review", version),
        detail={"reference": interaction.reference, "version": number, "found": found.value},
        content=content.review(row),
        decision=decision,
    )
    duties.settle(interaction_uid=interaction.uid, kinds=rule_of_duties.REVIEWS, by=by, at=at, note=REVIEWED)
    _ask(interaction, asked, by=by, at=at)
    return row


def _found(found: Found, better_handled_by: Handler | None) -> dict[str, Any]:
    if (found is Found.BETTER_HANDLED) != (better_handled_by is not None):
        raise BadInput(
            _("A contact that someone else would have handled better says who, and only then."),
            mend=_("Choose who."),
        )
    return {"found": found.value, "better_handled_by": better_handled_by or ""}


def _asked_for(asked: Asked) -> dict[str, Any]:
    return {
        "follow_up": asked.what or "",
        "follow_up_by": asked.owner or "",
        "follow_up_due": asked.due_on,
        "follow_up_note": asked.note.strip(),
    }


def _own_words(words: Mapping[str, str], school: School, *, on: date) -> Iterator[Finding]:
    yield from texts.clean(words)
    yield from texts.no_names(words, school=school, on=on)


def _ask(interaction: models.Interaction, asked: Asked, *, by: User, at: datetime) -> None:
    """Make a task of the follow-up, where one is asked for."""
    owed = review_follow_up(asked, at=at).duty
    if owed:
        duties.ask(
            interaction_uid=interaction.uid,
            reference=interaction.reference,
            school=interaction.school,
            duty=owed,
            by=by,
            at=at,
        )


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
