"""Papers the demo's Superintendent put on file: some in force, one about to run out, one that has run out."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from accord.rules.controls import add_months
from accord.web.controls import actions as controls
from accord.web.controls.models import Award, Mode
from accord.web.demo.acts import Act, instant
from accord.web.people.models import User


def papers(by: User, *, today: date) -> list[Act]:
    """Papers on file: some in force, one about to run out, one that has run out."""
    filings = [
        (
            "P01",
            "",
            "Board resolution on school safety, adopted with the policy",
            "Minutes, item 8.2",
            date(2025, 8, 19),
            None,
        ),
        (
            "P02",
            "P02.1",
            "Plan in tiers: mental health services",
            "Student services, plan 2025",
            add_months(today, -11),
            None,
        ),
        (
            "P02",
            "P02.2",
            "Plan in tiers: restorative justice",
            "Student services, plan 2025",
            add_months(today, -11),
            None,
        ),
        (
            "P02",
            "P02.3",
            "Plan in tiers: cultural competency",
            "Student services, plan 2025",
            add_months(today, -11),
            None,
        ),
        (
            "P08",
            "",
            "Yearly evaluation of work with the officers",
            "Superintendent's office",
            add_months(today, -14),
            None,
        ),
        (
            "P18",
            "",
            "Action plan on contacts by group",
            "Equity office, plan 3",
            add_months(today, -8),
            add_months(today, 10),
        ),
    ]
    acts: list[Act] = []
    for obligation, item, title, reference, day, end in filings:
        filed = min(day + timedelta(days=3), today)
        act = partial(
            controls.add_evidence,
            by=by,
            at=instant(filed, 11),
            on=filed,
            obligation=obligation,
            item=item,
            title=title,
            reference=reference,
            effective_on=day,
            expires_on=end,
        )
        acts.append((instant(filed, 11), act))
    described = date(2025, 8, 14)
    describe = partial(
        controls.describe_program, by=by, at=instant(described), on=described, award=Award.NO, mode=Mode.AGREEMENT
    )
    return [*acts, (instant(described), describe)]
