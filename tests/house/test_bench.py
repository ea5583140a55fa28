"""A goal is met, missed, or not set."""

import pytest
from bench.figure import Figure


@pytest.mark.parametrize(
    ("figure", "goal", "met"),
    [
        (Figure("speed", 200, "policies/s", at_least=200), "at least 200", True),
        (Figure("speed", 199.9, "policies/s", at_least=200), "at least 200", False),
        (Figure("ratio", 3.0, "x", at_most=3), "at most 3", True),
        (Figure("ratio", 3.01, "x", at_most=3), "at most 3", False),
        (Figure("size", 12, "MB"), "", True),
    ],
)
def test_a_figure_is_held_against_its_goal(figure: Figure, goal: str, met: bool):
    assert (figure.goal, figure.met) == (goal, met)
