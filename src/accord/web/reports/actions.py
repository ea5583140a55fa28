"""Drafting, publishing and discarding a Board report. Every act leaves an event in its transaction."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accord import clauses
from accord.decision import Decision
from accord.rules import people
from accord.stats.board_report import school_year
from accord.web.audit.record import record
from accord.web.interactions import frames
from accord.web.people.models import User
from accord.web.reports import printed, standing
from accord.web.reports.content import content
from accord.web.reports.facts import periods
from accord.web.reports.freeze import Snapshot, freeze
from accord.web.reports.models import Edition
from accord.web.reports.periods import Period


class Overtaken(Exception):  # noqa: N818 - it is news, not a fault
    """Someone else published or discarded the draft, or drafted the period, since the page was shown."""


@transaction.atomic
def draft(*, by: User, at: datetime, on: date, period: Period, key: UUID) -> Edition:
    """Freeze the reviewed interactions and the enrollment of a finished period as a draft.

    `key` comes with the form: sent twice it gives the same draft.

    Raises:
        NotAllowed: without the permission, for a period that no draft may cover today, or when a figure would leak.
        BadInput: without enrollment for the period.
        Overtaken: when a draft of this period stands already.
    """
    if earlier := Edition.objects.filter(key=key, drafted_by=by).first():
        return earlier
    decision = standing.may_draft(period, asker=by.facts(), others=periods(), on=on).require()
    if Edition.objects.live().filter(slug=period.slug).exists():
        raise Overtaken
    frozen = freeze(snapshot(period), period, on=on)
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
    except IntegrityError as error:  # another draft of the period was stored while this one was counted
        raise Overtaken from error
    _record("reports.drafted", edition, by, at, decision)
    return edition


def snapshot(period: Period) -> Snapshot:
    """What is on file for a period at this moment."""
    return Snapshot(
        events=frames.events(start=period.start, end=period.end),
        enrollment=frames.enrollment(school_year=school_year(period.start, period.end)),
        unreviewed=frames.unreviewed(start=period.start, end=period.end),
    )


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
    told = {
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
