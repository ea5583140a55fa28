"""How are Word and PDF files read? The libraries parse; sizes are checked before they do."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterator
from typing import Any

from accord.decision import BadInput
from accord.documents.blocks import Block, Parsed
from accord.documents.extracted import parse_text
from accord.documents.lines import blocks_of_lines
from accord.documents.markdown import head_of_blocks
from accord.documents.markup import BOLD_OFF, BOLD_ON

MAX_PART = 6_000_000
"""Bytes of the text of a Word file once unpacked."""
MAX_UNPACKED = 60_000_000
"""Bytes of a whole Word file once unpacked, pictures included."""
MAX_PAGES = 120
"""Pages of a PDF. The longest of the policies seen has 16."""
MAX_PAGE_STREAM = 1_000_000
"""Bytes of drawing commands in the pages of a PDF: pypdf reads about 1 MB of them a second."""
MAX_STREAM = 20_000_000
"""Bytes of any one part of a PDF once unpacked, fonts included."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parse_docx(data: bytes) -> Parsed:
    """The head and the blocks of a Word document: headings, lists, tables; deleted words are left out.

    Raises:
        BadInput: when it is not a Word document, is damaged, or unpacks to more than a policy can hold.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    _refuse_zip_bombs(data)
    try:
        document = docx.Document(io.BytesIO(data))
        blocks = list(_docx_blocks(document))
        title = document.core_properties.title or ""
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        SyntaxError,
        AttributeError,
        zipfile.BadZipFile,
        OSError,
    ) as error:
        raise BadInput(
            f"The Word file is damaged: {error}", mend="Open it in Word and save it again as .docx."
        ) from error
    head, blocks = head_of_blocks(blocks)
    head.title = head.title or title
    return Parsed(head, blocks)


def _refuse_zip_bombs(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BadInput(
            "The Word file is damaged or not complete.", mend="Open it in Word and save it again as .docx."
        ) from error
    if not any(entry.filename == "word/document.xml" for entry in entries):
        raise BadInput(
            "This is a zip archive and not a Word document.",
            mend="Give the policy itself as .docx, .pdf, .html, .md or .txt.",
        )
    xml = [entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels"))]
    if len(entries) > 2000 or max(xml) > MAX_PART or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise BadInput(
            f"The Word file unpacks to more than {MAX_PART // 1_000_000} MB of text; it is not read.",
            mend="Save the policy alone in a file of its own.",
        )


def _docx_blocks(document: Any) -> Iterator[Block]:
    lists: set[str] = set()
    comments = {str(comment.comment_id): comment for comment in document.comments}
    for element in document.iter_inner_content():
        if hasattr(element, "rows"):
            lists.clear()
            yield from _table(element)
            continue
        for name in _comment_ids(element):
            if name in comments:
                comment = comments[name]
                yield Block("note", comment.text.strip(), author=comment.author or "", written_at=comment.timestamp)
        text = _text(element)
        if not text.strip(f" \n{BOLD_ON}{BOLD_OFF}"):
            continue
        style_name = (element.style.name or "") if element.style is not None else ""
        style = _list_style(element, style_name)
        if style:
            yield from blocks_of_lines(text, style=style, first=style not in lists)
            lists = {held for held in lists if held <= style} | {style}
            continue
        lists.clear()
        yield from blocks_of_lines(text, heading=style_name.startswith(("Heading", "Title", "Subtitle")))


def _comment_ids(paragraph: Any) -> list[str]:
    return [reference.get(f"{_W}id") or "" for reference in paragraph._p.iter(f"{_W}commentReference")]


def _table(table: Any) -> Iterator[Block]:
    for row in table.rows:
        seen: list[Any] = []
        cells = []
        for cell in row.cells:
            if cell._tc not in seen:
                seen.append(cell._tc)
                cells.append(" ".join(" ".join(_text(part) for part in cell.paragraphs).split()))
        plain = [cell.replace(BOLD_ON, "").replace(BOLD_OFF, "").strip() for cell in cells]
        if len([cell for cell in plain if cell]) == 1:
            yield from blocks_of_lines("".join(cells))
        elif any(plain):
            yield Block("paragraph", " | ".join(cell for cell in plain if cell), style="row")


def _text(paragraph: Any) -> str:
    """The words of a paragraph with bold runs marked; insertions count, deletions do not."""
    parts = []
    for run in paragraph._p.iter(f"{_W}r"):
        text = "".join(_characters(run))
        if text and run.getparent().tag != f"{_W}del":
            bold = run.find(f"{_W}rPr/{_W}b")
            is_bold = bold is not None and bold.get(f"{_W}val") not in ("0", "false")
            parts.append(f"{BOLD_ON}{text}{BOLD_OFF}" if is_bold else text)
    return "".join(parts).replace(BOLD_OFF + BOLD_ON, "")


def _characters(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield " "
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"


def _list_style(paragraph: Any, style_name: str) -> str:
    """The level of a list paragraph ("list1"), or "" when it is none."""
    numbered = paragraph._p.find(f"{_W}pPr/{_W}numPr")
    if numbered is not None:
        identity, level = numbered.find(f"{_W}numId"), numbered.find(f"{_W}ilvl")
        if identity is not None and identity.get(f"{_W}val") == "0":
            return ""
        return f"list{int(level.get(f'{_W}val')) + 1 if level is not None else 1}"
    if style_name.startswith(("List Bullet", "List Number", "List Paragraph")) and not style_name.startswith(
        "List Paragraph"
    ):
        return f"list{style_name[-1] if style_name[-1].isdigit() else 1}"
    return ""


def parse_pdf(data: bytes) -> Parsed:
    """The head and the blocks of a PDF, page by page.

    Raises:
        BadInput: when it is damaged, locked, has no text (a scan), or more pages than a policy has.
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    limits = pypdf.get_configuration().with_overwrites(
        zlib_maximum_output_length=MAX_STREAM,
        lzw_maximum_output_length=MAX_STREAM,
        stream_decoding_work_maximum_length=2 * MAX_STREAM,
    )
    try:
        with pypdf.apply_configuration(limits):
            text = "\f".join(_pages(pypdf.PdfReader(io.BytesIO(data))))
    except BadInput:
        raise
    except Exception as error:  # pypdf lets many kinds of errors through for damaged files
        raise BadInput(
            f"The PDF is damaged and cannot be read ({type(error).__name__}).",
            mend="Print it to PDF again, or give the text of the policy.",
        ) from error
    if not text.strip("\f\n "):
        raise BadInput(
            "The PDF holds no text; it is probably a scan.",
            mend="Recognise its text first (OCR), or give the text of the policy.",
        )
    return parse_text(text)


def _pages(reader: Any) -> Iterator[str]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise BadInput("The PDF is locked with a password.", mend="Save it without a password and give it again.")
    if len(reader.pages) > MAX_PAGES:
        raise BadInput(
            f"The PDF has {len(reader.pages)} pages; a policy has at most {MAX_PAGES}.",
            mend="Cut the policy out of the manual and give it alone.",
        )
    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > MAX_PAGE_STREAM:
            raise BadInput(
                "A page of the PDF holds more drawing than a policy can.",
                mend="Print it to PDF again, or give the text of the policy.",
            )
        yield page.extract_text() or ""
