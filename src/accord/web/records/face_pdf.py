"""Binding a PDF: a sheet before it, and a strip below each page, which grows by it so that nothing is covered."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any
from unicodedata import normalize

import pypdf
from django.utils.translation import gettext as _
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, RectangleObject, StreamObject

from accord.decision import BadInput

MOST_PAGES = 2000
"""So many pages of one file are bound."""
_LETTER = (612, 792)
"""Width and height of the sheet, in points."""
_FONT = "/AccordFace"
_PAGE = "/AccordPage"
_UPRIGHT = (1, 0, 0, 1)
_TURNED = {0: _UPRIGHT, 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
"""How text is turned that is to be read upright on a page that is shown turned clockwise by so many degrees."""


@dataclass(frozen=True)
class _Set:
    """How lines are set, in points: size of the letters, from line to line, and characters on a line."""

    size: float
    leading: float
    wide: int


_SHEET, _FOOT = _Set(11, 16, 84), _Set(8, 10, 104)
"""The foot as it is on a page as wide as the sheet; on others all of it grows or shrinks with the page."""

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every file that is not quite as it should be


def bound(data: bytes, sheet: Sequence[str], foot: Sequence[str]) -> bytes:
    """The PDF with a sheet of these lines before it, and these lines below each of its pages.

    Raises:
        BadInput: for one that is locked, cannot be read, or has too many pages.
    """
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        locked = reader.is_encrypted
        many = not locked and _pages(reader) > MOST_PAGES
        if not locked and not many:
            return _written(reader, sheet, foot)
    except Exception as error:  # pypdf lets many kinds of errors through for damaged files
        raise _damaged() from error
    if locked:
        raise BadInput(
            _("The PDF has a password, so its limits cannot be put on its pages."),
            mend=_("Save or print it as a PDF without a password, and give that."),
        )
    raise BadInput(_("The PDF has more than %(most)s pages.") % {"most": MOST_PAGES}, mend=_("Give it in parts."))


def sheet(lines: Sequence[str]) -> bytes:
    """A PDF of one page of letter size with these lines."""
    writer = pypdf.PdfWriter()
    _sheet(writer, lines, writer._add_object(_font()))
    return _bytes(writer)


def _damaged() -> BadInput:
    return BadInput(
        _("The PDF cannot be read, so its limits cannot be put on its pages."),
        mend=_("Scan or print it again as a PDF, and give that."),
    )


def _pages(reader: pypdf.PdfReader) -> int:
    """How many pages there are, counted no further than it takes to see that there are too many.

    What a file says of their number may be wrong, and pages may stand inside each other.
    """
    waits: list[Any] = [reader.root_object["/Pages"]]
    found = seen = 0
    while waits and max(found, seen // 2) <= MOST_PAGES:
        node, seen = waits.pop().get_object(), seen + 1
        kids = node.get("/Kids")
        found += kids is None
        waits.extend(kids.get_object() if kids is not None else ())
    return max(found, seen // 2)


def _written(reader: pypdf.PdfReader, sheet: Sequence[str], foot: Sequence[str]) -> bytes:
    writer = pypdf.PdfWriter()
    font = writer._add_object(_font())
    _sheet(writer, sheet, font)
    writer.append(reader, import_outline=False)
    _first, *pages = writer.pages
    if not pages:
        raise ValueError("no page")
    lines = _wrapped(foot, _FOOT)
    for page in pages:
        _lengthen(writer, page, lines, font)
    return _bytes(writer)


def _sheet(writer: pypdf.PdfWriter, lines: Sequence[str], font: Any) -> None:
    page = writer.add_blank_page(*_LETTER)
    _draw(writer, page, _text(_wrapped(lines, _SHEET), _SHEET, (*_UPRIGHT, 60, 720)), font)


def _bytes(writer: pypdf.PdfWriter) -> bytes:
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _lengthen(writer: pypdf.PdfWriter, page: pypdf.PageObject, lines: Sequence[str], font: Any) -> None:
    """Lengthen a page below what is shown of it and write the lines there; what stands on the page stays within it."""
    left, low, right, top = _shown(page)
    turn = int(page.rotation) % 360
    scale = (top - low if turn in (90, 270) else right - left) / _LETTER[0]
    grown = _Set(_FOOT.size * scale, _FOOT.leading * scale, _FOOT.wide)
    deep = len(lines) * grown.leading + grown.size
    corner, box = {
        0: ((left, low), (left, low - deep, right, top)),
        90: ((right, low), (left, low, right + deep, top)),
        180: ((right, top), (left, low, right, top + deep)),
        270: ((left, top), (left - deep, low, right, top)),
    }[turn]
    a, b, c, d = _TURNED[turn]
    across, down = 18 * scale, -1.4 * grown.size
    start = (a, b, c, d, corner[0] + a * across + c * down, corner[1] + b * across + d * down)
    shown = RectangleObject((left, low, right, top))
    _enclose(writer, page, shown)
    _draw(writer, page, _text(lines, grown, start), font)
    _keep_within(page, shown, RectangleObject(box))
    for name in ("/MediaBox", "/CropBox"):
        page[NameObject(name)] = RectangleObject(box)
    for name in ("/TrimBox", "/BleedBox", "/ArtBox"):
        page.pop(name, None)


def _shown(page: pypdf.PageObject) -> tuple[float, float, float, float]:
    """What is shown of a page: left, low, right, top."""
    whole, cut = ([float(one) for one in box] for box in (page.mediabox, page.cropbox))
    left, right = (side(whole[0], whole[2]) for side in (min, max))
    low, top = (side(whole[1], whole[3]) for side in (min, max))
    inner = (
        max(left, min(cut[0], cut[2])),
        max(low, min(cut[1], cut[3])),
        min(right, max(cut[0], cut[2])),
        min(top, max(cut[1], cut[3])),
    )
    shown = inner if inner[0] < inner[2] and inner[1] < inner[3] else (left, low, right, top)
    if not (shown[0] < shown[2] and shown[1] < shown[3]):
        raise ValueError("a page without a size")
    return shown


def _draw(writer: pypdf.PdfWriter, page: pypdf.PageObject, drawn: bytes, font: Any) -> None:
    """Draw this before what stands on a page."""
    fonts = _inside(_inside(page, "/Resources"), "/Font")
    fonts[NameObject(_FONT)] = font
    page[NameObject("/Contents")] = ArrayObject([_stream(writer, drawn), *_own(page)])


def _own(page: pypdf.PageObject) -> list[Any]:
    """The streams of what stands on a page, in order."""
    held = page.raw_get("/Contents") if "/Contents" in page else None
    content = held.get_object() if held is not None else None
    return list(content) if isinstance(content, ArrayObject) else [held] if isinstance(content, StreamObject) else []


def _enclose(writer: pypdf.PdfWriter, page: pypdf.PageObject, shown: RectangleObject) -> None:
    """Put what stands on a page into a form of its own: whatever it draws, it draws nothing outside what is shown."""
    own = [one for one in (held.get_object() for held in _own(page)) if isinstance(one, StreamObject)]
    form = StreamObject()
    if len(own) == 1:
        form.update({NameObject(name): own[0].raw_get(name) for name in ("/Filter", "/DecodeParms") if name in own[0]})
        form._data = own[0]._data
    else:
        form._data = b"\n".join(one.get_data() for one in own)
        form = form.flate_encode()
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): shown,
            NameObject("/Resources"): page.raw_get("/Resources") if "/Resources" in page else DictionaryObject(),
        }
    )
    named = DictionaryObject({NameObject(_PAGE): writer._add_object(form)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): named})
    page[NameObject("/Contents")] = _stream(writer, f"q {_PAGE} Do Q".encode())


def _keep_within(page: pypdf.PageObject, shown: RectangleObject, grown: RectangleObject) -> None:
    """Notes and stamps on a page that reach into the strip are made to end where the page ended."""
    notes = page.get("/Annots")
    if not isinstance(notes, ArrayObject):
        return
    kept = ArrayObject()
    for held in notes:
        note = held.get_object()
        rect = _sorted(note.get("/Rect")) if isinstance(note, DictionaryObject) else None
        if rect is None or _overlap(rect, grown) == _overlap(rect, shown):
            kept.append(held)
        elif within := _overlap(rect, shown):
            note[NameObject("/Rect")] = RectangleObject(within)
            kept.append(held)
    page[NameObject("/Annots")] = kept


def _sorted(rect: Any) -> tuple[float, float, float, float] | None:
    """A rectangle as left, low, right, top; None for what is none."""
    if not isinstance(rect, ArrayObject) or len(rect) != 4:
        return None
    left, low, right, top = (float(one.get_object()) for one in rect)
    return min(left, right), min(low, top), max(left, right), max(low, top)


def _overlap(one: Sequence[Any], other: Sequence[Any]) -> tuple[float, float, float, float] | None:
    """What two rectangles share; None where they share nothing."""
    left, low = (max(float(one[at]), float(other[at])) for at in (0, 1))
    right, top = (min(float(one[at]), float(other[at])) for at in (2, 3))
    return (left, low, right, top) if left < right and low < top else None


def _inside(holds: Any, name: str) -> Any:
    """A dictionary held in another, made where there is none."""
    if name not in holds or not isinstance(holds[name], DictionaryObject):
        holds[NameObject(name)] = DictionaryObject()
    return holds[name]


def _stream(writer: pypdf.PdfWriter, data: bytes) -> Any:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return writer._add_object(stream)


def _font() -> DictionaryObject:
    told = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica", "Encoding": "WinAnsiEncoding"}
    return DictionaryObject({NameObject(f"/{name}"): NameObject(f"/{value}") for name, value in told.items()})


def _wrapped(lines: Iterable[str], set_in: _Set) -> list[str]:
    return [part for line in lines for part in (wrap(line, set_in.wide) or [""])]


def _text(lines: Iterable[str], set_in: _Set, start: Sequence[float]) -> bytes:
    """Lines of text from a point on, turned as `start` says (a text matrix)."""
    head = f"BT {_FONT} {set_in.size:.3f} Tf {set_in.leading:.3f} TL {' '.join(f'{one:.3f}' for one in start)} Tm "
    return head.encode() + b"".join(b"(" + _encoded(one) + b") Tj T* " for one in lines) + b"ET\n"


def _encoded(line: str) -> bytes:
    """The line in the letters of the font. A letter it lacks loses its accents, as in names of Vietnam."""
    text = b"".join(_letter(one) for one in line)
    for mark in (b"\\", b"(", b")"):
        text = text.replace(mark, b"\\" + mark)
    return text


def _letter(one: str) -> bytes:
    try:
        return one.encode("cp1252")
    except UnicodeEncodeError:
        return normalize("NFKD", one).encode("ascii", "ignore") or b"?"
