"""What the gate on records must answer, written a second time and without a database: sets, days and nothing else.

It knows two grounds, a consent of the family and the standing of a school official, and the one bar of a court order.
It leans on none of the rules: where the two differ, one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

BORN = {"ann": date(2009, 1, 3), "ben": date(2013, 2, 28)}
"""The students. Ann comes of age within the time of a run, Ben does not."""
DUTY, INQUIRY = "school_duty", "criminal_investigation"
CAPACITY = {"bob": "sro", "frank": "employee", "grace": "employee", "eve": "employee"}
"""As what each begins; the officer may become staff, and staff again an officer."""
DECIDERS = ("grace", "eve")
AGENCY, OTHER = "city-police", "sheriff"
"""The agency whose agreement is on file, and one that has none."""

Copy = tuple[str, str]
"""A copy: whose, and of what kind."""


@dataclass
class Tie:
    """The right of a person to a student's records: from a day, until the day before it was ended."""

    person: str
    student: str
    starts_on: date
    ended_on: date | None = None

    def on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ended_on is None or day < self.ended_on)


@dataclass
class Consent:
    """A consent as signed. `party` is a person, a capacity or an agency."""

    signer: str
    student: str
    kinds: frozenset[str]
    purpose: str
    party: str
    signed_on: date
    expires_on: date | None
    revoked: bool = False


@dataclass
class Paper:
    """A paper on file from a day to a day."""

    kind: str
    starts_on: date
    ends_on: date
    ended: bool = False


@dataclass
class Request:
    """A request and what became of it. `decided_by` is "" as long as nobody decided.

    `legitimate` is the last word of somebody else on the interest in a duty at school, None while there is none;
    `words` how many there were.
    """

    asker: str
    purpose: str
    capacity: str
    agency: str = ""
    legitimate: bool | None = None
    words: int = 0
    copies: frozenset[Copy] = frozenset()
    steps: int = 0
    decided_by: str = ""
    given: frozenset[Copy] = frozenset()
    withdrawn: bool = False
    ended: bool = False

    @property
    def waits(self) -> bool:
        return not self.decided_by and not self.withdrawn


@dataclass
class Gate:
    """All that is on file on a day."""

    today: date
    ties: list[Tie] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    works: dict[str, str] = field(default_factory=lambda: dict(CAPACITY))
    closed: set[str] = field(default_factory=set)
    agency: str = AGENCY

    def adult(self, student: str, day: date) -> bool:
        born = BORN[student]
        return day >= date(born.year + 18, born.month, born.day)

    def serves(self, person: str) -> bool:
        """Is the account in use, with its role?"""
        return person in self.works and person not in self.closed

    def holds(self, person: str, student: str, day: date) -> bool:
        return any(one.on(day) for one in self.ties if (one.person, one.student) == (person, student))

    def may_sign(self, person: str, student: str, expires_on: date | None) -> bool:
        """Does this person hold the rights today; is the last day still to come?"""
        tied = any(
            one.ended_on is None and one.starts_on <= self.today
            for one in self.ties
            if (one.person, one.student) == (person, student)
        )
        return tied and self._speaks(person, student, self.today) and (expires_on is None or expires_on >= self.today)

    def may_revoke(self, person: str, consent: Consent) -> bool:
        """Whoever signed, whoever is tied to the student now, and the custodian for them."""
        tied = any(
            one.person == person
            and one.student == consent.student
            and one.ended_on is None
            and one.starts_on <= self.today
            for one in self.ties
        )
        return person in (consent.signer, "grace") or tied

    def _speaks(self, person: str, student: str, day: date) -> bool:
        """A parent for a minor, the student from the day of coming of age."""
        return (person == student) is self.adult(student, day)

    def _counts(self, consent: Consent) -> bool:
        if consent.revoked or (consent.expires_on is not None and consent.expires_on < self.today):
            return False
        if consent.signer == consent.student:
            return self.adult(consent.student, consent.signed_on)
        then, now = (self.holds(consent.signer, consent.student, day) for day in (consent.signed_on, self.today))
        return then and now and not self.adult(consent.student, self.today)

    def _in_force(self, kind: str) -> bool:
        return any(
            one.kind == kind and not one.ended and one.starts_on <= self.today <= one.ends_on for one in self.papers
        )

    def _official(self, request: Request) -> bool:
        if request.purpose != DUTY or not request.legitimate or not self._in_force("notice"):
            return False
        if request.capacity == "employee":
            return True
        of_agency = self._agency(request) == AGENCY
        return of_agency and self._in_force("agreement") and self._in_force("acknowledgement")

    def _agency(self, request: Request) -> str:
        """The agency of a request, as long as the officer's role on file names it."""
        return request.agency if self.works.get(request.asker) == "sro" and request.agency == self.agency else ""

    def may_ask(self, person: str, capacity: str, agency: str) -> bool:
        """As what the own role says, and an officer for no agency but the own."""
        fits = self.works.get(person) == capacity and (capacity != "sro" or agency == self.agency)
        return self.serves(person) and fits

    def may_withdraw(self, person: str, request: Request) -> bool:
        """Whoever asked, while nobody has decided."""
        return person == request.asker and request.waits and self.serves(person)

    def may_give_word(self) -> bool:
        """The officer's word to keep the limits is for the agency of the agreement: their role names it, or no role."""
        return self.works.get("bob") != "sro" or self.agency == AGENCY

    def may_confirm(self, person: str, request: Request, *, seen: int) -> bool:
        """Whoever decides, of a request of somebody else that claims an interest, on what stands there."""
        claims = request.purpose == DUTY and not request.withdrawn
        return person in DECIDERS and person != request.asker and claims and seen == request.words

    def _consented(self, request: Request, copy: Copy) -> bool:
        meant = {request.asker, request.capacity, self._agency(request)}
        return any(
            one.student == copy[0] and copy[1] in one.kinds and one.purpose == request.purpose and one.party in meant
            for one in self.consents
            if self._counts(one)
        )

    def allowed(self, request: Request, decider: str) -> frozenset[Copy]:
        """The copies that may go now: none when whoever asks decides, or a court keeps the officer from Ann's."""
        if decider == request.asker:
            return frozenset()
        barred = {"ann"} if request.asker == "bob" and self._in_force("bar") else set()
        official = self._official(request)
        free = (one for one in request.copies if one[0] not in barred)
        return frozenset(one for one in free if official or self._consented(request, one))

    def may_decide(self, request: Request, decider: str, given: Collection[Copy], *, seen: int, because: str) -> bool:
        """By somebody else who decides, once, on what stands there; no more than allowed, and less with a reason."""
        allowed = self.allowed(request, decider)
        fits = set(given) <= allowed and (set(given) == allowed or bool(because))
        return decider in DECIDERS and decider != request.asker and request.waits and seen == request.steps and fits

    def may_open(self, who: str, request: Request, copy: Copy) -> bool:
        """Only whoever asked, in their role, what was given, as long as it may still go."""
        if who != request.asker or not self.may_ask(who, request.capacity, request.agency):
            return False
        if request.ended or copy not in request.given:
            return False
        return copy in self.allowed(request, request.decided_by)
