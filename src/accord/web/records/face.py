"""Putting on the face of a copy that leaves to whom it went, for what, on which ground, and that it goes no further.

A copy is never sent as it was filed: what leaves here has its limits within its own bytes, or nothing leaves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accord.decision import BadInput
from accord.web.base.scans import MEDIA
from accord.web.records import face_image, face_pdf


@dataclass(frozen=True)
class Face:
    """What a copy carries: the lines of the sheet before it, and those at the foot of each of its pages."""

    sheet: tuple[str, ...]
    foot: tuple[str, ...]


@dataclass(frozen=True)
class Leaving:
    """A copy on its way out, its limits put on: text beside its face, anything else as one PDF that holds both."""

    face: Face
    text: str | None = None
    pdf: bytes = b""


_PDF: dict[str, Callable[[bytes], bytes]] = {
    MEDIA["pdf"]: lambda data: data,
    MEDIA["png"]: face_image.page,
    MEDIA["jpg"]: face_image.page,
}
"""How each kind of file becomes pages."""


def put_on(media_type: str, data: bytes, face: Face) -> Leaving:
    """The copy with its face.

    Raises:
        BadInput: for a file that cannot carry it, as one that is locked, damaged or too large; says how to mend it.
    """
    if media_type == MEDIA["txt"]:
        return Leaving(face, text=data.decode())
    pages = _PDF[media_type](data)
    return Leaving(face, pdf=face_pdf.bound(pages, face.sheet, face.foot))


def takes(media_type: str, data: bytes) -> None:
    """Can this file carry its limits? Asked when a copy is filed, so that none is kept that could never leave.

    Raises:
        BadInput: when it cannot; says how to mend it.
    """
    try:
        put_on(media_type, data, Face(("",), ("",)))
    except BadInput as error:
        raise BadInput(error.what, where="file", mend=error.mend) from error
