"""What follows from an answer: who must be told or do something, and by when."""

from __future__ import annotations

from datetime import timedelta

from accord.decision import Say
from accord.facts.records import Asked, Owed

CUSTODIAN = "custodian"
SUPERINTENDENT = "superintendent"
AT_ONCE = Say("at once")


COPY_OF_CONSENT = (
    Owed(Say("File the consent with the record."), CUSTODIAN, Say("with the release")),
    Owed(Say("Give whoever signed a copy of what was released, if they ask."), CUSTODIAN, Say("on request")),
)
"""The consent is filed with the record; whoever signed gets a copy when they ask."""

HEARING = Owed(Say("Give the parent a copy, and a hearing, if they ask."), CUSTODIAN, Say("on request"))
TRANSFER_TOLD = Owed(Say("Tell the parent of the transfer of records."), CUSTODIAN, Say("before or with the release"))


def parent_of_transfer(asked: Asked) -> tuple[Owed, ...]:
    """The parent learns of a transfer that they neither started nor were told of in the annual notice."""
    if asked.request.parent_started_it or asked.on_file.notice.transfers_announced:
        return (HEARING,)
    return (TRANSFER_TOLD, HEARING)


CONFIDENTIALITY = (Owed(Say("Ask the recipient to agree to keep contact data confidential."), CUSTODIAN, AT_ONCE),)
"""Whoever receives contact data under a court's paper is asked to keep them confidential."""


def court_notice(asked: Asked) -> tuple[Owed, ...]:
    """Parent and pupil must hear of a court's paper before anything is released."""
    paper, days = asked.request.paper, asked.numbers.notice_days
    if paper is None or paper.notice_excused_by_court or days is None:
        return ()
    what = Say("Tell the parent of the paper, who asks and which records.")
    pupil = Say("Tell the pupil of the paper, who asks and which records.")
    due = Say("at least {days} days before the release", {"days": days})
    told = ((what, paper.parent_told_on), (pupil, paper.pupil_told_on))
    return tuple(Owed(words, CUSTODIAN, due) for words, when in told if when is None)


TOLD_OF_EMERGENCY = (
    Owed(Say("Tell the records custodian of the emergency release."), "administrator", AT_ONCE),
    Owed(Say("Tell the Superintendent of the emergency release."), "administrator", AT_ONCE),
    Owed(Say("Review the emergency release."), SUPERINTENDENT, Say("when the emergency is over")),
)


def emergency(asked: Asked) -> tuple[Owed, ...]:
    """Custodian and Superintendent are told at once, the parent within days; afterwards it is looked at again."""
    days, danger = asked.numbers.emergency_notice_days, asked.request.emergency
    if days is None or danger is None or danger.notice_endangers:
        return TOLD_OF_EMERGENCY
    due = Say("by {day}", {"day": asked.on + timedelta(days=days)})
    return (*TOLD_OF_EMERGENCY, Owed(Say("Tell the parent of the emergency release."), CUSTODIAN, due))


def truancy_notice(asked: Asked) -> tuple[Owed, ...]:
    """The parent is told within hours of a release for a truancy case before the court."""
    hours = asked.numbers.truancy_notice_hours
    due = Say("within {hours} hours of the release", {"hours": hours}) if hours is not None else AT_ONCE
    return (Owed(Say("Tell the parent that the records were released for a truancy case."), CUSTODIAN, due),)


def access(asked: Asked) -> tuple[Owed, ...]:
    """A parent or adult student sees the record within business days, with someone who can explain it."""
    days = asked.numbers.access_days
    due = Say("within {days} business days of the request", {"days": days}) if days is not None else AT_ONCE
    return (Owed(Say("Show the record, with qualified staff to explain it."), CUSTODIAN, due),)


FURTHER_DISCLOSERS = (
    Owed(Say("Note to whom the authority may pass the records on."), CUSTODIAN, Say("with the release")),
)
"""An education authority lists to whom it passes the records on."""

DESTRUCTION = (
    Owed(Say("Have the copies destroyed and confirmed."), CUSTODIAN, Say("by the day the agreement states")),
)
"""What was given for a study is destroyed by the stated day."""

SEPARATE_FILE = (
    Owed(
        Say("Keep the notice in a separate file and destroy it."),
        CUSTODIAN,
        Say("when the student turns 18, graduates or leaves the court's jurisdiction, whichever is first"),
    ),
)
"""A court's notice of a finding is kept apart and destroyed in time."""

IMMIGRATION = (
    Owed(Say("Tell the Superintendent of the request for immigration enforcement."), "staff", AT_ONCE),
    Owed(Say("Tell counsel of the request and send the papers shown."), SUPERINTENDENT, AT_ONCE),
    Owed(Say("Tell the parent, unless a court forbids it."), SUPERINTENDENT, AT_ONCE),
    Owed(
        Say("Report the request to the Board without anything that identifies a student."),
        SUPERINTENDENT,
        Say("next regular meeting"),
    ),
    Owed(Say("Write to the Bureau of Children's Justice."), SUPERINTENDENT, Say("after counsel has looked at it")),
)
"""Any request for immigration enforcement goes up at once, and to the Board without names."""
