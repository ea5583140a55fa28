"""Seals name whose form it is; only ours are believed, and only for a school day."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import signing

from accord import clauses
from accord.web.people import seals
from tests.web.people.factories import account

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 24, 15, tzinfo=UTC)


def test_a_seal_says_who_was_given_which_form():
    alice = account("Alice")
    seal = seals.opened(seals.sealed(alice, kind="interactions", form="a-key"), on=START.date())
    assert seal == seals.Seal(str(alice.uid), "interactions", "a-key")


def test_a_seal_of_the_same_key_but_of_another_use_is_not_one():
    for salt in ("django.core.signing", "accord.elsewhere"):
        assert seals.opened(signing.dumps(["alice", "interactions", "a-key"], salt=salt), on=START.date()) is None


def test_a_seal_ends_after_a_school_day():
    hours = int(clauses.parameter("people.form-open", on=START.date()).value)
    assert 8 <= hours < 24
    with time_machine.travel(START, tick=False) as clock:
        token = seals.sealed(account("Alice"), kind="interactions", form="a-key")
        clock.shift(timedelta(hours=hours))
        assert seals.opened(token, on=START.date())
        clock.shift(timedelta(seconds=1))
        assert seals.opened(token, on=START.date()) is None


@pytest.mark.parametrize(
    "change", [lambda t: t[1:], lambda t: t[:-1], lambda t: t + "a", str.swapcase, lambda t: t * 9]
)
def test_an_altered_seal_is_none(change):
    token = seals.sealed(account("Alice"), kind="interactions", form="a-key")
    assert seals.opened(change(token), on=START.date()) is None


@pytest.mark.parametrize("text", ["", ":", "::", "a:b:c", "é:é:é", "\x00", "x" * 100_000])
def test_nonsense_is_no_seal_and_no_fault(text: str):
    assert seals.opened(text, on=START.date()) is None
