"""The words by which policies oblige, forbid, permit, advise, intend and hedge, as patterns."""

from __future__ import annotations

import re

_I = re.IGNORECASE
_ALSO = r"(?:also\s+|hereby\s+|strongly\s+|strictly\s+|expressly\s+)?"

MODAL = re.compile(
    r"\b(?P<word>shall|must|may(?!\s+\d)|should|will|cannot|can\s+not"
    rf"|(?P<prohibited>(?:is|are|be)\s+{_ALSO}(?:prohibited|forbidden)|(?:is|are)\s+not\s+(?:permitted|allowed|authorized)"
    r"|(?<!who\s)(?<!that\s)(?<!which\s)(?:prohibits|forbids))"
    r"|(?P<free>(?:is|are)\s+not\s+(?:required|obligated)\s+to|need\s+not)"
    rf"|(?P<required>(?:is|are)\s+{_ALSO}(?:required|directed)\s+to|(?:is|are)\s+{_ALSO}obligated"
    r"|(?:has|have)\s+(?:a|the)\s+(?:duty|obligation)\s+to|(?:is|are)\s+to\s+be|(?<=staff\s)(?:is|are)\s+to|(?:has|have)\s+to)"
    rf"|(?P<allowed>(?:is|are)\s+{_ALSO}(?:authorized|permitted|allowed|entitled)\s+to"
    r"|(?:has|have)\s+(?:the\s+|a\s+)?(?:authority|discretion|right)\s+to|reserves?\s+the\s+right)"
    rf"|(?P<advised>(?:is|are)\s+{_ALSO}(?:encouraged|expected|urged)\s+to))\b"
    r"(?P<neg>\s+(?:[a-z]+ly\s+|also\s+)?(?:not\b(?!\s+only|\s+be\s+limited)|never\b|neither\b"
    r"|in\s+no\s+(?:case|event|way|circumstance)|under\s+no\s+circumstances))?",
    _I,
)
"""A verb of duty, ban, permission or advice; `neg` is the denial after it."""

HELD = re.compile(
    r"(?:\b(?:who|which|that|as|than|what|whom|whichever|whoever|if|when|where)(?:\s+[a-z]+ly|\s+also|\s+otherwise)?"
    r"|\b(?:to|in|by|for|of|with|from|under|at|on|through|during)\s+(?:which|whom|whose)(?:\s+[\w/'-]+){0,6}"
    r"|\b(?:how|whether|what|why)(?:\s+[\w/'-]+){0,5})\s+$",
    _I,
)
"""Words right before a verb that make it the verb of a side clause."""

LEADS = re.compile(
    r"^[\W_]*(?:and\s+|or\s+|but\s+)?(?:if|when|whenever|where|wherever|unless|until|while|although|though|because|since|"
    r"once|as|after|before|upon|prior|in|to|for|during|except|within|at|on|by|with|without|under|pursuant|following|given|"
    r"provided|consistent|regardless|based|whether|due|through|throughout|notwithstanding|subject|beginning|depending|"
    r"rather|including|such\s+as|like|which|who|whose|[a-z]+ing\s+(?:the|a|an|any|all|with|to|on|for))\b",
    _I,
)
"""Words that open a stretch which is not the main clause."""

SUBORDINATE = re.compile(
    r"^[\W_]*(?:and\s+|or\s+|but\s+)?(?:if|when|whenever|where|unless|until|while|although|because|since|once|as|after|"
    r"before|whether|which|who|whose|so\s+that|except\s+that|provided\s+that)\b",
    _I,
)
"""Words that open a side clause with a verb of its own."""

RELATIVE_END = re.compile(r"\b(?:who|which|that|if|when)\s+$", _I)
JOINS = re.compile(r"^[\W_]*(?:and/or|and|or|nor)\b", _I)
NO_SUBJECT = re.compile(
    r"^[\W_]*(?:and\s+|but\s+|or\s+|nor\s+|however\s+|therefore\s+)*(?:no\s+(?!later|more|less|fewer|longer|earlier)"
    r"|none\s+of|neither\s+|at\s+no\s+time|in\s+no\s+(?:case|event)|under\s+no\s+circumstances?|nobody|nothing\s+)",
    _I,
)
TURNED = re.compile(r"\b(?:under\s+no\s+circumstances?|at\s+no\s+time|in\s+no\s+(?:case|event|way)|nor)\s*$", _I)
"""Words after which the verb comes before its subject: "under no circumstances may an employee"."""

INTENT = re.compile(
    r"\b(?:(?:is|are|remains?)\s+(?:\w+ly\s+)?(?:committed|dedicated)\s+to|believes?|intends?|desires?|recogniz(?:es?|ing)"
    r"|wish(?:es)?|values|supports|affirms|encourages|acknowledges|expects|seeks|strives|endorses|understands|appreciates"
    r"|respects|embraces|commits\s+(?:to|itself)|aims|considers|hopes"
    r"|(?:it\s+is|is)\s+the\s+(?:intent|intention|goal|desire|belief|philosophy|purpose|aim|policy)\s+of)\b",
    _I,
)
DECLARES = re.compile(
    r"^[\W_]*(?:(?:and|but|therefore|however)\s+)?(?:the\s+|this\s+|our\s+|each\s+)?(?:[\w'’]+\s+){0,5}?"
    r"(?:\w?board|district|trustees|education|schools?|superintendent|it|we)\b",
    _I,
)
"""A subject that can intend something for the district."""
IMPERSONAL = re.compile(r"it\s+is|is\s+the", _I)
AND_SHALL = re.compile(r"\band\s+(?:therefore\s+|also\s+|further\s+|accordingly\s+)?(?:shall|must)\b", _I)
PASSIVE_START = re.compile(r"^\s*(?:[a-z]+ly\s+)?be\s+\w+", _I)
OR_MAY = re.compile(r"^\s+or\s+may\b", _I)
LAST_ARTICLE = re.compile(r"\b(?:the|an?|any|each|all)\s+(?!.*\b(?:the|an?|any|each|all)\s).*$", _I)
PARENTHESES = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
CUT = re.compile(r"(?<!\d)[,;:]|[,;:](?!\d)|\s[–—-]\s")
"""Where one stretch of a sentence ends: at commas that do not stand inside a number."""

_ENOUGH = (
    r"(?:necessary|needed|practicable|practical|feasible|appropriate|applicable|approved|warranted|available|allowable|"
    r"desired|advisable)"
)
HEDGES = re.compile(
    r"\b(?:periodically|regularly|from\s+time\s+to\s+time"
    rf"|as\s+(?:deemed\s+|reasonably\s+)?{_ENOUGH}"
    r"|as\s+(?:soon|much|often|far|early|quickly)\s+as\s+(?:is\s+)?(?:reasonably\s+|practicably\s+)?(?:possible|practicable|feasible|practical)"
    rf"|(?:when|whenever|where|wherever|if)\s+(?:reasonably\s+|otherwise\s+|it\s+is\s+)?(?:{_ENOUGH}|possible)"
    r"|to\s+the\s+(?:maximum\s+|greatest\s+|fullest\s+)?extent\s+(?:reasonably\s+)?"
    r"(?:practicable|possible|feasible|practical|appropriate|(?:permitted|allowed|required)\s+by\s+law)"
    r"|(?:at|in)\s+(?:the|his/her|their|its)\s+(?:sole\s+)?discretion|(?:reasonable|best)\s+efforts?"
    r"|on\s+a\s+case-by-case\s+basis|(?:whenever|when|as)\s+(?:circumstances|resources|funds|funding)\s+permits?)\b",
    _I,
)
"""Words that leave room."""
