"""ARRS-1 to 6 of the federal collection: what counts, once or each time, and what is not known."""

import csv
import gzip
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from accord.exchange import crdc
from accord.exchange.crdc import Cell, Count, Row, Table, count, is_referral
from accord.exchange.crdc_files import plain, published_as, table, trace
from accord.facts import Disability, EnglishLearner, InitiatedBy, Kind, Outcome, PersonRole, Race, Sex
from tests.shared import SHARED, needs_shared

YEAR = (date(2025, 7, 1), date(2026, 6, 30))
SCHOOL = "99999990000001"
BOY = Row(
    interaction="2025-00001",
    occurred_on=date(2025, 10, 3),
    school=SCHOOL,
    student="a",
    role=PersonRole.SUBJECT,
    race=Race.BLACK,
    sex=Sex.MALE,
    disability=Disability.NONE,
    english_learner=EnglishLearner.NO,
    referred=True,
    arrested=False,
)
GIRL = replace(BOY, student="b", race=Race.WHITE, sex=Sex.FEMALE, disability=Disability.IDEA)


def counted(*rows: Row, schools: dict[str, bool] | None = None) -> dict[tuple[str, Cell], Count]:
    found = count(rows, year=YEAR, schools=schools or {SCHOOL: True})
    return {(one.school, one.cell): one for one in found}


def value(counts: dict[tuple[str, Cell], Count], name: str, group: str, sex: Sex | None = None) -> int | None:
    return counts[SCHOOL, Cell(Table(name), group, sex)].value


def students(counts: dict[tuple[str, Cell], Count], *names: str) -> list[int | None]:
    """Boys and girls of these tables' totals."""
    return [value(counts, name, "total", sex) for name in names for sex in (Sex.MALE, Sex.FEMALE)]


def fight(*, later: str) -> list[Row]:
    """Two students cited in a fight, one arrested for it (in the contact called `later`), a witness interviewed."""
    witness = replace(BOY, student="c", role=PersonRole.WITNESS, referred=False)
    arrest = replace(BOY, interaction=later, incident=BOY.interaction, arrested=True)
    return [BOY, GIRL, witness, replace(arrest, occurred_on=date(2025, 10, 8))]


@pytest.mark.parametrize("later", ["2025-00001", "2025-00007"])
def test_a_fight_with_two_cited_and_one_arrested_later_is_two_instances_and_one_arrest(later: str):
    counts = counted(*fight(later=later))
    assert value(counts, "ARRS-1", "total") == 2
    assert students(counts, "ARRS-2", "ARRS-3") == [1, 0, 0, 1]
    assert value(counts, "ARRS-4", "total") == 1
    assert students(counts, "ARRS-5", "ARRS-6") == [1, 0, 0, 0]


def test_every_figure_names_the_contacts_it_comes_from():
    counts = counted(*fight(later="2025-00007"))
    assert counts[SCHOOL, Cell(Table.ARRS_1, "total", None)].interactions == ("2025-00001", "2025-00007")
    assert counts[SCHOOL, Cell(Table.ARRS_3, "white", Sex.FEMALE)].interactions == ("2025-00001",)
    assert "99999990000001,ARRS-3,white,female,2025-00001,yes" in trace(counts.values()).splitlines()


def test_the_same_student_in_two_incidents_is_two_instances_and_one_student():
    counts = counted(BOY, replace(BOY, interaction="2025-00002"))
    assert (value(counts, "ARRS-1", "total"), value(counts, "ARRS-2", "black", Sex.MALE)) == (2, 1)


def test_a_student_counts_at_each_school_where_it_happened():
    other = "99999990000002"
    counts = counted(BOY, replace(BOY, interaction="2025-00002", school=other))
    assert [counts[at, Cell(Table.ARRS_2, "total", Sex.MALE)].value for at in (SCHOOL, other)] == [1, 1]


def test_a_student_under_section_504_has_no_race_among_those_with_disabilities():
    counts = counted(replace(GIRL, disability=Disability.SECTION_504, english_learner=EnglishLearner.YES))
    assert value(counts, "ARRS-3", "section_504", Sex.FEMALE) == 1
    assert value(counts, "ARRS-3", "white", Sex.FEMALE) == value(counts, "ARRS-3", "total", Sex.FEMALE) == 0
    assert value(counts, "ARRS-3", "english_learner", Sex.FEMALE) == 1
    assert value(counts, "ARRS-2", "english_learner", Sex.FEMALE) == 0


def test_an_unknown_student_counts_as_an_instance_and_leaves_only_their_own_figures_uncollected():
    unknown = replace(BOY, student=None)
    counts = counted(unknown, unknown, GIRL)
    assert (value(counts, "ARRS-1", "total"), value(counts, "ARRS-1", "black", Sex.MALE)) == (3, 2)
    assert value(counts, "ARRS-2", "black", Sex.MALE) is None
    assert value(counts, "ARRS-2", "total", Sex.MALE) is None
    assert value(counts, "ARRS-2", "white", Sex.MALE) == 0
    assert value(counts, "ARRS-3", "white", Sex.FEMALE) == 1
    assert counts[SCHOOL, Cell(Table.ARRS_2, "black", Sex.MALE)].undetermined == ("2025-00001",)


def test_what_the_record_does_not_say_makes_neither_zero_nor_one():
    counts = counted(replace(BOY, race=Race.UNKNOWN))
    assert value(counts, "ARRS-2", "total", Sex.MALE) == 1
    assert {value(counts, "ARRS-2", race.value, Sex.MALE) for race in crdc.RACES} == {None}
    assert {value(counts, "ARRS-2", race.value, Sex.FEMALE) for race in crdc.RACES} == {0}
    assert value(counted(replace(BOY, disability=Disability.UNKNOWN)), "ARRS-3", "black", Sex.MALE) is None
    assert value(counted(replace(BOY, referred=None, arrested=None)), "ARRS-4", "total") is None


def test_a_school_without_contacts_has_zeros_and_one_without_a_log_has_none():
    quiet, silent = "99999990000003", "99999990000004"
    counts = counted(BOY, schools={SCHOOL: True, quiet: True, silent: False})
    assert {one.value for (school, _), one in counts.items() if school == quiet} == {0}
    assert {one.value for (school, _), one in counts.items() if school == silent} == {None}


@pytest.mark.parametrize("day", [YEAR[0] - timedelta(1), YEAR[1] + timedelta(1)])
def test_only_days_of_the_school_year_count(day: date):
    assert value(counted(replace(BOY, occurred_on=day)), "ARRS-1", "total") == 0


@pytest.mark.parametrize("day", YEAR)
def test_its_first_and_last_day_count(day: date):
    assert value(counted(replace(BOY, occurred_on=day)), "ARRS-1", "total") == 1


def test_a_record_corrected_since_moves_the_student_and_never_splits_them():
    later = replace(BOY, interaction="2025-00009", occurred_on=date(2026, 2, 1), disability=Disability.IDEA)
    counts = counted(BOY, later)
    assert students(counts, "ARRS-2", "ARRS-3") == [0, 0, 1, 0]


@pytest.mark.parametrize(
    ("kind", "by", "outcomes", "referral"),
    [
        (Kind.STOP, InitiatedBy.OFFICER, [Outcome.CITATION], True),
        (Kind.STOP, InitiatedBy.OFFICER, [Outcome.WARNING, Outcome.ARREST], True),
        (Kind.STOP, InitiatedBy.OFFICER, [Outcome.REFERRAL_FOR_PROSECUTION], True),
        (Kind.STOP, InitiatedBy.STAFF, [Outcome.WARNING], False),
        (Kind.CALL_FOR_POLICE, InitiatedBy.ADMINISTRATOR, [Outcome.NO_ACTION], True),
        (Kind.CALL_FOR_POLICE, InitiatedBy.PARENT, [Outcome.NO_ACTION], False),
    ],
)
def test_what_a_referral_is(kind: Kind, by: InitiatedBy, outcomes: list[Outcome], referral: bool):
    assert is_referral(kind, by, outcomes) is referral


MAYBE = st.sampled_from([True, False, None])
ROWS = st.lists(
    st.builds(
        Row,
        interaction=st.sampled_from(["2025-00001", "2025-00002", "2025-00003"]),
        occurred_on=st.sampled_from([date(2025, 9, 1), date(2026, 3, 1)]),
        school=st.just(SCHOOL),
        student=st.sampled_from(["a", "b", "c", None]),
        role=st.sampled_from(PersonRole),
        race=st.sampled_from([Race.BLACK, Race.WHITE, Race.UNKNOWN]),
        sex=st.sampled_from(Sex),
        disability=st.sampled_from(Disability),
        english_learner=st.sampled_from(EnglishLearner),
        referred=MAYBE,
        arrested=MAYBE,
        incident=st.sampled_from(["", "2025-00001"]),
    ),
    max_size=8,
)


@given(ROWS)
def test_no_more_arrests_than_referrals_and_no_more_students_than_instances(rows: list[Row]):
    counts = counted(*rows)
    referrals = {Table.ARRS_4: Table.ARRS_1, Table.ARRS_5: Table.ARRS_2, Table.ARRS_6: Table.ARRS_3}
    for (school, cell), one in counts.items():
        if cell.table in referrals:
            whole = counts[school, replace(cell, table=referrals[cell.table])]
            assert None in (one.value, whole.value) or one.value <= whole.value
            assert {*one.interactions} <= {*whole.interactions, *whole.undetermined}
    for what, *tables in (("ARRS-1", "ARRS-2", "ARRS-3"), ("ARRS-4", "ARRS-5", "ARRS-6")):
        by_sex = [value(counts, name, "total", sex) for name in tables for sex in crdc.SEXES]
        by_sex += [value(counts, tables[1], "section_504", sex) for sex in crdc.SEXES]
        instances = value(counts, what, "total")
        assert None in by_sex or instances is None or sum(by_sex) <= instances


def test_how_many_are_unlinked_is_said_with_bounds_and_never_guessed():
    unknown = replace(BOY, student=None, interaction="2025-00002")
    counts = counted(BOY, unknown, unknown)
    one = counts[SCHOOL, Cell(Table.ARRS_2, "black", Sex.MALE)]
    assert (one.value, one.at_least, one.at_most, one.unlinked) == (None, 1, 3, 2)
    sure = counts[SCHOOL, Cell(Table.ARRS_2, "white", Sex.MALE)]
    assert (sure.value, sure.at_least, sure.at_most, sure.unlinked) == (0, None, None, 0)
    alone = counted(unknown)[SCHOOL, Cell(Table.ARRS_2, "black", Sex.MALE)]
    assert (alone.at_least, alone.at_most) == (1, 1)


def test_an_arrest_that_follows_a_citation_may_be_of_the_same_student_while_nobody_is_linked():
    unknown = replace(BOY, student=None)
    later = replace(unknown, interaction="2025-00007", incident="2025-00001", arrested=True)
    instances = counted(unknown, later)[SCHOOL, Cell(Table.ARRS_1, "total", None)]
    assert (instances.value, instances.at_least, instances.at_most) == (None, 1, 2)
    assert value(counted(unknown, replace(later, incident="")), "ARRS-1", "total") == 2


def test_who_counts_by_the_school_of_the_contact_is_said():
    placed = replace(GIRL, by_enrollment=True)
    lines = list(csv.DictReader(io.StringIO(table(counted(BOY, placed).values()))))
    total = {line["sex"]: line for line in lines if (line["table"], line["group"]) == ("ARRS-1", "total")}
    told = {sex: (line["count"], line["by_school_of_contact"]) for sex, line in total.items() if line["count"] != "0"}
    assert told == {"all": ("2", "1"), "male": ("1", "1"), "female": ("1", "0")}


SAME_BOY = st.lists(
    st.builds(
        replace,
        st.just(BOY),
        interaction=st.sampled_from(["2025-00001", "2025-00002", "2025-00003"]),
        student=st.sampled_from(["a", "b", None, None]),
        referred=MAYBE,
        arrested=MAYBE,
        incident=st.sampled_from(["", "2025-00001"]),
    ),
    max_size=5,
)


@settings(deadline=None)
@given(SAME_BOY, st.lists(st.sampled_from("abcde"), min_size=5, max_size=5))
def test_whoever_the_unknown_turn_out_to_be_the_figure_lies_in_its_bounds(rows: list[Row], who: list[str]):
    found = [row if row.student else replace(row, student=name) for row, name in zip(rows, who, strict=False)]
    assume(len({(row.interaction, row.student) for row in found}) == len(found))
    truth = counted(*found)
    for cell, told in counted(*rows).items():
        if told.value is not None:
            assert (truth[cell].value, told.unlinked) == (told.value, 0)
        elif truth[cell].value is not None:
            assert told.at_least <= truth[cell].value <= told.at_most


def test_the_table_writes_zero_as_zero_and_what_is_not_collected_as_chosen():
    counts = count([replace(BOY, student=None)], year=YEAR, schools={SCHOOL: True})
    for code in ("", "-9"):
        lines = list(csv.DictReader(io.StringIO(table(counts, not_collected=code))))
        figures = {line["published_as"]: line["count"] for line in lines}
        assert (figures["SCH_DISCWODIS_REF_BL_M"], figures["SCH_DISCWODIS_REF_WH_M"]) == (code, "0")
    by_name = {one["published_as"]: one["count"] for one in plain(counts, school_year="2025-26", year=YEAR)["counts"]}
    assert (by_name["SCH_DISCWODIS_REF_BL_M"], by_name["SCH_DISCWODIS_REF_WH_M"]) == (None, 0)


def test_every_figure_is_asked_once_and_no_two_share_a_column():
    asked = list(crdc.cells())
    named = [name for cell in asked if (name := published_as(cell))]
    assert len(set(asked)) == len(asked)
    assert len(set(named)) == len(named)


@needs_shared
def test_columns_are_called_as_in_the_published_files():
    with gzip.open(SHARED / "data" / "crdc_2020_21" / "crdc_2020_21_six_states.csv.gz", "rt", encoding="utf-8") as file:
        published = {name for name in next(csv.reader(file)) if "_REF_" in name or "_ARR_" in name}
    assert {published_as(cell) for cell in crdc.cells() if cell.sex in (Sex.MALE, Sex.FEMALE)} - {""} == published
