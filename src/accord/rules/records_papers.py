"""Where a court's paper stands on its way to a release, and the earliest day of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from accord.decision import Finding, Say, implements
from accord.facts.records import Asked, Numbers, Paper, PaperKind, Request
from accord.rules.records_needs import COURT, SEALED, notice_done, of_court


@dataclass(frozen=True)
class Received:
    """A paper about to be put on file: what it is, from which court, for whom, and by what a notice would be barred."""

    paper: Paper
    court: str = ""
    scan: str = ""
    barred_by: str = ""


@dataclass(frozen=True)
class Told:
    """An attempt to tell a parent or a pupil of a paper, on a day in the district."""

    on: date | None = None
    today: date | None = None
    how: str = ""
    barred: bool = False


@dataclass(frozen=True)
class Waiting:
    """A paper on a day, with the number of days that a notice comes before a release."""

    paper: Paper
    on: date
    notice_days: int | None = None


RECEIVED = "records.paper-received"


@implements(RECEIVED)
def is_received(one: Received) -> Finding:
    """Is it said what the paper is, whence it came, whom it names and what it asks for? Is its scan on file?"""
    met = Finding(RECEIVED, True, Say("What the paper is and whence it came is on file."), "court")
    return next(iter(paper_lacks(one)), met)


def paper_lacks(one: Received) -> tuple[Finding, ...]:
    """All that is not said of a paper that arrived, so that nobody learns of it piece by piece."""
    paper, barred = one.paper, bool(one.barred_by.strip())
    lacks = (
        (not one.court.strip(), Say("Say which court or agency issued it."), "court"),
        (paper.issued_on is None, Say("Give the day it was issued."), "issued_on"),
        (not paper.recipient.strip(), Say("Say to whom it tells the school to give the records."), "recipient"),
        (not paper.names_records, Say("Choose the kinds of records it names."), "names_records"),
        (not one.scan, Say("File a scan of the paper."), "file"),
        (
            bool(paper.non_disclosure) and not barred,
            Say("Copy out the words that forbid to tell anyone."),
            "barred_by",
        ),
        (
            paper.notice_excused_by_court and not paper.non_disclosure and not barred,
            Say("Copy out the words by which the court excuses the notice."),
            "barred_by",
        ),
    )
    return tuple(Finding(RECEIVED, False, say, field) for lacking, say, field in lacks if lacking)


@implements("records.paper-told")
def may_tell(one: Told) -> Finding:
    """May this notice of a paper be noted: on a day that has come, with how it was given, and not against a court?"""
    clause = "records.paper-told"
    if one.barred:
        return Finding(clause, False, Say("The court forbids to tell anyone of this paper."), "how")
    if one.on is None or one.today is None or one.on > one.today:
        return Finding(clause, False, Say("Give a day that is not in the future."), "on")
    if not one.how:
        return Finding(clause, False, Say("Say how they were told, or that they could not be reached."), "how")
    return Finding(clause, True, Say("The notice is noted with its day and how it was given."), "how")


@dataclass(frozen=True)
class Telling:
    """A request with a paper, about to be shown to the family. `kind` is None where no paper was put on file.

    `shown`: did whoever asks say that they bring one? `forbids`: does a court, or the agency that issued it, forbid
    telling anyone; None while nobody has said whose word counts: that of whoever asks keeps nothing from the family.
    `told`: was the family told of the paper itself? `endangers`: would telling of the request have put somebody in
    danger, as whoever determined the emergency says? `still`: does it still, as somebody else last found; None while
    nobody was asked.
    """

    kind: PaperKind | None = None
    shown: bool = False
    forbids: bool | None = None
    told: bool = False
    endangers: bool = False
    still: bool | None = None


@implements("records.family-told")
def family_is_told(one: Telling) -> Finding:
    """May the family be told of this request? Whether a paper forbids it is a question until somebody said no."""
    clause, paper = "records.family-told", one.shown or one.kind is not None
    if one.endangers and one.still is not False:
        return Finding(clause, False, Say("Telling of it would put someone in danger."))
    if one.kind is PaperKind.TERRORISM_ORDER or (paper and one.forbids is True):
        return Finding(clause, False, Say("A court forbids telling of it."))
    if paper and one.forbids is None and not one.told:
        return Finding(clause, False, Say("It is not known yet whether the paper forbids telling of it."))
    return Finding(clause, True, Say("Nothing forbids telling the family of it."))


@implements("records.paper-ready")
def is_ready(one: Waiting) -> Finding:
    """Is everything done that a court's paper needs before a release? When not, the first thing that is missing."""
    clause, paper = "records.paper-ready", one.paper
    asked = Asked(Request(paper=paper), one.on, numbers=Numbers(notice_days=one.notice_days))
    if paper.kind not in COURT | SEALED:
        say = "This paper is signed by an agency, not by a judge: it opens no record, and nobody has to obey it."
        return Finding(clause, False, Say(say), "kind")
    if paper.counsel_reviewed_on is None:
        return Finding(clause, False, Say("Counsel has not read it."), "counsel")
    if paper.signed_by_judge is not True:
        return Finding(clause, False, Say("It is not shown that a judge signed it."), "kind")
    if not of_court(asked):
        return Finding(clause, False, Say("It is not in force on this day."), "kind")
    if not paper.names_records:
        return Finding(clause, False, Say("No copy was checked against it and found named."), "scope")
    if paper.objection_pending:
        return Finding(clause, False, Say("An objection is pending."), "objection")
    if paper.non_disclosure is not True and not notice_done(asked, paper):
        return Finding(clause, False, _notice_missing(paper, earliest(paper, one.notice_days)), "told")
    return Finding(clause, True, Say("All that this paper needs before a release is done."), "told")


def _notice_missing(paper: Paper, day: date | None) -> Say:
    if paper.parent_told_on is None:
        return Say("The parent was not told of it.")
    if paper.pupil_told_on is None:
        return Say("The pupil was not told of it.")
    if day is None:
        return Say("It is not known how long before a release the family is told.")
    return Say("The family was told; nothing is released before {day}.", {"day": day})


def earliest(paper: Paper, notice_days: int | None) -> date | None:
    """The first day on which a release would keep the notice; None while it is not known.

    A paper whose notice a court forbids or excuses waits for no notice: then this is the day counsel read it.
    """
    if paper.non_disclosure is True or paper.notice_excused_by_court:
        return paper.counsel_reviewed_on
    if notice_days is None or paper.parent_told_on is None or paper.pupil_told_on is None:
        return None
    return max(paper.parent_told_on, paper.pupil_told_on) + timedelta(days=notice_days)
