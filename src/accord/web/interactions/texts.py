"""What people write in their own words: is it kept clean, and where stands what it may not hold or should not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from accord.decision import Finding, Say
from accord.facts import Narrative
from accord.rules import immigration, narratives
from accord.rules.wording import Mark
from accord.web.people.models import School
from accord.web.students.models import Student

OWN_WORDS = ("narrative", "kept_because", "late_reason", "reason", "note", "follow_up_note")
"""Fields of contacts, corrections and reviews that hold free text."""


@dataclass(frozen=True)
class Part:
    """A stretch of a text. `kind` says what stands there, "" where nothing was found."""

    words: str
    kind: str = ""


def clean(texts: Mapping[str, object]) -> Iterator[Finding]:
    """For each text, whether it may be stored at all. Fields that hold no text are passed over."""
    for field in OWN_WORDS:
        if text := texts.get(field):
            yield replace(immigration.text_is_clean(str(text)), field=field)


def names_nobody(narrative: Narrative, *, school: School, on: date) -> tuple[Finding, Finding]:
    """Does the narrative leave out names and numbers, or say why they stay? The school's own roster is looked at."""
    names = narratives.names_left_out(narrative)
    if names.met and not narrative.kept_because.strip() and on_roster(narrative.text, school, on=on):
        names = narratives.names_left_out(replace(narrative, text=_SOMEBODY))
    return names, narratives.identifiers_left_out(narrative)


def no_names(texts: Mapping[str, str], *, school: School, on: date) -> Iterator[Finding]:
    """For each text beside the narrative, by its field: does it name nobody? A name has no reason to stay in these."""
    for field, text in texts.items():
        if text.strip():
            for one in names_nobody(Narrative(text), school=school, on=on):
                yield replace(one, field=field, reason=one.reason if one.met else _OUT)


_OUT = Say("Tell people by their part, and leave out what leads to one of them: it may not stay in this text.")
_SOMEBODY = "Mr. Jones"
"""Stands for a name that only the roster knows, so that the rule on names answers in its own words."""


def on_roster(text: str, school: School, *, on: date) -> tuple[Mark, ...]:
    """Where a text names a student enrolled at the school, in any spelling of case and accents. One query."""
    if not text.strip():
        return ()
    rows = Student.objects.enrolled(on).filter(school=school).exclude(family_name="")
    names = (f"{given} {family}" for given, family in rows.values_list("given_name", "family_name"))
    known = narratives.roster_names(list(names))
    usual = set(narratives.find_names(text))
    return tuple(mark for mark in narratives.find_names(text, known) if mark not in usual)


def needs_reason(narrative: Narrative, *, school: School, on: date) -> bool:
    """Does the narrative hold a name or number that stays only for a reason?"""
    return not all(one.met for one in names_nobody(replace(narrative, kept_because=""), school=school, on=on))


def may_stay(parts: Iterable[Part]) -> bool:
    """May something marked stay for a reason? A name or a number may; what tells of immigration never."""
    return {part.kind for part in parts if part.kind} != {"immigration"}


def marked(text: str, roster: tuple[Mark, ...] = ()) -> list[Part]:
    """A text in parts, those marked that a person should look at. Read from what was sent, and kept nowhere."""
    parts, end = [], 0
    for mark in sorted([*narratives.check(text), *roster]):
        if mark.start < end:
            continue
        parts += [Part(text[end : mark.start]), Part(text[mark.start : mark.end], mark.kind)]
        end = mark.end
    return [part for part in [*parts, Part(text[end:])] if part.words]
