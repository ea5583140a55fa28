"""Emergencies: one act or none, over at the second, told at once, looked at again by somebody else."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accord.decision import BadInput, NotAllowed
from accord.facts import DutyKind, Role
from accord.facts import records as facts
from accord.facts.records import Purpose
from accord.rules.records import Outcome
from accord.web.audit.models import Event
from accord.web.duties import actions as duties
from accord.web.duties import listing
from accord.web.duties.models import Duty
from accord.web.interactions.times import district_day
from accord.web.records import actions, danger, emergency, secrecy
from accord.web.records.face import Leaving
from accord.web.records.models_emergencies import Determination
from accord.web.records.models_requests import Disclosure, Request
from accord.web.records.steps import Act
from tests.web import factories as make
from tests.web.records import factories as kept
from tests.web.records import urgent

pytestmark = pytest.mark.django_db

A_DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)


def opened(row: Determination, *, at: datetime, number: int = 0) -> Leaving:
    request = row.requests()[number]
    copy = request.decision.copies.get().copy
    return actions.open_copy(by=request.asker, at=at, on=make.ON, request=request, copy=copy)


def owed() -> dict[DutyKind, Duty]:
    return {DutyKind(one.kind): one for one in Duty.objects.filter(is_current=True)}


def review(row: Determination, by, at: datetime, **more):
    usual = {"outcome": Outcome.RIGHT, "words": "I spoke with both of them."}
    return emergency.review(by=by, at=at, on=make.ON, determination=row, **(usual | more))


def test_the_officer_opens_what_was_determined_until_the_very_second_it_is_over():
    row = urgent.determined()
    assert row.until == make.AT + A_DAY
    assert opened(row, at=make.AT + A_DAY - SECOND).text == "contact of a student"
    with pytest.raises(NotAllowed, match="is over"):
        opened(row, at=make.AT + A_DAY)


@pytest.mark.parametrize(
    ("answers", "because"),
    [
        ({"threat": "  "}, "what the threat is"),
        ({"recipients": []}, "whom it is"),
        ({"needed": {}}, "copies that are needed"),
        ({"tell_parent": False}, "put in danger"),
    ],
)
def test_what_is_not_said_files_nothing_at_all(answers, because):
    copy = urgent.contact_copy()
    events = Event.objects.count()
    with pytest.raises(NotAllowed, match=because):
        urgent.determined(copy, **answers)
    assert (Determination.objects.count(), Request.objects.count(), Event.objects.count()) == (0, 0, events)


def test_a_copy_without_its_reason_files_nothing():
    copy = urgent.contact_copy()
    with pytest.raises(NotAllowed, match="for each copy"):
        urgent.determined(needed={str(copy.uid): " "})
    assert not Request.objects.exists()


@pytest.mark.parametrize("who", [make.bob, make.frank, kept.grace, kept.heidi, make.dana])
def test_only_an_administrator_determines(who):
    copy = urgent.contact_copy()
    with pytest.raises(NotAllowed):
        urgent.determined(copy, by=who())
    assert not Determination.objects.exists()


def test_nobody_determines_for_themselves():
    with pytest.raises(NotAllowed, match="for themselves"):
        urgent.determined(recipients=[make.alice()])


def test_a_principal_reaches_no_student_of_another_school():
    copy = urgent.contact_copy()
    with pytest.raises(BadInput):
        urgent.determined(copy, by=make.account("Alan", Role.PRINCIPAL, at=make.school("Oak High")))


def test_a_copy_of_another_student_is_not_there():
    other = kept.copy(kept.student("1002"))
    with pytest.raises(BadInput):
        urgent.determined(other)
    assert not Request.objects.exists()


def test_a_recipient_who_may_not_ask_for_records_gets_none():
    with pytest.raises(NotAllowed):
        urgent.determined(recipients=[make.carol()])
    assert not Request.objects.exists()


def test_several_recipients_each_have_their_own_request_and_log_line():
    row = urgent.determined(recipients=[make.bob(), make.frank()])
    opened(row, at=make.AT, number=0)
    opened(row, at=make.AT, number=1)
    lines = Disclosure.objects.filter(act=Act.DECIDED)
    assert len(lines) == 2
    for line in lines:
        assert line.student == kept.student()
        assert line.holds["threat"] == urgent.THREAT
        assert set(line.holds["recipients"].split(", ")) == {str(make.bob().uid), str(make.frank().uid)}


def test_the_log_line_stands_before_anything_is_opened():
    row = urgent.determined()
    assert [line.act for line in Disclosure.objects.order_by("id")] == ["asked", "decided"]
    opened(row, at=make.AT)
    assert Disclosure.objects.filter(act=Act.OPENED, holds__purpose="emergency").count() == 1


def test_the_form_sent_twice_determines_once():
    first = urgent.determined(key="k" * 20)
    assert urgent.determined(key="k" * 20) == first
    assert (Determination.objects.count(), Request.objects.count()) == (1, 1)


def test_two_administrators_at_once_make_two_determinations_that_both_stand():
    copy = urgent.contact_copy()
    first, second = urgent.determined(copy), urgent.determined(copy, by=make.eve())
    assert {one.requests()[0].reference for one in (first, second)} == {"R2026-00001", "R2026-00002"}
    assert emergency.emergencies(make.ON, make.ON) == 2


def test_custodian_and_superintendent_see_it_above_their_pages_until_each_has_seen_it():
    row = urgent.determined()
    custodian, superintendent = make.signed_in(kept.grace()), make.signed_in(make.eve())
    words = {custodian: "Records you keep were released", superintendent: "Student records were released"}
    for client, text in words.items():
        assert text in client.get("/rules/").content.decode()
    emergency.see(by=kept.grace(), at=make.AT, on=make.ON, determination=row)
    assert words[custodian] not in custodian.get("/rules/").content.decode()
    assert words[superintendent] in superintendent.get("/rules/").content.decode()
    assert "were released" not in make.signed_in(make.alice()).get("/rules/").content.decode()


def test_without_a_custodian_it_works_and_the_superintendent_is_told():
    copy = urgent.contact_copy()
    kept.grace().grants.all().delete()
    opened(urgent.determined(copy), at=make.AT)
    assert owed()[DutyKind.EMERGENCY_ALERT].owner == Role.SUPERINTENDENT


def test_the_parent_is_told_by_the_end_of_the_seventh_day_across_the_end_of_summer_time():
    row = urgent.determined(at=datetime(2026, 10, 30, 18, tzinfo=UTC))
    due = owed()[DutyKind.EMERGENCY_PARENT]
    assert due.due_at == datetime(2026, 11, 7, 8, tzinfo=UTC) - timedelta(microseconds=1)
    assert due.interaction == str(row.requests()[0].uid)
    assert due.reference == row.requests()[0].reference


def test_a_parent_whom_telling_would_make_dangerous_is_not_told_and_it_is_said_why():
    row = urgent.determined(tell_parent=False, endangers="The father is who threatens her")
    assert row.endangers == "The father is who threatens her"
    assert DutyKind.EMERGENCY_PARENT not in owed()


def test_who_determined_it_does_not_review_it_and_nobody_does_before_it_is_over():
    row = urgent.determined(by=make.eve())
    assert owed()[DutyKind.EMERGENCY_REVIEW].owner == Role.CUSTODIAN
    over = make.AT + A_DAY
    with pytest.raises(NotAllowed, match="Somebody else"):
        review(row, make.eve(), over)
    with pytest.raises(NotAllowed, match="not over"):
        review(row, kept.grace(), over - SECOND)
    review(row, kept.grace(), over)
    assert owed()[DutyKind.EMERGENCY_REVIEW].steps.get().kind == "done"
    with pytest.raises(BadInput, match="meanwhile"):
        review(row, kept.grace(), over)


def test_a_review_without_an_outcome_or_words_is_none():
    row = urgent.determined()
    for more in ({"outcome": None}, {"words": " "}):
        with pytest.raises(NotAllowed):
            review(row, kept.grace(), make.AT + A_DAY, **more)


def told(request) -> bool:
    return secrecy.kept_back(Request.objects.get(pk=request.pk)) == ""


def waiting(kind: DutyKind) -> list[Duty]:
    return list(Duty.objects.filter(kind=kind, is_current=True).with_last_step().open())


KEPT = {"tell_parent": False, "endangers": "The father is who threatens her"}
OVER = make.AT + A_DAY


def answer(row: Determination, by, **more):
    usual = {"at": OVER + A_DAY, "on": make.ON, "still": False, "because": "He is in custody."}
    return danger.answer(by=by, determination=row, **(usual | more))


def test_an_emergency_kept_from_the_family_is_not_reviewed_without_saying_whether_it_still_endangers():
    row = urgent.determined(**KEPT)
    for more in ({}, {"still": True}, {"still": False, "because": " "}):
        with pytest.raises(NotAllowed):
            review(row, make.eve(), OVER, **more)
    assert waiting(DutyKind.EMERGENCY_REVIEW)
    with pytest.raises(NotAllowed, match="on the page"):
        duties.complete(by=make.eve(), duty=owed()[DutyKind.EMERGENCY_REVIEW], at=OVER, on=make.ON,
                        done_at=OVER, note="Seen.")  # fmt: skip
    assert not any(told(one) for one in row.requests())


def test_no_lifts_it_for_every_recipient_and_the_parent_is_told_within_seven_days_of_the_review():
    row = urgent.determined(recipients=[make.bob(), make.frank()], **KEPT)
    review(row, make.eve(), OVER, still=False, because="He is in custody.")
    assert all(told(one) for one in row.requests())
    (due,) = waiting(DutyKind.EMERGENCY_PARENT)
    assert (due.since, district_day(due.due_at)) == (OVER, district_day(OVER) + timedelta(days=7))
    assert not waiting(DutyKind.EMERGENCY_DANGER)
    with pytest.raises(BadInput, match="not asked"):
        answer(row, kept.grace(), still=True)


def test_yes_keeps_it_back_and_is_asked_again_until_somebody_without_a_part_says_no():
    row = urgent.determined(by=make.eve(), **KEPT)
    with pytest.raises(BadInput, match="not asked"):
        answer(row, kept.grace())
    review(row, kept.grace(), OVER, still=True, because="He lives there.")
    first, second = OVER + timedelta(days=20), OVER + timedelta(days=40)
    (asked,) = waiting(DutyKind.EMERGENCY_DANGER)
    assert (asked.owner, district_day(asked.due_at)) == (Role.CUSTODIAN, district_day(OVER) + timedelta(days=30))
    with pytest.raises(NotAllowed, match="Somebody else"):
        answer(row, make.eve(), at=first)
    answer(row, kept.grace(), at=first, still=True, because="He still does.")
    (again,) = waiting(DutyKind.EMERGENCY_DANGER)
    assert again.since == first
    assert not told(row.requests()[0])
    answer(row, kept.grace(), at=second)
    assert told(row.requests()[0])
    assert not waiting(DutyKind.EMERGENCY_DANGER)
    assert waiting(DutyKind.EMERGENCY_PARENT)[0].since == second
    assert [one.body["still"] for one in row.requests()[0].steps.filter(act=Act.REVIEWED)] == [True, True, False]
    assert make.verify().whole


def test_ended_before_its_time_it_is_over_for_every_recipient():
    row = urgent.determined(recipients=[make.bob(), make.frank()])
    emergency.end(by=make.alice(), at=make.AT, on=make.ON, determination=row, reason="He was found.")
    for number in (0, 1):
        with pytest.raises(NotAllowed, match="was ended"):
            opened(row, at=make.AT + SECOND, number=number)
    review(row, make.eve(), make.AT + SECOND)


def test_another_principal_does_not_end_it():
    row = urgent.determined()
    with pytest.raises(NotAllowed):
        emergency.end(
            by=make.account("Alan", Role.PRINCIPAL, at=make.school("Oak High")),
            at=make.AT, on=make.ON, determination=row, reason="I would not have.",
        )  # fmt: skip


def test_emergencies_are_counted_by_the_district_s_days():
    urgent.determined(at=datetime(2026, 11, 25, 7, 59, 59, tzinfo=UTC))
    urgent.determined(at=datetime(2026, 11, 25, 8, tzinfo=UTC))
    assert [emergency.emergencies(day, day) for day in (date(2026, 11, 23), make.ON, date(2026, 11, 25))] == [0, 1, 1]


def test_no_school_s_people_see_the_tasks_and_a_custodian_only_their_own():
    urgent.determined()
    scopes = {who.name: duties.people.scope(who.facts(), "duties.read", on=make.ON)
              for who in (make.alice(), kept.grace(), make.eve())}  # fmt: skip
    seen = {name: {one.kind for one in Duty.objects.visible_to(scope)} for name, scope in scopes.items()}
    assert seen["Alice"] == set()
    assert seen["Grace"] == {"emergency_custodian", "emergency_parent", "week_review"}
    assert len(seen["Eve"]) == 5
    assert [one.kind for one in listing.alerts(scopes["Grace"], at=make.AT)] == [DutyKind.EMERGENCY_CUSTODIAN]


def test_a_custodian_completes_what_a_custodian_owes_and_nothing_else():
    urgent.determined()
    done = {"at": make.AT, "on": make.ON, "done_at": make.AT, "note": "By telephone."}
    duties.complete(by=kept.grace(), duty=owed()[DutyKind.EMERGENCY_PARENT], **done)
    with pytest.raises(NotAllowed):
        duties.complete(by=kept.grace(), duty=owed()[DutyKind.EMERGENCY_REVIEW], **done)


def test_an_emergency_that_whoever_asks_only_states_opens_nothing():
    copy = urgent.contact_copy()
    stated = facts.Emergency(
        threat=urgent.THREAT, determined_by=str(make.alice().uid), determined_at=make.AT,
        recipients=(str(make.bob().uid),), records_needed=(str(copy.uid),),
    )  # fmt: skip
    request = kept.identified(kept.asked(purpose=Purpose.EMERGENCY, emergency=stated), copy)
    with pytest.raises(NotAllowed, match="does not let this record go"):
        kept.decided(request, [copy])


def test_the_history_tells_of_the_determination_and_of_the_look_at_the_student():
    row = urgent.determined()
    opened(row, at=make.AT)
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"records.determined", "students.read", "records.identified", "records.decided", "duties.raised"} <= verbs
    assert make.verify().whole


def test_an_emergency_is_not_over_while_one_recipient_still_opens_the_copies():
    row = urgent.determined(recipients=[make.bob(), make.frank()])
    first, second = row.requests()
    number = first.steps.count()
    actions.end(by=kept.grace(), at=make.AT, on=make.ON, request=first, number=number, reason="He needs it no more.")
    assert opened(row, at=make.AT + SECOND, number=1).text == "contact of a student"
    with pytest.raises(NotAllowed, match="not over yet"):
        review(row, kept.grace(), make.AT + SECOND)
    emergency.end(by=kept.grace(), at=make.AT + SECOND, on=make.ON, determination=row, reason="He is safe.")
    with pytest.raises(NotAllowed, match="was ended"):
        opened(row, at=make.AT + 2 * SECOND, number=1)
    assert [one.steps.filter(act=Act.ENDED).count() for one in (first, second)] == [1, 1]
