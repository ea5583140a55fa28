"""A long XML file as a stream of small records. No document type, no entities, no depth without end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from accord.decision import BadInput
from accord.exchange.bundle import Bundle

MAX_DEPTH = 40
MAX_TEXT = 4_000
"""Characters of one element's text. What is longer is not what a record of a student holds."""
_CHUNK = 1 << 18
_MEND = "Export the file again; it must be plain XML without a document type."


@dataclass(slots=True)
class Record:
    """One element below the root: its name, its place, and the text of the paths that were asked for.

    A path is the names of elements below the record's, joined by "/". The attribute `id` of the record stands
    under "@id", and an attribute `ref` of an element under its path and "@ref".
    """

    kind: str
    number: int
    line: int
    values: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *paths: str) -> str:
        """The text of the first of these paths that has any."""
        return next((found[0] for path in paths if (found := self.values.get(path))), "")

    def all(self, *paths: str) -> list[str]:
        return [text for path in paths for text in self.values.get(path, ())]


def interchange(bundle: Bundle, name: str) -> str:
    """The name of a file's outermost element when it is an Ed-Fi interchange, "" where the beginning shows none."""
    with bundle.open(name) as stream:
        start = stream.read(8192)
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    found = re.search(r"<(?:[\w.-]+:)?(Interchange\w*)", start.decode(encoding, errors="replace"))
    return found[1] if found else ""


def records(
    stream: IO[bytes],
    wanted: Mapping[str, frozenset[str]],
    *,
    where: str,
    seen: Callable[[str], None] = lambda name: None,
) -> Iterator[Record]:
    """The records of the wanted kinds, each with the texts of its wanted paths.

    Args:
        stream: the XML, as bytes.
        wanted: for each kind of record, the paths whose text is kept; text anywhere else is never held.
        where: the file's name, for messages.
        seen: told the name of every element inside a wanted record.

    Raises:
        BadInput: when it is not XML, has a document type, or is nested or written beyond measure.
    """
    handler = _Handler(wanted, where, seen)
    parser = handler.parser
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            yield from handler.done
            handler.done.clear()
        parser.Parse(b"", True)
        yield from handler.done
    except expat.ExpatError as error:
        what = f"Line {error.lineno} is not XML: {expat.errors.messages[error.code]}."
        raise BadInput(what, where=where, mend=_MEND) from error
    except (ValueError, LookupError) as error:
        raise BadInput("The XML is in an encoding that is not known.", where=where, mend=_MEND) from error


class _Handler:
    """Listens to the parser and gathers records."""

    def __init__(self, wanted: Mapping[str, frozenset[str]], where: str, seen: Callable[[str], None]) -> None:
        self.wanted, self.where, self.seen = wanted, where, seen
        self.done: list[Record] = []
        self.counts: dict[str, int] = {}
        self.path: list[str] = []
        self.record: Record | None = None
        self.text: list[str] | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data

    def refuse(self, *_: object) -> None:
        raise BadInput("The XML has a document type or entities of its own.", where=self.where, mend=_MEND)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name.rpartition(":")[2])
        if len(self.path) > MAX_DEPTH:
            raise BadInput("The XML is nested too deep.", where=self.where, mend=_MEND)
        if len(self.path) == 2:
            self.begin(self.path[1], attributes)
        elif self.record is not None:
            self.seen(self.path[-1])
            path = "/".join(self.path[2:])
            asked = self.wanted[self.record.kind]
            if "ref" in attributes and f"{path}@ref" in asked:
                self.record.values.setdefault(f"{path}@ref", []).append(attributes["ref"][:MAX_TEXT])
            self.text = [] if path in asked else None

    def begin(self, kind: str, attributes: dict[str, str]) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if kind in self.wanted:
            self.record = Record(kind, self.counts[kind], self.parser.CurrentLineNumber)
            if "id" in attributes:
                self.record.values["@id"] = [attributes["id"][:MAX_TEXT]]

    def data(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)
            if sum(map(len, self.text)) > MAX_TEXT:
                raise BadInput("An element holds too much text.", where=self.where, mend=_MEND)

    def end(self, _name: str) -> None:
        if self.record is not None and self.text is not None and len(self.path) > 2:
            found = "".join(self.text).strip()
            if found:
                self.record.values.setdefault("/".join(self.path[2:]), []).append(found)
        self.text = None
        if len(self.path) == 2 and self.record is not None:
            self.done.append(self.record)
            self.record = None
        self.path.pop()
