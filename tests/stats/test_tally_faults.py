"""What is wrong with counted data: enrollment that does not fit, values that are none, keys that are given twice."""

from __future__ import annotations

import pyarrow as pa
import pytest

from accord.decision import BadInput
from accord.stats.faults import Faulty, Kind
from accord.stats.hierarchies import hierarchies
from accord.stats.periods import Period
from accord.stats.tally import tally

EVENTS = {
    "interaction": ["i1", "i2", "i3"],
    "student": ["a", "a", "b"],
    "occurred_on": ["2025-09-02", "2025-10-02", "2026-03-02"],
    "school": ["s1", "s1", "s2"],
    "race": ["asian", "asian", "black"],
}
ENROLLED = {
    "school": ["s1", "s1", "s2"],
    "school_year": ["2025-26"] * 3,
    "race": ["asian", "white", "black"],
    "count": [20, 30, 7],
}


def count(events=None, enrolled=None, **more):
    more = {"by": ["school"], "measures": ["students"]} | more
    enrollment = None if enrolled is None else pa.table(ENROLLED | enrolled)
    return tally(pa.table(EVENTS | (events or {})), enrollment=enrollment, **more)


def enrolled(found):
    return {tuple(list(row.values())[: len(found.axes)]): row["enrolled"] for row in found.table().to_pylist()}


def faults(**more):
    with pytest.raises(Faulty) as caught:
        count(**more)
    return [(one.kind, one.where, one.value, one.rows) for one in caught.value.faults]


def test_every_group_stands_beside_the_students_enrolled_in_it():
    found = enrolled(count(enrolled={}, by=["school", "race"]))
    assert found["s1", "asian"] == 20
    assert found["s1", "all"] == 50
    assert found["all", "asian"] == 20
    assert found["all", "all"] == 57
    assert found["s1", "white"] == 30, "a group with students and no event is there, at zero"
    assert ("s1", "black") not in found, "nobody is in it"


def test_a_column_that_enrollment_lacks_does_not_part_the_enrolled():
    found = enrolled(count({"place": ["hall", "yard", "yard"]}, {}, by=["place"]))
    assert found == {("hall",): 57, ("yard",): 57, ("all",): 57}


def test_not_recorded_has_no_number_of_enrolled_and_leaves_the_total_its_own():
    found = enrolled(count({"race": ["asian", None, "black"]}, {}, by=["race"]))
    assert found["unknown",] is None
    assert found["all",] == 57


def test_enrollment_that_was_not_counted_is_no_zero():
    found = enrolled(count(enrolled={"count": [20, -9, 7]}))
    assert found == {("s1",): None, ("s2",): 7, ("all",): None}


def test_a_roster_gives_students_their_groups_and_is_the_enrollment():
    events = {"student": ["a", "a", "b"], "arrest": ["yes", "no", "yes"]}
    roster = {"student": ["a", "b", "c"], "race": ["asian", "black", "black"]}
    found = tally(pa.table(events), by=["race"], measures=["students"], enrollment=pa.table(roster))
    assert dict(found.each()) == {("asian",): {"students": 1}, ("black",): {"students": 1}, ("all",): {"students": 2}}
    assert enrolled(found) == {("asian",): 1, ("black",): 2, ("all",): 3}


def test_students_whom_the_roster_lacks_are_named_and_can_be_carried():
    events, roster = pa.table({"student": ["a", "x"]}), pa.table({"student": ["a"], "race": ["asian"]})
    with pytest.raises(Faulty, match="'x'") as caught:
        tally(events, by=["race"], enrollment=roster)
    assert [(one.kind, one.rows) for one in caught.value.faults] == [(Kind.UNKNOWN_STUDENTS, 1)]
    found = tally(events, by=["race"], enrollment=roster, carry=[Kind.UNKNOWN_STUDENTS])
    assert dict(found.each())["unknown",] == {"instances": 1}


def test_enrollment_that_neither_counts_nor_names_students_is_refused():
    """Each row would be one student, and a school of hundreds would have as many as it has groups."""
    with pytest.raises(BadInput, match="no column count and no column student"):
        tally(pa.table(EVENTS), by=["school"], enrollment=pa.table({"school": ["s1"], "n": [400]}))


def test_a_roster_with_a_student_twice_is_refused():
    with pytest.raises(BadInput, match="more than once"):
        tally(
            pa.table({"student": ["a"]}),
            by=["race"],
            enrollment=pa.table({"student": ["a", "a"], "race": ["asian"] * 2}),
        )


@pytest.mark.parametrize(
    ("change", "kind", "where", "value", "rows"),
    [
        (
            {"by": ["race"], "events": {"race": ["asian", "martian", "martian"]}},
            Kind.OUT_OF_RANGE,
            "race",
            "martian",
            2,
        ),
        (
            {"measures": ["arrest"], "events": {"arrest": ["yes", "perhaps", ""]}},
            Kind.OUT_OF_RANGE,
            "arrest",
            "perhaps",
            1,
        ),
        ({"measures": ["held"], "events": {"held": ["1", "1.5", "2"]}}, Kind.OUT_OF_RANGE, "held", "1.5", 1),
        (
            {"period": Period.MONTH, "events": {"occurred_on": ["2025-09-02", "9/2/2025", "2025-09-32"]}},
            Kind.OUT_OF_RANGE,
            "occurred_on",
            "2025-09-32",
            1,
        ),
        ({"events": {"role": ["subject", "suspect", "witness"]}}, Kind.OUT_OF_RANGE, "role", "suspect", 1),
        ({"events": {"interaction": ["i1", "i1", "i3"]}}, Kind.DUPLICATE_KEYS, "interaction, student", "i1, a", 2),
        ({"events": {"school": ["s1", "s1", "s9"]}, "enrolled": {}}, Kind.UNKNOWN_SCHOOLS, "school", "s9", 1),
        (
            {"by": ["race"], "events": {"school": ["s1", "s1", "s9"]}, "enrolled": {}},
            Kind.UNKNOWN_SCHOOLS,
            "school",
            "s9",
            1,
        ),
        (
            {"enrolled": {"school_year": ["2024-25"] * 3}},
            Kind.MISMATCHED_PERIODS,
            "occurred_on",
            "2025-26",
            3,
        ),
        ({"enrolled": {"count": [0, 0, 7]}}, Kind.NUMERATOR_ABOVE_DENOMINATOR, "school s1", "students 1 of 0", 2),
        (
            {"enrolled": {"school": ["s1", "s1", "s1"], "race": ["asian", "asian", "black"]}},
            Kind.DUPLICATE_KEYS,
            "school, school_year, race",
            "s1, 2025-26, asian",
            2,
        ),
    ],
)
def test_a_fault_is_counted_named_and_refused_until_it_is_carried(change, kind, where, value, rows):
    assert (kind, where, value, rows) in faults(**change)
    carried = count(**change, carry=list(Kind))
    assert kind in {one.kind for one in carried.faults}


def test_what_is_out_of_range_counts_as_not_recorded_when_carried():
    found = count({"arrest": ["yes", "perhaps", "no"]}, measures=["arrest"], carry=[Kind.OUT_OF_RANGE])
    assert dict(found.each())["all",] == {"arrest": 1}
    assert found.table().to_pylist()[0]["uncounted"] == 1


def test_an_unknown_school_that_is_carried_blocks_the_enrolled_of_all_that_hold_it():
    found = enrolled(count({"school": ["s1", "s1", "s9"]}, {}, carry=[Kind.UNKNOWN_SCHOOLS]))
    assert found == {("s1",): 50, ("s2",): 7, ("s9",): None, ("all",): None}


def test_months_of_a_year_without_enrollment_have_no_number_of_enrolled():
    events = {"occurred_on": ["2024-09-02", "2025-10-02", "2026-03-02"]}
    found = enrolled(count(events, {}, by=[], period=Period.YEAR, carry=[Kind.MISMATCHED_PERIODS]))
    assert found == {("2024-25 year",): None, ("2025-26 year",): 57, ("all",): None}


def test_enrollment_of_two_years_needs_counts_by_year():
    two = {"school_year": ["2024-25", "2025-26", "2025-26"]}
    with pytest.raises(BadInput, match="2 school years"):
        count(enrolled=two)
    found = enrolled(count(enrolled=two, by=[], period=Period.YEAR))
    assert found == {("2025-26 year",): 37, ("all",): 37}


@pytest.mark.parametrize(
    ("links", "said"),
    [
        ([("a", "b"), ("b", "c"), ("c", "a")], "is part of itself"),
        ([("a", "a")], "is part of itself"),
        ([("a", "b"), ("a", "c")], "is part of 'b' and of 'c'"),
    ],
)
def test_links_that_make_no_tree_are_refused(links, said):
    with pytest.raises(BadInput, match=said):
        hierarchies([("school", child, parent) for child, parent in links], "here")


def test_codes_without_a_place_in_their_hierarchy_are_refused():
    races = hierarchies([("race", "asian", "some")], "here")
    with pytest.raises(BadInput, match="does not know: black"):
        count(by=["race"], hierarchies=races)
    districts = hierarchies([("school", "s0", "s1")], "here")
    with pytest.raises(BadInput, match="stand for groups of others: s1"):
        count(hierarchies=districts)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"by": ["shoes"]}, "no column shoes"),
        ({"measures": ["students.shoes"]}, "no column shoes"),
        ({"measures": []}, "nothing to count"),
        ({"by": ["race", "race"]}, "twice"),
        ({"by": [], "period": Period.YEAR, "events": {"occurred_on": [None] * 3}}, "out_of_range"),
    ],
)
def test_what_cannot_be_counted_is_said(change, said):
    with pytest.raises(BadInput, match=said):
        count(**change)
