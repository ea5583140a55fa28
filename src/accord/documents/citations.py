"""Which laws, bills and policies does a text cite, each in one normal form?

"Ed. Code § 49076", "EC 49076" and "section 49076 of the Education Code" are all "Education Code 49076".
What the index of laws does not know keeps `resolved=None`. Nothing is completed by guessing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from accord.documents.laws import title_of
from accord.documents.model import Citation

# Canonical name: the other ways it is written, as patterns. Two-letter forms count only before three digits or more.
_CODES = {
    "Education Code": r"Educa(?:ti|\ufffd)on\s+Code|Ed(?:uc)?\.?\s+Code|E\.?C\.?(?=\s*§?\s*\d{3})",
    "Government Code": r"Government\s+Code|Gov(?:'t|t|’t)?\.?\s+Code|GC(?=\s*§?\s*\d{3})",
    "Penal Code": r"Penal\s+Code|Pen\.?\s+Code|PC(?=\s*§?\s*\d{3})",
    "Welfare and Institutions Code": (
        r"Welfare\s+(?:and|&)\s+Institutions?\s+Code|W\.?\s?(?:&|and)\s?I\.?\s+Code"
        r"|Welf\.?\s+(?:&|and)\s+Inst\.?\s+Code|WIC(?=\s*§?\s*\d{3})"
    ),
    "Health and Safety Code": r"Health\s+(?:and|&)\s+Safety\s+Code|H\.?\s?(?:&|and)\s?S\.?\s+Code|HSC(?=\s*§?\s*\d{3})",
    "Business and Professions Code": (
        r"Business\s+(?:and|&)\s+Professions?\s+Code"
        r"|B\.?\s?&\s?P\.?\s+Code|Bus\.?(?:\s+(?:and|&)\s+Prof\.?)?\s+Code"
    ),
    "Code of Civil Procedure": r"Code\s+of\s+Civil\s+Procedure|Code\s+Civ\.?\s+Proc\.?|CCP(?=\s*§?\s*\d{3})",
    "Public Contract Code": r"Public\s+Contract\s+Code|Pub(?:lic|\.)?\s+Cont(?:ract|\.)?\s+Code|P\.?\s+Cont\.?\s+Code",
    "Public Resources Code": r"Public\s+Resources\s+Code|Pub\.?\s+Res\.?\s+Code",
    "Public Utilities Code": r"Public\s+Utilities\s+Code|Pub\.?\s+Util\.?\s+Code",
    "Military and Veterans Code": (
        r"Military\s+(?:and|&)\s+Veterans?\s+Code"
        r"|M\.?\s?(?:&|and)\s?V\.?\s+Code|Mil\.?\s+(?:&|and)\s+Vet\.?\s+Code"
    ),
    "Revenue and Taxation Code": r"Revenue\s+(?:and|&)\s+Taxation\s+Code|Rev\.?\s+(?:&|and)\s+Tax\.?\s+Code",
    "Food and Agricultural Code": r"Food\s+(?:and|&)\s+Agricultur(?:al|e)\s+Code|F\.?\s?&\s?A\.?\s+Code",
    "Streets and Highways Code": r"Streets\s+(?:and|&)\s+Highways\s+Code",
    "Unemployment Insurance Code": r"Unemployment\s+Insurance\s+Code|Unemp\.?\s+Ins\.?\s+Code",
    "Vehicle Code": r"Vehicle\s+Code|Veh\.?\s+Code|VC(?=\s*§?\s*\d{3})",
    "Labor Code": r"Labor\s+Code|Lab\.?\s+Code",
    "Family Code": r"Family\s+Code|Fam\.?\s+Code",
    "Civil Code": r"Civil\s+Code|Civ\.?\s+Code",
    "Elections Code": r"Elections?\s+Code|Elec\.?\s+Code",
    "Insurance Code": r"Insurance\s+Code|Ins\.?\s+Code",
    "Evidence Code": r"Evidence\s+Code|Evid\.?\s+Code",
    "Probate Code": r"Probate\s+Code|Prob\.?\s+Code",
    "Corporations Code": r"Corporations?\s+Code|Corp\.?\s+Code",
    "Financial Code": r"Financial\s+Code|Fin\.?\s+Code",
    "Water Code": r"Water\s+Code|Wat\.?\s+Code",
    "Fish and Game Code": r"Fish\s+(?:and|&)\s+Game\s+Code",
}
_NAMES = list(_CODES)
_MARK = r"(?:\s*,?\s*(?:§§?|[Ss]ec(?:ti|\ufffd)ons?|[Ss]ecs?\.|[Ss]ect\.))?\s*"
_LETTERED = r"[a-z]{0,2}(?:(?<=[a-z])-\d{1,2}[a-z]?(?!\d))?"
"""What may follow the digits of a section: "1232g", "2000h-2", "3796dd-8"."""
_NUMBER = rf"(?:\d{{1,3}}[A-Z]-\d{{1,4}}|\d{{1,6}}(?:\.\d+)*{_LETTERED})(?![A-Za-z0-9])"
_SUBS = r"(?:\s?\([0-9A-Za-z]{1,4}\))*"
_RANGE = rf"(?:\s*[-–—]\s*\d{{1,6}}(?:\.\d+)*{_LETTERED}(?![A-Za-z]))?"
_ITEM = rf"{_NUMBER}{_SUBS}{_RANGE}"
_NEXT = r"(?:\s*,\s*(?:and\s+|or\s+|&\s*)?|\s+(?:and|or|&|to|through|thru)\s+)(?:§§?\s*|[Ss]ec(?:ti|\ufffd)ons?\s+)?"
_MORE = rf"(?:{_NEXT}(?=\d{{3,6}}|\d+\.\d)(?!\d+\s*(?:U\.?\s?S|C\.?\s?[FC]|Ops|F\.)){_ITEM})*"
_LIST = rf"{_ITEM}{_MORE}(?:\s+et\.?\s+seq\.?)?"
_REGISTERS = r"U\.?\s?S\.?\s?C\.?(?:A\.)?|U\.S\.\s+Code|C\.?\s?F\.?\s?R\.?|C\.?\s?C\.?\s?R\.?"

_CITE = re.compile(
    "|".join(
        [
            r"\b(?:(?:California|Calif\.|Cal\.?|CA)\s+)?(?:"
            + "|".join(f"(?P<c{number}>{pattern})" for number, pattern in enumerate(_CODES.values()))
            + rf"){_MARK}(?P<nums>{_LIST})",
            rf"\b(?P<vol>\d{{1,2}})\s*(?P<reg>{_REGISTERS})(?:\s*,?\s*(?:§§?|[Ss]ec(?:ti|\ufffd)ons?|[Ss]ecs?\.))?\s*(?P<part>Parts?\s+)?(?P<rnums>{_LIST})",
            r"\b(?:(?P<breg>California\s+Code\s+of\s+Regulations|Cal\.?\s+Code\s+(?:of\s+)?Regs?\.?|Code\s+of\s+(?:Federal\s+)?Regulations|United\s+States\s+Code)"
            rf",?\s+[Tt]it(?:le|\.)\s+(?P<bvol>\d{{1,2}}),?{_MARK}(?P<bpart>Parts?\s+)?(?P<bnums>{_LIST}))",
            r"\b[Tt]itle\s+(?P<tvol>\d{1,2}),?\s+(?:of\s+the\s+)?(?P<treg>California\s+Code\s+of\s+Regulations|Code\s+of\s+(?:Federal\s+)?Regulations|United\s+States\s+Code)"
            rf",?{_MARK}(?P<tpart>Parts?\s+)?(?P<tnums>{_LIST})",
            rf"\b[Ss]ec(?:ti|\ufffd)ons?\s+(?P<onums>{_LIST})\s+of\s+(?:the\s+)?(?:California\s+|State\s+)?(?P<oname>[A-Z][a-z]+(?:\s+(?:and|of)\s+[A-Z][a-z]+|\s+[A-Z][a-z]+)?\s+Code|Code\s+of\s+Civil\s+Procedure)",
            r"\b(?P<bill>AB|SB|Assembly\s+Bill|Senate\s+Bill)\s*(?:No\.\s*)?(?P<billno>\d{1,4})\b"
            r"(?:\s*\((?:Ch(?:apter|\.)?\s*(?P<chapter>\d+),?\s*)?(?:Stat(?:ute)?s?\.?,?\s*)?(?:of\s+)?(?P<billyear>\d{4})\)|\s+of\s+(?P<ofyear>(?:19|20)\d\d)\b)?",
            r"\b(?P<pol>BP\s?/\s?AR|AR\s?/\s?BP|BP|AR|BB|Board\s+[Pp]olicy|Administrative\s+[Rr]egulation|Board\s+[Bb]ylaw|[Pp]olicy|[Ee]xhibit)\s+"
            r"(?P<polno>\d{3,4}(?:\.\d{1,3})*(?:-?[A-Z]{1,2}(?:-\d+)?)?(?!\d|-\d|/\d)(?:\(\d+\))?|(?<=olicy\s)[A-Z]{3,5}(?:-[A-Z])?\b)",
            r"\b(?P<idaho>Idaho\s+Code|Code\s+of\s+Idaho)[\s,§]*(?P<inums>\d{1,2}-\d{2,5}\w*(?:(?:\s*,\s*|\s+(?:and|to|thru|through)\s+)\d{1,2}-\d{2,5}\w*)*)",
            r"\b[Ss]ec(?:ti|\ufffd)ons?\s+(?P<ionums>\d{1,2}-\d{2,5}\w*),?\s+(?:of\s+)?(?:the\s+)?Idaho\s+Code",
            r"\b(?P<rsa>RSA\s+\d{1,3}(?:-[A-Z])?(?::[\dA-Za-z-]+)?|IDAPA\s+\d[\d.]*\d|I\.C\.\s+\d+(?:\.\d+)?)",
            r"\b(?P<const>(?P<cwho>California|Calif\.|Cal\.|CA|United\s+States|U\.?S\.?)\s+Const(?:itution|\.),?\s+(?P<cart>(?:Article|Art\.|Amendment)\s+[IVX\d]+)(?:,?\s*(?:§|Section|Sec\.)\s*(?P<csec>\d+(?:\.\d+)?))?)",
        ]
    )
)
_LONGEST = 20_000
"""Characters that are looked at in one sentence or reference line."""
_MAY_CITE = re.compile(r"\d|olicy\s+[A-Z]{3}")
_DIGIT = re.compile(r"\d+")
_SPLIT = re.compile(_NEXT)
_SPAN = re.compile(r"\s+(?:to|through|thru)\s+")
_ET_SEQ = re.compile(r"\s+et\.?\s+seq\.?$")
_TIGHT = re.compile(r"\s*[-–—]\s*|\s+(?=\()")
_TITLE = re.compile(r"\s+")
_KINDS = {"USC": "usc", "CFR": "cfr", "CCR": "code"}
_POLICY_WORDS = {
    "board policy": "BP",
    "administrative regulation": "AR",
    "board bylaw": "BB",
    "policy": "Policy",
    "exhibit": "Exhibit",
}


def citations(text: str) -> list[Citation]:
    """Every citation in a text, in order, repeated as often as it is made."""
    text = text[:_LONGEST]
    return list(_found(text)) if _MAY_CITE.search(text) else []


def cite(text: str, kind: str, section: str) -> Citation:
    """A citation in its normal form, resolved against the index of laws."""
    return _cite(text, kind, section)


@lru_cache(maxsize=8192)
def _cite(text: str, kind: str, section: str) -> Citation:
    return Citation(text, kind, section, title_of(text, kind))


def _found(text: str) -> Iterator[Citation]:
    at, digits = 0, [match.start() for match in _DIGIT.finditer(text)]
    last = digits[-1] if digits else len(text)
    while at <= last and (match := _CITE.search(text, at)):
        at = match.end()
        group = match.lastgroup or ""
        found = match.groupdict() if group not in ("nums", "rnums") else None
        if group == "nums":
            number = next(number for number in range(len(_NAMES)) if match.start(f"c{number}") >= 0)
            yield from of_law(_NAMES[number], match["nums"])
        elif group == "rnums":
            yield from of_law(f"{match['vol']} {_register(match['reg'])}", match["rnums"], part=bool(match["part"]))
        elif found:
            yield from _rarer(found)


def _rarer(found: dict[str, str | None]) -> Iterator[Citation]:
    get = {key: value for key, value in found.items() if value}
    for prefix in "bt":
        if f"{prefix}nums" in get:
            law = f"{get[f'{prefix}vol']} {_register(get[f'{prefix}reg'])}"
            yield from of_law(law, get[f"{prefix}nums"], part=f"{prefix}part" in get)
            return
    if "onums" in get:
        name = _TITLE.sub(" ", get["oname"])
        if name in _CODES:
            yield from of_law(name, get["onums"])
    elif "bill" in get:
        yield _bill(get)
    elif "pol" in get:
        words = _TITLE.sub(" ", get["pol"])
        name = _POLICY_WORDS.get(words.lower(), words.replace(" ", "").replace("AR/BP", "BP/AR"))
        yield cite(f"{name} {get['polno']}", "policy", get["polno"])
    elif "idaho" in get or "ionums" in get:
        for number in re.split(r"\s*,\s*|\s+and\s+", get.get("inums") or get["ionums"]):
            span = _SPAN.sub(" to ", number)
            yield cite(f"Idaho Code {span}", "other", span)
    elif "rsa" in get:
        body, _, section = _TITLE.sub(" ", get["rsa"]).partition(" ")
        yield cite(f"{body} {section}", "other", section)
    elif "const" in get:
        who = "United States" if get["cwho"].startswith("U") else "California"
        section = get["cart"].replace("Art.", "Article") + (f", Section {get['csec']}" if "csec" in get else "")
        yield cite(f"{who} Constitution {section}", "other", section)


def of_law(law: str, numbers: str, *, part: bool = False) -> Iterator[Citation]:
    """Citations of one body of law: "Education Code" and "49060, 49061-49063" give two."""
    kind = _KINDS.get(law.rpartition(" ")[2], "code")
    numbers, et_seq = _ET_SEQ.subn("", numbers)
    numbers = _SPAN.sub("-", numbers)
    for piece in _SPLIT.split(numbers):
        section = _TIGHT.sub(lambda match: "" if match[0].isspace() else "-", piece.strip())
        if section:
            section = f"Part {section}" if part else section
            section += " et seq." if et_seq else ""
            yield cite(f"{law} {section}", kind, section)


def _register(written: str) -> str:
    letters = re.sub(r"[^A-Za-z]", "", written).upper()
    if letters.startswith(("US", "UNITED")):
        return "USC"
    if letters in ("CFR", "CODEOFFEDERALREGULATIONS"):
        return "CFR"
    return "CCR"


def _bill(get: dict[str, str]) -> Citation:
    house = "AB" if get["bill"][0] == "A" else "SB"
    text, year = f"{house} {get['billno']}", get.get("billyear") or get.get("ofyear")
    if year and "chapter" in get:
        text += f" (Ch. {get['chapter']}, Statutes of {year})"
    elif year:
        text += f" ({year})"
    return cite(text, "bill", get["billno"])
