"""Drafting, publishing and discarding a Board report. Every act leaves an event in its transaction."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord import clauses
from accord.decision import BadInput, Decision
from accord.rules import people
from accord.web.audit.record import record
from accord.web.people.models import User
from accord.web.reports import printed, snapshots, standing
from accord.web.reports.content import content
from accord.web.reports.facts import periods
from accord.web.reports.freeze import Frozen, freeze
from accord.web.reports.models import Edition
from accord.web.reports.periods import Period

_ATTEMPTS = 2
"""How often a draft is counted before it says that rows keep coming in."""


class Overtaken(Exception):  # noqa: N818 - it is news, not a fault
    """Someone else published or discarded the draft, or drafted the period, since the page was shown."""


class Conflict(Exception):  # noqa: N818 - it is news, not a fault
    """The form was used before: for another period, by someone else, or for a draft that is discarded by now."""


def draft(*, by: User, at: datetime, on: date, period: Period, key: UUID) -> Edition:
    """Freeze the reviewed interactions and the enrollment of a finished period as a draft.

    Counting, hiding and attacking come before the transaction that stores the result, because they take seconds in
    which nobody else could write. When a row of the period came in meanwhile, all of it is done once more.

    Args:
        key: comes with the form: sent twice it gives the same draft.

    Raises:
        NotAllowed: without the permission, for a period that no draft may cover today, or when a figure would leak.
        BadInput: without enrollment for the period, or when rows of it keep coming in.
        Overtaken: when a draft of this period stands already.
        Conflict: when the key belongs to another draft.
    """
    for _attempt in range(_ATTEMPTS):
        if earlier := _drafted(key, by, period):
            return earlier
        _may_draft(period, by=by, on=on)
        seen = snapshots.mark(period)
        frozen = freeze(snapshots.snapshot(period), period, on=on)
        if stored := _store(frozen, by=by, at=at, on=on, period=period, key=key, seen=seen):
            return stored
    raise BadInput(
        _("Contacts of this period were filed or reviewed while it was counted."), mend=_("Draft it again in a moment.")
    )


@transaction.atomic
def _store(
    frozen: Frozen, *, by: User, at: datetime, on: date, period: Period, key: UUID, seen: snapshots.Mark
) -> Edition | None:
    """Store a draft if what it was made from is still what is on file; else None."""
    if earlier := _drafted(key, by, period):
        return earlier
    decision = _may_draft(period, by=by, on=on)
    if snapshots.mark(period) != seen:
        return None
    edition = Edition(
        key=key,
        slug=period.slug,
        period_start=period.start,
        period_end=period.end,
        drafted_by=by,
        drafted_at=at,
        **asdict(frozen),
    )
    try:
        with transaction.atomic():
            edition.save(force_insert=True)
    except IntegrityError as error:  # somebody stored a draft of the period, or of this form, at the same moment
        if earlier := _drafted(key, by, period):
            return earlier
        raise Overtaken from error
    _record("reports.drafted", edition, by, at, decision)
    return edition


def _drafted(key: UUID, by: User, period: Period) -> Edition | None:
    """The draft that this form led to before."""
    earlier = Edition.objects.filter(key=key).first()
    if earlier and (earlier.slug, earlier.drafted_by_id, earlier.discarded_at) != (period.slug, by.pk, None):
        raise Conflict
    return earlier


def _may_draft(period: Period, *, by: User, on: date) -> Decision:
    """May this person draft this period today, and is it free?"""
    decision = standing.may_draft(period, asker=by.facts(), others=periods(), on=on).require()
    if Edition.objects.live().filter(slug=period.slug).exists():
        raise Overtaken
    return decision


@transaction.atomic
def publish(*, by: User, at: datetime, on: date, edition: Edition, seen: str) -> Edition:
    """Publish a draft: exactly the stored text, attacked once more. `seen` is the digest of what the person read.

    Raises:
        NotAllowed: when a rule stops it; nobody publishes their own draft.
        Overtaken: when it was published, discarded or drafted anew meanwhile.
    """
    others = _hold_periods()
    draft = Edition.objects.drafts().select_related("drafted_by").filter(pk=edition.pk, digest=seen).first()
    if draft is None:
        raise Overtaken
    decision = standing.may_publish(draft, asker=by.facts(), others=others, on=on).require()
    shown = printed.read(draft.body)
    ratio = clauses.parameter("controls.disparity-ratio", on=on).value
    told: dict[str, Any] = {
        "sections": list(printed.sections(shown)),
        "disparities": list(printed.disparities(shown, ratio=ratio)),
        "breakdowns": list(printed.breakdowns(shown)),
        "uncompared": list(printed.uncompared(shown)),
    }
    told |= {"published_by": by, "published_at": at, "published_on": on}
    won = Edition.objects.drafts().filter(pk=draft.pk).update(**told)
    if not won:
        raise Overtaken
    draft = Edition.objects.select_related("drafted_by", "published_by").get(pk=draft.pk)
    _record("reports.published", draft, by, at, decision)
    return draft


@transaction.atomic
def discard(*, by: User, at: datetime, on: date, edition: Edition, seen: str) -> None:
    """Take a draft back; its period can be drafted again. A published report stays. `seen` as in `publish`.

    Raises:
        NotAllowed: without the permission.
        Overtaken: when it was published or discarded meanwhile.
    """
    decision = people.may(by.facts(), "reports.draft", on=on).require()
    if not Edition.objects.drafts().filter(pk=edition.pk, digest=seen).update(discarded_by=by, discarded_at=at):
        raise Overtaken
    _record("reports.discarded", Edition.objects.get(pk=edition.pk), by, at, decision)


def _hold_periods() -> list[tuple[date, date]]:
    """The published periods, held still until the end of the transaction: two publishers go one after the other."""
    list(Edition.objects.live().select_for_update().order_by("pk").values_list("pk", flat=True))
    return periods()


def _record(verb: str, edition: Edition, by: User, at: datetime, decision: Decision) -> None:
    record(
        verb,
        by=str(by.uid),
        at=at,
        target=f"reports.edition:{edition.uid}",
        detail={
            "period_start": str(edition.period_start),
            "period_end": str(edition.period_end),
            "digest": edition.digest,
        },
        content=content(edition),
        decision=decision,
    )
