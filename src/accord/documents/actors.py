"""Who acts in a sentence? One of nine names, or "" when the sentence does not say.

The names follow the roles of the program; "the Superintendent or designee" is the Superintendent.
"""

from __future__ import annotations

import re

_DESIGNEE = r"(?:\s*(?:/|or|and/or)\s*(?:(?:his/her|their|the)\s+)?designee)?"
_WORDS: dict[str, tuple[str, ...]] = {
    "SRO": (r"SROs?", r"school\s+resource\s+officers?"),
    "Agency": (
        r"(?:local\s+)?law\s+enforcement(?:\s+(?:agenc(?:y|ies)|authorit(?:y|ies)|officers?|officials?|personnel))?",
        r"peace\s+officers?",
        r"police(?:\s+(?:officers?|departments?|agenc(?:y|ies)))?",
        r"agenc(?:y|ies)",
        r"sheriff(?:'s\s+(?:department|office))?",
        r"(?:law\s+|arresting\s+|responding\s+|investigating\s+|uniformed\s+)?officers?",
    ),
    "Superintendent": (r"(?:(?:assistant|deputy|associate|district)\s+)?superintendents?" + _DESIGNEE,),
    "Board": (
        r"(?:(?:governing|school|local)\s+)?board(?:\s+of\s+(?:education|trustees|directors))?"
        r"(?:\s+(?:members?|president|clerk))?",
        r"trustees?",
    ),
    "Principal": (
        r"(?:(?:school|building|site|vice|assistant)\s+)*principals?" + _DESIGNEE,
        r"(?:school|site|building)\s+administrators?",
    ),
    "Staff": (
        r"staff(?:\s+members?)?",
        r"employees?|teachers?|personnel|administrators?|counselors?|instructors?|coach(?:es)?|supervisors?|nurses?",
        r"(?:bus\s+)?drivers?|mandated\s+reporters?|coordinators?|custodians?(?:\s+of\s+records)?",
        r"(?:chief\s+)?(?:fiscal|financial|business|executive|operating|personnel|information|equity|privacy|attendance|hearing|"
        r"safety|compliance|title\s+ix|nondiscrimination)\s+officers?",
        r"(?:district\s+|section\s+504\s+)?liaisons?|(?:school\s+)?officials?",
    ),
    "Parent": (
        r"parent\(?s?\)?(?:\s*(?:/|and|or|and/or)\s*(?:legal\s+)?guardian\(?s?\)?)?",
        r"(?:legal\s+)?guardians?",
    ),
    "Student": (r"(?:adult\s+)?(?:students?|pupils?)", r"child(?:ren)?|minors?"),
    "District": (r"(?:school\s+)?districts?",),
}
_ACTOR = "|".join(f"(?P<{name}>{'|'.join(patterns)})" for name, patterns in _WORDS.items())

_PREPOSITIONS = (
    "of|to|for|from|with|by|in|on|at|that|who|which|regarding|concerning|about|between|among|without|under|against"
)
_BEFORE = rf"(?:(?!(?:{_PREPOSITIONS})\b)[\w&/'’.-]+\s+){{0,5}}?"
"""Up to five words before the name, none of which would make the name a part of another thing ("notice to parents")."""

_DUTIES = (
    r"(?:(?:the\s+)?(?:job\s+|specific\s+)?(?:dut(?:y|ies)|responsibilit(?:y|ies)|roles?|functions?|members?|activities)"
    r"(?:\s+and\s+[a-z]+)?\s+of\s+(?:an?\s+|the\s+|all\s+|each\s+)?)"
)
_AFTER = (
    r"(?=\s*(?:$|[,(;:]|/(?:parent|guardian|student|staff|employee|designee)|(?:or|and|nor|who|whom|that|which|with|without|of|in|on|at|from|to|for|under|by|whose|whenever|"
    r"when|if|as|also|then|so|than|is|are|was|were|has|have|had|do|does|shall|must|may|should|will|not|be|designee|each|"
    r"responsible|members?|themselves|further|possess|participate|attend|believes?|desires?|recognizes?|intends?|"
    r"encourages?|supports?|expects?|directs?|prohibits?|requires?|values?|acknowledges?|understands?|wish(?:es)?|"
    r"seeks?|considers?|affirms?|determines?|serves?|reserves?|welcomes?|authorizes?|appreciates?|"
    r"[a-z]+ly|[a-z]+ing|[a-z]+ed)\b))"
)
"""What may follow a name that acts. "Student records" and "Board policy" are things and do not act."""

_SUBJECT = re.compile(rf"^[\W_]*(?:{_DUTIES})?{_BEFORE}(?:{_ACTOR}){_AFTER}", re.IGNORECASE)
_BY = re.compile(
    r"\bby\s+(?:(?:the|an?|any|each|all|his/her|their)\s+)?"
    rf"(?:(?:school|district|local|appropriate|trained|certificated|assigned)\s+)*(?:{_ACTOR}){_AFTER}",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"^\s*(?:not\s+|also\s+|only\s+|[a-z]+ly\s+|then\s+)*be(?:en)?\s+(?:not\s+|[a-z]+ly\s+)?"
    r"(?P<participle>[a-z-]+(?:ed|en|de|ght|ne|pt|ld|id|nt|un|ut|et|ad|wn)\b)",
    re.IGNORECASE,
)
_STILL_ACTS = frozenset(
    "expected required authorized permitted allowed encouraged prohibited entitled obligated directed committed "
    "prepared involved dedicated used".split()
)
"""Participles after which the subject still acts: "SROs shall be expected to collaborate"."""
_AGAIN = re.compile(
    r"^[\W_]*(?:(?:such|these|those|this|the)\s+(?!(?:policy|regulation|section)\b)[a-z]+|"
    r"it|they|he/she|she/he|he/she/they|he|she)\b",
    re.IGNORECASE,
)
_THING_AGAIN = re.compile(
    r"^[\W_]*the\s+(?!(?:report|plan|notice|procedures?|training|agreement|program|strateg(?:y|ies))\b)", re.IGNORECASE
)
_BARE_OFFICER = re.compile(r"^[\W_]*(?:the\s+|an?\s+|such\s+|each\s+|all\s+)?officers?\b", re.IGNORECASE)
_LONGEST_TO_BY = 8
"""Words between a passive verb and the "by" that belongs to it."""


def actor_of(subject: str, predicate: str, previous: str) -> str:
    """Who acts, given the words before the main verb, the words after it and the actor of the sentence before.

    "Such reports" and "they" go on with the actor of the sentence before. Of a passive, the one named with "by" acts;
    what is done to a student is not done by the student.
    """
    match = _SUBJECT.match(subject)
    found = (match.lastgroup or "") if match else ""
    if found == "Agency" and previous == "SRO" and _BARE_OFFICER.match(subject):
        found = "SRO"
    passive = _PASSIVE.match(predicate)
    if passive and passive["participle"].lower() not in _STILL_ACTS:
        return _by_whom(predicate, passive.end()) or ("" if found in ("Student", "Parent") else found)
    if not found and _AGAIN.match(subject) and not _THING_AGAIN.match(subject):
        return previous
    return found


def _by_whom(predicate: str, start: int) -> str:
    by = _BY.search(predicate, start, start + 160)
    if not by:
        return ""
    between = predicate[start : by.start()].split()
    if len(between) > _LONGEST_TO_BY or (between and between[-1].endswith("ed")):
        return ""
    return by.lastgroup or ""
