"""Rates of every group of a tally at once, held against the formulas by hand."""

from __future__ import annotations

import math

import pyarrow as pa
import pytest

from accord.decision import BadInput
from accord.stats.intervals import ratio_score
from accord.stats.tally import tally
from accord.stats.tally_rates import rates

COUNTS = {"hispanic": (24, 600), "black": (12, 100), "white": (5, 250), "asian": (0, 40), "two_or_more": (1, 10)}


def counted(by, schools=("s1",)):
    rows = [(school, race, x, n) for school in schools for race, (x, n) in COUNTS.items()]
    events = pa.table({"school": [r[0] for r in rows], "race": [r[1] for r in rows], "referred": [r[2] for r in rows]})
    enrolled = {"school": [r[0] for r in rows], "race": [r[1] for r in rows], "count": [r[3] for r in rows]}
    return tally(events, by=by, measures=["referred"], enrollment=pa.table(enrolled))


def by_code(found, column):
    return dict(zip(found.codes(len(found.axes) - 1), column.tolist(), strict=True))


def test_the_worked_example_is_reproduced_for_all_groups_at_once():
    found = counted(["race"])
    got = rates(found, "referred")
    for race, (x, n) in COUNTS.items():
        assert by_code(found, got.risk)[race] == pytest.approx(x / n, abs=1e-12)
        assert by_code(found, got.ratio)[race] == pytest.approx((x / n) / ((42 - x) / (1000 - n)), abs=1e-12)
        low, high = ratio_score(x, n, 42 - x, 1000 - n)
        assert by_code(found, got.low)[race] == pytest.approx(float(low), abs=1e-9)
        assert by_code(found, got.high)[race] == pytest.approx(float(high), abs=1e-9)
    assert math.isnan(by_code(found, got.ratio)["all"]), "there are no others"


def test_a_group_of_a_school_is_held_against_that_school_or_against_all():
    found = counted(["school", "race"], schools=("s1", "s2"))
    at = list(zip(found.codes(0), found.codes(1), strict=True)).index(("s1", "black"))
    assert rates(found, "referred", held=["school"]).ratio[at] == pytest.approx((12 / 100) / (30 / 900))
    assert rates(found, "referred").ratio[at] == pytest.approx((12 / 100) / (72 / 1900))


def test_a_share_among_another_count_needs_no_enrollment():
    rows = pa.table(
        {"race": ["asian"] * 4 + ["black"] * 5, "arrest": ["yes", "no", "no", "no"] + ["yes"] * 2 + ["no"] * 3}
    )
    found = tally(rows, by=["race"], measures=["instances", "arrest"])
    got = rates(found, "arrest", among="instances")
    assert by_code(found, got.risk) == {"asian": 0.25, "black": 0.4, "all": pytest.approx(3 / 9)}
    with pytest.raises(BadInput, match="need students"):
        rates(found, "arrest")
    with pytest.raises(BadInput, match="was not counted"):
        rates(found, "students", among="instances")


def test_a_group_whose_enrollment_or_count_is_not_known_has_no_rate():
    events = pa.table({"race": ["asian", "black", "white"], "referred": [1, -9, 2]})
    enrolled = pa.table({"race": ["asian", "black", "white"], "count": [10, 10, -11]})
    found = tally(events, by=["race"], measures=["referred"], enrollment=enrolled)
    got = by_code(found, rates(found, "referred").risk)
    assert got["asian"] == 0.1
    assert math.isnan(got["black"])
    assert math.isnan(got["white"])
