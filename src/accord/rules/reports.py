"""May a Board report be published?"""

from __future__ import annotations

from datetime import date

from accord.decision import Decision, Finding, Say, implements
from accord.facts import DraftEdition


@implements("reports.two-people")
def two_people(draft: DraftEdition) -> Finding:
    """Is the publisher someone other than the author?"""
    met = bool(draft.publisher) and bool(draft.author) and draft.publisher != draft.author
    say = Say("You drafted this report. A second person publishes it.")
    return Finding("reports.two-people", met, Say("Drafted by one, published by another.") if met else say)


@implements("reports.safe")
def is_safe(draft: DraftEdition, *, width: int) -> Finding:
    """Does every hidden small count keep at least `width` possible values, by an attack that was really run?

    Not attacked proves nothing. `smallest_width` is None when the attack found no bound for any hidden figure; with
    nothing hidden any width will do.
    """
    clause = "reports.safe"
    if not draft.attacked:
        return Finding(clause, False, Say("Nobody has yet tried to work out the hidden figures of this report."))
    if draft.hidden and draft.smallest_width is not None and draft.smallest_width < width:
        values = {"found": draft.smallest_width, "width": width}
        return Finding(
            clause, False, Say("A hidden figure has only {found} possible values; {width} are needed.", values)
        )
    return Finding(clause, True, Say("None of {hidden} hidden figures can be worked out.", {"hidden": draft.hidden}))


@implements("reports.period")
def period_stands(draft: DraftEdition, *, on: date) -> Finding:
    """Is the period over, and does no published report overlap it?"""
    clause = "reports.period"
    if draft.period_start > draft.period_end:
        return Finding(clause, False, Say("The period ends before it starts."), "period_end")
    if draft.period_end >= on:
        return Finding(
            clause, False, Say("The period is not over: it ends on {end}.", {"end": draft.period_end}), "period_end"
        )
    for start, end in draft.published_periods:
        if start <= draft.period_end and draft.period_start <= end:
            values = {"start": start, "end": end}
            say = Say("A published report already covers days from {start} to {end}.", values)
            return Finding(clause, False, say, "period_start")
    return Finding(clause, True, Say("The period is over and no other report covers it."))


@implements("reports.reviewed")
def enough_reviewed(draft: DraftEdition, *, counted: int, largest_percent: int) -> Finding:
    """Is the share of contacts left out because nobody reviewed them small enough? `largest_percent` in percent."""
    total = counted + draft.unreviewed
    met = draft.unreviewed * 100 <= largest_percent * total
    values = {"left": draft.unreviewed, "total": total, "largest": largest_percent}
    say = Say("{left} of {total} contacts are not reviewed yet; at most {largest}% may be left out.", values)
    return Finding(
        "reports.reviewed", met, Say("{left} of {total} contacts left out as not reviewed.", values) if met else say
    )


def may_publish(draft: DraftEdition, *, on: date, width: int, counted: int, largest_percent: int) -> Decision:
    """May this draft be published today by this person?"""
    return Decision.of(
        two_people(draft),
        is_safe(draft, width=width),
        period_stands(draft, on=on),
        enough_reviewed(draft, counted=counted, largest_percent=largest_percent),
    )
