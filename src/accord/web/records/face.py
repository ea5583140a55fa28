"""The sheet put before a released PDF: to whom, for what and on which ground, and that it goes no further."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Sequence
from textwrap import wrap

_WIDE = 84
"""Characters on a line of the sheet."""
_HEAD = b"%PDF-1.4\n"
_OBJECTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
)


def sheet(lines: Sequence[str]) -> bytes:
    """One page of letter size with these lines, as a PDF."""
    drawn = b"BT /F1 11 Tf 16 TL 60 720 Td " + b"".join(_shown(one) for one in _wrapped(lines)) + b"ET"
    content = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn)
    body, places = _HEAD, []
    for number, told in enumerate((*_OBJECTS, content), 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(places) + 1
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (count, table, end)


def _wrapped(lines: Iterable[str]) -> list[str]:
    return [part for line in lines for part in (wrap(line, _WIDE) or [""])]


def _shown(line: str) -> bytes:
    text = line.encode("cp1252", "replace")
    for mark in (b"\\", b"(", b")"):
        text = text.replace(mark, b"\\" + mark)
    return b"(" + text + b") Tj T* "


def before(data: bytes, lines: Sequence[str]) -> bytes:
    """The PDF with the sheet before it; as it came where it cannot be read, as one that is locked or damaged.

    Whoever opens it has seen the same lines on the page that led to it.
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    written = io.BytesIO()
    try:
        writer = pypdf.PdfWriter()
        writer.append(io.BytesIO(sheet(lines)), import_outline=False)
        writer.append(io.BytesIO(data), import_outline=False)
        writer.write(written)
    except Exception:  # pypdf lets many kinds of errors through for damaged files
        return data
    return written.getvalue()
