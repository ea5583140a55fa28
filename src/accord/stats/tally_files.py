"""A tally as a file: long form, a row for each group and measure, CSV or Parquet; whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyarrow import csv, parquet

from accord.decision import BadInput
from accord.stats.engines import PARQUET
from accord.stats.tallied import Tally


def write(tally: Tally, path: Path) -> None:
    """Write the long form to a file; Parquet by its name, else CSV.

    Raises:
        BadInput: when the file cannot be written.
    """
    table = tally.table()
    if path.suffix in PARQUET:
        whole(path, lambda temporary: parquet.write_table(table, temporary))
    else:
        whole(path, lambda temporary: csv.write_csv(table, temporary, _AS_NEEDED))


_AS_NEEDED = csv.WriteOptions(quoting_style="needed", quoting_header="needed")


def text(tally: Tally) -> str:
    """The long form as CSV text."""
    import pyarrow as pa

    out = pa.BufferOutputStream()
    csv.write_csv(tally.table(), out, _AS_NEEDED)
    return str(out.getvalue().to_pybytes().decode())


def whole(path: Path, write_to: Callable[[str], Any]) -> None:
    """Have a file written beside its place and put there when it is whole.

    Raises:
        BadInput: when that folder or file cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".tally-", dir=path.parent) as folder:
            temporary = Path(folder) / path.name
            write_to(str(temporary))
            os.replace(temporary, path)
    except OSError as error:
        raise BadInput(
            error.strerror or "It cannot be written.", where=str(path), mend="Name a file you may write."
        ) from error
