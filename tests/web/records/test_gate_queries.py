"""How often the gate asks the database: the same number of times, however much there is on file."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accord.facts.records import RecordKind
from accord.web.people.models import User
from accord.web.records import actions
from accord.web.records.models import Copy
from accord.web.records.models_requests import Request
from tests.web import factories as make
from tests.web.records import factories as kept

pytestmark = pytest.mark.django_db

KINDS = [RecordKind.ATTENDANCE, RecordKind.HEALTH, RecordKind.DISCIPLINE]


def reads(act: Callable[[], Any]) -> int:
    """How often an act reads rows. That PostgreSQL makes writers wait for one another is no reading."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return sum(one["sql"].startswith("SELECT") and "advisory" not in one["sql"] for one in asked.captured_queries)


def requests() -> Iterator[tuple[Request, list[Copy]]]:
    """A request for one copy under one consent; then one for three under six, with every step noted twice."""
    kept.link()
    kept.consent(records=[one.value for one in KINDS])
    yield kept.confirmed(kept.identified(kept.asked(), first := kept.copy())), [first]
    for _ in range(5):
        kept.consent(records=[one.value for one in KINDS])
    copies = [kept.copy(kind=one) for one in KINDS]
    request = kept.confirmed(kept.identified(kept.asked(), *copies))
    yield kept.confirmed(kept.identified(request, *copies)), copies


def decide(by: User, request: Request, copies: list[Copy]) -> int:
    uids, number = [str(one.uid) for one in copies], request.steps.count()
    return reads(lambda: actions.decide(by=by, at=make.AT, on=make.ON, request=request, number=number, given=uids))


def open_one(by: User, request: Request, copies: list[Copy]) -> int:
    row = Request.objects.select_related("decision").get(pk=request.pk)
    return reads(lambda: actions.open_copy(by=by, at=make.AT, on=make.ON, request=row, copy=copies[0]))


def test_deciding_and_opening_read_as_often_for_three_copies_and_six_consents_as_for_one():
    keeper, officer = kept.grace(), make.bob()
    found = [(decide(keeper, *one), open_one(officer, *one)) for one in requests()]
    assert found == [(13, 12)] * 2
