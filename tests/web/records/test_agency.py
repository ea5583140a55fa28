"""An account holds its agency by its role: nobody states one, and what was let go for a former one opens no more."""

import pytest
from django.urls import reverse

from accord.decision import BadInput, NotAllowed
from accord.facts import Role, to_plain
from accord.facts import records as facts
from accord.facts.records import Capacity, Claim
from accord.web.people import actions as people
from accord.web.people.models import RoleGrant, User
from accord.web.records import actions, asking, gate_facts, keeping
from accord.web.records.holding import hold
from accord.web.records.models import Copy, Held, HeldKind
from accord.web.records.models_requests import Request
from tests.web import factories as make
from tests.web.records import factories as kept
from tests.web.records import urgent
from tests.web.records.test_ask_pages import ANSWERS, NEW

pytestmark = pytest.mark.django_db

OTHER = "sheriff"


def agreement(party: str, *, word: bool = True) -> None:
    """All papers by which officers of an agency are school officials, and the officer's own word."""
    told = facts.AnnualNotice(make.SINCE, make.ON, (Capacity.SRO,), interest_defined=True)
    terms = facts.Agreement(party, make.SINCE, school_function=True, direct_control=True, use_limits=True)
    kept.held(HeldKind.NOTICE, to_plain(told))
    kept.held(HeldKind.AGREEMENT, to_plain(terms))
    if word:
        kept.held(HeldKind.ACKNOWLEDGEMENT, to_plain(facts.Acknowledgement(str(make.bob().uid), make.SINCE)))


def found() -> tuple[Request, Copy]:
    copy = kept.copy()
    request = kept.identified(kept.asked(), copy)
    kept.word(request, Claim.INTEREST)
    return request, copy


def let_go(request: Request) -> dict[str, str]:
    return hold(Request.objects.get(pk=request.pk), decided_by=str(kept.grace().uid), at=make.AT, on=make.ON).allowed


def opened(request: Request, copy: Copy) -> None:
    actions.open_copy(by=User.objects.get(name="Bob"), at=make.AT, on=make.ON, request=request, copy=copy)


def moved(agency: str) -> None:
    """Bob goes to another agency: the role ends and is granted anew."""
    by = {"by": make.dana(), "at": make.AT, "on": make.ON}
    grant = make.bob().grants.get()
    people.end_role(**by, grant=grant)
    people.grant_role(**by, user=grant.user, role=Role.SRO, school=make.school(), starts_on=make.ON, agency=agency)


def test_the_agreement_of_the_agency_that_the_role_names_opens():
    agreement(make.AGENCY)
    request, copy = found()
    assert let_go(request) == {str(copy.uid): "records.contracted-official"}


def test_the_agreement_of_another_agency_opens_nothing_and_is_not_to_be_had_by_asking():
    agreement(OTHER)
    request, _ = found()
    assert let_go(request) == {}
    with pytest.raises(NotAllowed, match="held for city-police, not for sheriff"):
        kept.asked(asker=asking.own_party(make.bob(), on=make.ON, agency=OTHER))
    answer = make.signed_in(make.bob()).post(NEW, ANSWERS | {"agency": OTHER})
    assert answer.status_code == 400
    assert "Your role is not held for this agency." in answer.content.decode()
    assert Request.objects.count() == 1


def test_an_employee_states_no_agency_either():
    party = facts.Party(str(make.frank().uid), Capacity.EMPLOYEE, make.AGENCY, True)
    with pytest.raises(NotAllowed, match="agency you serve is not on file"):
        kept.asked(make.frank(), asker=party)


def test_a_role_without_an_agency_asks_but_nothing_rests_on_one_and_it_is_said_who_files_it():
    make.account("Bob", Role.SRO, at=make.school(), agency="")
    agreement(make.AGENCY, word=False)
    browser = make.signed_in(make.bob())
    assert "until the program administrator files yours" in browser.get(NEW).content.decode()
    with pytest.raises(NotAllowed, match="The program administrator files it with your role"):
        kept.asked()
    request = kept.asked(asker=asking.own_party(make.bob(), on=make.ON))
    kept.word(kept.identified(request, kept.copy()), Claim.INTEREST)
    held = hold(request, decided_by=str(kept.grace().uid), at=make.AT, on=make.ON)
    assert held.allowed == {}
    assert "It is not on file which agency they serve. The program administrator files" in " ".join(
        str(one.reason) for one in held.answer.word
    )
    page = browser.get(reverse("records:read", kwargs={"uid": request.uid})).content.decode()
    assert "It is not on file which agency they serve." in page


def test_another_agency_after_the_decision_ends_what_rests_on_the_former_one():
    agreement(make.AGENCY)
    request, copy = found()
    kept.decided(request, [copy])
    opened(request, copy)
    moved(OTHER)
    with pytest.raises(NotAllowed, match="held for sheriff, not for city-police"):
        opened(request, copy)
    assert let_go(request) == {}


def test_another_agency_between_asking_and_deciding_is_seen():
    agreement(make.AGENCY)
    request, copy = found()
    moved(OTHER)
    assert let_go(request) == {}
    with pytest.raises(NotAllowed, match="does not let this record go"):
        kept.decided(request, [copy])


@pytest.mark.parametrize("word_for", [OTHER, ""])
def test_a_word_to_keep_the_limits_given_for_another_agency_or_for_none_does_not_count(word_for: str):
    """The one was given before the officer moved, the other filed before a word named its agency."""
    agreement(make.AGENCY)
    request, copy = found()
    assert let_go(request) == {str(copy.uid): "records.contracted-official"}
    word = Held.objects.get(kind=HeldKind.ACKNOWLEDGEMENT.value)
    keeping.end_paper(by=kept.grace(), at=make.AT, on=make.ON, held=word, reason="Another one is filed.")
    body = to_plain(facts.Acknowledgement(str(make.bob().uid), make.SINCE, agency=word_for))
    Held.objects.create(kind=word.kind, body=body, title="Word", by=kept.grace(), at=make.AT)
    assert let_go(request) == {}


@pytest.mark.parametrize(
    ("kind", "who"), [(HeldKind.ACKNOWLEDGEMENT, "person"), (HeldKind.DESIGNATION, "officer")]
)  # fmt: skip
def test_a_paper_about_an_officer_is_filed_for_the_agency_that_their_role_names(kind: HeldKind, who: str):
    bob = {who: str(make.bob().uid)}
    assert kept.held(kind, bob).body["agency"] == make.AGENCY
    with pytest.raises(BadInput, match="No role of this officer names that agency"):
        kept.held(kind, bob | {"agency": OTHER})
    rex = make.account("Rex", Role.SRO, at=make.school(), agency="")
    with pytest.raises(BadInput, match="not on file which agency"):
        kept.held(kind, {who: str(rex.uid)})
    assert "agency" not in kept.held(kind, {who: "A contractor"}).body


def test_an_officer_of_two_agencies_says_for_which_they_ask():
    people.grant_role(
        by=make.dana(), at=make.AT, on=make.ON, user=make.bob(), role=Role.SRO, school=make.school("Oak High"),
        starts_on=make.ON, agency=OTHER,
    )  # fmt: skip
    browser = make.signed_in(make.bob())
    answer = browser.post(NEW, ANSWERS)
    assert answer.status_code == 400
    assert "Choose for which of your agencies you ask." in answer.content.decode()
    assert browser.post(NEW, ANSWERS | {"agency": OTHER}).status_code == 302
    assert Request.objects.get().body["asker"]["agency"] == OTHER


def test_in_an_emergency_an_officer_is_told_as_one_of_their_agency_or_of_none_on_file():
    made = urgent.determined()
    assert made.requests()[0].body["asker"]["agency"] == make.AGENCY
    RoleGrant.objects.filter(user=make.bob()).update(ended_at=make.AT, ended_by="test")
    make.account("Rex", Role.SRO, at=make.school(), agency="")
    party = asking.own_party(User.objects.get(name="Rex"), on=make.ON)
    assert all(one.met for one in asking.findings(User.objects.get(name="Rex"), party, on=make.ON))
    assert party.agency == ""


def test_the_control_counts_the_word_of_an_officer_for_the_agency_of_their_role_alone():
    """What opens nothing at the gate is no evidence that an officer signed."""

    def signed() -> bool:
        return gate_facts.rows(until=make.ON).on(make.ON, known_on=make.ON).officers[0].acknowledged_on is not None

    agreement(make.AGENCY)
    assert signed()
    word = Held.objects.get(kind=HeldKind.ACKNOWLEDGEMENT.value)
    keeping.end_paper(by=kept.grace(), at=make.AT, on=make.ON, held=word, reason="Another one is filed.")
    assert not signed()
    for agency in (OTHER, ""):
        body = to_plain(facts.Acknowledgement(str(make.bob().uid), make.SINCE, agency=agency))
        Held.objects.create(kind=word.kind, body=body, title="Word", by=kept.grace(), at=make.AT)
    assert not signed()


def test_whoever_enters_a_request_for_someone_outside_gives_a_name_and_no_account():
    """Under the id of an account the log would name that person as the one who received the records."""
    bob = facts.Party(str(make.bob().uid), Capacity.PEACE_OFFICER, make.AGENCY, True)
    with pytest.raises(BadInput, match="name"):
        kept.asked(kept.grace(), asker=bob)
    assert not Request.objects.exists()
