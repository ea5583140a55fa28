"""The Board report: which tables it holds and how an edition is made from reviewed interactions and enrollment.

An edition is frozen data with a digest. Pages, files and charts are drawn from it and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accord.decision import BadInput
from accord.facts import Kind
from accord.facts.school_years import school_year
from accord.stats import tally
from accord.stats.cells import Layout, Problem, is_small, problem
from accord.stats.disclosure import Unsafe, protect
from accord.stats.edition import Edition, Method, Withheld
from accord.stats.protected import Derived, Figure, ProtectedTable, Row, Suppressed, derive, guarded
from accord.stats.rates import large_enough, rate_per_1000, risk_ratio
from accord.stats.schema import ALL, CONTACTS, EVENTS, MEASURES, NOT_RECORDED, UNANSWERED, column

Enrolled = Mapping[tuple[tuple[str, str], ...], int]


@dataclass(frozen=True)
class TableSpec:
    """A table of the Board report. Groups of `dimension` stand down; across stand outcomes, or groups of `other`."""

    id: str
    title: str
    dimension: str
    notes: tuple[str, ...]
    other: str = ""


_WHO = (
    "Counts students contacted as subjects, once for each interaction. "
    "Witnesses, victims and participants are not counted."
)
_OVERLAP = "Several outcomes can be true of one contact, so the outcomes of a row do not add up to its contacts."
_RATE = "Rates are contacts for each 1,000 students enrolled; a student contacted twice counts twice."
_RATIO = (
    "The ratio compares a group's rate with that of all other students. It is left out where the group's count "
    "or enrollment is too small to say anything. A ratio above 1 asks for a review; it does not show the cause."
)
_MARK = "* marks a hidden figure: it is small, or it would let someone work out one that is. 0 means counted and none."
_BLANK = "Not recorded is a group of its own: the school records do not say. It has no enrollment and no rate."
_RECORDED = "The groups are as the school recorded its students, never as an officer perceived somebody."
_USUAL = (_WHO, _OVERLAP, _RATE, _MARK)
_GROUPS = (*_USUAL, _RATIO, _BLANK, _RECORDED)

TABLES: tuple[TableSpec, ...] = (
    TableSpec("school", "Contacts and outcomes by school", "school", (*_USUAL, _RATIO)),
    TableSpec("race", "Contacts and outcomes by race and ethnicity", "race", _GROUPS),
    TableSpec("sex", "Contacts and outcomes by sex", "sex", _GROUPS),
    TableSpec("disability", "Contacts and outcomes by disability", "disability", _GROUPS),
    TableSpec("english_learner", "Contacts and outcomes by English learner", "english_learner", _GROUPS),
    TableSpec("grade_band", "Contacts and outcomes by grade band", "grade_band", _GROUPS),
    TableSpec(
        "initiated_by", "Who set the contact going, by kind of contact", "initiated_by", (_WHO, _MARK), other="kind"
    ),
)
"""No table has more than two dimensions; every table has its totals."""

_LABELS = {item.name: item for item in EVENTS}
TOTALS = {"": "All students", "initiated_by": "All contacts"}
"""What the row and column of a total are called, by dimension."""

TITLE = "School resource officers: report to the Board"


def edition(
    events: Any,
    enrollment: Any,
    *,
    period_start: date,
    period_end: date,
    title: str = TITLE,
    threshold: int = 10,
    width: int = 5,
    not_reviewed: int = 0,
    ratio_n: int = 20,
    keep_totals: bool = False,
    not_for_publication: str = "",
    enforcement_requests: int | None = None,
    record_emergencies: int | None = None,
) -> Edition:
    """Make the edition of a period.

    Args:
        events: rows of `schema.EVENTS`, reviewed ones only (`tally.split_reviewed` parts them); rows outside the period
            are left out.
        enrollment: rows of `schema.ENROLLMENT` for the school year of the period.
        threshold: counts from 1 to this are hidden, and so is every count of a group with so few students enrolled; a
            district with so few students gets an edition without tables.
        width: how many values must stay possible for each hidden figure.
        not_reviewed: interactions of the period that are not in `events` because nobody has reviewed them yet.
        ratio_n: a ratio needs at least so many students in the group, and a count above `threshold`.
        keep_totals: never hide a total for all students that is not small; a table that cannot be had so is withheld.
        not_for_publication: why this edition must not be published, such as numbers laxer than those in force; every
            file of it says so. "" when it may be.
        enforcement_requests: how many requests by immigration enforcement came in the period, for the whole district;
            hidden like any small figure, 0 as 0. None where there is no register.
        record_emergencies: how often an emergency let student records go in the period, shown in the same way.

    Raises:
        BadInput: when the period does not lie in one school year, or enrollment does not cover it.
    """
    if threshold < 1 or width < 2:
        raise BadInput(
            f"threshold {threshold} and width {width} protect nothing",
            mend="Use a threshold of at least 1 and a width of at least 2.",
        )
    year = school_year_of(period_start, period_end)
    if year not in tally.school_years(enrollment):
        raise BadInput(f"no enrollment for the school year {year}", mend="Add the enrollment of that school year.")
    method = Method(threshold=threshold, width=width, ratio_n=ratio_n)
    rows = tally.between(events, period_start, period_end)
    outcomes = tally.recorded(rows)
    counts = tally.counts(rows, _groupings(), outcomes)
    enrolled = tally.enrolled(enrollment, year, _dimensions())
    tiny = is_small(enrolled[()], ALL, threshold)
    layouts = [] if tiny else [_layout(spec, counts, enrolled, outcomes) for spec in TABLES]
    kept, space, hidden = _protect(layouts, counts, enrolled, method, keep_totals=keep_totals)
    shown = _Shown(space, hidden, enrolled, method)
    total_hidden = isinstance(shown.figure(tally.Cell(CONTACTS)), Suppressed)
    met = tally.interactions(rows)
    specs = {spec.id: spec for spec in TABLES}
    return Edition(
        title=title,
        period_start=period_start,
        period_end=period_end,
        school_year=year,
        method=method,
        interactions=Suppressed() if total_hidden else guarded(met, threshold),
        not_reviewed=guarded(not_reviewed, threshold),
        measures=tuple(measure for measure in MEASURES if measure[0] in {CONTACTS, UNANSWERED, *outcomes}),
        not_recorded=tuple(name for name, _, _ in MEASURES if name not in {CONTACTS, UNANSWERED, *outcomes}),
        tables=tuple(_table(specs[layout.id], layout, shown) for layout in kept),
        withheld=tuple(Withheld(spec.id, spec.title) for spec in TABLES if spec.id not in {one.id for one in kept}),
        figures=len(space.cells),
        hidden=len(hidden),
        not_for_publication=not_for_publication,
        enforcement_requests=None if enforcement_requests is None else guarded(enforcement_requests, threshold),
        record_emergencies=None if record_emergencies is None else guarded(record_emergencies, threshold),
    )


def school_year_of(start: date, end: date) -> str:
    """The school year in which both days lie, such as "2025-26".

    Raises:
        BadInput: when they do not lie in one, or the end comes first.
    """
    year = school_year(start)
    if school_year(end) != year or end < start:
        raise BadInput(
            f"{start} to {end} is not a period inside one school year",
            mend="Choose days between 1 July and 30 June that follow.",
        )
    return year


def overlaps(new: Edition, published: Iterable[Edition | tuple[date, date]]) -> list[tuple[date, date]]:
    """Periods already published that share a day with the new one: their difference would be a third report."""
    periods = [(one.period_start, one.period_end) if isinstance(one, Edition) else one for one in published]
    return [(start, end) for start, end in periods if start <= new.period_end and new.period_start <= end]


def _dimensions() -> tuple[str, ...]:
    return tuple(spec.dimension for spec in TABLES if not spec.other)


def _groupings() -> list[tuple[str, ...]]:
    pairs = [part for spec in TABLES if spec.other for part in ((spec.other,), (spec.dimension, spec.other))]
    return [(), *((spec.dimension,) for spec in TABLES), *pairs]


def _layout(spec: TableSpec, counts: Mapping[tally.Cell, int], enrolled: Enrolled, outcomes: tuple[str, ...]) -> Layout:
    groups = _LABELS[spec.dimension].codes or tuple(_free_groups(spec.dimension, counts, enrolled))
    across = tuple(kind.value for kind in Kind) if spec.other else (CONTACTS, *outcomes, UNANSWERED)
    return Layout(spec.id, spec.dimension, tuple(groups), across, spec.other)


def _free_groups(dimension: str, counts: Mapping[tally.Cell, int], enrolled: Enrolled) -> list[str]:
    places = [at for _, at in counts] + list(enrolled)
    return sorted({at[0][1] for at in places if len(at) == 1 and at[0][0] == dimension})


def _protect(
    layouts: list[Layout], counts: Mapping[tally.Cell, int], enrolled: Enrolled, method: Method, *, keep_totals: bool
) -> tuple[list[Layout], Problem, frozenset[int]]:
    """Protect all tables together; withhold the table with most recoverable cells until the rest is safe."""
    kept = list(layouts)
    while True:
        space = problem(kept, counts, enrolled, threshold=method.threshold)
        keep = [i for i, cell in enumerate(space.cells) if keep_totals and not cell.at]
        try:
            return kept, space, protect(space, threshold=method.threshold, width=method.width, keep=keep)
        except Unsafe as unsafe:
            kept.remove(_worst(kept, space, unsafe.cells))


def _worst(layouts: list[Layout], space: Problem, cells: tuple[int, ...]) -> Layout:
    names = [{name for name, _ in space.cells[i].at} for i in cells]
    return max(layouts, key=lambda one: sum(one.dimension in at or one.other in at for at in names))


@dataclass(frozen=True)
class _Shown:
    """The cell space, and which of its cells are hidden."""

    space: Problem
    hidden: frozenset[int]
    enrolled: Enrolled
    method: Method

    def figure(self, cell: tally.Cell) -> Figure:
        if cell not in self.space.cells:
            return Suppressed()
        i = self.space.cells.index(cell)
        return Suppressed() if i in self.hidden else self.space.values[i]

    def students(self, dimension: str, group: str) -> int | None:
        """Students enrolled in a group, or None where enrollment does not record the dimension or the group.

        Never hidden: the State publishes enrollment, and between groups and totals it could be worked out anyway.
        """
        if group == ALL:
            return self.enrolled[()]
        if dimension not in _dimensions() or group == NOT_RECORDED or not self._records(dimension):
            return None
        if dimension == "school" and ((dimension, group),) not in self.enrolled:
            return None
        return self.enrolled.get(((dimension, group),), 0)

    def _records(self, dimension: str) -> bool:
        return any(at[0][0] == dimension and at[0][1] != NOT_RECORDED and n for at, n in self.enrolled.items() if at)


def _table(spec: TableSpec, layout: Layout, shown: _Shown) -> ProtectedTable:
    labels = {name: label for name, label, _ in MEASURES}
    columns = tuple((code, labels.get(code) or _LABELS[spec.other].label(code)) for code in layout.across)
    if spec.other:
        columns = (*columns, (ALL, TOTALS[spec.dimension]))
    return ProtectedTable(
        id=spec.id,
        title=spec.title,
        dimension=spec.dimension,
        across=spec.other or "measure",
        columns=columns,
        rows=tuple(_row(spec, layout, shown, group, columns) for group in (*layout.groups, ALL)),
        notes=spec.notes,
        threshold=shown.method.threshold,
    )


def _row(spec: TableSpec, layout: Layout, shown: _Shown, group: str, columns: tuple[tuple[str, str], ...]) -> Row:
    cells = tuple(shown.figure(layout.cell(group, code)) for code, _ in columns)
    label = column(EVENTS, spec.dimension).label(group) if group != ALL else TOTALS.get(spec.dimension, TOTALS[""])
    if spec.other:
        return Row(group, label, cells)
    students = shown.students(spec.dimension, group)
    totals = tuple(shown.figure(layout.cell(ALL, code)) for code, _ in columns)
    all_students = shown.students(spec.dimension, ALL)
    return Row(
        group,
        label,
        cells,
        enrolled=students,
        per_1000=tuple(_rate(cell, students) for cell in cells),
        ratio=tuple(
            None if group == ALL else _ratio(cell, students, total, all_students, shown.method)
            for cell, total in zip(cells, totals, strict=True)
        ),
    )


def _rate(count: Figure, students: int | None) -> Derived:
    return None if students is None else derive(rate_per_1000, count, students)


def _ratio(count: Figure, students: int | None, total: Figure, all_students: int | None, method: Method) -> Derived:
    """The ratio to all others, from printed figures only."""

    def ratio(count: int, students: int, total: int, all_students: int) -> float | None:
        if not large_enough(count, students, cell=method.threshold, n=method.ratio_n):
            return None
        return risk_ratio(count, students, total, all_students)

    if students is None or all_students is None:
        return None
    return derive(ratio, count, students, total, all_students)
