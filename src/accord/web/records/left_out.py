"""What is left out of other people's words before a family reads them: addresses, telephone numbers and e-mail.

A log must say why somebody asked, in their own words; those may tell one parent where the other lives. This finds how
such things are commonly written. It is detection, not proof.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

_AFTER = (
    "street st avenue ave av road rd drive dr lane ln court ct circle cir boulevard blvd way place pl terrace ter "
    "trail parkway pkwy highway hwy loop"
).split()
_BEFORE = "calle avenida camino paseo callejon callejón privada boulevard".split()
_UNIT = r"(?:,?\s*(?:\#\s*|apt\.?\s+|apartment\s+|unit\s+|suite\s+|no\.\s*|n[uú]m\.\s*)\w+)?"
_NAME = r"(?!(?:a|and|at|by|days?|for|from|in|minutes?|of|on|that|the|times?|to|with)\s)[\w.'’-]+\s+"
"""A word of the name of a street, which common small words are not."""
_FOUND = re.compile(
    "|".join(
        (
            rf"\b\d+[a-z]?\s+(?:{_NAME}){{1,4}}(?:{'|'.join(_AFTER)})\b\.?{_UNIT}",
            rf"\b(?:{'|'.join(_BEFORE)})\s+(?:[\w.'’-]+\s+){{0,4}}\#?\d+\w*{_UNIT}",
            r"\bp\.?\s?o\.?\s+box\s+\d+",
            r"[\w.+-]+@[\w-]+\.[\w.-]+",
            r"(?<!\d)(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}(?!\d)",
        )
    ),
    re.IGNORECASE,
)


def without_addresses(words: str) -> str:
    """The words with every address and number found in them left out, and said to be."""
    return _FOUND.sub(_("[left out]"), words)
