"""Numbers and addresses that lead to one person, told by their shape or by the words before them."""

from __future__ import annotations

import re

from accord.rules.wording.folding import Folded
from accord.rules.wording.marks import Mark, merged

_DATE = (
    r"(?:\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|[a-z]{3,10}\.? \d{1,2},? \d{4}"
    r"|\d{1,2} (?:de )?[a-z]{3,10} (?:de )?\d{4})"
)
_STREET = (
    r"(?:street|st|avenue|ave|road|rd|drive|dr|boulevard|blvd|lane|ln|court|ct|way|place|pl|circle|cir|terrace"
    r"|highway|hwy)"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # an e-mail address
        r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}",
        # an address written so that no machine reads it
        r"(?<![\w.+-])[\w.+-]{1,64} at [a-z0-9-]{1,63} dot (?:com|org|net|edu|gov|us)\b",
        # a telephone number without its area code, after the words that announce it
        r"\b(?:call|cell|phone|tel|telephone|text|celular|telefono)(?: is| at| him| her| them| no| number)?\.?"
        r"[ :#]{1,3}\d{3}[-. ]\d{4}(?![\d-])",
        # a telephone number with its area code, grouped
        r"(?<![\d-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\d-])",
        # ten digits on their own: a telephone number or a statewide student identifier
        r"(?<![\d#-])\d{10}(?![\d-])",
        # a Social Security number
        r"(?<![\d-])\d{3}[-. ]\d{2}[-. ]\d{4}(?![\d-])",
        # a student number, after the words that announce it
        r"\b(?:student|stu|pupil|perm|permanent|sis|ssid|local|school|alumno|estudiante)"
        r"(?: (?:id|no|number|num|numero))?\.?(?: is| was)?[ :#=]{1,3}\d{4,12}\b",
        r"\b(?:ssid|id|lunch (?:pin|number|no|code|id))(?: (?:no|number|num|card))?\.?(?: is| was)?"
        r"[ :#=]{1,3}[a-z]?\d{4,12}\b",
        # a date of birth, after the words that announce it
        r"\b(?:d\.?o\.?b\.?|date of birth|birth ?date|birthday|born(?: on)?"
        r"|fecha de nacimiento|naci(?:o|do|da)(?: el)?)"
        rf"(?: is| was)?[ :=]{{1,3}}{_DATE}",
        # a street address
        rf"(?<![\w-])\d{{1,6}}(?: [nsew]\.?| (?:north|south|east|west))?(?: [a-z0-9.'-]{{2,20}}){{1,3}} {_STREET}\b",
        # a number plate, by its announcement or in the form California gives to cars
        r"\b(?:plate|plates|license plate|lic|placa|placas)(?: (?:no|number|num))?\.?(?: is| was)?[ :#=]{1,3}"
        r"(?=[a-z0-9-]{0,7}\d)[a-z0-9]{2,4}[ -]?[a-z0-9]{2,4}\b",
        r"\b\d[a-z]{3}\d{3}\b",
        # a California driver license
        r"\b[a-z]\d{7}\b",
    )
)


def find_identifiers(folded: Folded) -> tuple[Mark, ...]:
    """Where a text holds a number or an address that leads to one person, in places of the original text."""
    return merged(
        Mark(*folded.span(*match.span()), "identifier")
        for pattern in _PATTERNS
        for match in pattern.finditer(folded.text)
    )
