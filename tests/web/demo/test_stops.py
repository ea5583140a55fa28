"""The demo's stops: officers' own hold a record that may be reported, principals' hold none."""

from __future__ import annotations

from datetime import date

import pytest

from accord.facts import Kind, Role
from accord.rules.stops import check
from accord.web.demo.load import load
from accord.web.interactions.models import Version
from accord.web.interactions.officers import profile_of
from accord.web.interactions.stops import stops
from tests.web import factories as make


@pytest.mark.django_db
def test_every_stop_an_officer_logged_may_be_reported() -> None:
    load(now=make.AT, share=0.1)
    found = stops(start=date(2020, 1, 1), end=make.ON)
    assert found
    assert all(check(stop).allowed for stop in found)
    authors = {row.interaction.author: bool(row.stop) for row in Version.objects.filter(kind=Kind.STOP)}
    for author, has_record in authors.items():
        assert has_record is (profile_of(author, on=make.ON) is not None)
    assert Role.SRO in {role.role for author in authors for role in author.facts().roles}
