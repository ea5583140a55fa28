"""Papers of courts: nothing goes before counsel read it, the family was told in time and each copy was checked."""

from datetime import timedelta

import pytest

from accord.decision import BadInput, NotAllowed
from accord.facts import DutyKind
from accord.facts.records import PaperKind, RecordKind
from accord.rules import records as rule
from accord.web.duties.models import Duty
from accord.web.records import actions, papers
from accord.web.records.models import Held
from accord.web.records.models_requests import Disclosure
from accord.web.records.steps import Act
from tests.web import factories as make
from tests.web.records import factories as kept
from tests.web.records import urgent

pytestmark = pytest.mark.django_db

BARRED = "You shall tell no person of this subpoena."


def answer(request):
    return actions.hold(request, decided_by=str(kept.grace().uid), at=make.AT, on=make.ON)


def owed() -> set[str]:
    """What waits for the family's or the custodian's doing; a week is looked over whatever is asked for."""
    rows = Duty.objects.filter(is_current=True).exclude(kind=DutyKind.WEEK_REVIEW).with_last_step().open()
    return set(rows.values_list("kind", flat=True))


def ready(request):
    return rule.is_ready(papers.waiting(papers.standing(urgent.to(request).request), on=make.ON))


def test_with_everything_done_the_copy_that_was_checked_goes_and_no_other():
    copy, other = urgent.contact_copy(), kept.copy(kind=RecordKind.HEALTH)
    request = urgent.in_order(copy)
    assert ready(request).met
    assert set(answer(request).allowed) == {str(copy.uid)}
    kept.decided(request, [copy])
    actions.open_copy(by=make.bob(), at=make.AT, on=make.ON, request=request, copy=copy)
    with pytest.raises(NotAllowed):
        actions.open_copy(by=make.bob(), at=make.AT, on=make.ON, request=request, copy=other)


def test_until_counsel_read_it_the_answer_is_counsel():
    request = urgent.received(urgent.asked_by_court(urgent.contact_copy()))
    assert answer(request).answer.ruling.value == "counsel review"
    assert owed() == set()


def test_a_copy_that_was_not_checked_against_the_paper_does_not_go():
    request = urgent.read(urgent.received(urgent.asked_by_court(urgent.contact_copy())))
    urgent.told(urgent.told(request, Act.PARENT_TOLD), Act.PUPIL_TOLD)
    assert "checked against it" in str(ready(request).reason)
    assert not answer(request).allowed


@pytest.mark.parametrize(("days", "goes"), [(3, True), (2, False)])
def test_nothing_goes_before_three_days_after_the_later_notice(days, goes):
    copy = urgent.contact_copy()
    request = urgent.read(urgent.received(urgent.asked_by_court(copy)))
    urgent.told(request, Act.PARENT_TOLD)
    urgent.told(request, Act.PUPIL_TOLD, on=make.ON - timedelta(days=days))
    urgent.checked(request, copy)
    assert bool(answer(request).allowed) is goes
    earliest = rule.earliest(papers.standing(urgent.to(request).request), 3)
    assert earliest == make.ON + timedelta(days=3 - days)


def test_an_attempt_that_reached_nobody_begins_no_time_and_leaves_the_task():
    request = urgent.read(urgent.received(urgent.asked_by_court(urgent.contact_copy())))
    assert owed() == {DutyKind.PAPER_PARENT, DutyKind.PAPER_PUPIL}
    urgent.told(request, Act.PARENT_TOLD, how=papers.How.NO_ANSWER)
    assert papers.standing(urgent.to(request).request).parent_told_on is None
    assert DutyKind.PAPER_PARENT in owed()
    urgent.told(request, Act.PARENT_TOLD)
    assert owed() == {DutyKind.PAPER_PUPIL}


def test_the_family_is_told_once_the_student_is_found_if_that_comes_last():
    copy = urgent.contact_copy()
    request = urgent.read(urgent.received(kept.asked()))
    assert owed() == set()
    kept.identified(request, copy)
    assert owed() == {DutyKind.PAPER_PARENT, DutyKind.PAPER_PUPIL}


@pytest.mark.parametrize("kind", [PaperKind.ADMINISTRATIVE_WARRANT, PaperKind.ADMINISTRATIVE_SUBPOENA])
def test_a_paper_that_an_agency_signed_opens_nothing_whatever_was_done(kind):
    copy = urgent.contact_copy()
    request = urgent.read(urgent.received(urgent.asked_by_court(copy), kind=kind), kind=kind)
    urgent.told(urgent.told(request, Act.PARENT_TOLD), Act.PUPIL_TOLD)
    urgent.checked(request, copy)
    assert "opens no record" in str(ready(request).reason)
    assert not answer(request).allowed
    assert owed() == set()


def test_what_counsel_finds_counts_over_what_was_written_down_at_the_door():
    copy = urgent.contact_copy()
    request = urgent.read(urgent.received(urgent.asked_by_court(copy)), kind=PaperKind.ADMINISTRATIVE_SUBPOENA)
    assert papers.standing(urgent.to(request).request).kind is PaperKind.ADMINISTRATIVE_SUBPOENA


def test_an_objection_holds_everything_until_it_is_settled():
    copy = urgent.contact_copy()
    request = urgent.in_order(copy)
    note = {"by": kept.grace(), "at": make.AT, "on": make.ON, "words": "The parent moved to quash."}
    papers.say(to=urgent.to(request), act=Act.OBJECTED, **note)
    assert not answer(request).allowed
    papers.say(to=urgent.to(request), act=Act.OBJECTION_OVER, **note)
    assert answer(request).allowed


def test_a_corrected_paper_begins_anew():
    copy = urgent.contact_copy()
    request = urgent.received(urgent.in_order(copy))
    paper = papers.standing(urgent.to(request).request)
    assert (paper.counsel_reviewed_on, paper.parent_told_on, paper.pupil_told_on) == (None, None, None)
    assert not answer(request).allowed


def test_what_the_asker_says_of_counsel_and_notice_counts_for_nothing():
    copy = urgent.contact_copy()
    said = urgent.replace(
        urgent.PAPER, counsel_reviewed_on=urgent.BEGUN, parent_told_on=urgent.BEGUN, pupil_told_on=urgent.BEGUN
    )
    assert not answer(urgent.asked_by_court(copy, paper=said)).allowed


def test_the_scan_is_pinned_by_its_fingerprint():
    request = urgent.received(urgent.asked_by_court(urgent.contact_copy()))
    body = papers.latest(request, Act.PAPER_RECEIVED)
    held = Held.objects.get(uid=body["held"])
    assert held.digest == body["scan"]
    assert bytes(held.scan) == urgent.SCAN


@pytest.mark.parametrize(("more", "because"), [
    ({"recipient": ""}, "to whom"), ({"names_records": ()}, "kinds of records"), ({"issued_on": None}, "day"),
    ({"non_disclosure": True}, "forbid"), ({"notice_excused_by_court": True}, "excuses"),
])  # fmt: skip
def test_a_paper_of_which_something_is_not_said_is_not_on_file(more, because):
    with pytest.raises(NotAllowed, match=because):
        urgent.received(urgent.asked_by_court(urgent.contact_copy()), **more)
    assert not Held.objects.filter(kind="paper").exists()


def test_only_whoever_keeps_the_records_puts_a_paper_on_file():
    request = urgent.asked_by_court(urgent.contact_copy())
    for one in (make.bob(), make.alice(), make.eve(), kept.heidi()):
        with pytest.raises(NotAllowed):
            papers.receive(
                by=one, at=make.AT, on=make.ON, to=urgent.to(request), paper=urgent.PAPER, court="Superior Court",
                scan=papers.Scan("subpoena.pdf", urgent.SCAN),
            )  # fmt: skip


def test_a_copy_that_was_not_found_for_the_request_cannot_be_checked():
    request = urgent.read(urgent.received(urgent.asked_by_court(urgent.contact_copy())))
    with pytest.raises(BadInput):
        urgent.checked(request, kept.copy(kind=RecordKind.HEALTH))


def test_a_notice_in_the_future_is_none():
    request = urgent.read(urgent.received(urgent.asked_by_court(urgent.contact_copy())))
    with pytest.raises(NotAllowed, match="future"):
        urgent.told(request, Act.PARENT_TOLD, on=make.ON + timedelta(days=1))


def test_two_who_note_at_once_leave_one_note():
    request = urgent.received(urgent.asked_by_court(urgent.contact_copy()))
    seen = urgent.to(request)
    note = {"by": kept.grace(), "at": make.AT, "on": make.ON, "words": "By letter.", "act": Act.OBJECTED}
    papers.say(to=seen, **note)
    with pytest.raises(actions.Conflict):
        papers.say(to=seen, **note)


def sealed(copy):
    """Everything done under a grand jury's subpoena that forbids to tell anyone."""
    more = {"kind": PaperKind.GRAND_JURY, "non_disclosure": True, "barred_by": BARRED}
    return urgent.checked(urgent.read(urgent.received(urgent.asked_by_court(copy), **more), **more), copy)


def test_a_paper_that_forbids_telling_needs_no_notice_and_allows_none():
    copy = urgent.contact_copy()
    request = sealed(copy)
    assert owed() == set()
    with pytest.raises(NotAllowed, match="forbids"):
        urgent.told(request, Act.PARENT_TOLD)
    assert set(answer(request).allowed) == {str(copy.uid)}


def test_what_is_sealed_is_seen_by_no_family_before_or_after_it_is_opened():
    kept.link()
    copy = urgent.contact_copy()
    request = sealed(copy)
    kept.decided(request, [copy])
    actions.open_copy(by=make.bob(), at=make.AT, on=make.ON, request=request, copy=copy)
    assert set(Disclosure.objects.filter(act__in=["decided", "opened"]).values_list("sealed", flat=True)) == {True}
    page = make.signed_in(kept.heidi()).get("/records/family/").content.decode()
    assert request.reference not in page
    for client in (make.signed_in(make.bob()),):
        page = client.get(f"/records/{request.uid}/").content.decode()
        assert BARRED not in page
        assert "seal" not in page.lower()


def test_contact_data_under_a_paper_call_for_an_effort_to_keep_them_confidential():
    copy = urgent.contact_copy()
    request = urgent.in_order(copy)
    kept.decided(request, [copy])
    assert owed() == {DutyKind.CONFIDENTIALITY}
    papers.say(
        by=kept.grace(), at=make.AT, on=make.ON, to=urgent.to(request), act=Act.CONFIDENTIALITY_ASKED,
        words="They signed our letter.",
    )  # fmt: skip
    assert owed() == set()
    assert make.verify().whole


def test_what_counsel_copies_out_is_looked_through_like_any_other_words():
    request = urgent.received(urgent.asked_by_court(urgent.contact_copy()))
    with pytest.raises(NotAllowed):
        urgent.read(request, non_disclosure=True, barred_by="Tell nobody that the father is undocumented.")
