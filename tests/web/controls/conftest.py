"""All tests here happen at one instant, so that days in them mean something."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.web import factories as make


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield
