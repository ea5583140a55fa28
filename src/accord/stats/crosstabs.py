"""From frames to a tally: what counts, finest groups, axes, cells, enrollment, faults. Nothing here knows engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np

from accord.decision import BadInput
from accord.facts import PersonRole
from accord.stats import checks, periods, roster
from accord.stats import hierarchies as trees
from accord.stats.bare_files import unparted
from accord.stats.denominators import COUNT, SCHOOL, YEAR, denominators
from accord.stats.dimensions import Axis, axis
from accord.stats.faults import Fault, Kind, refuse
from accord.stats.figures import figures_of
from accord.stats.finest import DAY, MONTH, RACE, ROWS, Coded, Finest, finest
from accord.stats.hierarchies import Hierarchy
from accord.stats.measures import FAULTY, Measure, Reader, measure, sums
from accord.stats.periods import PERIOD, Period
from accord.stats.schema import NOT_RECORDED, RACES, Column, Privacy, State, Type, known
from accord.stats.tallied import OWN, Tally

Frame = nw.LazyFrame[Any]
ROLE, REVIEWED = "role", "reviewed"


@dataclass(frozen=True)
class Plan:
    """What to count, by what, and which faults to carry. The words of `tally.tally`."""

    by: tuple[str, ...]
    measures: tuple[str, ...]
    hierarchies: Mapping[str, Hierarchy]
    period: Period | None
    carry: frozenset[Kind]


def tally(plan: Plan, events: Frame, enrollment: Frame | None) -> Tally:
    """Count what the plan says. Errors as `tally.tally` has them."""
    faults: list[Fault] = []
    enrollment = None if enrollment is None else _with_race(enrollment, plan)
    if enrollment is not None:
        roster.refuse_neither(enrollment)
    if enrollment is not None and roster.is_roster(enrollment):
        events, faults = roster.joined(events, enrollment, plan.by)
    events = _with_race(events, plan)
    _check_columns(plan, events)
    events, left_out, found_aside = _counted(events, plan)
    found, wanted, more = _finest(plan, events)
    faults += [*found_aside, *more, *checks.duplicates(events, checks.KEY)]
    people = None if enrollment is None else _people(enrollment, plan)
    if people and enrollment is not None:
        faults += [*people.faults, *_of_enrollment(enrollment), *_uncovered(plan, events, found, people)]
    faults += _strangers(plan, events, found, people)
    axes = _axes(plan, found, people)
    groups = denominators(people, axes) if people else None
    cells, figures = figures_of(axes, found, wanted, groups.populated(axes) if groups else None)
    enrolled = groups.of(cells) if groups else None
    if enrolled is not None:
        for one in wanted:
            faults += checks.above(cells, one.name, figures[one.name].counts, enrolled) if one.unduplicated else []
    refuse(faults, plan.carry)
    return Tally(cells, figures, enrolled, left_out, tuple(faults))


def _with_race(frame: Frame, plan: Plan) -> Frame:
    """A frame that has all races of a student and not their group gets the group from them."""
    columns = frame.collect_schema().names()
    if RACE not in plan.by or RACE in columns or RACES.name not in columns:
        return frame
    return frame.with_columns(nw.col(RACES.name).alias(RACE))


def _check_columns(plan: Plan, events: Frame) -> None:
    columns = events.collect_schema().names()
    missing = [name for name in (*plan.by, *([DAY] if plan.period else [])) if name not in columns]
    if missing or not plan.measures:
        raise BadInput(
            f"the file has no column {', '.join(missing)}" if missing else "there is nothing to count",
            where="--by" if missing else "--measure",
            mend=f"Choose out of {', '.join(columns)}.{unparted(columns)}",
        )
    twice = sorted({name for name in plan.by if plan.by.count(name) > 1 or name == PERIOD})
    if twice:
        raise BadInput(f"{', '.join(twice)} cannot be counted by twice", where="--by", mend="Name each column once.")
    if taken := [name for name in plan.by if name in OWN]:
        what = f"{', '.join(taken)} is a column of the answer itself"
        raise BadInput(what, where="--by", mend="Give the column of the events another name.")


def _counted(events: Frame, plan: Plan) -> tuple[Frame, dict[str, int], list[Fault]]:
    """The rows that count: subjects, and what is reviewed; how many others there are; values that say neither."""
    schema = events.collect_schema()
    left_out: dict[str, int] = {}
    faults: list[Fault] = []
    for name, code in ((ROLE, str(PersonRole.SUBJECT)), (REVIEWED, "yes")):
        if name not in schema or name in plan.by:
            continue
        found = finest(events, [known(name)], {})
        others = sum(rows for other, rows in checks.by_code(found, name).items() if other != code)
        left_out |= {name: others} if others else {}
        faults += found.faults
        if name == ROLE:
            events = events.filter(nw.col(ROLE).cast(nw.String).str.strip_chars().str.to_lowercase() == code)
        else:
            events = events.filter(Reader(known(name), schema[name]).sums[State.COUNTED.value] == 1)
    return events, left_out, faults


def _finest(plan: Plan, events: Frame) -> tuple[Finest, list[Measure], list[Fault]]:
    schema = dict(events.collect_schema())
    wanted = [measure(name, list(schema)) for name in dict.fromkeys(plan.measures)]
    expressions = sums(wanted, schema)
    if plan.period and schema[DAY] == nw.String:
        expressions[DAY, FAULTY] = checks.day_is_faulty()
    told_apart = any(one.unduplicated for one in wanted)
    keys = [known(name) for name in plan.by]
    found = finest(events, keys, expressions, students=told_apart, month=plan.period is not None)
    if plan.period:
        coded = found.keys[MONTH]
        codes = tuple(_period(code, plan.period) for code in coded.codes)
        found = replace(found, keys={**found.keys, PERIOD: Coded(codes, coded.numbers)})
    faults = [one for one in found.faults if one.where != DAY or (DAY, FAULTY) not in expressions]
    return found, wanted, faults + checks.out_of_range(events, found, expressions)


def _people(enrollment: Frame, plan: Plan) -> Finest:
    """Enrollment by those columns of the tally that it has, and by school year."""
    schema = enrollment.collect_schema()
    keys = [known(name) for name in (*plan.by, *([] if SCHOOL in plan.by else [SCHOOL])) if name in schema]
    keys += [known(YEAR)] if YEAR in schema and YEAR not in plan.by else []
    if COUNT not in schema:
        return finest(enrollment, keys, {COUNT: nw.lit(1).cast(nw.Int64)})
    read = Reader(known(COUNT), schema[COUNT]).sums
    found = finest(enrollment, keys, {(COUNT, name): one for name, one in read.items()})
    apart = np.sum([found.sums[COUNT, name] for name in read if name != State.COUNTED], axis=0)
    faults = checks.out_of_range(enrollment, found, {(COUNT, name): one for name, one in read.items()})
    figures = {ROWS: found.sums[ROWS], COUNT: found.sums[COUNT, State.COUNTED.value], State.MISSING.value: apart}
    return replace(found, sums=figures, faults=(*found.faults, *faults))


def _of_enrollment(enrollment: Frame) -> list[Fault]:
    columns = enrollment.collect_schema().names()
    return checks.duplicates(enrollment, [name for name in columns if name != COUNT] if COUNT in columns else [])


def _uncovered(plan: Plan, events: Frame, found: Finest, people: Finest) -> list[Fault]:
    """Years that enrollment lacks.

    Raises:
        BadInput: when there are several years and events are not counted by year.
    """
    if YEAR not in people.keys or YEAR in plan.by:
        return []
    years = people.keys[YEAR].codes
    if not plan.period and len(years) > 1:
        raise BadInput(
            f"enrollment covers {len(years)} school years and events are not counted by year",
            where=", ".join(sorted(years)),
            mend="Add --period year, or give enrollment of one year.",
        )
    if plan.period:
        return checks.uncovered(found, years)
    has_days = DAY in events.collect_schema()
    return checks.uncovered(finest(events, [], {}, month=True), years) if has_days else []


def _strangers(plan: Plan, events: Frame, found: Finest, people: Finest | None) -> list[Fault]:
    """Schools that are not known; codes of other columns must have a place in their hierarchy.

    Raises:
        BadInput: for a code that has none, or that stands for a group of others.
    """
    for name, links in plan.hierarchies.items():
        if name in plan.by:
            codes = [code for code in _codes(name, found, people) if name != SCHOOL or code in links.children]
            trees.check(links, codes, "--hierarchy", but=[NOT_RECORDED])
    tree = plan.hierarchies.get(SCHOOL)
    if SCHOOL not in events.collect_schema() or not (tree or (people and SCHOOL in people.keys)):
        return []
    schools = found if SCHOOL in found.keys else finest(events, [known(SCHOOL)], {})
    listed = people.keys[SCHOOL].codes if people and SCHOOL in people.keys else tree.leaves if tree else ()
    faults = checks.strangers(SCHOOL, schools, listed, tree)
    return faults + (checks.strangers(SCHOOL, people, tree.leaves, tree) if people and tree else [])


def _axes(plan: Plan, found: Finest, people: Finest | None) -> list[Axis]:
    axes = [axis(known(name), _codes(name, found, people), plan.hierarchies.get(name)) for name in plan.by]
    if plan.period:
        months = {date.fromisoformat(code) for code in found.keys[MONTH].codes if code != NOT_RECORDED}
        column = Column(PERIOD, Type.TEXT, "When it happened", Privacy.PUBLIC)
        axes.append(axis(column, found.keys[PERIOD].codes, periods.hierarchy(months, plan.period)))
    return axes


def _codes(name: str, *sources: Finest | None) -> list[str]:
    return [code for source in sources if source and name in source.keys for code in source.keys[name].codes]


def _period(month: str, period: Period) -> str:
    return month if month == NOT_RECORDED else periods.code(date.fromisoformat(month), period)
