"""Where does one sentence end and the next begin?

Abbreviations do not end sentences, and the authority in parentheses after a full stop belongs to the sentence before.
"""

from __future__ import annotations

import re

_END = re.compile(r"[.!?](?P<close>[\"'”’)\]]*)(?P<gap>\s+(?=[\"'“‘(\[]*[A-Z0-9§])|(?=[A-Z][a-z]+\s))")
_LONGEST_WORD = 40
_NEVER = frozenset(
    "e.g i.e cf v vs viz al no nos sec secs sect art arts ch chs div pt pts par para tit ed educ gov govt pen veh lab "
    "fam civ bus prof elec ins evid prob corp fin welf inst pub cont res rev mil vet unemp stat stats cal calif const "
    "ops atty gen app dept dr mr mrs ms mx st mt jr sr rev hon supt asst assn dist p pp approx fig ext tel rm rev "
    "jan feb mar apr jun jul aug sep sept oct nov dec u.s.c c.f.r w&i h&s reg regs proc".split()
)
"""Words that a full stop shortens and that never close a sentence."""
_PERHAPS = frozenset("etc seq a.m p.m u.s u.s.a inc ltd co d.c ph.d ed.d m.d c.c.r usc cfr".split())
"""Words that may close one: they do when what follows looks like the start of another."""
_STARTERS = frozenset(
    "the a an in if when whenever any all each every no such this these those it they he she upon for at after before "
    "prior to as students staff employees parents parents/guardians however additionally unless during once where "
    "failure only sros district board nothing".split()
)
_NUMERAL = re.compile(r"[a-z]|\d{1,2}|[ivx]{2,5}")
_DOTTED = re.compile(r"(?:[a-z]\.)+[a-z]")
_AUTHORITY = re.compile(r"^\s*[(\[](?![a-z0-9]{1,3}[)\]])[^()]*(?:\([^()]*\)[^()]*)*[)\]]\.?")
_LEGAL = re.compile(
    r"\b(?:Code|USC|U\.S\.C|CFR|C\.F\.R|CCR|Cal\.|Ch\.|Policy|BP|AR|BB|RSA|Title|Section|cf\.|Constitution|Const\.)"
)


def sentences(text: str) -> list[str]:
    """The sentences of one paragraph, without surrounding space."""
    pieces, start = [], 0
    for match in _END.finditer(text):
        if _ends(text, start, match):
            pieces.append(text[start : match.end()])
            start = match.end()
    pieces.append(text[start:])
    return _with_authorities([" ".join(piece.split()) for piece in pieces if piece.strip()])


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Does the stop end the sentence that began at `start`?"""
    if text[match.start()] != ".":
        return True
    written = text[max(start, match.start() - _LONGEST_WORD) : match.start()].rpartition(" ")[2]
    word = written.lstrip("(\"'“‘[").lower()
    if not match["gap"]:
        return _run_together(written)
    if word in _NEVER or (len(word) == 1 and written[-1:].isupper()):
        return False
    if _NUMERAL.fullmatch(word) and not text[start : match.start() - len(written)].strip():
        return False
    if word in _PERHAPS or _DOTTED.fullmatch(word):
        following = text[match.end() : match.end() + 24].lstrip("\"'“‘([").split()
        return bool(following) and following[0].lower().rstrip(",") in _STARTERS
    return True


def _run_together(written: str) -> bool:
    """ "school.Requirements": a line break was lost between two sentences. Not "www.Example" and not "U.S.Code"."""
    return len(written) > 2 and written.isalpha() and written[-1].islower()


def _with_authorities(pieces: list[str]) -> list[str]:
    """Give "(Education Code 49076; 34 CFR 99.1)" back to the sentence it supports, wherever the cut fell."""
    joined: list[str] = []
    for piece in pieces:
        while joined and piece:
            match = _AUTHORITY.match(piece)
            if not match or not (_LEGAL.search(match[0]) or match.end() == len(piece)):
                break
            joined[-1] += f" {match[0].strip()}"
            piece = piece[match.end() :].strip()
        if piece:
            joined.append(piece)
    return joined
