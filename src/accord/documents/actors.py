"""Who acts in a sentence? One of ten names, or "" when the sentence does not say.

The names follow the roles of the program; "the Superintendent or designee" is the Superintendent.
"""

from __future__ import annotations

import re

_PATTERNS = (
    ("SRO", r"SROs?|school\s+resource\s+officers?(?:\s+\(SROs?\))?"),
    (
        "Agency",
        r"(?:local\s+|the\s+)?law\s+enforcement(?:\s+(?:agenc(?:y|ies)|authorit(?:y|ies)|officers?|officials?|personnel))?|peace\s+officers?|police(?:\s+(?:officers?|departments?|agenc(?:y|ies)))?|agenc(?:y|ies)|sheriff(?:'s\s+(?:department|office))?|(?:law\s+)?officers?",
    ),
    (
        "Superintendent",
        r"(?:(?:assistant|deputy|associate|district)\s+)?superintendents?(?:\s*(?:/|or|and/or)\s*(?:(?:his/her|their|the)\s+)?designee)?",
    ),
    (
        "Board",
        r"(?:(?:governing|school|local)\s+)?board(?:\s+of\s+(?:education|trustees|directors))?(?:\s+(?:members?|president|clerk))?|b?board|trustees?",
    ),
    (
        "Principal",
        r"(?:(?:school|building|site|vice|assistant)\s+)*principals?(?:\s*(?:/|or|and/or)\s*(?:(?:his/her|their|the)\s+)?designee)?|(?:school|site|building)\s+administrators?",
    ),
    (
        "Staff",
        r"staff(?:\s+members?)?|employees?|teachers?|personnel|administrators?|counselors?|instructors?|coach(?:es)?|supervisors?|bus\s+drivers?|drivers?|mandated\s+reporters?|coordinators?|(?:compliance|title\s+ix|nondiscrimination)\s+officers?|custodians?(?:\s+of\s+records)?|(?:district\s+|section\s+504\s+)?liaisons?|school\s+officials?|officials?|nurses?",
    ),
    ("Parent", r"parent\(?s?\)?(?:\s*(?:/|and|or|and/or)\s*(?:legal\s+)?guardian\(?s?\)?)?|(?:legal\s+)?guardians?"),
    ("Student", r"(?:adult\s+)?students?|(?:adult\s+)?pupils?|child(?:ren)?|minors?"),
    ("District", r"(?:school\s+)?districts?"),
)
_ACTOR = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS)
_BEFORE = r"(?:(?!(?:of|to|for|from|with|by|in|on|at|that|who|which|regarding|concerning|about|between|among|without|under|against)\b)[\w&/'’.-]+\s+){0,5}?"
_DUTIES = r"(?:(?:the\s+)?(?:job\s+|specific\s+)?(?:duties|duty|responsibilit(?:y|ies)|role|roles|functions?|members|member|activities)(?:\s+and\s+[a-z]+)?\s+of\s+(?:an?\s+|the\s+|all\s+|each\s+)?)"
_AFTER = (
    r"(?=\s*(?:$|[,(/;:]|(?:or|and|who|whom|that|which|with|without|of|in|on|at|from|to|for|under|by|whose|whenever|when|if|as|also|is|are|was|were|has|have|had|"
    r"shall|must|may|should|will|not|be|believes?|desires?|recognizes?|intends?|encourages?|supports?|expects?|does|do|[a-z]+ly|[a-z]+ing|[a-z]+ed|then|so|than|members?|designee|themselves|further|strongly|directs?|prohibits?|requires?|values?|acknowledges?|understands?|wish(?:es)?|seeks?|considers?|affirms?|each|determines?|serves?|reserves?|welcomes?|possess|participate|attend)\b))"
)
_SUBJECT = re.compile(rf"^[\W_]*(?:{_DUTIES})?{_BEFORE}(?:{_ACTOR}){_AFTER}", re.IGNORECASE)
_BY = re.compile(
    rf"\bby\s+(?:(?:the|an?|any|each|all|his/her|their)\s+)?(?:(?:school|district|local|appropriate|trained|certificated|assigned)\s+)*(?:{_ACTOR}){_AFTER}",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"^\s*(?:not\s+|also\s+|only\s+|[a-z]+ly\s+|then\s+)*be(?:en)?\s+(?:not\s+|[a-z]+ly\s+)?(?P<participle>[a-z-]+(?:ed|en|de|ght|ne|pt|ld|id|nt|un|ut|et|ad|wn)\b)",
    re.IGNORECASE,
)
_STILL_ACTS = frozenset(
    "expected required authorized permitted allowed encouraged prohibited entitled obligated directed committed "
    "granted prepared involved dedicated used held trained".split()
) - {"granted", "held", "trained", "used"}
_AGAIN = re.compile(
    r"^[\W_]*(?:such|these|those|this|the\s+(?:report|plan|notice|policy|procedures?|training|agreement|program|strateg(?:y|ies)|records?))\b|^[\W_]*(?:it|they|he/she|she/he|he/she/they|he|she)\b",
    re.IGNORECASE,
)


def actor_of(subject: str, predicate: str, previous: str) -> str:
    """Who acts, given the words before the main verb, the words after it and the actor of the sentence before.

    "Such reports" and "they" go on with the actor of the sentence before. Of a passive, the one named with "by" acts;
    what is done to a student is not done by the student.
    """
    match = _SUBJECT.match(subject)
    found = (match.lastgroup or "") if match else ""
    passive = _PASSIVE.match(predicate)
    if passive and passive["participle"].lower() not in _STILL_ACTS:
        by = _BY.search(predicate, 0, 400)
        return (by.lastgroup or "") if by else ("" if found in ("Student", "Parent", "") else found)
    if not found and _AGAIN.match(subject):
        return previous
    return found
