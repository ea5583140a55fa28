"""The rules about why one person was stopped, and what is told about it."""

from __future__ import annotations

import re

from accord.decision import Finding, Say, implements
from accord.facts.stop_codes import EdCodeSection, ReasonGiven, StopReason
from accord.facts.stops import PersonStopped, Reason

_WITH_DETAILS = {StopReason.SUSPICION, StopReason.PROBABLE_CAUSE}
_WITH_OFFENCE = {StopReason.TRAFFIC, *_WITH_DETAILS}

_OF_SUSPICION = frozenset(code for code in ReasonGiven if 4 <= int(code) <= 14)
_FITTING: dict[StopReason, frozenset[ReasonGiven]] = {
    StopReason.TRAFFIC: frozenset({ReasonGiven.MOVING, ReasonGiven.EQUIPMENT, ReasonGiven.NON_MOVING}),
    StopReason.SUSPICION: _OF_SUSPICION - {ReasonGiven.PROBABLE_CAUSE},
    StopReason.SUPERVISION: frozenset({ReasonGiven.SUPERVISION}),
    StopReason.WARRANT: frozenset({ReasonGiven.WARRANT}),
    StopReason.TRUANCY: frozenset({ReasonGiven.TRUANCY}),
    StopReason.CONSENSUAL: frozenset({ReasonGiven.CONSENSUAL}),
    StopReason.EDUCATION_CODE: frozenset({ReasonGiven.EDUCATION_CODE}),
    StopReason.SCHOOL_POLICY: frozenset({ReasonGiven.SCHOOL_POLICY}),
    StopReason.PROBABLE_CAUSE: _OF_SUSPICION,
    StopReason.PSYCHIATRIC: frozenset({ReasonGiven.PSYCHIATRIC}),
}

_PRIVATE = (
    ("an e-mail address", re.compile(r"[\w.+-]+@[\w-]+\.\w")),
    ("a social security number", re.compile(r"(?<!\d)\d{3}[- ]\d{2}[- ]\d{4}(?!\d)")),
    ("a telephone number", re.compile(r"(?<!\d)(?:\(\d{3}\)\s?|\d{3}[-. ])\d{3}[-. ]\d{4}(?!\d)")),
    ("a date of birth", re.compile(r"\b(?:dob|d\.o\.b\.|date of birth|born(?: on)?)\W{0,3}\d", re.IGNORECASE)),
    ("a driver license number", re.compile(r"\b[A-Z]\d{7}\b")),
    ("a long number", re.compile(r"(?<!\d)\d{7,}(?!\d)")),
)


@implements("stops.one-reason")
def one_reason(person: PersonStopped) -> Finding:
    """Is there a main reason for the stop? The record holds no more than one."""
    met = person.reason.code is not None
    say = Say("Give the one main reason for the stop.")
    return Finding("stops.one-reason", met, Say("There is one reason.") if met else say, "reason.code")


@implements("stops.reason-detail")
def reason_has_its_details(person: PersonStopped) -> Finding:
    """Does the reason carry what belongs to it, and nothing that belongs to another?"""
    clause, reason = "stops.reason-detail", person.reason
    for missing, field, say in _needed(reason):
        if missing:
            return Finding(clause, False, say, f"reason.{field}")
    for misplaced, field in _misplaced(reason):
        if misplaced:
            return Finding(clause, False, Say("This belongs to another reason for the stop."), f"reason.{field}")
    return Finding(clause, True, Say("The reason has its details."), "reason.code")


def _needed(reason: Reason) -> tuple[tuple[bool, str, Say], ...]:
    code, section = reason.code, reason.ed_section
    ed_code = code is StopReason.EDUCATION_CODE
    return (
        (
            code is StopReason.TRAFFIC and reason.traffic_type is None,
            "traffic_type",
            Say("A traffic violation: say of which kind."),
        ),
        (
            code in _WITH_DETAILS and not reason.details,
            "details",
            Say("Suspicion or probable cause: say what it rested on."),
        ),
        (code in _WITH_OFFENCE and not reason.offence, "offence", Say("Give the code of the suspected offense.")),
        (ed_code and section is None, "ed_section", Say("Give the section of the Education Code.")),
        (
            ed_code and section is EdCodeSection.S48900 and reason.ed_subdivision is None,
            "ed_subdivision",
            Say("Section 48900: give the subdivision."),
        ),
    )


def _misplaced(reason: Reason) -> tuple[tuple[bool, str], ...]:
    code = reason.code
    return (
        (reason.traffic_type is not None and code is not StopReason.TRAFFIC, "traffic_type"),
        (bool(reason.details) and code not in _WITH_DETAILS, "details"),
        (bool(reason.offence) and code not in _WITH_OFFENCE, "offence"),
        (reason.ed_section is not None and code is not StopReason.EDUCATION_CODE, "ed_section"),
        (reason.ed_subdivision is not None and reason.ed_section is not EdCodeSection.S48900, "ed_subdivision"),
    )


@implements("stops.narrative")
def narrative_stands(person: PersonStopped, *, longest_text: int) -> Finding:
    """Is the reason told in words, and in no more than allowed? In characters."""
    text = person.reason.narrative.strip()
    if not text:
        return Finding(
            "stops.narrative", False, Say("Tell in your words why the person was stopped."), "reason.narrative"
        )
    met = len(text) <= longest_text
    say = Say("Tell it in {longest} characters; these are {length}.", {"longest": longest_text, "length": len(text)})
    return Finding("stops.narrative", met, Say("The reason is told.") if met else say, "reason.narrative")


@implements("stops.narrative-private")
def narrative_names_nobody(person: PersonStopped) -> Finding:
    """Are the texts free of numbers and addresses that identify someone? Names are looked for elsewhere."""
    for field, text in (
        ("reason.narrative", person.reason.narrative),
        ("search_explanation", person.search_explanation),
    ):
        for what, pattern in _PRIVATE:
            if pattern.search(text):
                say = Say("Take {what} out: the text may identify nobody.", {"what": Say(what)})
                return Finding("stops.narrative-private", False, say, field)
    return Finding("stops.narrative-private", True, Say("No number or address identifies someone."), "reason.narrative")


@implements("stops.reason-given")
def reason_given_explained(person: PersonStopped, *, why_words: tuple[str, ...]) -> Finding:
    """Is it said what the person was told; and where that was not the reason, does the narrative say why?"""
    clause, reason = "stops.reason-given", person.reason
    if not reason.given:
        return Finding(clause, False, Say("Say which reason the person was told."), "reason.given")
    untold = ReasonGiven.NOT_COMMUNICATED in reason.given
    fits = reason.code is None or bool(_FITTING[reason.code] & set(reason.given))
    if (untold or not fits) and not says_one_of(reason.narrative, why_words):
        say = Say("The person was told another reason, or none. Say in the narrative why: “because …”.")
        return Finding(clause, False, say, "reason.narrative")
    return Finding(
        clause, True, Say("What the person was told agrees with the reason, or is explained."), "reason.given"
    )


def says_one_of(text: str, words: tuple[str, ...]) -> bool:
    """Does the text hold one of the words or phrases, whole and in any case?"""
    return any(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) for word in words)
