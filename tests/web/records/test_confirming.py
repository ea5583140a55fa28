"""What only whoever asks says opens nothing until somebody else confirms it, and no more once that is taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accord.decision import BadInput, NotAllowed
from accord.facts import Disability, DutyKind, Role, to_plain
from accord.facts import records as facts
from accord.facts.records import Capacity, Claim, PaperKind, Purpose, RecordKind, Ruling
from accord.web.audit.models import Event
from accord.web.duties import actions as duties
from accord.web.duties.models import Duty
from accord.web.interactions import linking
from accord.web.records import actions, confirm_page
from accord.web.records.confirming import by_hand
from accord.web.records.holding import hold
from accord.web.records.models import Copy, HeldKind
from accord.web.records.models_confirmations import Confirmation
from accord.web.records.models_requests import Decision, Request
from accord.web.records.replay import Replayed, replay
from accord.web.students.models import Student
from tests.web import factories as make
from tests.web.duties import factories as tasks
from tests.web.records import factories as kept

pytestmark = pytest.mark.django_db


def crime() -> tuple[Request, Copy]:
    """The officer says that a crime by a student with special needs was reported to them."""
    about = kept.student()
    Student.objects.filter(pk=about.pk).update(disability=Disability.IDEA)
    copy = kept.copy(about, RecordKind.SPECIAL_EDUCATION)
    bob = str(make.bob().uid)
    request = kept.asked(
        purpose=Purpose.CRIME_REPORT, records=(facts.Record(kind=RecordKind.SPECIAL_EDUCATION),), reported_crime=True,
        certification=facts.Certification(by=bob, signed_on=make.ON, no_redisclosure=True),
    )  # fmt: skip
    return kept.identified(request, copy), copy


def notice() -> None:
    told = facts.AnnualNotice(make.SINCE, make.ON, (Capacity.EMPLOYEE, Capacity.SRO), interest_defined=True)
    kept.held(HeldKind.NOTICE, to_plain(told))


def let_go(request: Request) -> dict[str, str]:
    return hold(request, decided_by=str(kept.grace().uid), at=make.AT, on=make.ON).allowed


def opened(request: Request, copy: Copy) -> None:
    actions.open_copy(by=make.bob(), at=make.AT, on=make.ON, request=request, copy=copy)


def page(request: Request, user: Any) -> str:
    return make.signed_in(user).get(reverse("records:read", kwargs={"uid": request.uid})).content.decode()


def send(request: Request, user: Any, **answers: Any) -> Any:
    usual = {"number": "0", "claim": "reported_crime", "yes": "yes", "source": "Report 26-412, read at the desk"}
    return make.signed_in(user).post(reverse("records:confirm", kwargs={"uid": request.uid}), usual | answers)


def test_a_crime_that_only_the_officer_says_was_reported_opens_nothing():
    request, copy = crime()
    assert let_go(request) == {}
    with pytest.raises(NotAllowed, match="does not let this record go"):
        kept.decided(request, [copy])
    shown = page(request, kept.grace())
    assert "Told by the asker; nobody has confirmed it." in shown
    assert "Nobody but whoever asks says so" in shown
    assert "The custodian files it after checking the report of the crime." in shown


def test_the_custodian_confirms_it_on_the_page_and_the_decision_keeps_what_was_confirmed():
    request, copy = crime()
    assert send(request, kept.grace()).status_code == 302
    assert let_go(request) == {str(copy.uid): "records.crime-report"}
    made = kept.decided(request, [copy])
    [word] = [one for one in made.facts["on_file"]["confirmations"] if one["claim"] == "reported_crime"]
    assert (word["by"], word["source"]) == (str(kept.grace().uid), "Report 26-412, read at the desk")
    assert {"reported_crime", "agency"} <= set(made.facts["request"]["claims"])
    opened(request, copy)
    assert list(replay(Replayed())) == []
    assert make.verify().whole
    assert Event.objects.get(verb="records.confirmed")


@pytest.mark.parametrize("how", ["a no on the page", "another custodian's no"])
def test_a_no_after_the_decision_closes_what_was_let_go_at_the_next_opening(how: str):
    request, copy = crime()
    kept.word(request, Claim.REPORTED_CRIME)
    kept.decided(request, [copy])
    opened(request, copy)
    who = kept.grace() if how == "a no on the page" else make.account("Olga", Role.CUSTODIAN)
    assert send(request, who, number="1", yes="no", source="The report was about somebody else.").status_code == 302
    with pytest.raises(NotAllowed, match="a confirmation ended"):
        opened(request, copy)
    assert "Not confirmed" in page(request, kept.grace())
    assert Decision.objects.get().facts["on_file"]["confirmations"]


@pytest.mark.parametrize("who", ["the officer", "a second officer", "a supervisor who is superintendent too"])
def test_no_officer_confirms_anything_and_nobody_what_they_say_themselves(who: str):
    request, _ = crime()
    user = {
        "the officer": make.bob,
        "a second officer": lambda: make.account("Bert", Role.SRO, at=make.school()),
        "a supervisor who is superintendent too": lambda: make.account("Sam", Role.SUPERINTENDENT),
    }[who]()
    if user.name == "Sam":
        make.account("Sam", Role.AGENCY_SUPERVISOR)
    assert send(request, user).status_code in (403, 404)
    with pytest.raises(NotAllowed):
        kept.word(request, Claim.REPORTED_CRIME, by=user)
    assert not Confirmation.objects.exists()


def test_whoever_entered_a_request_for_someone_outside_confirms_none_of_it():
    party = facts.Party("R. Ortiz", Capacity.OTHER_SCHOOL, "Elm District", True)
    request = kept.asked(kept.grace(), asker=party, purpose=Purpose.ENROLLMENT, enrolls_there=True)
    assert by_hand(request) == (Claim.AGENCY, Claim.ENROLLS_THERE)
    answer = send(request, kept.grace(), claim="enrolls_there")
    assert answer.status_code == 403
    assert "Nobody confirms what they say themselves" in answer.content.decode()
    kept.word(request, Claim.ENROLLS_THERE, by=make.eve())
    copy = kept.copy(kind=RecordKind.ATTENDANCE)
    kept.identified(request, copy)
    held = hold(request, decided_by=str(make.eve().uid), at=make.AT, on=make.ON)
    assert held.allowed == {str(copy.uid): "records.other-school"}


def test_a_teacher_s_interest_and_class_are_found_by_somebody_else():
    notice()
    copy = kept.copy()
    request = kept.identified(kept.asked(make.frank(), teaches_student=True), copy)
    assert by_hand(request) == (Claim.INTEREST, Claim.TEACHES_STUDENT)
    assert let_go(request) == {}
    kept.word(request, Claim.INTEREST)
    assert let_go(request) == {str(copy.uid): "records.school-employee"}


@pytest.mark.parametrize(
    ("change", "status"),
    [({"source": " "}, 400), ({"yes": ""}, 400), ({"claim": "statute"}, 422), ({"claim": "nonsense"}, 400),
     ({"source": "He is undocumented, ICE said"}, 422), ({"number": "5"}, 409)],
)  # fmt: skip
def test_what_cannot_be_filed_is_said_beside_it_and_nothing_is_stored(change: dict[str, str], status: int):
    request, _ = crime()
    answer = send(request, kept.grace(), **change)
    assert answer.status_code == status
    assert not Confirmation.objects.exists()
    if status == 409:
        assert "Report 26-412, read at the desk" in answer.content.decode()


def test_nothing_is_confirmed_of_a_request_that_was_taken_back():
    request, _ = crime()
    actions.withdraw(by=make.bob(), at=make.AT, on=make.ON, request=request, number=request.steps.count())
    with pytest.raises(BadInput, match="taken back"):
        kept.word(request, Claim.REPORTED_CRIME)
    assert "File what you checked" not in page(request, kept.grace())


def test_the_officer_s_page_is_the_same_whatever_was_confirmed():
    request, _ = crime()
    before = page(request, make.bob())
    assert "The custodian files it after checking the report of the crime." in before
    kept.word(request, Claim.REPORTED_CRIME)
    assert strip(page(request, make.bob())) == strip(before)
    kept.word(request, Claim.REPORTED_CRIME, yes=False)
    assert strip(page(request, make.bob())) == strip(before)


def strip(text: str) -> list[str]:
    return [line for line in text.splitlines() if "csrf" not in line and "nonce" not in line]


def test_a_yes_by_a_clock_that_is_ahead_opens_nothing_yet_and_a_no_closes_at_once():
    request, copy = crime()
    kept.word(request, Claim.REPORTED_CRIME, at=make.AT + timedelta(minutes=5))
    assert let_go(request) == {}
    kept.word(request, Claim.REPORTED_CRIME)
    assert let_go(request) == {str(copy.uid): "records.crime-report"}
    kept.word(request, Claim.REPORTED_CRIME, yes=False, at=make.AT + timedelta(minutes=5))
    assert let_go(request) == {}


def test_that_a_judge_signed_a_paper_is_not_known_from_whoever_brings_it():
    copy = kept.copy()
    shown = facts.Paper(
        PaperKind.JUDICIAL_WARRANT, signed_by_judge=True, issued_on=make.ON, names_records=("attendance",),
        recipient=str(make.bob().uid), notice_excused_by_court=True,
    )  # fmt: skip
    request = kept.identified(kept.asked(purpose=Purpose.IMMIGRATION, paper=shown), copy)
    answer = hold(request, decided_by=str(kept.grace().uid), at=make.AT, on=make.ON).answer
    assert (answer.ruling, answer.basis) == (Ruling.DENY, "records.immigration")


def reported(*, agency: str = make.AGENCY, **answers: Any) -> Duty:
    """An officer logged the contact, Alice linked the student, and the school told the police of the threat."""
    officer = make.account("Bert", Role.SRO, at=make.school(), agency=agency)
    contact = make.contact(officer, **answers)
    linking.link(
        linking.Asked(make.alice(), make.AT, make.ON, contact, 1), position=0, student=kept.student(), taken=()
    )
    duties = tasks.raised(
        contact=contact.uid, by=officer, reference=contact.reference, threat_known_at=make.AT - timedelta(hours=2)
    )  # fmt: skip
    duty = next(one for one in duties if one.kind == DutyKind.THREAT_REPORT)
    return tasks.done(duty)


def test_a_report_to_the_police_that_is_on_file_after_a_contact_is_drawn_from_there():
    request, copy = crime()
    assert let_go(request) == {}
    duty = reported()
    assert let_go(request) == {str(copy.uid): "records.crime-report"}
    reader = confirm_page.Reader(kept.grace(), make.AT, make.ON, files=True)
    told = {one.claim: one for one in confirm_page.page(request, kept.student(), reader, bound=None)}
    assert told[Claim.REPORTED_CRIME].settled
    assert told[Claim.REPORTED_CRIME].contacts == [duty.reference]
    kept.word(request, Claim.REPORTED_CRIME, yes=False)
    assert let_go(request) == {}


def test_a_report_that_was_opened_again_confirms_nothing():
    request, copy = crime()
    duty = reported()
    assert let_go(request) == {str(copy.uid): "records.crime-report"}
    duties.reopen(by=make.eve(), at=make.AT, on=make.ON, duty=duty, reason="It was never sent.")
    assert let_go(request) == {}


def test_a_report_after_a_contact_of_another_agency_confirms_nothing():
    request, _ = crime()
    reported(agency="sheriff")
    assert let_go(request) == {}


def test_a_report_after_a_contact_with_two_students_does_not_say_whose_crime_it_was():
    request, _ = crime()
    reported(people=(make.student(), make.student()))
    assert let_go(request) == {}
