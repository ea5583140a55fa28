"""Browsers in which someone is signed in."""

from collections.abc import Callable

import pytest
from django.test import Client

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
