"""Reads an adopted policy, whatever layout it came in, into one shape: sections, sentences, notes, citations.

Which layout is it? The bytes decide, not the name alone: a PDF named .txt is read as PDF, with a warning.
"""

from __future__ import annotations

import re
from pathlib import Path

from accord.decision import BadInput
from accord.documents.apparatus import set_apart
from accord.documents.blocks import Parsed
from accord.documents.decoding import decode, looks_binary, mend
from accord.documents.extracted import parse_text
from accord.documents.heads import stated
from accord.documents.limits import MAX_TEXT, refuse_length, refuse_size
from accord.documents.markdown import has_front_matter, head_of_blocks, parse_markdown
from accord.documents.markup import page_title, parse_html
from accord.documents.model import Document
from accord.documents.sentences import is_normative, read_blocks
from accord.documents.simbli import is_simbli, parse_simbli

_FORMATS = "Give a policy as .txt, .md, .html, .docx or .pdf."
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype|html|head|body|div|p|h[1-6]|table|section|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\*\*[^*\n]+\*\*\s*$)", re.MULTILINE)


def read_file(path: Path) -> Document:
    """Read a policy from a file.

    Raises:
        BadInput: when there is no such file, it is a folder, too large, empty, or holds no readable text.
    """
    try:
        if path.is_dir():
            raise BadInput("This is a folder, not a policy.", where=str(path), mend=_FORMATS)
        if not path.exists():
            raise BadInput("There is no such file.", where=str(path), mend="Check the name and the folder.")
        if not path.is_file():
            raise BadInput("This is not a file.", where=str(path), mend=_FORMATS)
        refuse_size(path.stat().st_size, str(path))
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"The file cannot be opened: {error.strerror}.", where=str(path), mend="Check who may read it."
        ) from error
    return read_bytes(data, str(path))


def read_bytes(data: bytes, name: str) -> Document:
    """Read a policy from the bytes of a file. `name` is the file's name; its suffix helps to tell the layout.

    Raises:
        BadInput: when the bytes are too many, none, or not a policy in any layout that can be read.
    """
    refuse_size(len(data), name)
    if not data.strip():
        raise BadInput("The file is empty.", where=name, mend=_FORMATS)
    try:
        parsed = _parse(data, Path(name).suffix.lower())
    except BadInput as error:
        raise BadInput(error.what, where=error.where or name, mend=error.mend) from error
    return _document(parsed)


def _parse(data: bytes, suffix: str) -> Parsed:
    from accord.documents import office

    start = data[:1024].lstrip()
    if start.startswith(b"%PDF-"):
        return _named(office.parse_pdf(data), suffix, {".pdf"}, "PDF")
    if start.startswith(b"PK\x03\x04"):
        return _named(office.parse_docx(data), suffix, {".docx"}, "Word")
    if start.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise BadInput("This is an old Word or RTF file.", mend="Open it in Word and save it as .docx.")
    if suffix in (".pdf", ".docx"):
        raise BadInput(f"The file is named {suffix} and is not one, or it is damaged.", mend=_FORMATS)
    if looks_binary(data):
        raise BadInput("The file holds bytes that are not text.", mend=_FORMATS)
    if len(data) > MAX_TEXT:
        raise BadInput(
            f"The file has {len(data) / 1e6:.0f} MB of text; a policy has at most {MAX_TEXT // 1_000_000} MB.",
            mend="Cut the policy out and give it alone.",
        )
    text, warnings = decode(data)
    text, more = mend(text)
    parsed = _parse_markup_or_text(text, suffix)
    parsed.warnings[:0] = [*warnings, *more]
    return parsed


def _named(parsed: Parsed, suffix: str, expected: set[str], what: str) -> Parsed:
    if suffix and suffix not in expected:
        parsed.warnings.append(f"The file is named {suffix} and is a {what} file; it was read as that.")
    return parsed


def _parse_markup_or_text(text: str, suffix: str) -> Parsed:
    if is_simbli(text):
        return parse_simbli(text)
    if suffix in (".html", ".htm", ".xhtml") or (suffix not in (".md", ".markdown") and _HTML.match(text)):
        blocks, warnings = parse_html(text)
        head, blocks = head_of_blocks(blocks)
        head.title = head.title or page_title(text)
        return Parsed(head, blocks, warnings)
    refuse_length(text)
    if suffix in (".md", ".markdown") or has_front_matter(text) or (suffix != ".txt" and _MARKDOWN.search(text)):
        return parse_markdown(text)
    return parse_text(text)


def _document(parsed: Parsed) -> Document:
    refuse_length("".join(block.text for block in parsed.blocks))
    reading = read_blocks(set_apart(parsed.blocks))
    head = parsed.head
    warnings = list(parsed.warnings)
    if not reading.sentences:
        warnings.append("No sentence was found in this file.")
    elif not any(is_normative(sentence) for sentence in reading.sentences):
        warnings.append("No sentence binds, permits or declares an intent: this may not be a policy.")
    warnings.extend(
        f"The file does not state its {what}."
        for what, value in (("code", head.code), ("title", head.title))
        if not value
    )
    return Document(
        kind=head.kind,
        code=head.code,
        title=" ".join(head.title.split()),
        status=stated(head.status),
        adopted_on=head.adopted_on,
        revised_on=head.revised_on,
        reviewed_on=head.reviewed_on,
        sections=tuple(reading.sections),
        sentences=tuple(reading.sentences),
        notes=tuple(reading.notes),
        citations=tuple(reading.citations.values()),
        warnings=tuple(warnings),
    )
