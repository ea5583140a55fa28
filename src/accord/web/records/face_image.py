"""An image as the one page of a PDF, so that words can stand below it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pypdf
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, StreamObject

from accord.decision import BadInput

LARGEST = 40_000_000
"""Pixels of the largest image that is taken: a letter page scanned at 600 dots an inch has 34 million."""
_OF_THE_PICTURE = {"APP0", "APP14"}
"""Parts of a JPEG that say how its pixels and colors are meant, and nothing else."""
_FITS = (612, 792)
"""The page an image is fitted into, in points: letter, upright."""


@dataclass(frozen=True)
class _Kind:
    """How the pixels of a mode of Pillow's are told to a PDF."""

    colors: str
    count: int
    bits: int


_KINDS = {"1": _Kind("DeviceGray", 1, 1), "L": _Kind("DeviceGray", 1, 8), "RGB": _Kind("DeviceRGB", 3, 8)}


def page(data: bytes) -> bytes:
    """A PDF of one page that shows this PNG or JPEG, turned as whoever made it held it.

    Raises:
        BadInput: for an image that cannot be read, or has more pixels than are taken.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as found:
            if found.width * found.height <= LARGEST:
                found.load()
                return _page(data, found)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        pass  # Pillow has a limit of its own, above ours
    except Exception as error:  # Pillow lets many kinds of errors through for damaged files
        raise BadInput(
            _("The image cannot be read, so its limits cannot be put on it."),
            mend=_("Save or scan it again, and give that."),
        ) from error
    raise BadInput(
        _("The image has more than %(most)s million pixels.") % {"most": LARGEST // 10**6},
        mend=_("Scan it again at 300 dots an inch."),
    )


def _page(data: bytes, found: Image.Image) -> bytes:
    wide, high = (upright := ImageOps.exif_transpose(found)).size
    as_it_is = found.getexif().get(ExifTags.Base.Orientation, 1) == 1
    # A JPEG that holds several pictures has a format of its own; that and one which carries words or a smaller picture
    # from the camera are written anew, so that only the picture shown leaves.
    alone = as_it_is and isinstance(found, JpegImageFile) and found.format == "JPEG" and _is_bare(found)
    drawn = _png(data, upright, as_it_is) if found.format == "PNG" else _jpeg(data, upright, alone)
    drawn.update({NameObject("/Width"): NumberObject(wide), NameObject("/Height"): NumberObject(high)})
    scale = min(_FITS[0] / wide, _FITS[1] / high)
    writer = pypdf.PdfWriter()
    sheet = writer.add_blank_page(wide * scale, high * scale)
    images = DictionaryObject({NameObject("/Image"): writer._add_object(drawn)})
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): images})
    content = DecodedStreamObject()
    content.set_data(f"q {wide * scale:.3f} 0 0 {high * scale:.3f} 0 0 cm /Image Do Q".encode())
    sheet[NameObject("/Contents")] = writer._add_object(content)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _is_bare(found: JpegImageFile) -> bool:
    return {kind for kind, _said in found.applist} <= _OF_THE_PICTURE


def _jpeg(data: bytes, upright: Image.Image, as_it_is: bool) -> StreamObject:
    """The JPEG as it came; written anew where it has to be turned, or its colors are not those of a screen."""
    if not as_it_is or upright.mode not in ("L", "RGB"):
        upright = upright.convert("RGB")
        written = io.BytesIO()
        upright.save(written, "JPEG", quality=95, comment=b"")
        data = written.getvalue()
    return _drawn(data, _KINDS[upright.mode], "DCTDecode")


def _png(data: bytes, upright: Image.Image, as_it_is: bool) -> StreamObject:
    """The compressed pixels of the PNG, which a PDF holds alike; written anew where a PDF cannot take them so."""
    kind = _KINDS.get(upright.mode)
    fits = kind is not None and data[24] == kind.bits and not {"interlace", "transparency"} & set(upright.info)
    if not (as_it_is and fits):
        upright = _opaque(upright)
        written = io.BytesIO()
        upright.save(written, "PNG", compress_level=3)
        data = written.getvalue()
    kind = _KINDS[upright.mode]
    drawn = _drawn(b"".join(_pixels(data)), kind, "FlateDecode")
    numbers = {"Predictor": 15, "Colors": kind.count, "BitsPerComponent": kind.bits, "Columns": upright.width}
    told = {NameObject(f"/{name}"): NumberObject(value) for name, value in numbers.items()}
    drawn[NameObject("/DecodeParms")] = DictionaryObject(told)
    return drawn


def _opaque(image: Image.Image) -> Image.Image:
    """The image on white paper, in gray or in color."""
    if "A" in image.getbands() or "transparency" in image.info:
        seen = image if image.mode == "RGBA" else image.convert("RGBA")
        white = Image.new("RGB", seen.size, "white")
        white.paste(seen, mask=seen.getchannel("A"))
        return white
    if image.mode.startswith("I"):  # sixteen bits of gray, of which eight are shown
        return image.convert("I").point(lambda bits: bits * (1 / 256)).convert("L")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _pixels(png: bytes) -> Iterator[bytes]:
    """The parts of a PNG that hold its pixels."""
    at = 8
    while at + 8 <= len(png):
        size = int.from_bytes(png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            yield png[at + 8 : at + 8 + size]
        at += 12 + size


def _drawn(pixels: bytes, kind: _Kind, packed: str) -> StreamObject:
    drawn = StreamObject()
    drawn._data = pixels
    names = {"Type": "XObject", "Subtype": "Image", "ColorSpace": kind.colors, "Filter": packed}
    drawn.update({NameObject(f"/{name}"): NameObject(f"/{value}") for name, value in names.items()})
    drawn[NameObject("/BitsPerComponent")] = NumberObject(kind.bits)
    return drawn
