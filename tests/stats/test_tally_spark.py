"""Spark, on a real session of this machine, counts what DuckDB counts: every cell, on invented and on real rows."""

from __future__ import annotations

import gzip
from itertools import product

import polars
import pytest

from accord.decision import BadInput
from accord.stats.engines import Engine, Reading, opened
from accord.stats.hierarchies import hierarchies
from accord.stats.periods import Period
from accord.stats.tally import tally
from tests.shared import SHARED, needs_shared
from tests.stats.spark import MASTER, spark
from tests.stats.test_tally import MEASURES, SCHOOLS, some_rows

__all__ = ["spark"]

pytestmark = [
    pytest.mark.xdist_group("spark"),
    # py4j closes its sockets when they are collected, after the test that used them.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
CRDC = SHARED / "data" / "crdc_2020_21" / "crdc_2020_21_six_states.csv.gz"


def counted(engine, paths, **plan):
    with opened(paths, Reading(engine, MASTER)) as frames:
        return tally(frames[0], enrollment=frames[1] if len(paths) > 1 else None, **plan).table()


@pytest.mark.usefixtures("spark")
def test_spark_counts_invented_rows_as_duckdb_does(tmp_path):
    rows = [
        row | {"occurred_on": f"2025-{month:02d}-11"}
        for row, month in zip(some_rows(5), [8, 9, 10, 11, 12] * 60, strict=True)
    ]
    places = product(["s1", "s2", "s3"], ["asian", "black", "white"])
    students = [
        {"school": school, "race": race, "school_year": "2025-26", "count": str(50 + at)}
        for at, (school, race) in enumerate(places)
    ]
    paths = [tmp_path / "events.parquet", tmp_path / "enrolled.csv"]
    polars.DataFrame(rows).write_parquet(paths[0])
    polars.DataFrame(students).write_csv(paths[1])
    plan = {"by": ["school", "race"], "measures": MEASURES, "hierarchies": SCHOOLS, "period": Period.QUARTER}
    assert counted(Engine.SPARK, paths, **plan).equals(counted(Engine.DUCKDB, paths, **plan))


@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize(
    "rows",
    [
        'a,"north, ""old""",black\nb,s2,white\n',
        'a,"north\n\nold",black\nb,s2,white',
        "a,s\\1,black\n\nb,s2,white\n\n",
        "a,s1\nb,s2,white\n",
        "a,s1,black,x\nb,s2,white\n",
        "",
    ],
)
def test_spark_takes_odd_lines_for_the_rows_that_duckdb_takes_them_for(tmp_path, rows):
    (tmp_path / "odd.csv").write_text("student,school,race\n" + rows)

    def told(engine):
        try:
            return counted(engine, [tmp_path / "odd.csv"], by=["school"], measures=["students"]).to_pydict()
        except BadInput as bad:
            return str(bad)

    assert told(Engine.SPARK) == told(Engine.DUCKDB)


@needs_shared
@pytest.mark.usefixtures("spark")
def test_spark_counts_the_federal_file_as_the_others_do():
    with gzip.open(CRDC, "rt") as file:
        columns = file.readline().strip().split(",")
    measures = [name for name in columns if name.startswith(("TOT_DISCWODIS_REF", "SCH_DISCWDIS_REF_504"))]
    with opened([CRDC], Reading()) as (frame,):
        districts = {(str(row[0]), str(row[1])) for row in frame.select("LEAID", "LEA_STATE").fetchall()}
    states = hierarchies([("LEAID", district, state) for district, state in sorted(districts)], "here")
    plan = {"by": ["LEAID", "JJ"], "measures": measures, "hierarchies": states}
    tables = {engine: counted(engine, [CRDC], **plan) for engine in Engine}
    assert tables[Engine.DUCKDB].num_rows > 1000
    for engine in Engine:
        assert tables[engine].equals(tables[Engine.DUCKDB]), engine
