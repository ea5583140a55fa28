"""Which engine reads a file? The one place that knows them apart; the counting is the same on all of them.

DuckDB and Polars read a file piece by piece and never hold it whole; DuckDB puts on disk what does not fit. Spark goes
past one machine. pandas holds the whole file, so a file that does not fit is refused before it is read.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from narwhals.exceptions import ComputeError

from accord.decision import BadInput
from accord.stats import ragged

PARQUET = (".parquet", ".pq")

ONE_THREAD = 500e6
"""Bytes below which DuckDB works with one thread."""

PANDAS_GROWTH = 6
"""Bytes that pandas needs for each byte of a CSV or Parquet file, about."""


class Engine(StrEnum):
    """An engine that counts."""

    DUCKDB = "duckdb"
    POLARS = "polars"
    PANDAS = "pandas"
    SPARK = "spark"


@dataclass(frozen=True)
class Reading:
    """How files are read.

    Attributes:
        master: where Spark works, as Spark writes it.
        memory: the most that DuckDB may hold, such as "2GB"; "" for most of the machine's.
    """

    engine: Engine = Engine.DUCKDB
    master: str = "local[2]"
    memory: str = ""


@contextmanager
def opened(paths: Sequence[Path], reading: Reading) -> Iterator[list[Any]]:
    """Frames of one engine over CSV files (all values text; gzipped too) and Parquet files.

    Raises:
        BadInput: when a file or the engine is not there, a file is damaged or no table, or does not fit into memory.
    """
    for path in paths:
        if not path.is_file():
            raise BadInput("There is no such file.", where=str(path), mend="Give the path of a CSV or Parquet file.")
        if path.stat().st_size == 0:
            raise BadInput("the file is empty", where=str(path), mend="Give a file with a head and rows.")
        ragged.refuse_twice(path, is_parquet=_is_parquet(path))
        if reading.engine is not Engine.DUCKDB and not _is_parquet(path):
            (ragged.refuse_blank if reading.engine is Engine.POLARS else ragged.refuse_ragged)(path)
    with _OPEN[reading.engine](paths, reading) as frames:
        yield frames


def _is_parquet(path: Path) -> bool:
    return path.suffix in PARQUET


@contextmanager
def _duckdb(paths: Sequence[Path], reading: Reading) -> Iterator[list[Any]]:
    import duckdb

    with tempfile.TemporaryDirectory(prefix="accord-tally-") as spill:
        config = {"temp_directory": spill, "preserve_insertion_order": "false", **_allowance(reading.memory)}
        try:
            with duckdb.connect(config=config) as one:
                yield [
                    one.read_parquet(str(path)) if _is_parquet(path) else one.read_csv(str(path), **_TEXT)
                    for path in paths
                ]
        except duckdb.OutOfMemoryException as error:
            raise BadInput(
                f"the groups need more memory than {reading.memory or 'there is'}: {_first(error)}",
                where="--memory",
                mend="Allow more, count by fewer columns, or use spark.",
            ) from error
        except duckdb.Error as error:
            for path in paths if isinstance(error, duckdb.InvalidInputException) else ():
                if not _is_parquet(path):
                    ragged.refuse_ragged(path)
            raise _damaged(paths, error) from error


def _allowance(memory: str) -> dict[str, Any]:
    """DuckDB's settings for an amount of memory; every thread needs its own, so a small one is for one thread.

    Raises:
        BadInput: for what is no amount.
    """
    if not memory:
        return {}
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ?([KMGT])i?B", memory)
    if not found:
        raise BadInput(f"{memory!r} is no amount of memory", where="--memory", mend="Write it like 500MB or 2GB.")
    size = float(found[1]) * 1000 ** (1 + "KMGT".index(found[2]))
    return {"memory_limit": memory} | ({"threads": 1} if size < ONE_THREAD else {})


_TEXT: dict[str, Any] = {
    "all_varchar": True,
    "header": True,
    "delimiter": ",",
    "quotechar": '"',
    "skiprows": 0,  # else lines above one that is longer are taken for no part of the table
    "buffer_size": 4 * 1024 * 1024,  # the usual 32 MB for each thread would not fit into a small allowance
}


@contextmanager
def _polars(paths: Sequence[Path], reading: Reading) -> Iterator[list[Any]]:
    try:
        import polars
    except ImportError as error:
        raise _absent("Polars", "polars") from error
    try:
        yield [
            polars.scan_parquet(path)
            if _is_parquet(path)
            else polars.scan_csv(path, infer_schema=False, null_values=[""])
            for path in paths
        ]
    except (polars.exceptions.PolarsError, ComputeError) as error:
        raise _damaged(paths, error) from error


@contextmanager
def _pandas(paths: Sequence[Path], reading: Reading) -> Iterator[list[Any]]:
    import pandas
    import pyarrow as pa

    _refuse_too_large(paths)
    text = {"dtype": pandas.ArrowDtype(pa.string()), "keep_default_na": False, "na_values": [""]}
    try:
        frames = [
            pandas.read_parquet(path, dtype_backend="pyarrow") if _is_parquet(path) else pandas.read_csv(path, **text)
            for path in paths
        ]
    except (ValueError, pa.ArrowException) as error:
        raise _damaged(paths, error) from error
    yield frames


@contextmanager
def _spark(paths: Sequence[Path], reading: Reading) -> Iterator[list[Any]]:
    running = session(reading.master)
    from pyspark.errors import AnalysisException

    try:
        yield [
            running.read.parquet(str(path))
            if _is_parquet(path)
            else running.read.csv(str(path), header=True, escape='"', multiLine=_over_lines(path))
            for path in paths
        ]
    except AnalysisException as error:
        raise _damaged(paths, error) from error


def _over_lines(path: Path) -> bool:
    """Whether Spark must read a file as a whole: it would cut a value that goes over several lines into rows."""
    return ragged.more_lines(path, ragged.refuse_ragged(path))


def session(master: str) -> Any:
    """The Spark session of this process.

    Raises:
        BadInput: when PySpark or Java is not there.
    """
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise _absent("Spark", "accord[spark], and Java 17") from error
    builder = SparkSession.builder.master(master).appName("accord tally")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    if master.startswith("local"):
        settings["spark.sql.shuffle.partitions"] = "2"
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except PySparkRuntimeError as error:
        raise BadInput("Spark does not start: there is no Java.", where=master, mend="Install Java 17.") from error


_OPEN: dict[Engine, Callable[[Sequence[Path], Reading], AbstractContextManager[list[Any]]]] = {
    Engine.DUCKDB: _duckdb,
    Engine.POLARS: _polars,
    Engine.PANDAS: _pandas,
    Engine.SPARK: _spark,
}


def _absent(name: str, package: str) -> BadInput:
    return BadInput(f"{name} is not installed.", where="--engine", mend=f"Install {package}, or use duckdb.")


def _damaged(paths: Sequence[Path], error: Exception) -> BadInput:
    return BadInput(
        f"this cannot be counted: {_first(error)}",
        where=", ".join(map(str, paths)),
        mend="Give CSV in UTF-8 with commas, a head and one kind of line ending, or Parquet.",
    )


def _first(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _refuse_too_large(paths: Sequence[Path]) -> None:
    needed = sum(path.stat().st_size for path in paths) * PANDAS_GROWTH
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    if needed > free:
        raise BadInput(
            f"pandas needs about {needed / 1e9:,.1f} GB for this and {free / 1e9:,.1f} GB are free",
            where=", ".join(map(str, paths)),
            mend="Use duckdb or polars, which read it piece by piece.",
        )
