"""Do the papers of the program stand, and did every copy of a student's record go on a ground, written down?"""

from __future__ import annotations

from datetime import date, timedelta

from accord.decision import Say, implements
from accord.facts import Status
from accord.facts.records import Agreement
from accord.facts.records_gate import RecordsGate, RequestAnswered
from accord.rules.controls_register import last_day
from accord.rules.controls_standing import Standing, add_months, standing
from accord.rules.openings import reviewed_in_time


@implements("controls.records-gate")
def records_gate(
    gate: RecordsGate, *, on: date, months: int, answer_days: int, due_days: int, review_days: int
) -> Standing:
    """Is every request answered in time, every copy let go on a ground and in the log, and are the papers in force?
    Did somebody look over who opened records, week by week?

    Look-back in `months`; a request is answered within `answer_days`; a notice turns due `due_days` before its end; a
    week is looked over within `review_days`.
    """
    clause = "controls.records-gate"
    recent = _recent(gate, on, months)
    gone, bare = sum(one.let_go for one in recent), sum(one.bare for one in recent)
    if bare:
        values = {"gone": gone, "bare": bare, "months": months}
        say = Say("Of {gone} copies let go in {months} months, without a ground or a line in the log: {bare}.", values)
        return standing(clause, Status.NOT_MET, say)
    waits = _waiting(clause, recent, on, answer_days)
    if waits is not None and waits.status is Status.NOT_MET:
        return waits
    if unseen := _unseen(clause, gate, on, review_days):
        return unseen
    lacks = _notice_lacks(clause, gate, on, due_days) or _terms_lack(clause, gate, on)
    if lacks is not None and lacks.status is not Status.DUE:
        return lacks
    ends = max(one.ends_on for one in gate.notices if one.ends_on)
    say = Say(
        "Annual notice until {ends}. Requests in {months} months: {all}, all answered; copies let go: {gone}, each on "
        "a ground and in the log.",
        {"ends": ends, "months": months, "all": len(recent), "gone": gone},
    )
    return waits or lacks or standing(clause, Status.MET, say, ends)


def _recent(gate: RecordsGate, on: date, months: int) -> list[RequestAnswered]:
    return [one for one in gate.requests if add_months(on, -months) < one.asked_on <= on]


def _waiting(clause: str, requests: list[RequestAnswered], on: date, answer_days: int) -> Standing | None:
    waiting = [one for one in requests if one.settled_on is None]
    if not waiting:
        return None
    limit = min(one.asked_on for one in waiting) + timedelta(days=answer_days)
    say = Say("Requests for records waiting for a decision: {waiting}. The first is due on {limit}.")
    status = Status.NOT_MET if limit < on else Status.DUE
    return standing(clause, status, Say(say.template, {"waiting": len(waiting), "limit": limit}), limit)


def _unseen(clause: str, gate: RecordsGate, on: date, review_days: int) -> Standing | None:
    """The weeks whose looks at records nobody looked over in time; None where there is no such week."""
    found = [reviewed_in_time(one, on=on, review_days=review_days) for one in gate.weeks if one.last_day < on]
    late = [one for one in found if one.status is Status.NOT_MET]
    if not late:
        return None
    first = min(one.due_on for one in late if one.due_on)
    say = Say(
        "Weeks of looks at records that nobody, or no second person, looked over in time: {late}. First due: {first}.",
        {"late": len(late), "first": first},
    )
    return standing(clause, Status.NOT_MET, say, first)


def _notice_lacks(clause: str, gate: RecordsGate, on: date, due_days: int) -> Standing | None:
    """What is wrong with the annual notice; None when it is in force for longer than `due_days`."""
    ends = [one.ends_on for one in gate.notices if one.given_on and one.given_on <= on and one.ends_on]
    if not ends:
        say = Say("No evidence: no annual notice to parents is on file with the days it counts for.")
        return standing(clause, Status.NO_EVIDENCE, say)
    last = max(ends)
    if last < on:
        return standing(clause, Status.NOT_MET, Say("The annual notice ran out on {last}.", {"last": last}), last)
    if last - on <= timedelta(days=due_days):
        return standing(clause, Status.DUE, Say("The annual notice runs out on {last}.", {"last": last}), last)
    return None


def _with_officers(gate: RecordsGate, on: date) -> list[Agreement]:
    """Agreements in force under which officers work at school."""
    return [
        one
        for one in gate.agreements
        if one.school_function is True
        and one.signed_on is not None
        and one.signed_on <= on
        and (one.ends_on is None or on <= one.ends_on)
    ]


def _terms_lack(clause: str, gate: RecordsGate, on: date) -> Standing | None:
    """What the agreements leave open: whether the district keeps control, and whether they bind to limits of use."""
    found = _with_officers(gate, on)
    if not found:
        say = Say("No evidence: no agreement in force is on file that says what officers do for the school.")
        return standing(clause, Status.NO_EVIDENCE, say)
    if any(one.use_limits is False for one in found):
        say = Say("An agreement binds officers to no limits of use and passing on.")
        return standing(clause, Status.NOT_MET, say)
    if any(one.use_limits is None or one.direct_control is None for one in found):
        say = Say("No evidence: an agreement does not say who controls the records, or which limits of use bind.")
        return standing(clause, Status.NO_EVIDENCE, say)
    return None


@implements("controls.records-passed-on")
def records_passed_on(
    gate: RecordsGate, *, on: date, months: int, cadence_months: int, sign_days: int, due_days: int
) -> Standing:
    """Did every officer sign the limits in `cadence_months`, and did nothing reach a third party without a ground?

    A new officer has `sign_days` to sign; an acknowledgement turns due `due_days` before it runs out.
    """
    clause = "controls.records-passed-on"
    passed = [one for one in _recent(gate, on, months) if one.passed_on and one.let_go]
    values = {"passed": len(passed), "months": months}
    if bare := sum(bool(one.bare) for one in passed):
        say = Say("Of {passed} releases meant to be passed on in {months} months, without a ground: {bare}.")
        return standing(clause, Status.NOT_MET, Say(say.template, values | {"bare": bare}))
    if not gate.officers:
        say = Say("No evidence: no officer is assigned, so nobody could sign.")
        return standing(clause, Status.NO_EVIDENCE, say)
    if lacks := _terms_lack(clause, gate, on):
        return lacks
    ends = [last_day(one, cadence_months=cadence_months, sign_days=sign_days) for one in gate.officers]
    first, late = min(ends), sum(end < on for end in ends)
    if late:
        say = Say("Officers whose signed word to keep the limits is not in force: {late} of {all}.")
        return standing(clause, Status.NOT_MET, Say(say.template, {"late": late, "all": len(ends)}), first)
    unsigned = any(one.acknowledged_on is None for one in gate.officers)
    if unsigned or first - on <= timedelta(days=due_days):
        return standing(clause, Status.DUE, Say("An officer has to sign by {first}.", {"first": first}), first)
    say = Say("All {all} officers signed; next on {first}. Releases passed on in {months} months: {passed}.")
    return standing(clause, Status.MET, Say(say.template, values | {"all": len(ends), "first": first}), first)
