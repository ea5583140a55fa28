"""How is an HTML policy read? Its text in blocks; notes, struck text and page furniture kept apart.

The parser is selectolax; this module interprets. The tree is walked without recursion, so depth costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from accord.decision import BadInput
from accord.documents.blocks import Block
from accord.documents.lines import blocks_of_lines
from accord.documents.notes import Remark, annotation_block, joined, note_block, remarks_of

MAX_TAGS = 60_000
"""Tags in one page. The longest of the policies seen has 3,000."""
MAX_LENGTH = 500_000
"""Characters of text in one page."""
MAX_DEPTH = 400
"""Open elements at once. The deepest of the policies seen has 20."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_CLOSES_ITSELF = frozenset(
    "area base br col embed hr img input link meta source track wbr p li td th tr tbody thead tfoot dt dd option html "
    "head body".split()
)
_SKIPPED = frozenset(
    "script style head title template noscript svg nav button select textarea iframe object del s strike".split()
)
_BLOCKS = frozenset(
    "p div section article main aside header footer h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td "
    "th blockquote pre hr body form fieldset figure figcaption center address caption".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_BOLD = frozenset("b strong u h1 h2 h3 h4 h5 h6".split())
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
BOLD_ON, BOLD_OFF = "\x01", "\x02"


def parse_html(html: str) -> tuple[list[Block], list[str]]:
    """The blocks of an HTML page, and warnings.

    Raises:
        BadInput: when the page has so many or so deeply nested elements that it cannot be a policy.
    """
    _refuse_bombs(html)
    tree = LexborHTMLParser(html)
    body = tree.body
    if body is None:
        return [], ["The page has no body."]
    walk = _Walk(remarks=dict(_remarks(tree)), boxes={node.attributes.get("id") or "" for node in tree.css(".edComm")})
    walk.run(body)
    warnings = [f"{walk.struck} struck passages were left out."] if walk.struck else []
    return joined(walk.blocks), warnings


def page_title(html: str) -> str:
    """The title element of a page."""
    match = re.search(r"<title[^>]*>([^<]{1,300})</title>", html[:20000], re.IGNORECASE)
    return " ".join(LexborHTMLParser(match[1]).text().split()) if match else ""


def _refuse_bombs(html: str) -> None:
    depth = 0
    for count, match in enumerate(_TAG.finditer(html)):
        if match[2].lower() not in _CLOSES_ITSELF:
            depth = max(0, depth + (-1 if match[1] else 1))
        if count >= MAX_TAGS or depth > MAX_DEPTH:
            raise BadInput(
                f"The page has more than {MAX_TAGS:,} tags or {MAX_DEPTH} open elements; it is not read.",
                mend="Save the text of the policy alone, as HTML, Markdown or text.",
            )


def _remarks(tree: LexborHTMLParser) -> Iterator[tuple[str, Remark]]:
    """The comments of every annotation, by the id of the box that shows them."""
    for node in tree.css("annotation"):
        yield from remarks_of(node.attributes.get("data-ant") or "").items()


@dataclass
class _Walk:
    """Goes through the tree once, gathering text and closing a block at every block element."""

    remarks: dict[str, Remark]
    boxes: set[str]
    blocks: list[Block] = field(default_factory=list)
    struck: int = 0
    _length: int = 0
    _text: list[str] = field(default_factory=list)
    _lists: list[list[Any]] = field(default_factory=list)
    _heading: bool = False
    _bold: int = 0
    _cells: list[str] | None = None

    def run(self, root: Any) -> None:
        node, top = root, root.mem_id
        while node is not None:
            down = self._enter(node)
            child = node.child if down else None
            if child is not None:
                node = child
                continue
            while node is not None:
                if down:
                    self._leave(node)
                if node.mem_id == top:
                    self._flush()
                    return
                following = node.next
                if following is not None:
                    node = following
                    break
                node, down = node.parent, True

    def _enter(self, node: Any) -> bool:
        """Take in a node; False when what is inside it is not to be visited."""
        tag = node.tag
        if tag == "-text":
            text = node.text_content or ""
            self._length += len(text)
            if self._length > MAX_LENGTH:
                raise BadInput(
                    f"The page has more than {MAX_LENGTH:,} characters of text.",
                    mend="Cut the policy out and give it alone.",
                )
            self._text.append(
                text if text.isascii() and "\n" not in text and "\t" not in text else _SPACE.sub(" ", text)
            )
            return False
        if tag == "br":
            self._text.append("\n")
            return False
        if tag in _SKIPPED:
            self.struck += tag in ("del", "s", "strike") and bool(node.text().strip())
            return False
        if tag == "annotation":
            self._annotation(node)
            return False
        attributes = node.attributes if tag in _BLOCKS or tag == "span" else {}
        if "edComm" in (attributes.get("class") or "").split():
            self._flush()
            self.blocks.append(note_block(_text_of_note(node), self.remarks.get(attributes.get("id") or "")))
            return False
        if _HIDDEN.search(attributes.get("style") or ""):
            return False
        if tag in _BLOCKS:
            self._open(tag)
        if tag in _BOLD:
            self._bold += 1
            self._text.append(BOLD_ON)
        return True

    def _annotation(self, node: Any) -> None:
        """A comment that no box on the page shows is a note where its annotation stands."""
        for name, remark in remarks_of(node.attributes.get("data-ant") or "").items():
            if name not in self.boxes and remark.text.strip():
                self._flush()
                self.blocks.append(annotation_block(remark))

    def _open(self, tag: str) -> None:
        if tag == "tr":
            self._flush()
            self._cells = []
        elif tag in ("td", "th") or self._cells is None:
            self._flush()
        else:
            self._text.append("\n")
        if tag in ("ul", "ol"):
            self._lists.append([f"{tag}{len(self._lists) + 1}", True, False])
        elif tag == "li" and self._lists:
            self._lists[-1][2] = True
        self._heading = tag in _HEADINGS

    def _leave(self, node: Any) -> None:
        tag = node.tag
        if tag in _BOLD:
            self._bold = max(0, self._bold - 1)
            self._text.append(BOLD_OFF)
        if tag not in _BLOCKS:
            return
        if tag in ("td", "th") and self._cells is not None:
            self._cells.append(self._taken())
        elif tag == "tr" and self._cells is not None:
            row, self._cells = self._cells, None
            self._row(row)
        elif self._cells is None:
            self._flush()
        if tag == "li" and self._lists:
            self._lists[-1][1:] = [False, False]
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        if tag in _HEADINGS:
            self._heading = False

    def _row(self, row: list[str]) -> None:
        full = [cell for cell in row if cell.strip(f" \n{BOLD_ON}{BOLD_OFF}")]
        if len(full) == 1:
            self._text.append(full[0])
            self._flush()
        elif full:
            plain = [" ".join(cell.replace(BOLD_ON, "").replace(BOLD_OFF, "").split()) for cell in full]
            self.blocks.append(Block("paragraph", " | ".join(plain), style="row"))

    def _taken(self) -> str:
        text = "".join(self._text)
        self._text.clear()
        return text

    def _flush(self) -> None:
        if self._cells is not None or not self._text:
            return
        text = self._taken()
        if self._bold:
            self._text.append(BOLD_ON)
        if not text.strip(f" \n{BOLD_ON}{BOLD_OFF}"):
            return
        style, first = "", False
        if self._lists and self._lists[-1][2]:
            style, first = self._lists[-1][0], self._lists[-1][1]
            self._lists[-1][1] = False
        self.blocks.extend(blocks_of_lines(text, heading=self._heading, style=style, first=first))


def _text_of_note(node: Any) -> str:
    parts = []
    for inner in node.traverse(include_text=True):
        if inner.tag == "-text":
            parts.append(_SPACE.sub(" ", inner.text_content or ""))
        elif inner.tag in ("br", "p", "li", "div"):
            parts.append("\n")
    return "".join(parts)
