"""Which characters do these bytes stand for? UTF-8 where they can be, Windows-1252 byte by byte where they cannot."""

from __future__ import annotations

import codecs
import re
import unicodedata

_FALLBACK = "accord-cp1252"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_BINARY_SHARE = 0.02


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    chunk = error.object[error.start : error.end]
    return chunk.decode("cp1252", errors="ignore") or chunk.decode("latin-1"), error.end


codecs.register_error(_FALLBACK, _as_cp1252)


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text of some bytes, and a warning for every guess that was made."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), []
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return data.decode("utf-8", errors=_FALLBACK), [
            "Some characters are not UTF-8; they were read as Windows-1252."
        ]


def looks_binary(data: bytes) -> bool:
    """Is this anything but text? Judged by the control characters in the first 64 KiB."""
    sample = data[:65536]
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    return b"\0" in sample or len(_CONTROL.findall(sample.decode("latin-1"))) > _BINARY_SHARE * len(sample)


def mend(text: str) -> tuple[str, list[str]]:
    """Spell out ligatures and make line ends alike. Letters that are lost stay lost, and are counted in a warning."""
    warnings = []
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = text.replace("\u00a0", " ").replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")
        text = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
        lost = text.count("\ufffd")
        if lost:
            warnings.append(f"{lost} letters were lost when this file was made; they show as \ufffd.")
    return text, warnings
