"""Browsers in which someone is signed in, and a front page that remembers nothing of another test."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from accord.web.controls import drawn
from accord.web.people.models import User
from tests.web import factories


@pytest.fixture
def sign_in(db: None) -> Callable[[User], Client]:
    """`sign_in(factories.alice())` is a browser of hers."""
    return factories.signed_in


@pytest.fixture
def as_alice(db: None) -> Client:
    """A principal's browser, at Cedar Middle."""
    return factories.signed_in(factories.alice())


@pytest.fixture
def as_bob(db: None) -> Client:
    """An officer's browser, at Cedar Middle."""
    return factories.signed_in(factories.bob())


@pytest.fixture
def as_dana(db: None) -> Client:
    """The program administrator's browser."""
    return factories.signed_in(factories.dana())


@pytest.fixture
def as_eve(db: None) -> Client:
    """The superintendent's browser."""
    return factories.signed_in(factories.eve())


@pytest.fixture(autouse=True)
def empty_memory() -> None:
    """A test that rolls back goes back to marks that another test may have drawn the front page under."""
    drawn.forget()


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """A page that was drawn in Spanish leaves its thread in Spanish; a server's next request would choose anew."""
    translation.activate("en")


@pytest.fixture(autouse=True, scope="module")
def _on_the_day_of_the_factories() -> Iterator[None]:
    """The clock goes on from a morning before `factories.AT`: what was filed then is never of the past or future."""
    with time_machine.travel(datetime(2026, 11, 24, 15, 30, tzinfo=UTC), tick=True):
        yield
