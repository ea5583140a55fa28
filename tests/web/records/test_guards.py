"""Each guard of the gate by itself: where two of them stop the same act, one is asked while the other lets it pass."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import prefetch_related_objects

from accord.decision import BadInput, NotAllowed
from accord.facts import Role
from accord.facts.records import Capacity, Claim, Purpose, RecordKind, SignerRole
from accord.web.people import actions as people
from accord.web.people.models import User
from accord.web.records import actions, asking, consents, keeping, links
from accord.web.records.models import Copy, Held, HeldKind, Link
from accord.web.records.models_requests import Request, Step
from accord.web.records.steps import Act
from tests.web import factories as make
from tests.web.records import factories as kept

pytestmark = pytest.mark.django_db

NEXT = make.ON + timedelta(days=1)


def let_go() -> tuple[Request, Copy]:
    """The attendance, let go to the officer by a consent of the parent."""
    kept.link()
    kept.consent()
    copy = kept.copy()
    request = kept.identified(kept.asked(), copy)
    kept.decided(request, [copy])
    return request, copy


def opened(request: Request, copy: Copy, *, by: User | None = None) -> Any:
    return actions.open_copy(by=by or make.bob(), at=make.AT, on=make.ON, request=request, copy=copy)


def allowed(request: Request) -> set[str]:
    """What the rule would let go if the custodian decided now."""
    row = Request.objects.get(pk=request.pk)
    return set(actions.hold(row, decided_by=str(kept.grace().uid), at=make.AT, on=make.ON).allowed)


def end_roles(user: User) -> None:
    for grant in user.grants.filter(ended_at__isnull=True):
        people.end_role(by=make.dana(), at=make.AT, on=make.ON, grant=grant)


# Asking


def test_nobody_asks_as_what_none_of_their_roles_is():
    for user, capacity in ((make.bob(), Capacity.EMPLOYEE), (make.frank(), Capacity.SRO)):
        party = asking.own_party(user, on=make.ON)
        with pytest.raises(NotAllowed, match="None of your roles"):
            kept.asked(user, asker=type(party)(party.id, capacity, "", True))
    assert not Request.objects.exists()


def test_a_form_that_somebody_else_sent_is_not_taken_for_ones_own():
    words = {"about": "Student 1001", "wanted": "Attendance", "interest": "To plan a talk"}
    actions.ask(by=make.bob(), at=make.AT, on=make.ON, key="one form", stated=kept.stated(), **words)
    with pytest.raises(BadInput, match="someone else"):
        actions.ask(
            by=make.frank(), at=make.AT, on=make.ON, key="one form", stated=kept.stated(make.frank()), **words
        )  # fmt: skip


# Noting, deciding, taking back


def test_nobody_takes_back_the_request_of_somebody_else():
    request = kept.asked()
    with pytest.raises(NotAllowed):
        actions.withdraw(by=make.frank(), at=make.AT, on=make.ON, request=request, number=0)
    assert not request.steps.exists()


@pytest.mark.parametrize("act", [Act.DECIDED, Act.WITHDRAWN, Act.ENDED, Act.OPENED])
def test_what_is_no_paperwork_is_not_noted(act):
    request = kept.asked()
    with pytest.raises(BadInput):
        actions.note(by=kept.grace(), at=make.AT, on=make.ON, request=request, number=0, act=act, body={})
    assert not request.steps.exists()


def test_no_note_holds_words_that_may_not_be_stored():
    with pytest.raises(NotAllowed):
        actions.note(
            by=kept.grace(), at=make.AT, on=make.ON, request=kept.asked(), number=0, act=Act.OBJECTED,
            body={"words": "He is undocumented and ICE asked"},
        )  # fmt: skip


def test_nothing_is_noted_on_a_request_that_was_taken_back_nor_is_it_decided():
    request = kept.asked()
    actions.withdraw(by=make.bob(), at=make.AT, on=make.ON, request=request, number=0)
    with pytest.raises(BadInput, match="settled"):
        kept.identified(request, kept.copy())
    with pytest.raises(BadInput, match="settled"):
        kept.decided(request)


def test_the_rule_itself_lets_nothing_go_by_whoever_asks():
    copy = kept.copy()
    kept.held(HeldKind.NOTICE, {"given_on": "2026-08-10", "ends_on": "2027-06-30", "officials": ["employee"]}
              | {"interest_defined": True})  # fmt: skip
    request = kept.confirmed(kept.identified(kept.asked(make.frank()), copy))
    held = actions.hold(request, decided_by=str(make.frank().uid), at=make.AT, on=make.ON)
    assert not held.allowed
    assert held.answer.basis == "records.own-request"
    assert allowed(request) == {str(copy.uid)}


def test_whoever_asks_does_not_even_refuse_themselves():
    request = kept.asked(kept.grace())
    kept.identified(request, kept.copy())
    with pytest.raises(NotAllowed, match="second person"):
        kept.decided(request, by=kept.grace(), because="Not needed after all.")


# What is on file


def test_a_copy_of_another_student_that_was_named_by_mistake_is_none_of_this_student_s():
    kept.link()
    kept.consent()
    theirs, other = kept.copy(), kept.copy(kept.student("1002"))
    request = kept.identified(kept.asked(), theirs, other)
    assert allowed(request) == {str(theirs.uid)}
    kept.decided(request, [theirs])
    with pytest.raises(NotAllowed):
        opened(request, other)


def test_of_two_copies_that_were_let_go_each_is_held_against_what_names_it():
    kept.link()
    kept.consent()
    health = kept.consent(records=[RecordKind.HEALTH.value])
    copies = [kept.copy(), kept.copy(kind=RecordKind.HEALTH)]
    request = kept.identified(kept.asked(), *copies)
    kept.decided(request, copies)
    kept.revoke(health)
    assert opened(request, copies[0]).text == "attendance of a student"
    with pytest.raises(NotAllowed, match="no longer stands"):
        opened(request, copies[1])


def test_of_two_copies_that_the_rule_lets_go_only_the_one_that_was_given_opens():
    kept.link()
    kept.consent(records=["attendance", "health"])
    given, kept_back = kept.copy(), kept.copy(kind=RecordKind.HEALTH)
    request = kept.identified(kept.asked(), given, kept_back)
    made = kept.decided(request, [given], because="Health is not needed for a talk.")
    assert [one.copy for one in made.copies.all()] == [given]
    assert opened(request, given)
    with pytest.raises(NotAllowed, match="No decision lets this record go"):
        opened(request, kept_back)


@pytest.mark.parametrize("changed", ["copies", "student"])
def test_a_copy_that_is_no_longer_found_for_the_request_opens_no_more(changed: str):
    request, copy = let_go()
    other = kept.student("1002")
    kept.link(of=other)
    kept.consent(other)
    found = request.steps.get(act=Act.IDENTIFIED)
    body = found.body | {"copies": {"copies": []}, "student": {"student": str(other.uid)}}[changed]
    Step.objects.create(request=request, number=9, act=Act.IDENTIFIED, by=found.by, at=make.AT, body=body)
    with pytest.raises(NotAllowed, match="no longer stands"):
        opened(request, copy)


@pytest.mark.parametrize("refused", [False, True])
def test_a_link_that_nobody_confirmed_gives_no_rights(refused: bool):
    request, copy = let_go()
    links.end(by=kept.grace(), at=make.AT, on=make.ON, link=Link.objects.get(), reason="A court said so.")
    made = links.propose(
        by=kept.grace(), at=make.AT, on=make.ON, user=kept.heidi(), student=kept.student(), role=SignerRole.PARENT,
        starts_on=make.SINCE, seen="Birth record",
    )  # fmt: skip
    if refused:
        ahead = make.AT + timedelta(days=2)
        links.end(by=make.eve(), at=ahead, on=make.ON, link=made, reason="By a clock that is ahead.")
    with pytest.raises(NotAllowed, match="no longer stands"):
        opened(request, copy)


def test_a_link_that_was_ended_today_counts_no_more_today():
    request, copy = let_go()
    links.end(by=kept.grace(), at=make.AT, on=make.ON, link=Link.objects.get(), reason="A court said so.")
    with pytest.raises(NotAllowed, match="no longer stands"):
        opened(request, copy)


def test_a_consent_that_a_faster_clock_took_back_tomorrow_is_taken_back():
    request, copy = let_go()
    given = consents.Consent.objects.get()
    consents.revoke(by=kept.heidi(), at=make.AT + timedelta(days=1), on=NEXT, consent=given)
    with pytest.raises(NotAllowed, match="no longer stands"):
        opened(request, copy)


def employee_lets_go(*, ahead: timedelta = timedelta()) -> tuple[Request, Copy]:
    """Attendance that a teacher asked for, and the annual notice that counts teachers among school officials."""
    body = {"given_on": "2026-08-10", "ends_on": "2027-06-30", "officials": ["employee"], "interest_defined": True}
    at = make.AT + ahead
    keeping.put_on_file(by=kept.grace(), at=at, on=make.ON, kind=HeldKind.NOTICE, title="Notice", body=body)
    copy = kept.copy()
    return kept.confirmed(kept.identified(kept.asked(make.frank()), copy)), copy


def test_a_notice_that_was_ended_opens_nothing_more():
    request, copy = employee_lets_go()
    kept.decided(request, [copy])
    assert opened(request, copy, by=make.frank())
    keeping.end_paper(by=kept.grace(), at=make.AT, on=make.ON, held=Held.objects.get(), reason="It was wrong.")
    with pytest.raises(NotAllowed, match="no longer stands"):
        opened(request, copy, by=make.frank())


def test_a_notice_that_a_faster_clock_filed_opens_nothing_yet():
    request, _ = employee_lets_go(ahead=timedelta(minutes=1))
    assert not allowed(request)


# Opening


def test_an_account_that_was_closed_opens_nothing_though_its_roles_stand():
    request, copy = let_go()
    people.close_account(by=make.dana(), at=make.AT, on=make.ON, user=make.bob())
    with pytest.raises(NotAllowed):
        opened(request, copy)


def test_an_officer_who_is_staff_now_opens_nothing_that_the_officer_was_given():
    request, copy = let_go()
    end_roles(make.bob())
    people.grant_role(
        by=make.dana(), at=make.AT, on=make.ON, user=make.bob(), role=Role.STAFF, school=make.school(),
        starts_on=make.ON,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="None of your roles"):
        opened(request, copy)


def test_an_account_that_a_page_read_before_its_role_ended_is_asked_afresh():
    request, copy = let_go()
    before = make.bob()
    prefetch_related_objects([before], "grants")
    end_roles(make.bob())
    with pytest.raises(NotAllowed):
        opened(request, copy, by=before)


def test_somebody_else_of_the_same_role_opens_nothing_that_the_officer_was_given():
    request, copy = let_go()
    other = make.account("Oscar", Role.SRO, at=make.school())
    with pytest.raises(NotAllowed):
        opened(request, copy, by=other)


# Links and consents


def test_nobody_links_their_own_account_and_nobody_confirms_a_link_of_their_own():
    said: dict[str, Any] = {"student": kept.student(), "role": SignerRole.PARENT, "starts_on": make.SINCE}
    with pytest.raises(BadInput, match="own account"):
        links.propose(by=kept.grace(), at=make.AT, on=make.ON, user=kept.grace(), seen="Birth record", **said)
    made = links.propose(by=make.eve(), at=make.AT, on=make.ON, user=kept.grace(), seen="Birth record", **said)
    for nobody in (make.eve(), kept.grace()):
        with pytest.raises(NotAllowed):
            links.confirm(by=nobody, at=make.AT, on=make.ON, link=made)


def test_a_link_that_was_refused_is_not_confirmed_any_more():
    made = links.propose(
        by=kept.grace(), at=make.AT, on=make.ON, user=kept.heidi(), student=kept.student(), role=SignerRole.PARENT,
        starts_on=make.SINCE, seen="Birth record",
    )  # fmt: skip
    links.end(by=make.eve(), at=make.AT, on=make.ON, link=made, reason="The paper was of somebody else.")
    with pytest.raises(BadInput):
        links.confirm(by=make.eve(), at=make.AT, on=make.ON, link=made)


def test_a_parent_of_another_child_takes_no_consent_back():
    request, copy = let_go()
    kept.link(kept.ivan(), kept.student("1002"))
    with pytest.raises(NotAllowed):
        consents.revoke(by=kept.ivan(), at=make.AT, on=make.ON, consent=consents.Consent.objects.get())
    assert opened(request, copy)


@pytest.mark.parametrize(("signature", "password"), [("Heidi", "a wrong one"), ("Ivan", kept.PASSWORD)])
def test_a_signature_needs_both_the_name_and_the_password(signature: str, password: str):
    kept.link()
    who = kept.heidi()
    who.set_password(kept.PASSWORD)
    who.save()
    terms = consents.Terms([RecordKind.ATTENDANCE.value], Purpose.SCHOOL_DUTY, str(make.bob().uid))
    with pytest.raises(NotAllowed):
        consents.sign(
            by=who, at=make.AT, on=make.ON, key="k", student=kept.student(), terms=terms, signature=signature,
            password=password, language="en", text="As read.",
        )  # fmt: skip


def test_a_word_against_the_interest_closes_what_it_opened():
    request, copy = employee_lets_go()
    kept.decided(request, [copy])
    kept.word(request, Claim.INTEREST, yes=False)
    with pytest.raises(NotAllowed, match="no longer stands"):
        opened(request, copy, by=make.frank())
