"""Reads published files of stops row by row: the state's annual CSV files and a city portal's.

The layout is known by the header. Every row comes out as a `PublishedStop`, or as a `RowError` with row, column and
problem; a bad row never stops the file. Files may be gzip-compressed; memory does not grow with the file, but for the
keys of the rows read.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from accord.decision import BadInput
from accord.exchange import ripa_portal, ripa_state
from accord.exchange.ripa_lines import open_plain, table
from accord.exchange.ripa_published import PublishedStop, RowError

Parser = Callable[[int, Sequence[str]], "PublishedStop | list[RowError]"]

_LAYOUTS = (ripa_state, ripa_portal)
_MEND = "Give a CSV file of stops as the state or a city portal publishes it."


@dataclass(frozen=True)
class Published:
    """A published file: the name of its layout and its rows, read as they are asked for."""

    layout: str
    rows: Iterator[PublishedStop | RowError]


def looks_like_csv(path: Path) -> bool:
    """Is this file a table rather than JSON? Its name says so, or its first character.

    Raises:
        BadInput: when the file cannot be opened.
    """
    if path.name.lower().removesuffix(".gz").endswith(".csv"):
        return True
    try:
        with open_plain(path) as file:
            start = file.read(64).decode("utf-8-sig", "replace").lstrip()
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadInput("The compressed file is damaged.", where=str(path), mend=_MEND) from error
    except OSError as error:
        raise BadInput(error.strerror or "cannot be read", where=str(path), mend=_MEND) from error
    return bool(start) and start[0] not in "{["


def read(path: Path) -> Published:
    """Open a published file.

    Raises:
        BadInput: when the file cannot be opened or its header is of no known layout; later, when its bytes are damaged.
    """
    rows = table(path, mend=_MEND)
    header = [name.strip() for name in next(rows, [])]
    for layout in _LAYOUTS:
        if layout.fits(header):
            return Published(layout.name(header), _rows(rows, layout.parser(header), len(header)))
    raise BadInput("The header is of no published layout of stops.", where=f"{path}, row 1", mend=_MEND)


def _rows(rows: Iterator[list[str]], parse: Parser, width: int) -> Iterator[PublishedStop | RowError]:
    seen: set[tuple[str, str]] = set()
    for number, cells in enumerate(rows, start=2):
        if not any(cells):
            continue
        if len(cells) != width:
            yield RowError(number, "", f"{len(cells)} cells, and the header has {width}")
            continue
        parsed = parse(number, cells)
        if isinstance(parsed, list):
            yield from parsed
        elif (parsed.record, parsed.person) in seen:
            yield RowError(number, "", f"record {parsed.record}, person {parsed.person} stands in the file before")
        else:
            seen.add((parsed.record, parsed.person))
            yield parsed
