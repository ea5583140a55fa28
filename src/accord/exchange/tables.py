"""CSV files of a bundle as rows whose columns are found by name. Sensitive columns are dropped at the head."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from accord.decision import BadInput, Say
from accord.exchange.bundle import Bundle
from accord.exchange.roster import Place, Reading

DELIMITERS = ",;\t|"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MEND = "Save it as CSV in UTF-8."


def key(name: str) -> str:
    """A column's name without what exports write differently: letter case, blanks and punctuation."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands, and its cells by column key."""

    place: Place
    _cells: list[str]
    _columns: dict[str, int]

    def get(self, column: str) -> str:
        """The cell, "" where the table has no such column."""
        index = self._columns.get(column)
        return self._cells[index].strip() if index is not None else ""


class Table:
    """An open CSV file. `columns` are the keys that may be read; `head` is the first line as written."""

    def __init__(self, file: str, cells: Iterator[list[str]], line: Sequence[int], reading: Reading) -> None:
        self.file, self._cells, self._line, self._reading = file, cells, line, reading
        self.head = [name.strip() for name in next(cells, [])]
        self.columns: dict[str, int] = {}
        for index, name in enumerate(self.head):
            if reading.choices.dropped(name):
                reading.drop(name)
            elif key(name) in self.columns:
                raise BadInput(f"The column {name} stands there twice.", where=f"{file}, line 1", mend=_MEND)
            elif key(name):
                self.columns[key(name)] = index

    def named(self, column: str) -> str:
        """A column as the file writes it."""
        index = self.columns.get(column)
        return self.head[index] if index is not None else column

    def require(self, *columns: str) -> None:
        """Go on only when the file has these columns.

        Raises:
            BadInput: naming those it lacks.
        """
        if missing := [column for column in columns if key(column) not in self.columns]:
            what = f"The first line lacks the column {', '.join(missing)}."
            raise BadInput(what, where=f"{self.file}, line 1", mend="Export the file again with all its columns.")

    def rows(self, *, counted: bool = False) -> Iterator[Row]:
        """The rows, blank lines left out. Rows with too few or too many cells are rejected and not given.

        `counted`: such rows count as students of the roster.
        """
        wide, number = len(self.head), 0
        for cells in self._cells:
            if not any(cells):
                continue
            number += 1
            place = Place(self.file, number, self._line[0])
            if len(cells) > wide and not any(cells[wide:]):
                cells = cells[:wide]
            if len(cells) != wide:
                self._reading.rows += counted
                values = {"cells": len(cells), "columns": wide}
                self._reading.reject(place, "", Say("the row has {cells} cells and the first line {columns}", values))
                continue
            yield Row(place, cells, self.columns)


@contextmanager
def table(bundle: Bundle, name: str, reading: Reading) -> Iterator[Table]:
    """Open a CSV file of a bundle.

    Raises:
        BadInput: when it is not CSV, or has no first line; also later, while its rows are read.
    """
    file = bundle.where(name)
    encoding, delimiter = _written(bundle, name)
    if encoding == "cp1252":
        reading.warn(Say("{file} is not in UTF-8; it was read as Windows-1252.", {"file": file}))
    line = [0]
    try:
        with bundle.open(name) as stream, io.TextIOWrapper(stream, encoding=encoding, newline="") as text:
            opened = Table(file, _cells(text, delimiter, line), line, reading)
            if not any(opened.head):
                raise BadInput("The file is empty.", where=file, mend="Export the roster again.")
            yield opened
    except csv.Error as error:
        raise BadInput(f"Line {line[0] + 1} is not CSV: {error}.", where=file, mend=_MEND) from error
    except UnicodeError as error:
        raise BadInput("This is not text in UTF-8.", where=file, mend=_MEND) from error


def _cells(text: io.TextIOWrapper, delimiter: str, line: list[int]) -> Iterator[list[str]]:
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    for cells in reader:
        line[0] = reader.line_num
        yield cells


def _written(bundle: Bundle, name: str) -> tuple[str, str]:
    """In which encoding, and with which delimiter."""
    with bundle.open(name) as stream:
        head = stream.read(1 << 16)
        encoding = next((code for mark, code in _BOMS if head.startswith(mark)), "") or _utf8_or_windows(head, stream)
        first = head.decode(encoding, errors="replace").partition("\n")[0]
        if "\0" in first or (encoding != "utf-16" and b"\0" in head):
            raise BadInput("This is not a text file.", where=bundle.where(name), mend=_MEND)
    return encoding, max(DELIMITERS, key=first.count)


def _utf8_or_windows(head: bytes, stream: io.BufferedIOBase | object) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    chunk = head
    try:
        while chunk:
            decoder.decode(chunk)
            chunk = stream.read(1 << 20)  # type: ignore[union-attr]
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
