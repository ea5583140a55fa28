"""The page that prints the table, and the check that no route is missing from it."""

import pytest
from django.test import Client
from django.urls import path

from accord.rules.people import permissions
from accord.web.people.checks import every_route_has_a_permission, route_names
from accord.web.routes import PERMISSION


@pytest.mark.django_db
def test_everyone_reads_who_may_do_what():
    page = Client().get("/people/permissions/").content.decode()
    for permission in permissions().values():
        assert permission.id in page
    limited = [one for one in permissions().values() if one.own_at_most]
    assert page.count("reaches what is their own at most") == len(limited) > 0


def test_every_route_is_in_the_table():
    assert every_route_has_a_permission() == []
    assert set(route_names()) == set(PERMISSION)


def test_a_route_missing_from_the_table_fails_the_build(monkeypatch):
    monkeypatch.delitem(PERMISSION, "people:accounts")
    assert [error.id for error in every_route_has_a_permission()] == ["people.E001"]


def test_a_route_that_is_no_more_fails_the_build(monkeypatch):
    monkeypatch.setitem(PERMISSION, "people:gone", "people.read")
    assert [error.id for error in every_route_has_a_permission()] == ["people.E002"]


def test_a_permission_without_words_fails_the_build(monkeypatch):
    monkeypatch.setitem(PERMISSION, "people:accounts", "people.invented")
    assert [error.id for error in every_route_has_a_permission()] == ["people.E003"]


@pytest.mark.django_db
def test_a_route_missing_from_the_table_is_not_there_even_when_the_check_was_skipped(monkeypatch):
    monkeypatch.delitem(PERMISSION, "people:permissions")
    assert Client().get("/people/permissions/").status_code == 404


def test_an_unnamed_route_counts_as_missing():
    assert list(route_names([path("somewhere/", lambda request: None)])) == [""]
