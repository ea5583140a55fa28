"""How is plain text read whose lines were broken by a page: PDF extractions, typed copies, web pages pasted as text?

First the furniture of pages goes (numbers, running heads), then the head and the dated foot, then the reference sections;
what is left is joined again into headings, paragraphs and list items.
"""

from __future__ import annotations

import re
from collections import Counter

from accord.documents.blocks import Block, Head, Parsed
from accord.documents.dates import take_date_lines
from accord.documents.heads import read_head
from accord.documents.joining import join_lines
from accord.documents.references import CF, OPENS

_PAGE = re.compile(
    r"^(?:[-–]?\s*\d{1,4}\s*[-–]?|page\s+\d+(?:\s+of\s+\d+)?|printed:\s.*|\d{1,4}\s*/\s*\d{1,4})$", re.IGNORECASE
)
_FURNITURE = re.compile(
    r"^(?:see pdf on the next page\.?|attachment\s+[A-Z\d]{1,3}|.{0,40}board policy manual.{0,40}|[_=*~-]{4,}|\(?continued\)?|arrow previous bar next arrow)$",
    re.IGNORECASE,
)
_BLANK_FORM = re.compile(r"_{4,}|\.{6,}")
_DEEP = 30
"""Leading spaces from which a lone number or a repeated line is page furniture and not text."""
_OWNER = re.compile(r"^(?:policy\s+)?[A-Z .'’-]{4,60}SCHOOL DISTRICT\b|^[A-Z][a-z]+,\s+California$")
_OTHER_HEAD = re.compile(r"^(?:board policy|administrative regulation|exhibit)$", re.IGNORECASE)


def parse_text(text: str) -> Parsed:
    """The head and the blocks of a plain text."""
    lines = [line.rstrip() for line in _without_page_heads(text).expandtabs(8).split("\n")]
    lines = _without_furniture(lines)
    head, used = read_head(lines)
    body = ["" if number in used else line for number, line in enumerate(lines)]
    return Parsed(head, *_body(body, head))


def _body(lines: list[str], head: Head) -> tuple[list[Block], list[str]]:
    warnings: list[str] = []
    references_at = next((number for number, line in enumerate(lines) if OPENS.match(line.strip())), len(lines))
    used = take_date_lines(head, lines)
    lines = ["" if number in used or _OWNER.match(line.strip()) else line for number, line in enumerate(lines)]
    if used and max(used) > references_at:
        cut = next((at for at in range(max(used) + 1, len(lines)) if _OTHER_HEAD.match(lines[at].strip())), None)
        if cut is not None:
            warnings.append(f"After line {cut} another document begins; it was left out.")
            lines = lines[: max(used) + 1]
    return [*_text_and_references(lines)], warnings


def _text_and_references(lines: list[str]) -> list[Block]:
    """Body text up to the first reference section, references from there on.

    A reference section that prose follows (a form bound in after it) ends where the prose begins.
    """
    blocks: list[Block] = []
    body: list[str] = []
    in_references = False
    for number, line in enumerate(lines):
        text = line.strip()
        if OPENS.match(text):
            in_references = True
        elif in_references and _prose_begins(lines, number):
            in_references = False
        if not in_references:
            body.append(line)
            continue
        if body:
            blocks.extend(body_blocks(body))
            body = []
        if text:
            blocks.append(Block("reference", text))
    return [*blocks, *body_blocks(body)]


def _prose_begins(lines: list[str], number: int) -> bool:
    """Do at least two full lines of running text with a modal verb start here, after a blank line?"""
    if number and lines[number - 1].strip():
        return False
    start = " ".join(line.strip() for line in lines[number : number + 3])
    return (
        bool(re.match(r"(?:The|A|An|Any|All|Each|In|If|When|Upon|Students|Employees)\s", start))
        and bool(re.search(r"\b(?:shall|must|may)\b", start))
        and " - " not in start[:60]
    )


def body_blocks(lines: list[str]) -> list[Block]:
    """Blocks of body text; each (cf. ...) becomes a reference and leaves the text."""
    cleared: list[str] = []
    blocks: list[Block] = []
    for line in lines:
        if "(cf." in line and not CF.sub("", line).strip():
            cleared.append(f"\0{line.strip()}")
        elif _BLANK_FORM.search(line) and len(re.sub(r"[\W_]+", "", line)) < 60:
            cleared.append("")
        else:
            cleared.append(re.sub(r"_{4,}", " ", line) if "____" in line else line)
    for block in join_lines(cleared):
        if block.kind != "reference" and "(cf." in block.text:
            plain = " ".join(CF.sub(" ", block.text).split())
            if plain:
                blocks.append(Block(block.kind, plain, block.style, block.first))
            blocks.extend(Block("reference", match[0]) for match in CF.finditer(block.text))
        else:
            blocks.append(block)
    return blocks


def _without_page_heads(text: str) -> str:
    """Where form feeds part the pages, drop the lines that most pages begin or end with."""
    if "\f" not in text:
        return text
    pages = [page.split("\n") for page in text.split("\f")]
    ends: Counter[str] = Counter()
    for page in pages:
        ends.update({_mask(line) for line in _edges(page)})
    common = {line for line, count in ends.items() if line and count >= max(2, (len(pages) + 1) // 2)}
    kept = []
    for number, page in enumerate(pages):
        edge = {id(line) for line in _edges(page)} if number else set()
        kept.append("\n".join(line for line in page if not (id(line) in edge and _mask(line) in common)))
    return "\n".join(kept)


def _edges(page: list[str]) -> list[str]:
    full = [line for line in page if line.strip()]
    return [*full[:3], *full[-2:]]


def _mask(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _without_furniture(lines: list[str]) -> list[str]:
    deep = Counter(line.strip() for line in lines if len(line) - len(line.lstrip()) >= _DEEP)
    kept: list[str] = []
    for number, line in enumerate(lines):
        text = line.strip()
        if not text:
            kept.append("")
        elif _FURNITURE.match(text):
            kept.append("" if text[0] not in "=_*~-" else "")
        elif len(line) - len(text) >= _DEEP and (_PAGE.match(text) or deep[text] > 1):
            continue
        elif _PAGE.match(text) and _alone(lines, number):
            continue
        else:
            kept.append(line)
    return kept


def _alone(lines: list[str], number: int) -> bool:
    before = lines[number - 1].strip() if number else ""
    after = lines[number + 1].strip() if number + 1 < len(lines) else ""
    return not before or not after
