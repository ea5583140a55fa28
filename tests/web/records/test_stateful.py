"""Whatever people do in whatever order, the gate answers as its model: nothing is read that was taken back.

50 runs of 30 steps here; GATE_RUNS and GATE_STEPS ask for more (`make bench`: 2,000 of 50).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from accord.decision import BadInput, NotAllowed
from accord.facts import Role
from accord.facts import records as facts
from accord.facts.records import Capacity, Claim, Party, Purpose, RecordKind, SignerRole
from accord.web.base.middleware import DISTRICT_TIME
from accord.web.interactions.times import district_day, midnight
from accord.web.people import actions as people
from accord.web.people.models import User
from accord.web.records import actions, confirming, consents, keeping, links
from accord.web.records import models_consents as signed
from accord.web.records.models import Copy, HeldKind, Link
from accord.web.records.models_requests import Disclosure, Released
from accord.web.records.models_requests import Request as Row
from accord.web.records.steps import Act
from tests.web import factories as make
from tests.web.records import factories as kept
from tests.web.records import gate_model as model

AGAIN = "ACCORD_TEST_DATABASE_URL" in os.environ
"""Do the tests run a second time, on another server? Fewer walks do there: the acts are the same."""
RUNS = int(os.environ.get("GATE_RUNS", "10" if AGAIN else "50"))
STEPS = int(os.environ.get("GATE_STEPS", "30"))
KINDS = ("attendance", "discipline")
COPIES = [(student, kind) for student in model.BORN for kind in KINDS]
FAMILY = (("heidi", "ann"), ("ann", "ann"), ("ivan", "ben"))
ROLE = {"sro": Role.SRO, "employee": Role.STAFF}
PAPERS = {"notice": 20, "agreement": 30, "acknowledgement": 15, "bar": 400}
"""Each paper and for how many days it counts. A court order counts until it is ended."""
TAKEN_BACK = ("consent", "consent", "link", "paper", "role", "account", "access", "agency", "work", "word")
REFUSED = (NotAllowed, BadInput, actions.Conflict)

some_copies = st.frozensets(st.sampled_from(COPIES), min_size=1)
who = st.sampled_from(sorted(model.CAPACITY))
days = st.none() | st.integers(-1, 30)
chance = st.integers(0, 10**6)


def district() -> dict[str, Any]:
    """People, students and their copies: the same for every run, by the names that the model knows."""
    named = {"bob": make.bob(), "frank": make.frank(), "grace": kept.grace(), "eve": make.eve(), "dana": make.dana()}
    parents = {name: make.account(name.title(), Role.PARENT) for name in ("heidi", "ivan", "ann")}
    for one in parents.values():
        one.set_password(kept.PASSWORD)
        one.save()
    students = {name: kept.student(name, born_on=born) for name, born in model.BORN.items()}
    copies = {(name, kind): kept.copy(students[name], RecordKind(kind)) for name, kind in COPIES}
    return {"people": named | parents, "students": students, "copies": copies}


class Gate(RuleBasedStateMachine):
    """The real actions on a real database, beside the model."""

    there: dict[str, Any]

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.at = make.AT
        self.model = model.Gate(self.on)
        self.links: list[Link] = []
        self.held: list[Any] = []
        self.consents: list[signed.Consent] = []
        self.requests: list[tuple[Row, model.Request]] = []
        self.lines = Disclosure.objects.count()

    @initialize()
    def begin(self) -> None:
        """Enough is on file that something can be opened, and so that something can be taken back."""
        for person, student in FAMILY:
            self.tie(person, student)
        for kind in ("notice", "agreement", "acknowledgement"):
            self.put_a_paper_on_file_or_end_it(kind)
        self.let_go("bob", model.INQUIRY, "ann")
        self.let_go("frank", model.DUTY, "ben")

    def teardown(self) -> None:
        try:
            assert make.verify().whole
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    @property
    def on(self) -> date:
        return district_day(self.at)

    def user(self, name: str) -> User:
        """The account as the next request reads it."""
        return User.objects.get(pk=self.there["people"][name].pk)

    def by(self, name: str) -> dict[str, Any]:
        self.at += timedelta(seconds=1)
        self.model.today = self.on
        return {"by": self.user(name), "at": self.at, "on": self.on}

    def same(self, expected: bool, act: Callable[[], Any]) -> Any:
        """The act goes through exactly when the model says so; what is refused leaves nothing."""
        try:
            with transaction.atomic():
                done = act()
        except REFUSED:
            assert not expected, "The gate refused what the model allows."
            return None
        assert expected, "The gate let through what the model refuses."
        return done

    def logged(self, act: Act, by: str, row: Row, copy: Copy | None = None) -> None:
        """One line more than before, and it says who did what with what."""
        self.lines += 1
        line = Disclosure.objects.order_by("-pk")[0]
        assert Disclosure.objects.count() == self.lines
        assert (line.act, line.by_id, line.request_id) == (act.value, self.there["people"][by].pk, row.pk)
        assert line.copy_id == (copy.pk if copy else None)

    # Families

    def tie(self, person: str, student: str) -> None:
        role = SignerRole.STUDENT if person == student else SignerRole.PARENT
        born = model.BORN[student]
        starts = date(born.year + 18, born.month, born.day) if person == student else self.on
        made = links.propose(
            **self.by("grace"), user=self.user(person), student=self.there["students"][student], role=role,
            starts_on=starts, seen="Birth record",
        )  # fmt: skip
        links.confirm(**self.by("eve"), link=made)
        self.links.append(made)
        self.model.ties.append(model.Tie(person, student, starts))

    @rule(pick=chance)
    def end_or_renew_a_link(self, pick: int) -> None:
        person, student = FAMILY[pick % len(FAMILY)]
        mine = [(n, one) for n, one in enumerate(self.model.ties) if (one.person, one.student) == (person, student)]
        number, newest = mine[-1]
        if newest.ended_on is not None:
            self.tie(person, student)
            return
        links.end(**self.by("grace"), link=self.links[number], reason="A court said so.")
        newest.ended_on = self.on
        inquiries = [(row, one) for row, one in self.requests if one.given and one.purpose == model.INQUIRY]
        for row, about in [one for one in inquiries if next(iter(one[1].given))[0] == student][:2]:
            self.open(about.asker, row, about, sorted(about.given)[0])

    @rule(
        person=st.sampled_from([one for one, _ in FAMILY]), student=st.sampled_from(sorted(model.BORN)),
        kinds=st.frozensets(st.sampled_from(KINDS), min_size=1),
        purpose=st.sampled_from([model.DUTY, model.INQUIRY]), lasts=days,
        party=st.sampled_from(["bob", "frank", "sro", "employee", model.AGENCY]),
    )  # fmt: skip
    def sign(
        self, person: str, student: str, kinds: frozenset[str], purpose: str, lasts: int | None, party: str
    ) -> None:
        act = self.by(person)
        expires = self.on + timedelta(days=lasts) if lasts is not None else None
        there = self.there["people"]
        named = str(there[party].uid) if party in there else party
        terms = consents.Terms(sorted(kinds), Purpose(purpose), named, expires)
        done = self.same(
            self.model.may_sign(person, student, expires),
            lambda: consents.sign(
                **act, key=uuid4().hex, student=self.there["students"][student], terms=terms,
                signature=act["by"].name, password=kept.PASSWORD, language="en", text="As read.",
            ),
        )  # fmt: skip
        if done:
            self.consents.append(done)
            self.model.consents.append(model.Consent(person, student, kinds, purpose, party, self.on, expires))

    @precondition(lambda self: self.consents)
    @rule(pick=chance, person=st.sampled_from(["heidi", "ivan", "ann", "grace"]))
    def revoke(self, pick: int, person: str) -> None:
        number = pick % len(self.consents)
        about = self.model.consents[number]
        act = self.by(person)
        reason = "Asked for at the desk." if person == "grace" else ""
        row = signed.Consent.objects.get(pk=self.consents[number].pk)
        if self.same(self.model.may_revoke(person, about), lambda: consents.revoke(**act, consent=row, reason=reason)):
            about.revoked = True

    # Papers, roles, time

    @rule(kind=st.sampled_from(sorted(PAPERS)))
    def put_a_paper_on_file_or_end_it(self, kind: str) -> None:
        number = next((n for n, one in enumerate(self.model.papers) if one.kind == kind and not one.ended), None)
        if number is not None:
            keeping.end_paper(**self.by("grace"), held=self.held[number], reason="It ended.")
            self.model.papers[number].ended = True
            return
        act, ends = self.by("grace"), self.on + timedelta(days=PAPERS[kind])
        body = self.body(kind, str(self.on), str(ends))
        filed = self.same(
            kind != "acknowledgement" or self.model.may_give_word(),
            lambda: keeping.put_on_file(**act, kind=HeldKind(kind), title=kind, body=body),
        )
        if filed:
            self.held.append(filed)
            self.model.papers.append(model.Paper(kind, self.on, ends))

    def body(self, kind: str, starts: str, ends: str) -> dict[str, Any]:
        bob, ann = str(self.there["people"]["bob"].uid), str(self.there["students"]["ann"].uid)
        return {
            "notice": {"given_on": starts, "ends_on": ends, "officials": ["sro", "employee"], "interest_defined": True},
            "agreement": {"party": model.AGENCY, "signed_on": starts, "ends_on": ends, "school_function": True}
            | {"direct_control": True, "use_limits": True},
            "acknowledgement": {"person": bob, "signed_on": starts, "ends_on": ends, "agency": model.AGENCY},
            "bar": {"person": bob, "student": ann},
        }[kind]

    @rule(name=st.sampled_from(["bob", "frank"]))
    def end_or_give_a_role(self, name: str) -> None:
        self.end_role(name) or self.give_role(name, model.CAPACITY[name])

    def end_role(self, name: str) -> bool:
        """Was there a role to end?"""
        if name not in self.model.works:
            return False
        people.end_role(**self.by("dana"), grant=self.user(name).grants.get(ended_at__isnull=True))
        del self.model.works[name]
        return True

    def give_role(self, name: str, capacity: str) -> None:
        agency = self.model.agency if capacity == "sro" else ""
        act, where = self.by("dana"), make.school()
        people.grant_role(
            **act, user=self.user(name), role=ROLE[capacity], school=where, starts_on=self.on, agency=agency
        )  # fmt: skip
        self.model.works[name] = capacity

    @rule()
    def go_to_another_agency(self) -> None:
        """The officer's role ends and is granted for the other agency, or back."""
        self.model.agency = model.OTHER if self.model.agency == model.AGENCY else model.AGENCY
        self.end_role("bob")
        self.give_role("bob", "sro")

    @rule()
    def take_up_other_work(self) -> None:
        """The officer becomes staff of the school, or an officer again."""
        other = "employee" if self.model.works.get("bob") == "sro" else "sro"
        self.end_role("bob")
        self.give_role("bob", other)

    @rule(name=st.sampled_from(["bob", "frank"]))
    def close_or_open_an_account(self, name: str) -> None:
        act = people.reopen_account if name in self.model.closed else people.close_account
        act(**self.by("dana"), user=self.user(name))
        self.model.closed ^= {name}

    @rule(pick=st.sampled_from(["hour", "hour", "last second", "midnight", "days", "birthday"]))
    def time_passes(self, pick: str) -> None:
        born = model.BORN["ann"]
        tomorrow, grown = midnight(self.on + timedelta(days=1)), midnight(date(born.year + 18, born.month, born.day))
        ahead: dict[str, datetime] = {
            "hour": self.at + timedelta(hours=1),
            "last second": datetime.combine(self.on, time(23, 59, 57), DISTRICT_TIME),
            "midnight": tomorrow,
            "days": self.at + timedelta(days=9),
            "birthday": grown,
        }
        self.at = max(self.at, ahead[pick])

    # Requests

    @rule(
        asker=st.sampled_from(["bob", "frank"]), purpose=st.sampled_from([model.DUTY, model.INQUIRY]),
        student=st.sampled_from(sorted(model.BORN)),
    )  # fmt: skip
    def let_go(self, asker: str, purpose: str, student: str) -> None:
        """All of it at once: the family signs, somebody asks, what may go is given."""
        grown = self.model.adult(student, self.on)
        signer = next(one for one, of in FAMILY if of == student and (one == student) is grown)
        self.sign(signer, student, frozenset(KINDS), purpose, 12, asker)
        before = len(self.requests)
        self.ask(asker, purpose, frozenset(one for one in COPIES if one[0] == student))
        if len(self.requests) > before:
            self.confirm(before, "grace", True, 0)
            last = sum(about.waits for _, about in self.requests) - 1
            self.decide(last, "grace", frozenset(), "allowed", "", 0)

    @rule(
        asker=who, purpose=st.sampled_from([model.DUTY, model.DUTY, model.INQUIRY]), copies=some_copies,
        own=st.sampled_from([True, True, True, False]), honest=st.sampled_from([True, True, True, False]),
    )  # fmt: skip
    def ask(
        self, asker: str, purpose: str, copies: frozenset[model.Copy], own: bool = True, honest: bool = True
    ) -> None:
        """An officer may name an agency that is not theirs (`own`), and anyone ask as what they are not (`honest`)."""
        capacity = self.model.works.get(asker, "employee")
        if not honest:
            capacity = "sro" if capacity == "employee" else "employee"
        other = model.OTHER if self.model.agency == model.AGENCY else model.AGENCY
        agency = "" if capacity != "sro" else self.model.agency if own else other
        act = self.by(asker)
        party = Party(str(act["by"].uid), Capacity(capacity), agency, True)
        words = {"about": "A student", "wanted": "Some records", "interest": "To plan a talk at home"}
        row = self.same(
            self.model.may_ask(asker, capacity, agency),
            lambda: actions.ask(
                **act, key=uuid4().hex, stated=facts.Request(asker=party, purpose=Purpose(purpose)), **words
            ),
        )
        if row:
            self.logged(Act.ASKED, asker, row)
            self.requests.append((row, model.Request(asker, purpose, capacity, agency)))
            self.identify(len(self.requests) - 1, sorted(copies)[0][0], copies)

    @precondition(lambda self: self.requests)
    @rule(number=chance, student=st.sampled_from(sorted(model.BORN)), copies=some_copies)
    def identify(self, number: int, student: str, copies: frozenset[model.Copy]) -> None:
        """Copies of another student, named by mistake, are none of this student's."""
        row, about = self.requests[number % len(self.requests)]
        body = {
            "student": str(self.there["students"][student].uid),
            "copies": [str(self.there["copies"][one].uid) for one in sorted(copies)],
        }
        act = self.by("grace")
        if self.same(
            about.waits,
            lambda: actions.note(**act, request=row, number=about.steps, act=Act.IDENTIFIED, body=body),
        ):
            about.steps += 1
            about.copies = frozenset(one for one in copies if one[0] == student)

    @precondition(lambda self: self.requests)
    @rule(
        number=chance, person=st.sampled_from(["grace", "grace", "eve", "bob", "asker"]), yes=st.booleans(),
        late=st.sampled_from([0, 0, 0, 1]),
    )  # fmt: skip
    def confirm(self, number: int, person: str, yes: bool, late: int) -> None:
        """Somebody files whether the interest is legitimate, or takes that back."""
        row, about = self.requests[number % len(self.requests)]
        person = about.asker if person == "asker" else person
        act, seen = self.by(person), about.words - late
        if self.same(
            self.model.may_confirm(person, about, seen=seen),
            lambda: confirming.confirm(
                **act, request=row, number=seen, claim=Claim.INTEREST, yes=yes, source="The class list."
            ),
        ):
            about.words, about.legitimate = about.words + 1, yes

    @precondition(lambda self: any(about.waits for _, about in self.requests))
    @rule(
        number=chance, decider=st.sampled_from(["grace", "eve", "bob", "asker"]), copies=some_copies,
        give=st.sampled_from(["allowed", "allowed", "some", "nothing"]), because=st.sampled_from(["", "Less will do."]),
        late=st.sampled_from([0, 0, 0, 1]),
    )  # fmt: skip
    def decide(
        self, number: int, decider: str, copies: frozenset[model.Copy], give: str, because: str, late: int
    ) -> None:
        waiting = [one for one in self.requests if one[1].waits]
        row, about = waiting[number % len(waiting)]
        decider = about.asker if decider == "asker" else decider
        act, seen = self.by(decider), about.steps - late
        allowed = self.model.allowed(about, decider)
        given = {"allowed": allowed, "some": copies, "nothing": frozenset[model.Copy]()}[give]
        uids = [str(self.there["copies"][one].uid) for one in given]
        held = actions.hold(row, decided_by=str(act["by"].uid), at=act["at"], on=act["on"])
        assert set(held.allowed) == {str(self.there["copies"][one].uid) for one in allowed}, "The rule differs."
        made = self.same(
            self.model.may_decide(about, decider, given, seen=seen, because=because),
            lambda: actions.decide(**act, request=row, number=seen, given=uids, because=because),
        )
        if made:
            self.logged(Act.DECIDED, decider, row)
            assert made.by_id != row.asker_id
            gone = Released.objects.filter(decision=made).values_list("copy__uid", flat=True)
            assert {str(uid) for uid in gone} == set(uids) <= {str(self.there["copies"][one].uid) for one in allowed}
            about.steps, about.decided_by, about.given = about.steps + 1, decider, frozenset(given)

    @rule(number=chance, copy=chance)
    def open_what_was_given(self, number: int, copy: int) -> None:
        given = [one for one in self.requests if one[1].given]
        row, about = given[number % len(given)]
        self.open(about.asker, row, about, sorted(about.given)[copy % len(about.given)])

    open_it_again = open_what_was_given
    """Chosen twice as often: what people do most."""

    @precondition(lambda self: any(about.given for _, about in self.requests))
    @rule(number=chance, pick=chance, what=st.sampled_from(TAKEN_BACK))
    def take_something_back_with_the_page_open(self, number: int, pick: int, what: str) -> None:
        given = [(n, about) for n, (_, about) in enumerate(self.requests) if about.given]
        chosen, about = given[number % len(given)]
        student = next(iter(about.given))[0]
        {
            "consent": lambda: self.revoke_all(student),
            "link": lambda: self.end_or_renew_a_link([of for _, of in FAMILY].index(student)),
            "paper": lambda: self.put_a_paper_on_file_or_end_it(sorted(PAPERS)[pick % len(PAPERS)]),
            "role": lambda: about.asker in ("bob", "frank") and self.end_or_give_a_role(about.asker),
            "account": lambda: about.asker in ("bob", "frank") and self.close_or_open_an_account(about.asker),
            "access": lambda: self.end_or_withdraw(chosen, "end"),
            "agency": self.go_to_another_agency,
            "work": self.take_up_other_work,
            "word": lambda: self.confirm(chosen, "eve", False, 0),
        }[what]()
        for copy in sorted(about.given):
            self.open(about.asker, self.requests[chosen][0], about, copy)

    def revoke_all(self, student: str) -> None:
        for number, one in enumerate(self.model.consents):
            if one.student == student and not one.revoked:
                self.revoke(number, "grace")

    @rule(number=chance, person=who, copy=st.sampled_from(COPIES))
    def open_anything(self, number: int, person: str, copy: model.Copy) -> None:
        row, about = self.requests[number % len(self.requests)]
        self.open(person, row, about, copy)

    def open(self, person: str, row: Row, about: model.Request, wanted: model.Copy) -> None:
        act, copy = self.by(person), self.there["copies"][wanted]
        expected = self.model.may_open(person, about, wanted)
        try:
            actions.open_copy(**act, request=Row.objects.get(pk=row.pk), copy=copy)
        except NotAllowed:
            assert not expected, "A copy stayed closed that the model opens."
            self.logged(Act.REFUSED, person, row, copy)
            return
        assert expected, "A copy was revealed that the model keeps closed."
        self.logged(Act.OPENED, person, row, copy)

    @precondition(lambda self: self.requests)
    @rule(number=chance, what=st.sampled_from(["end", "end", "withdraw"]), person=st.none() | who)
    def end_or_withdraw(self, number: int, what: str, person: str | None = None) -> None:
        """Somebody ends the access; or takes the request back, mostly whoever asked (`person` is None)."""
        row, about = self.requests[number % len(self.requests)]
        if what == "end":
            act = self.by("grace")
            ended = lambda: actions.end(**act, request=row, number=about.steps, reason="Done with.")  # noqa: E731
            about.ended |= bool(self.same(bool(about.decided_by), ended))
            about.steps += bool(about.decided_by)
            return
        act = self.by(person or about.asker)
        expected = self.model.may_withdraw(person or about.asker, about)
        if self.same(expected, lambda: actions.withdraw(**act, request=row, number=about.steps)):
            self.logged(Act.WITHDRAWN, about.asker, row)
            about.withdrawn, about.steps = True, about.steps + 1


@pytest.mark.django_db
def test_the_gate_answers_as_its_model_whatever_is_done_in_whatever_order() -> None:
    Gate.there = district()
    # The database is undone after each run, so that a run found once is found again.
    chosen = settings(
        max_examples=RUNS, stateful_step_count=STEPS, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(Gate, settings=chosen)
