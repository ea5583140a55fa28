"""The record of a stop in words, line by line: what the officer perceived is told as that, and as nothing else.

The officer's key, years and race are the agency's and stand in no line.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accord.facts import Coded, Perceived, PersonStopped, Stop
from accord.facts.stop_codes import NonForceAction
from accord.facts.stops import Reason, Result
from accord.web.base.templatetags.accord import label
from accord.web.interactions.lines import Line, labels


def heading() -> str:
    """What stands above the lines of a person."""
    return _("Stop, with what the officer perceived (not what the school recorded)")


def lines(stop: Stop) -> list[Line]:
    """What was told of the stop as a whole. What was left empty is left out."""
    place = stop.location
    rows = [
        Line(_("How the person was moving"), _one(stop.stop_type)),
        Line(_("During a call for service"), _flag(stop.service_call)),
        Line(_("During a welfare or wellness check, or community caretaking"), _flag(stop.welfare_check)),
        Line(_("City"), place.city),
        Line(_("On the grounds of a K-12 school"), _answer(place.at_school)),
    ]
    return [row for row in rows if row.value]


def person_lines(person: PersonStopped) -> list[Line]:
    """What was told of one person stopped, in the order of the form. What was left empty is left out."""
    rows = [
        *_perceived(person.perceived),
        Line(_("Stopped as a student at a K-12 school"), _answer(person.is_student)),
        Line(_("A passenger of the vehicle"), _flag(person.is_passenger)),
        Line(_("Inside a residence"), _flag(person.in_residence)),
        *_reason(person.reason),
        *_acts(person),
        *_search(person),
        Line(_("Result of the stop"), "; ".join(_result(one) for one in person.results)),
    ]
    return [row for row in rows if row.value]


def _one(member: Coded | None) -> str:
    return label(member) if member else ""


def _flag(said: bool) -> str:
    return _("Yes") if said else ""


def _answer(said: bool | None) -> str:
    return "" if said is None else _("Yes") if said else _("No")


def _perceived(seen: Perceived) -> Iterator[Line]:
    gender = [_one(seen.gender), _("Nonbinary") if seen.nonbinary else ""]
    yield Line(_("Race or ethnicity, as perceived"), labels(seen.races))
    yield Line(_("Gender, as perceived"), "; ".join(word for word in gender if word))
    yield Line(_("Sexual orientation, as perceived"), _one(seen.orientation))
    yield Line(_("Age, as perceived"), "" if seen.age is None else str(seen.age))
    yield Line(_("Limited or no English, as perceived"), _answer(seen.limited_english))
    yield Line(_("Disability, as perceived or known"), labels(seen.disabilities))
    yield Line(_("Unhoused, as perceived"), _answer(seen.unhoused))


def _reason(reason: Reason) -> Iterator[Line]:
    yield Line(_("The main reason for the stop"), _one(reason.code))
    yield Line(_("Kind of traffic violation"), _one(reason.traffic_type))
    yield Line(_("What the suspicion or cause rested on"), labels(reason.details))
    yield Line(_("Section of the Education Code"), _one(reason.ed_section))
    yield Line(_("Subdivision of section 48900"), _one(reason.ed_subdivision))
    yield Line(_("Code of the suspected offense"), reason.offence)
    yield Line(_("Reason the person was told"), labels(reason.given))
    yield Line(_("Why the person was stopped, in a few words"), reason.narrative)


def _acts(person: PersonStopped) -> Iterator[Line]:
    answers = {
        NonForceAction.ASKED_PERSON: person.agreed_person,
        NonForceAction.ASKED_PROPERTY: person.agreed_property,
    }
    acts = [
        f"{label(act)} ({_('agreed') if answers[act] else _('did not agree')})"
        if answers.get(act) is not None
        else label(act)
        for act in person.non_force
    ]
    yield Line(_("What the officer did without force"), "; ".join(acts))
    yield Line(_("What the officer did with force"), labels(person.force))


def _search(person: PersonStopped) -> Iterator[Line]:
    yield Line(_("On what ground the search rested"), labels(person.search_bases))
    yield Line(_("The ground of the search, in a few words"), person.search_explanation)
    yield Line(_("Contraband or evidence found"), labels(person.contraband))
    yield Line(_("On what ground property was taken"), labels(person.seizure_bases))
    yield Line(_("Property that was taken"), labels(person.property_types))


def _result(result: Result) -> str:
    said = label(result.code)
    return f"{said} ({', '.join(result.offences)})" if result.offences else said
