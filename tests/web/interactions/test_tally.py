"""The log's own rows are counted as a file's would be: through Arrow, with no file in between."""

from __future__ import annotations

import pytest

from accord.facts import Outcome, PersonRole
from accord.stats import arrow
from accord.stats.periods import Period
from accord.stats.schema import known
from accord.stats.tally import tally
from accord.web.interactions import frames
from accord.web.interactions.models import Person
from tests.web import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed() -> None:
    people = (
        make.student(outcomes=(Outcome.ARREST,)),
        make.student(role=PersonRole.WITNESS, outcomes=(Outcome.NO_ACTION,)),
    )
    make.reviewed(make.contact(people=people))
    make.contact(people=people)


@pytest.mark.usefixtures("filed")
def test_a_queryset_is_counted():
    columns = [known(name) for name in ("interaction", "school", "role")]
    paths = ("version__interaction__reference", "version__interaction__school__name", "role")
    table = arrow.rows(columns, Person.objects.values_list(*paths).iterator(chunk_size=2), at_a_time=2)
    found = tally(table, by=["school"])
    assert dict(found.each()) == {("Cedar Middle",): {"instances": 2}, ("all",): {"instances": 2}}
    assert found.left_out == {"role": 2}


@pytest.mark.usefixtures("filed")
def test_the_frame_of_the_board_report_is_counted():
    table = frames.events(start=make.ON, end=make.ON)
    found = tally(table, by=["school"], measures=["instances", "arrest", "citation"], period=Period.MONTH)
    month = f"{make.ON:%Y-%m}"
    assert dict(found.each())["Cedar Middle", month] == {"instances": 1, "arrest": 1, "citation": 0}
