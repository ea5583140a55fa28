"""A contact in words, line by line, and what differs between two versions of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from accord.facts import (
    Action,
    Coded,
    ConductClass,
    DeEscalation,
    Ground,
    InitiatedBy,
    Kind,
    Outcome,
    PersonKind,
    PersonRole,
    ReferralBasis,
    TriedFirst,
)
from accord.web.base.templatetags.accord import label
from accord.web.interactions import facts, own_stops, stop_words, withheld, words_person
from accord.web.interactions.lines import Line as Line
from accord.web.interactions.lines import labels, when
from accord.web.interactions.models import Person, Version
from accord.web.interactions.places import Place
from accord.web.interactions.recorded import KINDS, is_shown

_WITHHELD = {
    "age": gettext_noop("Age in years"),
    "parent_told_at": gettext_noop("When a parent or guardian was told of the questioning"),
    "notices": gettext_noop("Telling a parent or guardian"),
}


@dataclass(frozen=True)
class Difference:
    """One fact that two versions tell differently."""

    name: str
    before: str
    after: str


def _one(kind: type[Coded], code: str) -> str:
    return label(kind(code)) if code else ""


def _all(kind: type[Coded], codes: Iterable[str]) -> str:
    return labels(kind(code) for code in codes)


def entry(version: Version, reader: str | None = None) -> list[Line]:
    """What was filed about the contact, without its people and its narrative, as far as the reader is shown it."""
    minutes = version.duration_minutes
    rows = [
        Line(_("When"), when(version.occurred_at)),
        Line(_("How long"), ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}),
        Line(_("Where"), _one(Place, version.location)),
        Line(_("Kind of contact"), _one(Kind, version.kind)),
        Line(_("Who started it"), _one(InitiatedBy, version.initiated_by)),
        Line(_("What it was about"), _one(ConductClass, version.conduct)),
        Line(_("Tried first"), _all(TriedFirst, version.tried_first)),
        Line(_("Done to avoid force"), _all(DeEscalation, version.de_escalation)),
        Line(_("Why it was entered late"), version.late_reason),
    ]
    stop = own_stops.identified(version)
    return [row for row in [*rows, *_details(version, reader), *(stop_words.lines(stop) if stop else ())] if row.value]


def _details(version: Version, reader: str | None) -> list[Line]:
    held, others = facts.details(version), withheld.of_contact(version, reader)

    def by_school(what: str, name: str, value: str) -> Line:
        return Line(what, _("Filled in by the school") if name in others else value)

    return [
        Line(_("Who on the staff asked for the officer"), label(held.asked_by) if held.asked_by else ""),
        Line(_("Why police were asked"), _all(ReferralBasis, held.bases)),
        Line(_("Grounds in the Education Code"), _all(Ground, held.grounds)),
        Line(_("Offense codes"), ", ".join(held.offences)),
        Line(_("When the school came to know of it"), when(held.known_at)),
        by_school(
            _("A reported student has special education or a Section 504 plan"),
            "special_needs",
            _("Yes") * held.special_needs,
        ),
        Line(_("When a threat to kill became known"), when(held.threat_known_at)),
        by_school(_("When a student was suspended"), "suspended_at", when(held.suspended_at)),
        by_school(_("When a student was expelled"), "expelled_at", when(held.expelled_at)),
        Line(_("When a student was released to an officer"), when(held.released_to_officer_at)),
        Line(
            _("Why the school does not tell the parent"),
            label(held.release_exception) if held.release_exception else "",
        ),
        Line(_("The officer holds back where the student was taken"), _("Yes") * held.place_withheld),
        Line(_("When Homeland Security was contacted at the school"), when(held.dhs_contacted_at)),
        Line(_("Follows from contact"), held.follows),
    ]


def person(row: Person, reader: str | None = None) -> list[Line]:
    """What was filed about one person, as far as the reader is shown it (`recorded.own_reader`)."""

    def by_school(what: str, name: str) -> Line:
        shown = is_shown(row, name, reader)
        value = _one(KINDS[name], getattr(row, name)) if shown else _("Filled in by the school")
        return Line(_("%(what)s, as the school recorded it") % {"what": what}, value)

    lines = [
        Line(_("Who"), _one(PersonKind, row.kind)),
        Line(_("Part in it"), _one(PersonRole, row.role)),
        Line(_("What the officer did"), _all(Action, row.actions)),
        Line(_("How it ended"), _all(Outcome, row.outcomes)),
        by_school(_("Grade"), "grade"),
        by_school(_("Race and ethnicity"), "race"),
        by_school(_("Sex"), "sex"),
        by_school(_("Disability service"), "disability"),
        by_school(_("English learner"), "english_learner"),
    ]
    others = withheld.of_person(row, reader)
    lines += words_person.lines(withheld.without(facts.person(row).details, others))
    lines += [Line(label(_WITHHELD[name]), _("Filled in by the school")) for name in others]
    return [line for line in lines if line.value]


def stopped(version: Version) -> dict[int, list[Line]]:
    """What was told for the state of each person stopped, by the number of the person; empty where nobody was."""
    stop = own_stops.identified(version)
    return {int(one.pid): stop_words.person_lines(one) for one in stop.people} if stop else {}


def _everything(version: Version, reader: str | None) -> dict[str, str]:
    lines = {line.name: line.value for line in entry(version, reader)} | {_("What happened"): version.narrative}
    told = stopped(version)
    for number, row in enumerate(version.people.all(), 1):
        start = _("Person %(number)s") % {"number": number}
        lines |= {f"{start}: {line.name}": line.value for line in person(row, reader)}
        stop = _("Person %(number)s, stop") % {"number": number}
        lines |= {f"{stop}: {line.name}": line.value for line in told.get(number, ())}
    return lines


def differences(before: Version, after: Version, reader: str | None = None) -> list[Difference]:
    """Every fact that the later version tells differently, in the order of the form, as far as the reader is shown."""
    old, new = _everything(before, reader), _everything(after, reader)
    return [
        Difference(name, old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys([*new, *old])
        if old.get(name, "") != new.get(name, "")
    ]
