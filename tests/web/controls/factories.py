"""Evidence for tests, put on file through the action that the page calls."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from accord.facts import Status
from accord.web.base.middleware import DISTRICT_TIME
from accord.web.controls import actions
from accord.web.controls.models import Evidence
from accord.web.controls.standing import standings
from accord.web.reports.models import Edition
from tests.web import factories as make

P08 = "P08"
"""An obligation that a filed acknowledgement shows, for twelve months."""


def noon(day: date) -> datetime:
    """Noon of a day in the district."""
    return datetime.combine(day, time(12), DISTRICT_TIME)


def evidence(obligation: str = P08, *, filed_on: date = make.ON, **fields: Any) -> Evidence:
    """A document that Eve, the superintendent, put on file; in effect since thirty days before."""
    usual: dict[str, Any] = {
        "title": "A signed sheet",
        "reference": "Shelf 4",
        "effective_on": filed_on - timedelta(days=30),
    }
    return actions.add_evidence(by=make.eve(), at=noon(filed_on), on=make.ON, obligation=obligation, **(usual | fields))


def withdrawn(row: Evidence, *, on: date = make.ON, reason: str = "Signed by the wrong person.") -> Evidence:
    """The same evidence, withdrawn by Eve."""
    return actions.withdraw_evidence(by=make.eve(), at=noon(on), on=make.ON, evidence=row, reason=reason)


def reported(on: date = make.ON, *, until: date = date(2026, 6, 30)) -> Edition:
    """A Board report of the half year up to a day, published on another; only its days matter here."""
    return Edition.objects.create(
        key=uuid4(),
        slug=f"half-{until}",
        title="A report",
        period_start=until - timedelta(days=170),
        period_end=until,
        body="{}",
        digest="0" * 64,
        counted=0,
        unreviewed=0,
        hidden=0,
        drafted_by=make.eve(),
        drafted_at=noon(on),
        published_by=make.carol(),
        published_at=noon(on),
        published_on=on,
    )


def status(obligation: str = P08, *, on: date = make.ON) -> Status:
    """Where an obligation stands on a day."""
    return standings(on=on)[obligation].status
