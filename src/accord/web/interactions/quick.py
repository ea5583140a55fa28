"""The quick form: one page of large buttons for a contact that needs no more telling than what, where, who and how.

It offers only the occasions, people and endings of which nothing further is asked; any other leads to the full form
with everything that was chosen. What an occasion means in the words of the log stands in `MEANING`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from accord.facts import (
    Action,
    Coded,
    ConductClass,
    InitiatedBy,
    Interaction,
    Kind,
    Outcome,
    PersonContacted,
    PersonKind,
    PersonRole,
    TriedFirst,
)
from accord.web.interactions.again import Carried
from accord.web.interactions.recorded import LEFT, SCHOOL_RECORDED, recorded

GROUP = "group"
"""The answer to "who" that names nobody: a class or another group."""


class About(Coded):
    """The occasions of which nothing further is asked."""

    GREETING = "greeting", "Greeting or talk"
    ACTIVITY = "activity", "Class, event or presentation"
    VICTIM = "victim", "Help to a victim"
    WITNESS = "witness", "Help to a witness"


@dataclass(frozen=True)
class Meaning:
    """An occasion in the words of the log. `tried` is what was tried first, where the occasion answers that."""

    kind: Kind
    conduct: ConductClass
    role: PersonRole
    tried: tuple[TriedFirst, ...] = ()


_UNNEEDED = (TriedFirst.NOT_NEEDED,)
MEANING: Mapping[About, Meaning] = {
    About.GREETING: Meaning(Kind.NON_STOP_CONTACT, ConductClass.NOT_CONDUCT, PersonRole.PARTICIPANT, _UNNEEDED),
    About.ACTIVITY: Meaning(Kind.PREVENTION, ConductClass.NOT_CONDUCT, PersonRole.PARTICIPANT, _UNNEEDED),
    About.VICTIM: Meaning(Kind.NON_STOP_CONTACT, ConductClass.VICTIM_OR_WITNESS, PersonRole.VICTIM),
    About.WITNESS: Meaning(Kind.NON_STOP_CONTACT, ConductClass.VICTIM_OR_WITNESS, PersonRole.WITNESS),
}
ENDINGS = (Outcome.NO_ACTION, Outcome.SUPPORT, Outcome.WARNING, Outcome.REPORT_TO_SCHOOL)
ELSEWHERE = tuple(one for one in ConductClass if one not in {meaning.conduct for meaning in MEANING.values()})
"""What a contact may be about that the full form asks more of."""
ACTIONS = (Action.TALKED,)
"""What a quick entry says that the officer did. Anything else is for the full form."""
SHARED = ("school", "key", "opened", "occurred_at", "duration_minutes", "initiated_by", "location", "narrative",
          "late_reason", "keep", "kept_because")  # fmt: skip
"""Fields that the full form has under the same name."""


def entry(data: Mapping[str, Any], *, own: bool, at: datetime) -> Interaction:
    """What was typed, as facts. Only after the form was found valid."""
    meaning = MEANING[About(data["about"])]
    return Interaction(
        kind=meaning.kind,
        occurred_at=data["occurred_at"],
        recorded_at=at,
        initiated_by=InitiatedBy(data["initiated_by"]),
        conduct=meaning.conduct,
        tried_first=tuple(TriedFirst(code) for code in data["tried_first"]) or meaning.tried,
        people=() if data["who"] == GROUP else (_person(data, meaning.role, own=own),),
        duration_minutes=data["duration_minutes"],
        late_reason=data["late_reason"],
        narrative=data["narrative"],
        kept_because=data["kept_because"],
    )


def _person(data: Mapping[str, Any], role: PersonRole, *, own: bool) -> PersonContacted:
    kind = PersonKind(data["who"])
    asked = {name: LEFT if own else data[name] for name in SCHOOL_RECORDED}
    answers = asked if kind is PersonKind.STUDENT else dict.fromkeys(SCHOOL_RECORDED, "")
    values: Mapping[str, Any] = recorded(answers).values
    outcomes = tuple(Outcome(code) for code in data["outcomes"])
    return PersonContacted(kind=kind, role=role, actions=ACTIONS, outcomes=outcomes, **values)


def as_full(sent: QueryDict, *, own: bool) -> QueryDict:
    """What was sent, by the names of the full form: for going on there, and for drafts.

    `full` is the button that leads there, with the occasion it names: "conduct:serious_crime", "kind:stop".
    """
    data = QueryDict(mutable=True)
    for name in SHARED:
        data[name] = sent.get(name, "")
    data.setlist("tried_first", sent.getlist("tried_first"))
    field, _colon, code = sent.get("full", "").partition(":")
    occasion = next((one for one in About if one.value == sent.get("about")), None)
    if field in ("kind", "conduct"):
        data |= {"kind": Kind.NON_STOP_CONTACT.value} if field == "conduct" else {}
        data[field] = code
        occasion = None
    if occasion:
        meaning = MEANING[occasion]
        data["kind"], data["conduct"] = meaning.kind.value, meaning.conduct.value
        if not data.getlist("tried_first"):
            data.setlist("tried_first", [one.value for one in meaning.tried])
    who = sent.get("who", "")
    data["people"] = "0" if who == GROUP else "1"
    if who != GROUP:
        _full_person(data, sent, who, occasion, own=own)
    return data


def _full_person(data: QueryDict, sent: QueryDict, who: str, occasion: About | None, *, own: bool) -> None:
    data["people-0-kind"] = who
    data.setlist("people-0-outcomes", sent.getlist("outcomes"))
    if occasion:
        data["people-0-role"] = MEANING[occasion].role.value
        data.setlist("people-0-actions", [one.value for one in ACTIONS])
    if who == PersonKind.STUDENT:
        for name in SCHOOL_RECORDED:
            data[f"people-0-{name}"] = LEFT if own else sent.get(name, "")


def of_full(sent: QueryDict, *, own: bool) -> dict[str, Any] | None:
    """What the quick form holds where `as_full` made this of it; None where the quick form cannot say all of it."""
    tried = sent.getlist("tried_first")
    main = {name: sent.get(name, "") for name in ("kind", "conduct")}
    named = {"role": sent["people-0-role"]} if "people-0-role" in sent else {}
    about = next((one for one, meaning in MEANING.items() if _means(meaning, main, named)), None)
    if about and tuple(tried) == MEANING[about].tried:
        tried = []
    told: dict[str, Any] = {name: sent.get(name, "") for name in SHARED}
    told |= {name: sent.get(f"people-0-{name}", "") for name in (() if own else SCHOOL_RECORDED)}
    told |= {
        "about": about.value if about else "",
        "tried_first": tried,
        "who": GROUP if sent.get("people") == "0" else sent.get("people-0-kind", ""),
        "outcomes": sent.getlist("people-0-outcomes"),
    }
    return told if _same(as_full(_typed(told), own=own), sent) else None


def _typed(told: Mapping[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in told.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def _same(first: QueryDict, second: QueryDict) -> bool:
    """Do both say the same? A field that holds nothing says nothing."""
    ours, theirs = ({name: held for name in one if any(held := one.getlist(name))} for one in (first, second))
    return ours == theirs


def initial(known: Carried) -> dict[str, Any] | None:
    """What the quick form begins with to say the same again; None where it cannot say it."""
    main, people = known.main, known.people
    person = people[0] if people else {}
    about = next((one for one, meaning in MEANING.items() if _means(meaning, main, person)), None)
    more = {"de_escalation", "asked_by", "bases", "grounds", "offences"} & set(main)
    acted, ended = set(person.get("actions", ())), set(person.get("outcomes", ()))
    if about is None or more or len(people) > 1 or acted - set(ACTIONS) or ended - set(ENDINGS):
        return None
    tried = [] if tuple(main.get("tried_first", ())) == MEANING[about].tried else main.get("tried_first", [])
    told = {name: main[name] for name in ("school", "duration_minutes", "initiated_by", "location") if name in main}
    return told | {
        "about": about.value,
        "tried_first": tried,
        "who": person.get("kind", GROUP),
        "outcomes": list(ended),
    }


def _means(meaning: Meaning, main: Mapping[str, Any], person: Mapping[str, Any]) -> bool:
    named = person.get("role") == meaning.role if person else meaning.kind is Kind.PREVENTION
    return named and (main.get("kind"), main.get("conduct")) == (meaning.kind, meaning.conduct)
