"""May staff let immigration enforcement in, or tell them anything? Who may look over what was done? Default: no."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accord import clauses
from accord.decision import Finding, Say, implements
from accord.facts.immigration import (
    Area,
    Clearing,
    Demand,
    EnforcementRequest,
    EnforcementReview,
    Known,
    Paper,
    PledgeSigning,
    StaffMay,
    Wanted,
)

_ALLOWED = (StaffMay.AS_PAPER_SAYS, StaffMay.LIKE_ANYONE)

NO_PAPER = Say("Without paper signed by a judge of a court, nobody may open the door or tell anything.")
ADMINISTRATIVE = Say(
    "An officer of the agency signs such paper, or an immigration judge, who is no judge of a court. It opens no "
    "door and no record."
)
LOOK = Say("Somebody has to look at the paper first: until then it counts as none.")
UNSIGNED = Say("Paper that no judge of a court signed opens nothing, whatever it is called.")
OUTSIDE = Say("The paper does not name this, so it does not open it.")
SIGNED_UNSURE = Say(
    "Nobody knows yet whether a judge of a court signed it. Call the Superintendent and counsel; they read it."
)
COVERS_UNSURE = Say("Nobody knows yet whether the paper names this. Call the Superintendent and counsel; they read it.")
COUNSEL_READS = Say("The Superintendent and counsel read such paper first, and may contest it in court.")
WARRANT = Say(
    "A judge of a court signed the warrant and it names this: stand aside, follow it to the letter and no further. "
    "Call the Superintendent and counsel first if there is time."
)
CLEARED = Say("The Superintendent, with counsel, said that the paper binds the district: do what it says, no more.")
PUBLIC_PLACE = Say("Where anyone may stand they may stand too. Nothing else opens by that.")
MODEL_POLICY = Say(
    "On that day the law left it to the district's policy: staff wait for the Superintendent and counsel."
)
HELP = Say(
    "An officer of the schools lends no hand: no asking, no holding, no pointing out, no door. Only paper signed "
    "by a judge of a court can change that, and the Superintendent says so first."
)
PRESENCE = Say("They ask for nothing yet. Watch, write down, call. What they ask for next is answered on its own.")


@dataclass(frozen=True)
class Answer:
    """What staff may do about one demand, and why."""

    demand: Demand
    may: StaffMay
    finding: Finding


def answer(demand: Demand, *, on: date) -> Answer:
    """What may staff do about this demand on this day? The one place that asks the clause the demand falls under."""
    judge = bool(clauses.parameter("immigration.judge-paper-for-entry", on=on).value)
    if demand.wanted is Wanted.INFORMATION:
        may, say, clause = *_information(demand), "immigration.information"
    elif demand.wanted is Wanted.OFFICER_HELP:
        may, say, clause = *_officer_help(demand), "immigration.officer-help"
    elif demand.wanted is Wanted.PRESENCE:
        may, say, clause = StaffMay.LIKE_ANYONE, PRESENCE, "immigration.entry"
    else:
        may, say, clause = *_entry(demand, judge_paper=judge), "immigration.entry"
    return Answer(demand, may, Finding(clause, may in _ALLOWED, say))


@implements("immigration.entry")
def may_enter(demand: Demand, *, judge_paper: bool) -> Finding:
    """May staff let them in? `judge_paper`: does the law of the day ask for paper that a judge signed?"""
    may, say = _entry(demand, judge_paper=judge_paper)
    return Finding("immigration.entry", may in _ALLOWED, say)


def _entry(demand: Demand, *, judge_paper: bool) -> tuple[StaffMay, Say]:
    if demand.area is Area.PUBLIC:
        return StaffMay.LIKE_ANYONE, PUBLIC_PLACE
    may, say = _by_paper(demand)
    if may is StaffMay.NO and not judge_paper:
        return StaffMay.AFTER_COUNSEL, MODEL_POLICY
    return may, say


@implements("immigration.information")
def may_tell(demand: Demand) -> Finding:
    """May staff tell or hand over anything about a student, a family or a household?"""
    may, say = _information(demand)
    return Finding("immigration.information", may in _ALLOWED, say)


def _information(demand: Demand) -> tuple[StaffMay, Say]:
    """There is always time to call about a record, so even a warrant is read by counsel first."""
    may, say = _by_paper(demand)
    if may is StaffMay.AS_PAPER_SAYS and demand.cleared is not Known.YES:
        return StaffMay.AFTER_COUNSEL, COUNSEL_READS
    return may, say


@implements("immigration.officer-help")
def may_help(demand: Demand) -> Finding:
    """May the school resource officer help? Only with paper of a court that the Superintendent cleared."""
    may, say = _officer_help(demand)
    return Finding("immigration.officer-help", may in _ALLOWED, say)


def _officer_help(demand: Demand) -> tuple[StaffMay, Say]:
    may, say = _information(demand)
    return (may, HELP) if may is StaffMay.NO else (may, say)


def _by_paper(demand: Demand) -> tuple[StaffMay, Say]:
    """What a paper opens. Each thing that is not known stops here, and is never taken for yes."""
    paper = demand.paper
    if paper in (Paper.NONE, Paper.NOT_KNOWN):
        return StaffMay.NO, NO_PAPER if paper is Paper.NONE else LOOK
    if not paper.judicial:
        return StaffMay.NO, ADMINISTRATIVE
    if demand.signed is Known.NO or demand.covers is Known.NO:
        return StaffMay.NO, UNSIGNED if demand.signed is Known.NO else OUTSIDE
    if demand.signed is not Known.YES:
        return StaffMay.AFTER_COUNSEL, SIGNED_UNSURE
    if demand.covers is not Known.YES:
        return StaffMay.AFTER_COUNSEL, COVERS_UNSURE
    if demand.cleared is Known.NO:
        return StaffMay.AFTER_COUNSEL, COUNSEL_READS
    if paper is Paper.JUDICIAL_WARRANT:
        return StaffMay.AS_PAPER_SAYS, WARRANT
    if demand.cleared is Known.YES:
        return StaffMay.AS_PAPER_SAYS, CLEARED
    return StaffMay.AFTER_COUNSEL, COUNSEL_READS


@implements("immigration.first-report")
def first_report_stands(request: EnforcementRequest) -> Finding:
    """Does a first report say what is wanted? Everything else can follow."""
    clause = "immigration.first-report"
    if not request.wanted:
        return Finding(clause, False, Say("Say what they want; “Nothing yet” is an answer."), "wanted")
    return Finding(clause, True, Say("Says what is wanted. The rest can follow."), "wanted")


@implements("immigration.version-reason")
def says_why(reason: str) -> Finding:
    """Does a later version say why it was filed?"""
    met = bool(reason.strip())
    say = Say("Says why.") if met else Say("Say why you file this version: to tell more, or to correct what.")
    return Finding("immigration.version-reason", met, say, "reason")


_ASKED = {
    "came_at": Say("when they came"),
    "officers": Say("the officers' names, or that they gave none"),
    "badges": Say("badge numbers or credentials, or that none were shown"),
    "agency": Say("the agency"),
    "supervisor_phone": Say("their supervisor's telephone, or that it was refused"),
    "reason_stated": Say("the reason they gave"),
    "paper": Say("which paper was shown"),
    "staff": Say("who on the staff spoke with them"),
    "asked_for": Say("what exactly was asked for"),
    "response": Say("what the school answered"),
    "further_acts": Say("what they did then"),
    "entered": Say("whether they got in"),
    "informed": Say("whether anything was told"),
    "officer_helped": Say("whether the school resource officer helped"),
    "present": Say("whether they were on the site"),
    "about_family": Say("whether they asked about somebody at the school"),
}
_OF_PAPER = {
    "issuing_authority": Say("who issued the paper"),
    "signed": Say("whether a judge of a court signed it"),
    "scope": Say("what the paper names"),
}


@implements("immigration.complete")
def is_complete(request: EnforcementRequest) -> Finding:
    """Does the entry hold everything that is asked of one? The first thing that is missing is named."""
    clause = "immigration.complete"
    lacking = missing(request)
    if lacking:
        values = {"count": len(lacking), "first": lacking[0]}
        return Finding(clause, False, Say("Still to be told: {count}. First: {first}.", values))
    return Finding(clause, True, Say("Holds everything that is asked of an entry."))


def missing(request: EnforcementRequest) -> tuple[Say, ...]:
    """What an entry still lacks, in the order of the form."""
    asked = _ASKED | (_OF_PAPER if request.paper is not Paper.NONE else {})
    lacking = [say for name, say in asked.items() if getattr(request, name) in ("", None, "not_known")]
    if request.entered is Known.YES and not request.entered_where.strip():
        lacking.append(Say("where they got in"))
    if request.entered is Known.NO and Wanted.ENTRY in request.wanted:
        denied = {"denied_by": Say("who refused"), "denial_witness": Say("who saw the refusal")}
        lacking += [say for name, say in denied.items() if not getattr(request, name).strip()]
    return tuple(lacking)


def opened(request: EnforcementRequest, cleared: Known, *, on: date) -> tuple[Answer, ...]:
    """What was opened although staff might not open it: for the reviewer to look at."""
    happened = {
        Wanted.ENTRY: request.entered is Known.YES,
        Wanted.INFORMATION: request.informed is Known.YES,
        Wanted.OFFICER_HELP: request.officer_helped is Known.YES,
    }
    paper = (request.paper, request.signed, request.covers, request.area, cleared)
    held = (answer(Demand(wanted, *paper), on=on) for wanted, done in happened.items() if done)
    return tuple(one for one in held if not one.finding.met)


@implements("immigration.reviewer")
def may_review(review: EnforcementReview) -> Finding:
    """Is the reviewer someone other than the author, and no school resource officer?"""
    clause = "immigration.reviewer"
    if review.is_officer:
        return Finding(clause, False, Say("A school resource officer never reviews such a request."))
    if not review.author or not review.reviewer or review.author == review.reviewer:
        return Finding(clause, False, Say("Whoever filed it does not review it. A second person does."))
    return Finding(clause, True, Say("Reviewed by a second person who is no officer."))


def no_officer(is_officer: bool) -> Finding:
    """Is this person no school resource officer? The same clause keeps officers from papers as from reviews."""
    return may_review(EnforcementReview("whoever filed it", "whoever reads it", is_officer))


@implements("immigration.clearance")
def may_clear(clearing: Clearing) -> Finding:
    """May it be put on file that a paper binds? That takes the paper, a judge and a reason; the opposite a reason."""
    clause = "immigration.clearance"
    if clearing.is_officer:
        return Finding(clause, False, Say("A school resource officer never says so."))
    if clearing.binds and (not clearing.paper.judicial or clearing.signed is not Known.YES):
        return Finding(clause, False, Say("The entry shows no paper that a judge of a court signed."))
    if clearing.binds and not clearing.on_file:
        return Finding(clause, False, Say("Put a copy of the paper on file first."))
    if not clearing.why.strip():
        return Finding(clause, False, Say("Say who of counsel read it, and what it asks for."), "why")
    return Finding(clause, True, Say("Rests on what counsel read."))


@implements("immigration.acknowledgement")
def may_sign(signing: PledgeSigning) -> Finding:
    """Does the signature show that an officer in service signed?"""
    clause = "immigration.acknowledgement"
    if not signing.serves:
        return Finding(clause, False, Say("Only a school resource officer in service signs this."))
    if not signing.own_name:
        return Finding(clause, False, Say("Type your name as it stands above."), "signature")
    if not signing.authenticated:
        return Finding(clause, False, Say("The password is not yours. Type it again."), "password")
    return Finding(clause, True, Say("Signed by an officer in service."))


def answers(demands: Iterable[Demand], *, on: date) -> tuple[Answer, ...]:
    """What staff may do about each of several demands."""
    return tuple(answer(one, on=on) for one in demands)
