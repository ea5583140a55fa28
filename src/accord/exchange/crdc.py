"""The federal Civil Rights Data Collection: referrals of students to law enforcement and arrests, ARRS-1 to 6.

Definitions after the collection's own list of elements (US Department of Education, Office for Civil Rights):

- Only the student whom a contact was about counts; witnesses and victims do not.
- A citation, a referral for prosecution and an arrest are referrals; so every arrest is one. So is a report of the
  student to police by a school official, an officer at the school included, whatever came of it.
- An instance is one student in one incident, however many contacts the incident led to. Students are counted once a
  year at each school where it happened.
- A school year runs from July 1 to June 30. A narrower regular year, without summer, can be given.
- Zero means counted and none. None means not collected: some contact may belong to the figure, and the record does not
  say so, or does not say which student it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import product

from accord.exchange.crdc_row import Row as Row
from accord.exchange.crdc_row import counting as counting
from accord.exchange.crdc_row import is_referral as is_referral
from accord.facts import Coded, Disability, EnglishLearner, Race, Sex

SEXES = (Sex.MALE, Sex.FEMALE, Sex.NONBINARY)
RACES = tuple(race for race in Race if race is not Race.UNKNOWN)


class Table(Enum):
    """The six tables: what each counts, and of whom."""

    ARRS_1 = "ARRS-1"
    ARRS_2 = "ARRS-2"
    ARRS_3 = "ARRS-3"
    ARRS_4 = "ARRS-4"
    ARRS_5 = "ARRS-5"
    ARRS_6 = "ARRS-6"

    @property
    def arrests(self) -> bool:
        """Does it count arrests? Otherwise referrals."""
        return self in (Table.ARRS_4, Table.ARRS_5, Table.ARRS_6)

    @property
    def instances(self) -> bool:
        """Does it count instances? Otherwise students, each once."""
        return self in (Table.ARRS_1, Table.ARRS_4)


TOTAL, SECTION_504, ENGLISH_LEARNER = "total", "section_504", "english_learner"


@dataclass(frozen=True)
class Cell:
    """One figure that is asked for. `sex` is None for all together.

    `group` is a race, `section_504`, `english_learner` or `total`. Students under Section 504 alone have no race in
    the collection, so in ARRS-3 and 6 races and total are of students with disabilities under IDEA.
    """

    table: Table
    group: str
    sex: Sex | None


@dataclass(frozen=True)
class Count:
    """One figure of one school: None when not collected; the contacts it comes from, and those that might belong.

    Where some might belong, the figure lies from `at_least` to `at_most`, as far as they are of this school. `unlinked`
    says how many of these are people of whom it is not known which student they were; `by_contact`, how many of all are
    counted here because of the contact's school, as their enrollment that day is not known.
    """

    school: str
    cell: Cell
    value: int | None
    interactions: tuple[str, ...] = ()
    undetermined: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    unlinked: int = 0
    by_contact: int = 0


def cells() -> Iterator[Cell]:
    """Every figure asked of a school, in the order of the tables."""
    for table in Table:
        if table.instances:
            yield Cell(table, TOTAL, None)
        with_504 = table not in (Table.ARRS_2, Table.ARRS_5)
        groups = [*(race.value for race in RACES), *([SECTION_504] if with_504 else []), ENGLISH_LEARNER]
        yield from (Cell(table, group, sex) for group, sex in product([*groups, TOTAL], SEXES))


@dataclass(frozen=True)
class Subject:
    """One student as counted: in one incident for instances, over the year for students.

    `linked`: is it known which student? `apart`: is it sure that no other subject is the same one?
    """

    key: tuple[str, ...]
    linked: bool
    apart: bool
    row: Row
    referred: bool | None
    arrested: bool | None
    interactions: tuple[str, ...]


def count(
    rows: Iterable[Row],
    *,
    year: tuple[date, date],
    schools: Mapping[str, bool],
) -> tuple[Count, ...]:
    """The figures of every school for a school year.

    Args:
        rows: students in contacts, of any day and part; those that do not count are left out here.
        year: first and last day that count, both included.
        schools: the schools that report, by CDS code, and whether contacts were collected there all that time.
    """
    found = counting(rows, year=year)
    contacts: dict[str, set[str]] = {}
    by_school: dict[str, list[Row]] = {}
    for row in found:
        by_school.setdefault(row.school, []).append(row)
        contacts.setdefault(row.about, set()).add(row.interaction)
    several = {incident for incident, references in contacts.items() if len(references) > 1}
    names = sorted(set(schools) | set(by_school))
    return tuple(
        one
        for name in names
        for one in _of_school(name, by_school.get(name, []), several, collected=schools.get(name, True))
    )


def _of_school(school: str, rows: list[Row], several: AbstractSet[str], *, collected: bool) -> Iterator[Count]:
    """Every figure of a school. `several`: the incidents that more than one contact is about."""
    newest: dict[str | None, Row] = {row.student: row for row in rows if row.student is not None}
    instances = _subjects(rows, newest, lambda row: (row.about,), lambda row: row.about not in several)
    students = _subjects(rows, newest, lambda row: (), lambda row: False)
    for cell in cells():
        if collected:
            yield _counted(school, cell, instances if cell.table.instances else students)
        else:
            yield Count(school, cell, None)


def _subjects(
    rows: list[Row],
    newest: Mapping[str | None, Row],
    parts: Callable[[Row], tuple[str, ...]],
    alone: Callable[[Row], bool],
) -> list[Subject]:
    """Rows put together by student and by the parts they are counted in. Somebody unknown is always one of their own.

    `alone`: can somebody unknown, in this row, be nobody of another row of the same part?
    """
    gathered: dict[tuple[str, ...], list[Row]] = {}
    for number, row in enumerate(rows):
        who = ("known", row.student) if row.student is not None else ("unknown", str(number))
        gathered.setdefault((*who, *parts(row)), []).append(row)
    return [_subject(key, found, newest, alone) for key, found in gathered.items()]


def _subject(
    key: tuple[str, ...], rows: list[Row], newest: Mapping[str | None, Row], alone: Callable[[Row], bool]
) -> Subject:
    arrested = _any(row.arrested for row in rows)
    referred = _any([arrested, *(row.referred for row in rows)])
    last = rows[-1]
    linked = last.student is not None
    references = tuple(dict.fromkeys(row.interaction for row in rows))
    row = newest[last.student] if linked else last
    return Subject(key, linked, linked or alone(last), row, referred, arrested, references)


def _any(answers: Iterable[bool | None]) -> bool | None:
    """True when one is, None when one might be, else False."""
    seen = set(answers)
    return True if True in seen else None if None in seen else False


def _counted(school: str, cell: Cell, subjects: Iterable[Subject]) -> Count:
    sure: list[Subject] = []
    unsure: list[Subject] = []
    least = 0
    for one in subjects:
        belongs = _belongs(one, cell)
        if belongs and one.apart:
            sure.append(one)
        elif belongs is not False:
            unsure.append(one)
            least = max(least, int(belongs is True))
    unlinked = sum(not one.linked for one in unsure)
    by_contact = sum(not one.row.by_enrollment for one in (*sure, *unsure))
    traced = (_references(sure), _references(unsure))
    if unsure:
        bounds = (max(least, len(sure)), len(sure) + len(unsure))
        return Count(school, cell, None, *traced, *bounds, unlinked, by_contact)
    return Count(school, cell, len(sure), *traced, None, None, unlinked, by_contact)


def _references(subjects: Iterable[Subject]) -> tuple[str, ...]:
    return tuple(sorted({reference for one in subjects for reference in one.interactions}))


def _belongs(one: Subject, cell: Cell) -> bool | None:
    """Does this student belong to the figure? None when the record does not say."""
    answers = [
        one.arrested if cell.table.arrests else one.referred,
        _in_table(one.row.disability, cell),
        _in_group(one.row, cell.group),
        True if cell.sex is None else _is(one.row.sex, {cell.sex}, Sex.UNKNOWN),
    ]
    if False in answers:
        return False
    return None if None in answers else True


def _in_table(disability: Disability, cell: Cell) -> bool | None:
    if cell.table.instances:
        return True
    if cell.table in (Table.ARRS_2, Table.ARRS_5):
        wanted = {Disability.NONE}
    elif cell.group == ENGLISH_LEARNER:
        wanted = {Disability.IDEA, Disability.SECTION_504}
    else:
        wanted = {Disability.SECTION_504} if cell.group == SECTION_504 else {Disability.IDEA}
    return _is(disability, wanted, Disability.UNKNOWN)


def _in_group(row: Row, group: str) -> bool | None:
    if group == TOTAL:
        return True
    if group == ENGLISH_LEARNER:
        return _is(row.english_learner, {EnglishLearner.YES}, EnglishLearner.UNKNOWN)
    if group == SECTION_504:
        return _is(row.disability, {Disability.SECTION_504}, Disability.UNKNOWN)
    return _is(row.race, {Race(group)}, Race.UNKNOWN)


def _is(value: Coded, wanted: AbstractSet[Coded], unknown: Coded) -> bool | None:
    return True if value in wanted else None if value is unknown else False
