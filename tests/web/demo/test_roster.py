"""The demo's roster and who is linked to it: such as a district would have, and nobody real."""

from __future__ import annotations

import pytest

from accord.web.demo.load import load
from accord.web.demo.roster import PER_SCHOOL
from accord.web.interactions.crdc_rows import rows
from accord.web.interactions.models import Interaction, Person
from accord.web.interactions.models_drafts import Draft
from accord.web.interactions.models_favorites import Favorite
from accord.web.interactions.recorded import SCHOOL_RECORDED
from accord.web.people.models import School
from accord.web.students.models import Student
from tests.web import factories as make

pytestmark = pytest.mark.django_db


def test_a_roster_links_a_favorite_and_a_draft_once_however_often_it_is_loaded():
    assert load(now=make.AT, share=0.2)
    held = (Student, Person, Interaction, Draft, Favorite)
    before = [model.objects.count() for model in held]
    assert not load(now=make.AT, share=0.2)
    assert [model.objects.count() for model in held] == before
    assert (Draft.objects.count(), Favorite.objects.count()) == (1, 1)
    for school in School.objects.all():
        assert Student.objects.filter(school=school).count() >= PER_SCHOOL
    assert not Student.objects.filter(school__isnull=True).exists()
    linked = list(Person.objects.filter(version__is_current=True, student__isnull=False).select_related("student"))
    assert linked
    for one in linked:
        told = [getattr(one, name) for name in SCHOOL_RECORDED]
        assert told == [getattr(one.student, name) for name in SCHOOL_RECORDED]
    found = rows(make.ON.replace(month=7, day=1), make.ON).rows
    assert {row.student is None for row in found if row.referred} == {True, False}
