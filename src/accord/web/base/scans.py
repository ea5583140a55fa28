"""Which uploaded files are kept: what every reader opens, and none that runs anything."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.decision import BadInput

LARGEST = 10 * 2**20
"""The largest copy or scan that is kept, in bytes."""
MEDIA = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "txt": "text/plain"}
"""Kinds of file that are kept, by how their name ends: what every reader opens, and none that runs anything."""
_BEGINS = {"application/pdf": b"%PDF-", "image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


SCANS = tuple(ending for ending in MEDIA if ending != "txt")
"""How the name of a scan ends: of paper there is a picture, and no text that somebody typed."""


def scan_type(name: str, data: bytes) -> str:
    """What kind of scan of a paper this is.

    Raises:
        BadInput: for a file that is not kept, and for text, which is no scan.
    """
    kind = media_type(name, data)
    if kind == MEDIA["txt"]:
        raise BadInput(_("This is no scan of a paper."), where="file", mend=_("Give a PDF or an image."))
    return kind


def media_type(name: str, data: bytes) -> str:
    """What kind of file this is, by its name and its first bytes.

    Raises:
        BadInput: for one that is not kept, is empty or too large, or is not what its name says.
    """
    kind = MEDIA.get(name.rpartition(".")[2].lower(), "")
    if not kind or not data.startswith(_BEGINS.get(kind, b"")):
        raise BadInput(_("Such a file is not kept."), where="file", mend=_("Give a PDF, an image or plain text."))
    if kind == "text/plain":
        try:
            data.decode()
        except UnicodeDecodeError as error:
            raise BadInput(_("This is no plain text."), where="file", mend=_("Save it as UTF-8.")) from error
    if not data or len(data) > LARGEST:
        most = LARGEST // 2**20
        raise BadInput(
            _("The file is empty or larger than %(most)s MiB.") % {"most": most},
            where="file",
            mend=_("Give a smaller scan."),
        )
    return kind
