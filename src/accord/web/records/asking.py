"""Who asks: as what an account's roles let it ask, for which agency, and what may be asked for."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accord.decision import BadInput, Finding
from accord.facts import Role
from accord.facts.records import Capacity, Party, Purpose, Request, SignerRole
from accord.rules import people
from accord.rules import records as rule
from accord.web.people.models import User
from accord.web.records.links import standing
from accord.web.records.models import Held, HeldKind

OFFICERS = frozenset({Capacity.SRO, Capacity.PEACE_OFFICER})

OUTSIDE = tuple(one for one in Capacity if one not in (Capacity.EMPLOYEE, Capacity.SRO))
"""In what capacity someone without an account asks."""

_POLICE = (
    Purpose.CRIMINAL_INVESTIGATION,
    Purpose.CRIME_REPORT,
    Purpose.KIDNAPPING,
    Purpose.EMERGENCY,
    Purpose.COURT,
    Purpose.SEX_OFFENDER,
    Purpose.BRIEFING,
    Purpose.IMMIGRATION,
    Purpose.OTHER,
)
PURPOSES: dict[Capacity, tuple[Purpose, ...]] = {
    Capacity.EMPLOYEE: (Purpose.SCHOOL_DUTY, Purpose.TEACHER_NOTICE, Purpose.EMERGENCY, Purpose.OTHER),
    Capacity.SRO: (Purpose.SCHOOL_DUTY, *_POLICE),
    Capacity.PEACE_OFFICER: _POLICE,
}
"""What each capacity is offered as a purpose. A capacity that is not named is offered all of them."""


def roles(by: User, *, on: date) -> tuple[Role, ...]:
    """The roles of an account that are in force on a day."""
    return tuple(one.role for one in by.facts().roles if one.in_force(on))


def capacities(by: User, *, on: date) -> tuple[Capacity, ...]:
    """As what this account asks."""
    return rule.capacities(roles(by, on=on))


def agencies(by: User, capacity: Capacity, *, on: date) -> tuple[str, ...]:
    """The agencies that the roles on file name by which an account asks in this capacity, each once."""
    held = (one for one in by.facts().roles if one.in_force(on) and capacity in rule.capacities([one.role]))
    return tuple(sorted({one.agency for one in held if one.agency}))


def own_party(by: User, *, on: date, agency: str = "") -> Party:
    """The account as a party. Who is signed in is known: the identity counts as verified.

    Without an agency stated it is the one that the role names, if it is one.
    """
    held = capacities(by, on=on)
    capacity = held[0] if held else Capacity.OTHER
    served = agencies(by, capacity, on=on)
    stated = agency or (served[0] if len(served) == 1 else "")
    return Party(str(by.uid), capacity, stated if capacity in OFFICERS else "", True)


def findings(by: User, party: Party, *, on: date) -> tuple[Finding, ...]:
    """Does whoever asks do so as what they are, and for the agency that their role names?"""
    own = party.id in _own_ids(by, party, on=on)
    keeps = people.may(by.facts(), "records.keep", on=on).allowed
    asks = rule.asks_as_what_they_are(rule.Asking(roles(by, on=on), party.capacity, own=own, keeps=keeps))
    if not own:
        return (asks,)
    held = agencies(by, party.capacity, on=on)
    return asks, rule.serves_the_agency(rule.Serving(party.agency, held))


def named(by: User, party: Party, *, on: date) -> None:
    """See that someone outside is given by name: the log would name an account as the one who received the records.

    Raises:
        BadInput: when the name is the id of another account.
    """
    if is_uid(party.id) and party.id not in _own_ids(by, party, on=on):
        raise BadInput(
            _("This is no name."), where="name", mend=_("Give the name; whoever has an account asks with it.")
        )


def _own_ids(by: User, party: Party, *, on: date) -> set[str]:
    """The account; and for an adult student the student on the roster, as whom they ask."""
    if party.capacity is not Capacity.STUDENT:
        return {str(by.uid)}
    linked = standing(by, on=on).filter(role=SignerRole.STUDENT.value)
    return {str(by.uid), *(str(one.student.uid) for one in linked)}


def words(stated: Request) -> dict[str, str]:
    """What stands in a request in the asker's own words, by field: no text is stored that nobody looked through."""
    party, onward = stated.asker, stated.passed_to[:1]
    told = {
        "name": party.id,
        "agency": party.agency,
        "statute": stated.statute,
        "program": stated.program,
        **({"passed_name": onward[0].id, "passed_agency": onward[0].agency} if onward else {}),
    }
    # An account's own id is nobody's words, and by chance can look like the name of a visa.
    return {field: text for field, text in told.items() if text and not is_uid(text)}


def is_uid(text: str) -> bool:
    """Is this the id of an account, which nobody wrote?"""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def with_agreement(*, at: datetime) -> list[str]:
    """The parties of agreements on file that are no single account: the agencies that a consent can name."""
    counted = Held.objects.filter(Q(end__isnull=True) | Q(end__at__gt=at), kind=HeldKind.AGREEMENT, at__lte=at)
    named = {str(body.get("party", "")) for body in counted.values_list("body", flat=True)}
    return sorted(one for one in named if one and not is_uid(one))
