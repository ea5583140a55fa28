"""How a control went, day by day: what was on file then, and what is on file now."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accord.facts import ConductClass, Review, Status
from accord.web.controls import contacts
from accord.web.controls.standing import course, history, standings
from accord.web.interactions import facts as interactions
from tests.web import factories as make
from tests.web.controls import factories as control

pytestmark = pytest.mark.django_db

START = make.ON - timedelta(days=90)


def told(obligation: str) -> list[tuple[int, Status, Status]]:
    """Change points as days before today, with the standing by the file of that day and by the file of today."""
    changes = history(obligation, start=START, end=make.ON)
    return [((make.ON - one.on).days, one.then.status, one.now.status) for one in changes]


def test_an_empty_file_never_changes() -> None:
    assert told("P08") == [(90, Status.NO_EVIDENCE, Status.NO_EVIDENCE)]


def test_evidence_filed_late_counts_for_its_days_now_and_not_then() -> None:
    days = {"effective_on": make.ON - timedelta(days=60), "expires_on": make.ON - timedelta(days=5)}
    control.evidence(filed_on=make.ON - timedelta(days=20), **days)
    assert told("P08") == [
        (90, Status.NO_EVIDENCE, Status.NO_EVIDENCE),
        (60, Status.NO_EVIDENCE, Status.MET),
        (35, Status.NO_EVIDENCE, Status.DUE),
        (20, Status.DUE, Status.DUE),
        (4, Status.NOT_MET, Status.NOT_MET),
    ]


def test_withdrawn_evidence_was_on_file_then_and_is_not_now() -> None:
    row = control.evidence(filed_on=make.ON - timedelta(days=40))
    control.withdrawn(row, on=make.ON - timedelta(days=10))
    assert told("P08") == [
        (90, Status.NO_EVIDENCE, Status.NO_EVIDENCE),
        (40, Status.MET, Status.NO_EVIDENCE),
        (10, Status.NO_EVIDENCE, Status.NO_EVIDENCE),
    ]


def on_day(before: int) -> dict[str, object]:
    day = make.ON - timedelta(days=before)
    return {"at": control.noon(day), "on": day}


def test_a_contact_waits_is_late_and_is_reviewed() -> None:
    filed = make.contact(conduct=ConductClass.CODE_OF_CONDUCT, **on_day(40))  # type: ignore[arg-type]
    make.reviewed(filed, at=control.noon(make.ON - timedelta(days=12)), found=Review.APPROPRIATE)
    assert [row[:2] for row in told("P07")] == [
        (90, Status.NO_EVIDENCE),
        (40, Status.DUE),
        (29, Status.NOT_MET),
        (12, Status.NEEDS_JUDGEMENT),
    ]


def test_the_days_agree_with_the_standings_of_each_day() -> None:
    first = make.contact(conduct=ConductClass.CODE_OF_CONDUCT, **on_day(30))  # type: ignore[arg-type]
    make.contact(conduct=ConductClass.MENTAL_HEALTH, **on_day(22))  # type: ignore[arg-type]
    later = control.noon(make.ON - timedelta(days=20))
    make.corrected(first, at=later, occurred_at=later - timedelta(days=11), conduct=ConductClass.OTHER_CRIME)
    make.reviewed(first, at=control.noon(make.ON - timedelta(days=15)), number=2)
    spans = contacts.spans(until=make.ON)
    for before in (31, 30, 22, 21, 20, 16, 15, 3, 0):
        day = make.ON - timedelta(days=before)
        assert contacts.on_day(spans, day) == interactions.reviewed(on=day)
        for obligation in ("P07", "P09", "P10"):
            last = history(obligation, start=day, end=day)[-1]
            assert last.then == standings(on=day)[obligation]


def test_today_is_the_last_day_whatever_changed_before() -> None:
    control.evidence(filed_on=make.ON - timedelta(days=40))
    assert course("P08", start=START, end=make.ON).today == standings(on=make.ON)["P08"]


def test_the_rows_are_read_once_however_long_the_stretch() -> None:
    make.reviewed(make.contact())
    with CaptureQueriesContext(connection) as short:
        history("P07", start=make.ON, end=make.ON)
    with CaptureQueriesContext(connection) as long:
        history("P07", start=START, end=make.ON)
    assert len(short) == len(long)
