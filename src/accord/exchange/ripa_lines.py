"""Rows of a CSV file that someone else made: compressed or not, in the encodings such files come in."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from accord.decision import BadInput

_LONGEST_LINE = 1 << 20
_GZIP = b"\x1f\x8b"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def table(path: Path, *, mend: str) -> Iterator[list[str]]:
    """The rows of a file, cells as they stand. UTF-8, UTF-16 with a mark, and Windows-1252 where a line is neither.

    Raises:
        BadInput: when the file cannot be opened, or as soon as damage in it is met.
    """
    try:
        with open_plain(path) as file:
            yield from csv.reader(_lines(file, path, mend))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadInput("The compressed file is damaged.", where=str(path), mend=mend) from error
    except OSError as error:
        raise BadInput(error.strerror or "cannot be read", where=str(path), mend=mend) from error
    except (csv.Error, UnicodeError) as error:
        raise BadInput(f"The table is damaged: {error}.", where=str(path), mend=mend) from error


def open_plain(path: Path) -> IO[bytes]:
    """Open a file, unpacking it on the way when it is gzip-compressed."""
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return cast("IO[bytes]", gzip.open(path, "rb")) if packed else path.open("rb")


def _lines(file: IO[bytes], path: Path, mend: str) -> Iterator[str]:
    wide = file.read(2) in _UTF_16
    file.seek(0)
    encoding, errors = ("utf-16", "strict") if wide else ("utf-8-sig", "surrogateescape")
    with io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="") as text:
        while line := text.readline(_LONGEST_LINE):
            if len(line) == _LONGEST_LINE:
                raise BadInput("A line is longer than a million characters.", where=str(path), mend=mend)
            yield line if line.isascii() else _repaired(line)


def _repaired(line: str) -> str:
    """A line in which bytes that are not UTF-8 are read as Windows-1252."""
    return "".join(
        bytes([ord(letter) - 0xDC00]).decode("cp1252", "replace") if "\udc80" <= letter <= "\udcff" else letter
        for letter in line
    )
