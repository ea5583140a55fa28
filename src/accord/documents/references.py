"""What does the reference section of a policy cite?

Three shapes occur: "Ed. Code 49076 - Access to records" (each line whole), "EDUCATION CODE" followed by lines that
begin with a number, and two printed columns "5 CCR 4600 | Definitions".
Publications and web sites are resources, not citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from accord.documents.citations import citations, cite, of_law
from accord.documents.model import Citation

OPENS = re.compile(
    r"^[\W_]*(?:references?|legal\s+references?(?:\s+.*)?|(?:state|federal|management|cross|policy|management\s+resources?|legal)\s+references?"
    r"(?:\s+disclaimer.*)?(?:[\s|]+description)?|management\s+resources?|cross[\s-]references?|related\s+polic(?:y|ies))[\s:*_]*$"
    r"|^\W*policy\s+reference\s+disclaimer|^\W*these\s+references\s+are\s+not\s+intended",
    re.IGNORECASE,
)
"""A line that opens a reference section."""

CF = re.compile(r"\(\s*cf\.\s+(?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\)")
"""A CSBA cross reference in the middle of the text: (cf. 5142 - Safety)."""

_CROSS = re.compile(
    r"^(?:(?P<kind>BP/AR|BP|AR|BB|E)\s+)?(?P<code>\d{4}(?:\.\d{1,3})*(?:-E(?:\s?PDF)?(?:\s?\(\d+\))?)?)(?=\s|$|:)"
)
_LAW_HEAD = re.compile(
    r"^(?:(?P<code>[A-Z][A-Za-z&,\s]*?\bCODE|CODE OF CIVIL PROCEDURE)"
    r"|(?P<reg>(?:CALIFORNIA )?CODE OF (?:FEDERAL )?REGULATIONS|UNITED STATES CODE),?\s+TITLE\s+(?P<title>\d+))\s*:?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^(?P<nums>\d{1,6}(?:\.\d+)*[a-z]?(?:\([0-9a-zA-Z]{1,3}\))*(?:\s*[-–]\s*\d{1,6}(?:\.\d+)*[a-z]?)?)(?=\s|$|[,;:])"
)
_OPINION = re.compile(r"\d+\s+Ops\.\s*Cal\.\s*Atty\.\s*Gen\.\s+\d+(?:\s*\(\d{4}\))?")
_CASE = re.compile(r"(?:\sv\.\s|^In [Rr]e\s).*\d")
_MAKER = re.compile(r"^Court Decision\s+-?\s*", re.IGNORECASE)
_CROSS_HEAD = re.compile(r"cross[\s-]references?|related\s+polic", re.IGNORECASE)
_LAW_SHORT = {"UNITED STATES CODE": "USC", "CODE OF FEDERAL REGULATIONS": "CFR"}


def of_references(lines: Iterable[str]) -> Iterator[Citation]:
    """The citations of the lines of one reference section, in order."""
    law, cross = "", False
    for line in lines:
        text = line.strip(" \t-•*|_")
        if not text:
            continue
        if OPENS.match(text):
            law, cross = "", bool(_CROSS_HEAD.search(text))
            continue
        head = _law_head(text)
        if head is not None:
            law, cross = head, False
            continue
        yield from _line(text, law, cross)


def of_cross_references(inside: str) -> Iterator[Citation]:
    """The policies that a (cf. ...) names: "5142 - Safety" or "BP 5142 - Safety; 5144 - Discipline"."""
    for part in re.split(r"\)\s*\(cf\.|;\s*(?=\d{4})", inside):
        match = _CROSS.match(part.strip())
        if match:
            yield _policy(match)


def _line(text: str, law: str, cross: bool) -> Iterator[Citation]:
    if cross:
        match = _CROSS.match(text)
        if match:
            yield _policy(match)
        return
    number = _NUMBERED.match(text)
    found = citations(text)
    if found and (not number or re.match(r"\d{1,2}\s*(?:U\.?S|C\.?[FC])", text)):
        yield from found
    elif number and law:
        yield from of_law(law, number["nums"])
    elif " v. " in text or "Ops" in text or text[:5].lower() == "in re":
        for piece in re.split(r"\s+-\s+", _MAKER.sub("", text)):
            opinion = _OPINION.search(piece)
            if opinion:
                yield cite(opinion[0], "other", opinion[0])
            elif _CASE.search(piece):
                yield cite(piece.strip(" ."), "other", "")


def _policy(match: re.Match[str]) -> Citation:
    return cite(f"{match['kind'] or 'Policy'} {match['code']}", "policy", match["code"])


def _law_head(text: str) -> str | None:
    """The body of law that the next numbers belong to; "" when another group opens; None when the line is no head."""
    if len(text) > 80:
        return None
    match = _LAW_HEAD.match(text)
    if match:
        if match["reg"]:
            register = re.sub(r"\s+", " ", match["reg"]).upper()
            return f"{match['title']} {_LAW_SHORT.get(register, 'CCR')}"
        words = match["code"].title().replace(" And ", " and ").replace(" Of ", " of ").replace(" & ", " and ")
        name = next((found.text for found in citations(f"{words} 100")), "")
        return name.removesuffix(" 100")
    return "" if text.isupper() and not any(character.isdigit() for character in text) else None
