"""The text of a consent: what is read, what is signed and what is stored are this, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils import formats, translation

from accord.facts.records import Capacity, Purpose, RecordKind, SignerRole
from accord.web.interactions.times import district_day
from accord.web.people.models import User
from accord.web.records.consent_words import WORDS, Words
from accord.web.records.consents import Terms
from accord.web.records.models import Copy, Link
from accord.web.records.models_consents import Consent
from accord.web.students.models import Student


@dataclass(frozen=True)
class OnPaper:
    """What is said of a consent that was signed on paper: by which day, filed by whom, compared with what."""

    signed_on: date
    clerk: str
    seen: str


def text(link: Link, terms: Terms, *, language: str, signer: str, paper: OnPaper | None = None) -> str:
    """The whole text in one language, a line for each paragraph; lines of a list begin with a dash.

    Three queries at most.
    """
    words = WORDS[language]
    role, purpose = SignerRole(link.role), terms.purpose or Purpose.OTHER
    lines = [
        words.title,
        words.signer.format(name=signer, role=words.roles[role]),
        words.student.format(name=student_name(link.student, words)),
        words.what,
        *(f"- {one}" for one in records_named(terms.records, language=language).values()),
        words.who.format(party=party_named(terms.party, language=language)),
        words.purpose.format(purpose=words.purposes.get(purpose, "")),
        words.until.format(day=_day(terms.expires_on, language)) if terms.expires_on else words.no_end,
        words.copy_wanted if terms.copy_requested else words.copy_later,
        words.know,
        *(f"- {point}" for point in words.points),
    ]
    if paper:
        lines.append(words.paper.format(day=_day(paper.signed_on, language), clerk=paper.clerk, seen=paper.seen))
    return "\n".join(lines)


def digest(shown: str) -> str:
    """By what a form tells which text it showed."""
    return sha256(shown.encode()).hexdigest()


def student_name(student: Student, words: Words) -> str:
    """The name, where the district keeps names, else the number."""
    name = f"{student.given_name} {student.family_name}".strip()
    return name or words.number.format(number=student.local_id)


def records_named(named: Iterable[str], *, language: str) -> dict[str, str]:
    """Kinds and copies in words, kinds first. One query when a copy is named."""
    given, words = list(named), WORDS[language]
    told = {kind.value: words.kinds[kind] for kind in words.kinds if kind.value in given}
    uids = [one for one in given if one not in set(RecordKind)]
    copies = Copy.objects.filter(uid__in=uids).values_list("uid", "title", "at") if uids else ()
    return told | {
        str(uid): words.copy.format(title=title, day=_day(district_day(at), language)) for uid, title, at in copies
    }


def party_named(party: str, *, language: str) -> str:
    """An account, a class or an agency in words. One query for an account."""
    return parties_named([party], language=language)[party]


def parties_named(parties: Iterable[str], *, language: str) -> dict[str, str]:
    """Each of these in words. One query at most."""
    given, words = set(parties), WORDS[language]
    classes = {one.value: words.classes.get(one, one.label) for one in Capacity}
    uids = [one for one in given if len(one) == 36 and one not in classes]
    accounts = {str(one.uid): words.officer.format(name=one.name) for one in User.objects.filter(uid__in=_uids(uids))}
    return {one: classes.get(one) or accounts.get(one) or words.agency.format(name=one) for one in given}


def _uids(texts: Iterable[str]) -> list[str]:
    return [one for one in texts if one.count("-") == 4 and all(letter in "0123456789abcdef-" for letter in one)]


def _day(day: date, language: str) -> str:
    with translation.override(language):
        return formats.date_format(day, "DATE_FORMAT")


def paragraphs(consent_text: str) -> list[tuple[str, list[str]]]:
    """The text as a page shows it: each paragraph with the list that follows it. No word is added or lost."""
    shown: list[tuple[str, list[str]]] = []
    for line in consent_text.split("\n"):
        if line.startswith("- ") and shown:
            shown[-1][1].append(line[2:])
        else:
            shown.append((line, []))
    return shown


def purpose_named(consent: Consent, *, language: str) -> str:
    """What a consent is for, in words."""
    purposes: Mapping[Purpose, str] = WORDS[language].purposes
    purpose = Purpose(consent.purpose)
    return purposes.get(purpose, purpose.label)
