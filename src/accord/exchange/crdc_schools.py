"""The public school file of the federal collection: one row for each school, one column for each figure of a group.

Read into long tables: a row for each school and group of students, its figures as the file has them, reserve codes
(negative numbers) included. Section 504 students are counted without a race; their race is not recorded here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import reduce
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from accord.decision import BadInput
from accord.exchange.crdc_files import RACE, SEX
from accord.facts import Disability, Race, Sex

SCHOOL, DISTRICT, STATE = "COMBOKEY", "LEAID", "LEA_STATE"
REFERRALS, ARRESTS, COUNT = "referrals", "arrests", "count"
PUBLISHED_SEXES = (Sex.MALE, Sex.FEMALE)
_FIGURE = {REFERRALS: "REF", ARRESTS: "ARR"}
_BY_DISABILITY = {
    Disability.NONE: "SCH_DISCWODIS_{figure}_{race}_{sex}",
    Disability.IDEA: "SCH_DISCWDIS_{figure}_IDEA_{race}_{sex}",
}
_SECTION_504 = "SCH_DISCWDIS_{figure}_504_{sex}"
_ENROLLED = "SCH_ENR_{race}_{sex}"
_TEXT = pa.string()
OFFICERS = "officer_hundredths"
_OFFICERS = "SCH_FTESECURITY_LEO"


@dataclass(frozen=True)
class Group:
    """A group of students, and the columns that hold its figures."""

    race: Race
    sex: Sex
    disability: Disability
    columns: dict[str, str]


def outcomes() -> Iterator[Group]:
    """The groups by which referrals and arrests are counted, each student in one of them."""
    for sex in PUBLISHED_SEXES:
        for disability, name in _BY_DISABILITY.items():
            for race, code in RACE.items():
                columns = {
                    figure: name.format(figure=part, race=code, sex=SEX[sex]) for figure, part in _FIGURE.items()
                }
                yield Group(race, sex, disability, columns)
        columns = {figure: _SECTION_504.format(figure=part, sex=SEX[sex]) for figure, part in _FIGURE.items()}
        yield Group(Race.UNKNOWN, sex, Disability.SECTION_504, columns)


def enrolled() -> Iterator[Group]:
    """The groups by which enrollment is counted."""
    for sex in PUBLISHED_SEXES:
        for race, code in RACE.items():
            yield Group(race, sex, Disability.UNKNOWN, {COUNT: _ENROLLED.format(race=code, sex=SEX[sex])})


def read(path: Path) -> pa.Table:
    """The columns of the file that are read here, as text; the officers only where the file has them.

    Raises:
        BadInput: when it cannot be read, is another file, or has a school twice.
    """
    columns = [STATE, DISTRICT, SCHOOL]
    columns += [column for group in (*outcomes(), *enrolled()) for column in group.columns.values()]
    try:
        columns += {_OFFICERS} & set(_head(path))
        table = _parquet(path, columns) if path.suffix == ".parquet" else _csv(path, columns)
    except OSError as error:
        raise BadInput(error.strerror or str(error), where=str(path), mend="Give the path of the file.") from error
    except (pa.ArrowException, KeyError) as error:
        said = str(error).strip("'\"").partition("\n")[0]
        raise BadInput(
            f"this is not the public school file: {said}", where=str(path), mend="Give it as CSV, gzipped or not."
        ) from error
    twice = len(table) - len(table[SCHOOL].unique())
    if twice:
        raise BadInput(f"{twice} schools are given twice", where=f"{path}, {SCHOOL}", mend="Give each school once.")
    return table


def long(table: pa.Table, groups: Iterator[Group]) -> pa.Table:
    """A row for each school and group: state, district, school, race, sex, disability, and the figures as text."""
    parts = []
    for group in groups:
        about = {"race": group.race, "sex": group.sex, "disability": group.disability}
        columns = {
            "state": table[STATE],
            "district": table[DISTRICT],
            "school": table[SCHOOL],
            **{name: pa.repeat(pa.scalar(str(code)), len(table)) for name, code in about.items()},
            **{figure: table[column] for figure, column in group.columns.items()},
        }
        parts.append(pa.table(columns))
    return pa.concat_tables(parts)


@dataclass(frozen=True)
class LeftOut:
    """A school that lacks some figure of those whose share is asked, or of those enrolled (None: not all known)."""

    school: str
    district: str
    state: str
    lacks: str
    enrolled: int | None


def complete(table: pa.Table, of: str) -> tuple[pa.Table, list[LeftOut]]:
    """The schools that have every figure of an outcome by race and of those enrolled, and the others.

    A risk needs both from the same schools: students of a school that did not report would count as students to whom
    nothing happened.
    """
    counted = [group.columns[of] for group in outcomes() if group.race is not Race.UNKNOWN]
    students = [column for group in enrolled() for column in group.columns.values()]
    has = {of: _numbers(table, counted), "enrollment": _numbers(table, students)}
    both = pc.and_(*has.values())
    left = table.filter(pc.invert(both))
    lacks = zip(*(flags.filter(pc.invert(both)).to_pylist() for flags in has.values()), strict=True)
    sizes = zip(*(left[column].to_pylist() for column in students), strict=True)
    names = zip(*(left[name].to_pylist() for name in (SCHOOL, DISTRICT, STATE)), strict=True)
    others = []
    for (school, district, state), there, size in zip(names, lacks, sizes, strict=True):
        lacking = " and ".join(name for name, one in zip(has, there, strict=True) if not one)
        others.append(LeftOut(school, district, state, lacking, sum(map(int, size)) if there[1] else None))
    return table.filter(both), others


def _numbers(table: pa.Table, columns: list[str]) -> pa.ChunkedArray:
    """Which schools have a number, and no reserve code, in all of these columns."""
    whole = [pc.match_substring_regex(table[column], r"^\s*\d+\s*$") for column in columns]
    return reduce(pc.and_, whole)


def officers(table: pa.Table) -> pa.Table | None:
    """Sworn officers of each school, full-time equivalents in hundredths, so that they add up like any count.

    None where the file does not have them.

    Raises:
        BadInput: for what is no number of at most two decimals.
    """
    if _OFFICERS not in table.column_names:
        return None
    said = table[_OFFICERS].combine_chunks().dictionary_encode()
    hundredths = pa.array([_hundredths(text) for text in said.dictionary.to_pylist()], type=_TEXT)
    columns = {"state": table[STATE], "district": table[DISTRICT], "school": table[SCHOOL]}
    return pa.table({**columns, OFFICERS: hundredths.take(said.indices)})


def _hundredths(text: str) -> str:
    if text.startswith("-") or not text.strip():
        return text
    try:
        number = Decimal(text) * 100
    except InvalidOperation:
        number = Decimal("NaN")
    if number != number.to_integral_value():
        raise BadInput(f"{text!r} officers is no number", where=_OFFICERS, mend="Give at most two decimals.")
    return str(int(number))


def links(table: pa.Table) -> list[tuple[str, str, str]]:
    """Which school is in which district, and which district in which state, as links of a hierarchy.

    Districts and schools are links of their own dimensions too, so that either may be counted by.
    """
    rows = zip(*(table[name].to_pylist() for name in (SCHOOL, DISTRICT, STATE)), strict=True)
    found: dict[tuple[str, str, str], None] = {}
    for school, district, state in rows:
        found["school", school, district] = None
        found["school", district, state] = None
        found["district", district, state] = None
    return list(found)


def _head(path: Path) -> list[str]:
    if path.suffix == ".parquet":
        return list(pa.parquet.read_schema(path).names)
    with pa.csv.open_csv(path) as file:
        return list(file.schema.names)


def _csv(path: Path, columns: list[str]) -> pa.Table:
    options = pa.csv.ConvertOptions(
        include_columns=columns, column_types=dict.fromkeys(columns, _TEXT), strings_can_be_null=False
    )
    return pa.csv.read_csv(path, convert_options=options)


def _parquet(path: Path, columns: list[str]) -> pa.Table:
    table = pa.parquet.read_table(path, columns=columns)
    return table.cast(pa.schema([(name, _TEXT) for name in columns]))
