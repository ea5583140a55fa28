"""How is plain text read whose lines were broken by a page: PDF extractions, typed copies, web pages pasted as text?

First the furniture of pages goes (numbers, running heads), then the head and the dated foot, then the reference
sections; what is left is joined again into headings, paragraphs and list items.
"""

from __future__ import annotations

import re
from collections import Counter

from accord.documents.apparatus import is_prose
from accord.documents.blocks import Block, Head, Parsed
from accord.documents.dates import take_date_lines
from accord.documents.heads import read_head
from accord.documents.joining import REFERS, join_lines
from accord.documents.references import CF, OPENS

_PAGE = re.compile(
    r"^(?:[-–]?\s*\d{1,4}\s*[-–]?|page\s+\d+(?:\s+of\s+\d+)?|printed:\s.*|\d{1,4}\s*/\s*\d{1,4})$", re.IGNORECASE
)
_FURNITURE = re.compile(
    r"^(?:see pdf on the next page\.?|attachment\s+[A-Z\d]{1,3}|[_=*~-]{4,}|\(?continued\)?"
    r"|arrow previous bar next arrow|(?:[\w. ]{0,40}(?:district|USD)[\s–-]*)?board policy manual.{0,50})$",
    re.IGNORECASE,
)
_NAME_ALONE = re.compile(r"(?:BP|AR|BB|E|Policy|Regulation|Exhibit)\s+(?P<code>\S+)$", re.IGNORECASE)
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
    gone = used | _repeats_code(lines, head.code)
    lines = ["" if number in gone or _OWNER.match(line.strip()) else line for number, line in enumerate(lines)]
    if used and max(used) > references_at:
        cut = next((at for at in range(max(used) + 1, len(lines)) if _OTHER_HEAD.match(lines[at].strip())), None)
        if cut is not None:
            warnings.append(f"After line {cut} another document begins; it was left out.")
            lines = lines[: max(used) + 1]
    return [*_text_and_references(lines)], warnings


def _repeats_code(lines: list[str], code: str) -> set[int]:
    """The lines that say the code of the document again and nothing else, as forms do ("E 3320")."""
    number = code.split("-")[0].split(" ")[0]
    if not number:
        return set()
    names = {at: _NAME_ALONE.match(line.strip()) for at, line in enumerate(lines) if 0 < len(line) < 60}
    return {at for at, name in names.items() if name and name["code"].startswith(number)}


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
            blocks.extend(_body_blocks(body))
            body = []
        if text:
            blocks.append(Block("reference", text))
    return [*blocks, *_body_blocks(body)]


def _prose_begins(lines: list[str], number: int) -> bool:
    """Does running text that binds somebody start here, after a blank line?"""
    if number and lines[number - 1].strip():
        return False
    return is_prose(" ".join(line.strip() for line in lines[number : number + 3]))


def _body_blocks(lines: list[str]) -> list[Block]:
    """Blocks of body text. Lines that only refer are marked for the joining; blanks of forms go."""
    cleared: list[str] = []
    for line in lines:
        if "(cf." in line and not CF.sub("", line).strip():
            cleared.append(f"{REFERS}{line.strip()}")
        elif _BLANK_FORM.search(line) and len(re.sub(r"[\W_]+", "", line)) < 60:
            cleared.append("")
        else:
            cleared.append(re.sub(r"_{4,}", " ", line) if "____" in line else line)
    return list(join_lines(cleared))


def _without_page_heads(text: str) -> str:
    """Where form feeds part the pages, drop the lines that most pages begin or end with."""
    if "\f" not in text:
        return text
    pages = [page.split("\n") for page in text.split("\f")]
    ends = Counter(line for page in pages for line in {_mask(page[at]) for at in _edges(page)})
    common = {line for line, count in ends.items() if line and count >= max(2, (len(pages) + 1) // 2)}
    kept = pages[:1]
    for page in pages[1:]:
        dropped = {at for at in _edges(page) if _mask(page[at]) in common}
        kept.append([line for at, line in enumerate(page) if at not in dropped])
    return "\n".join("\n".join(page) for page in kept)


def _edges(page: list[str]) -> set[int]:
    """The numbers of the lines where a running head or foot would stand."""
    full = [at for at, line in enumerate(page) if line.strip()]
    return {*full[:3], *full[-2:]}


def _mask(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _without_furniture(lines: list[str]) -> list[str]:
    deep = Counter(line.strip() for line in lines if len(line) - len(line.lstrip()) >= _DEEP)
    kept: list[str] = []
    for number, line in enumerate(lines):
        text = line.strip()
        if not text or (len(text) < 100 and _FURNITURE.match(text)):
            kept.append("")
        elif not _is_page_end(text, len(line) - len(text), deep[text]) and not (
            _PAGE.match(text) and _alone(lines, number)
        ):
            kept.append(line)
    return kept


def _is_page_end(text: str, indent: int, times: int) -> bool:
    return indent >= _DEEP and (times > 1 or bool(_PAGE.match(text)))


def _alone(lines: list[str], number: int) -> bool:
    before = lines[number - 1].strip() if number else ""
    after = lines[number + 1].strip() if number + 1 < len(lines) else ""
    return not before or not after
