"""Which engine reads a file? The one place that knows them apart; the counting is the same on all of them.

DuckDB and Polars read a file piece by piece and never hold it whole; DuckDB puts on disk what does not fit. Spark goes
past one machine. pandas holds the whole file, so a file that does not fit is refused before it is read.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from accord.decision import BadInput

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


def read(path: Path, reading: Reading) -> Any:
    """A frame of the engine over a CSV file (all values text) or a Parquet file; gzipped CSV too.

    Raises:
        BadInput: when the file or the engine is not there, or the file does not fit into memory where it must.
    """
    if not path.is_file():
        raise BadInput("There is no such file.", where=str(path), mend="Give the path of a CSV or Parquet file.")
    if path.stat().st_size == 0:
        raise BadInput("the file is empty", where=str(path), mend="Give a file with a head and rows.")
    return _READERS[reading.engine](path, reading)


def _is_parquet(path: Path) -> bool:
    return path.suffix in (".parquet", ".pq")


def _duckdb(path: Path, reading: Reading) -> Any:
    import duckdb

    connection = duckdb.connect(config={"memory_limit": reading.memory} if reading.memory else {})
    if _is_parquet(path):
        return connection.read_parquet(str(path))
    return connection.read_csv(str(path), all_varchar=True, header=True)


def _polars(path: Path, reading: Reading) -> Any:
    try:
        import polars
    except ImportError as error:
        raise _absent("Polars", "polars") from error
    return polars.scan_parquet(path) if _is_parquet(path) else polars.scan_csv(path, infer_schema=False)


def _pandas(path: Path, reading: Reading) -> Any:
    import pandas
    import pyarrow as pa

    _refuse_too_large(path)
    if _is_parquet(path):
        return pandas.read_parquet(path, dtype_backend="pyarrow")
    return pandas.read_csv(path, dtype=pandas.ArrowDtype(pa.string()), keep_default_na=False, na_values=[""])


def _spark(path: Path, reading: Reading) -> Any:
    frame = session(reading.master).read
    return frame.parquet(str(path)) if _is_parquet(path) else frame.csv(str(path), header=True, escape='"')


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
    settings = {"spark.ui.enabled": "false", "spark.log.level": "ERROR", "spark.sql.shuffle.partitions": "2"}
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except PySparkRuntimeError as error:
        raise BadInput("Spark does not start: there is no Java.", where=master, mend="Install Java 17.") from error


_READERS: dict[Engine, Callable[[Path, Reading], Any]] = {
    Engine.DUCKDB: _duckdb,
    Engine.POLARS: _polars,
    Engine.PANDAS: _pandas,
    Engine.SPARK: _spark,
}


def _absent(name: str, package: str) -> BadInput:
    return BadInput(f"{name} is not installed.", where="--engine", mend=f"Install {package}, or use duckdb.")


def _refuse_too_large(path: Path) -> None:
    needed, free = path.stat().st_size * PANDAS_GROWTH, os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    if needed > free:
        raise BadInput(
            f"pandas needs about {needed / 1e9:,.1f} GB for this file and {free / 1e9:,.1f} GB are free",
            where=str(path),
            mend="Use duckdb or polars, which read it piece by piece.",
        )
