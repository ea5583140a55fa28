"""The public school file of the federal collection, real and made up: totals, reserve codes, what is refused."""

from __future__ import annotations

import pyarrow as pa
import pytest
from pyarrow import csv

from accord.decision import BadInput
from accord.exchange import crdc_schools
from accord.stats.engines import Reading, opened
from accord.stats.hierarchies import hierarchies
from accord.stats.schema import State
from accord.stats.tally import tally
from tests.shared import SHARED, needs_shared

SIX_STATES = SHARED / "data" / "crdc_2020_21" / "crdc_2020_21_six_states.csv.gz"


def columns():
    groups = [*crdc_schools.outcomes(), *crdc_schools.enrolled()]
    return [column for group in groups for column in group.columns.values()]


def school(number: int, district: str = "0100001", **figures: object) -> dict[str, str]:
    about = {"LEA_STATE": "AK", "LEAID": district, "COMBOKEY": f"{district}{number:05d}"}
    about |= {"SCH_FTESECURITY_LEO": str(figures.get("officers", 0))}
    return about | {name: str(figures.get(name, 0)) for name in columns()}


@needs_shared
def test_the_control_totals_of_the_real_file_are_reproduced():
    table = crdc_schools.read(SIX_STATES)
    long = crdc_schools.long(table, crdc_schools.outcomes())
    found = dict(tally(long, by=["race"], measures=["referrals", "arrests"]).each())
    assert len(table) == 2317
    assert found["all",] == {"referrals": 1566, "arrests": 198}
    with opened([SIX_STATES], Reading()) as (frame,):
        totals = tally(frame, by=[], measures=["TOT_ENR_M", "TOT_ENR_F"])
    assert sum(row["count"] for row in totals.table().to_pylist()) == 756_743


@needs_shared
def test_the_officers_of_the_real_file_add_up_to_its_control_total():
    found = tally(crdc_schools.officers(crdc_schools.read(SIX_STATES)), by=[], measures=[crdc_schools.OFFICERS])
    assert found.figures[crdc_schools.OFFICERS].counts.tolist() == [448_62]


def test_officers_add_up_in_hundredths_and_reserve_codes_do_not():
    rows = [school(number, officers=text) for number, text in enumerate(["0.25", "1", "-9", "1.5"])]
    found = tally(crdc_schools.officers(pa.Table.from_pylist(rows)), by=[], measures=[crdc_schools.OFFICERS])
    assert found.table().to_pylist()[0]["count"] == 275
    assert found.table().to_pylist()[0]["uncounted"] == 1
    with pytest.raises(BadInput, match="no number"):
        crdc_schools.officers(pa.Table.from_pylist([school(1, officers="0.125")]))


@needs_shared
def test_no_reserve_code_of_the_real_file_is_counted_and_each_is_told_apart():
    table = crdc_schools.read(SIX_STATES)
    long = crdc_schools.long(table, crdc_schools.outcomes())
    figure = tally(long, by=[], measures=["referrals"]).figures["referrals"]
    said = long["referrals"].to_pylist()
    assert figure.counts.tolist() == [sum(int(text) for text in said if not text.startswith("-"))]
    names = {State.NOT_APPLICABLE: "-9", State.NOT_COLLECTED: "-5", State.SUPPRESSED: "-11"}
    told = {state: figure.uncounted[state].tolist() for state in figure.uncounted}
    assert told == {state: [said.count(code)] for state, code in names.items() if code in said}


def test_a_student_is_in_one_group_and_section_504_has_no_race():
    rows = [
        school(1, SCH_DISCWODIS_REF_BL_M=3, SCH_DISCWDIS_REF_IDEA_BL_F=2, SCH_DISCWDIS_REF_504_F=4),
        school(2, SCH_DISCWODIS_REF_BL_M=-9, SCH_DISCWODIS_REF_WH_M=1),
    ]
    long = crdc_schools.long(pa.Table.from_pylist(rows), crdc_schools.outcomes())
    found = dict(tally(long, by=["race", "disability"], measures=["referrals"]).each())
    assert found["black", "none"] == {"referrals": 3}
    assert found["black", "all"] == {"referrals": 5}
    assert found["unknown", "section_504"] == {"referrals": 4}
    assert found["all", "all"] == {"referrals": 10}


def test_schools_add_up_to_districts_and_states():
    rows = [school(1, SCH_ENR_AS_M=5), school(2, SCH_ENR_AS_F=7), school(3, "0100002", SCH_ENR_WH_F=1)]
    table = pa.Table.from_pylist(rows)
    trees = hierarchies(crdc_schools.links(table), "here")
    found = tally(
        crdc_schools.long(table, crdc_schools.enrolled()), by=["school"], measures=["count"], hierarchies=trees
    )
    counts = {codes[0]: figures["count"] for codes, figures in found.each()}
    assert (counts["0100001"], counts["0100002"], counts["AK"]) == (12, 1, 13)


def test_a_file_without_officers_is_read(tmp_path):
    path = tmp_path / "schools.csv"
    csv.write_csv(pa.Table.from_pylist([school(1)]).drop_columns(["SCH_FTESECURITY_LEO"]), path)
    assert crdc_schools.officers(crdc_schools.read(path)) is None


def test_another_file_and_a_school_given_twice_are_refused(tmp_path):
    path = tmp_path / "schools.csv"
    csv.write_csv(pa.Table.from_pylist([school(1), school(1)]), path)
    with pytest.raises(BadInput, match="1 schools are given twice"):
        crdc_schools.read(path)
    path.write_text("a,b\n1,2\n")
    with pytest.raises(BadInput, match="not the public school file"):
        crdc_schools.read(path)


def test_a_school_that_lacks_a_figure_or_its_enrollment_is_left_out_with_what_it_lacks():
    rows = [
        school(1, SCH_ENR_HI_M=40),
        school(2, SCH_ENR_HI_M=30, SCH_DISCWODIS_REF_BL_F=-9),
        school(3, SCH_ENR_WH_F=-11),
        school(4, SCH_ENR_WH_F=-11, SCH_DISCWDIS_REF_IDEA_WH_M=-5),
        school(5, SCH_DISCWDIS_REF_504_M=-9),
    ]
    whole, others = crdc_schools.complete(pa.Table.from_pylist(rows), crdc_schools.REFERRALS)
    assert [key[-1] for key in whole["COMBOKEY"].to_pylist()] == ["1", "5"], "figures without a race are not asked for"
    assert [(one.school[-1], one.lacks, one.enrolled) for one in others] == [
        ("2", "referrals", 30),
        ("3", "enrollment", None),
        ("4", "referrals and enrollment", None),
    ]
    assert len(crdc_schools.complete(pa.Table.from_pylist(rows), crdc_schools.ARRESTS)[1]) == 2
