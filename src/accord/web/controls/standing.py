"""Where each control stands on a day: looks up its rule, hands it the facts and the numbers of that day.

Nothing is stored: a standing is worked out anew from what is on file, so that it changes with the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from accord import clauses
from accord.clauses import Parameter
from accord.decision import Say
from accord.rules import controls as rule
from accord.rules.controls import Standing
from accord.web.controls import public, records, register
from accord.web.controls.records import Records
from accord.web.controls.register import Control
from accord.web.duties import facts as duties
from accord.web.policies import catalogues
from accord.web.reports import standing as reports


@dataclass(frozen=True)
class Day:
    """The day a standing is about (`on`), and the day at whose end the file is looked at (`known_on`)."""

    on: date
    known_on: date

    def number(self, parameter: str) -> int:
        return int(clauses.parameter(parameter, on=self.on).value)

    @property
    def due_days(self) -> int:
        return self.number("controls.due-within")

    @property
    def months(self) -> int:
        return self.number("controls.look-back")

    @property
    def review_days(self) -> int:
        return self.number("interactions.review-within")


Ask = Callable[[Control, Records, Day], Standing]


def _holding(control: Control, found: Records, day: Day) -> rule.OnFile:
    evidence = found.evidence(control.obligation.id, known_on=day.known_on)
    return rule.OnFile(control.kept, evidence, control.items)


def _on_file(control: Control, found: Records, day: Day) -> Standing:
    months = day.number(control.cadence) if control.cadence else None
    return rule.on_file(_holding(control, found, day), on=day.on, due_days=day.due_days, cadence_months=months)


def _officers_work(control: Control, found: Records, day: Day) -> Standing:
    contacts = found.contacts(day.known_on)
    return rule.officers_work(contacts, on=day.on, months=day.months, review_days=day.review_days)


def _restorative(control: Control, found: Records, day: Day) -> Standing:
    return rule.restorative_first(found.contacts(day.known_on), on=day.on, months=day.months)


def _force(control: Control, found: Records, day: Day) -> Standing:
    contacts = found.contacts(day.known_on)
    return rule.force_reviewed(contacts, on=day.on, months=day.months, review_days=day.review_days)


def _report(control: Control, found: Records, day: Day) -> Standing:
    return reports.due(_reports(control, found, day), on=day.on)


def _sections(control: Control, found: Records, day: Day) -> Standing:
    return rule.report_sections(_reports(control, found, day), on=day.on, sections=control.sections)


def _as_necessary(control: Control, found: Records, day: Day) -> Standing:
    months = day.number("controls.plan-review")
    found_reports = _reports(control, found, day)
    return rule.as_necessary(found_reports, on=day.on, due_days=day.due_days, cadence_months=months)


def _reports(control: Control, found: Records, day: Day) -> rule.Reports:
    return rule.Reports(found.editions, found.evidence(control.obligation.id, known_on=day.known_on))


def _grant(control: Control, found: Records, day: Day) -> Standing:
    grant = rule.Grant(found.award(known_on=day.known_on), _holding(control, found, day))
    return rule.grant_only(grant, on=day.on, due_days=day.due_days)


def _requests(control: Control, found: Records, day: Day) -> Standing:
    return rule.register_kept(
        found.requests().on(day.on, known_on=day.known_on),
        on=day.on,
        months=day.months,
        review_days=day.number("immigration.review-within"),
        cadence_months=day.number(control.cadence),
        sign_days=day.number("immigration.acknowledge-within"),
        due_days=day.due_days,
    )


def _gate(control: Control, found: Records, day: Day) -> Standing:
    return rule.records_gate(
        found.gate().on(day.on, known_on=day.known_on),
        on=day.on,
        months=day.months,
        answer_days=day.number("controls.request-answered"),
        due_days=day.due_days,
        review_days=day.number("openings.review-within"),
    )


def _passed_on(control: Control, found: Records, day: Day) -> Standing:
    return rule.records_passed_on(
        found.gate().on(day.on, known_on=day.known_on),
        on=day.on,
        months=day.months,
        cadence_months=day.number(control.cadence),
        sign_days=day.number("controls.acknowledge-within"),
        due_days=day.due_days,
    )


def _words(control: Control, found: Records, day: Day) -> Standing:
    return rule.words_only(control.obligation.modality not in ("statement", "intent"))


ASK: dict[str, Ask] = {
    "controls.on-file": _on_file,
    "controls.officers-work": _officers_work,
    "controls.restorative": _restorative,
    "controls.force-reviewed": _force,
    "controls.board-report": _report,
    "controls.report-sections": _sections,
    "controls.as-necessary": _as_necessary,
    "controls.grant-only": _grant,
    "controls.enforcement-register": _requests,
    "controls.records-gate": _gate,
    "controls.records-passed-on": _passed_on,
    "controls.words-only": _words,
}
"""How each rule is handed its facts."""


def standing_of(control: Control, found: Records, day: Day) -> Standing:
    """Where one control stands on a day, what is owed after contacts included."""
    return with_duties(control, ASK[control.rule](control, found, day), found, day)


def with_duties(control: Control, otherwise: Standing, found: Records, day: Day) -> Standing:
    """What the duties that belong to a control make of how it stands otherwise."""
    if not control.duties:
        return otherwise
    tally = duties.tally(found.tasks(), on=day.on, known_on=day.known_on, kinds=control.duties)
    done = rule.duties_done(rule.Followed(otherwise.status, tally), months=day.months)
    both = Say("{otherwise} {tasks}", {"otherwise": otherwise.finding.reason, "tasks": done.finding.reason})
    finding = replace(otherwise.finding, met=done.finding.met, reason=both)
    return Standing(finding, done.status, otherwise.due_on)


def told_of(control: Control, found: Records, on: date) -> Standing:
    """Where one control stands on a day as everyone may know it; what contacts show of it as of the newest report."""
    day = public.as_of(found.editions, on=on)
    if control.rule in public.OVER_CONTACTS:
        return (
            public.told(standing_of(control, found, Day(day, day)), day) if day else public.nothing_told(control.rule)
        )
    otherwise = ASK[control.rule](control, found, Day(on, on))
    if day is None or not control.duties:
        return otherwise
    return public.beside(otherwise, with_duties(control, otherwise, found, Day(day, day)), day)


def standings(*, on: date, contacts: bool = True) -> dict[str, Standing]:
    """Where every obligation of every filed policy stands on a day, by what was on file at its end.

    Twenty queries at most, whatever the rows. `contacts` False tells of contacts what everyone may know.
    """
    obligations = catalogues.everything()
    found, day = records.for_day(obligations, on=on), Day(on, on)
    controls = [register.control(one) for one in obligations.values()]
    return {
        one.obligation.id: standing_of(one, found, day) if contacts else told_of(one, found, on) for one in controls
    }


def numbers_standing(*, on: date) -> tuple[Standing, tuple[Parameter, ...]]:
    """Was every number in use on a day read at its source within a year? With the numbers."""
    used = {one.id for one in clauses.parameters() if one.effective <= on}
    numbers = tuple(clauses.parameter(one, on=on) for one in sorted(used))
    within = int(clauses.parameter("controls.verify-within", on=on).value)
    return rule.parameters_verified(numbers, on=on, within_days=within), numbers


@dataclass(frozen=True)
class Change:
    """A day on which a standing became another: by what was on file that day, and by what is on file now."""

    on: date
    then: Standing
    now: Standing


@dataclass(frozen=True)
class Course:
    """How a control went over a stretch of days: where it stands on the last, and the days its status changed."""

    today: Standing
    changes: tuple[Change, ...]


def course(obligation: str, *, start: date, end: date, contacts: bool = True) -> Course:
    """Work a control out day by day, from what was on file each day; the rows are read once.

    `Change.now` says what the rule makes of the same day with what is on file at `end`: evidence filed late counts
    there for its own days, and on no day before it came in `Change.then`. With `contacts` False a control over contacts
    changes only with the reports, and nothing filed late changes what was told.

    Raises:
        KeyError: for an obligation that no filed policy has.
    """
    obligations = catalogues.everything()
    control = register.control(obligations[obligation])
    found = records.for_days(obligations, until=end)
    days = (start + timedelta(days=number) for number in range((end - start).days + 1))
    if (control.rule in public.OVER_CONTACTS or control.duties) and not contacts:
        told = ((on, told_of(control, found, on)) for on in days)
        return Course(told_of(control, found, end), _changes((on, one, one) for on, one in told))
    worked_out = (
        (on, standing_of(control, found, Day(on, on)), standing_of(control, found, Day(on, end))) for on in days
    )
    return Course(standing_of(control, found, Day(end, end)), _changes(worked_out))


def _changes(days: Iterable[tuple[date, Standing, Standing]]) -> tuple[Change, ...]:
    """The days on which either status is another than the day before; the first day comes first."""
    changes: list[Change] = []
    for on, then, now in days:
        if not changes or (then.status, now.status) != (changes[-1].then.status, changes[-1].now.status):
            changes.append(Change(on, then, now))
    return tuple(changes)


def history(obligation: str, *, start: date, end: date) -> tuple[Change, ...]:
    """The days from `start` to `end`, both included, on which the status changed; `start` itself comes first."""
    return course(obligation, start=start, end=end).changes
