"""Each week somebody looks over who opened student records; the superintendent sees whether it was done."""

from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, ProgrammingError, transaction
from django.urls import reverse

from accord.decision import BadInput, NotAllowed
from accord.facts import Status
from accord.rules.controls_records import records_gate
from accord.web.duties import actions as duties
from accord.web.duties.models import Duty
from accord.web.interactions.times import district_day
from accord.web.people.models import User
from accord.web.records import actions, gate_facts, openings, reading, reviewing, week_tasks
from accord.web.records.models_requests import Disclosure
from accord.web.students import actions as students
from tests.web import factories as make
from tests.web.records import factories as kept

pytestmark = pytest.mark.django_db

MONDAY = openings.monday(make.ON)
NEXT = make.ON + timedelta(weeks=1)
NOON = make.AT + timedelta(weeks=1)
NIGHT = make.AT + timedelta(hours=12)
"""Ten in the evening of the same Tuesday in the district."""


def released():
    kept.link()
    kept.consent()
    copy = kept.copy()
    request = kept.identified(kept.asked(), copy)
    kept.decided(request, [copy])
    return request, copy


def opened(request, copy, *, at=make.AT, by=None):
    return actions.open_copy(by=by or make.bob(), at=at, on=make.ON, request=request, copy=copy)


def of(name, *, first=MONDAY, on=make.ON):
    return next(one for one in openings.rows(first=first, on=on) if one.person.name == name)


def filed(by=None, *, notes="Nothing to ask about.", monday=MONDAY, on=NEXT):
    return reviewing.file(by=by or kept.grace(), at=NOON, on=on, monday=monday, notes=notes)


def test_a_week_counts_openings_refusals_searches_and_students_of_each_person():
    request, copy = released()
    opened(request, copy)
    other = kept.copy(kept.student("1002"))
    with pytest.raises(NotAllowed):
        opened(request, other)
    students.search(by=make.alice(), at=make.AT, on=make.ON, text="1001")
    week = of("Bob").week
    assert (week.opened, week.refused, len(week.students), week.out_of_hours) == (1, 1, 1, 0)
    assert of("Alice").week.searched == 1


def test_what_is_read_at_night_stands_out_and_comes_first():
    request, copy = released()
    students.search(by=make.alice(), at=make.AT, on=make.ON, text="1001")
    opened(request, copy, at=NIGHT)
    first = openings.rows(first=MONDAY, on=make.ON)[0]
    assert first.person.name == "Bob"
    assert [one.clause for one in first.stands_out] == ["openings.hours"]


def test_the_usual_is_the_median_of_twelve_weeks_those_without_a_look_included():
    for weeks in range(1, 8):
        at = make.AT - timedelta(weeks=weeks)
        for _ in range(2):
            students.search(by=make.alice(), at=at, on=make.ON, text="1001")
    for _ in range(7):
        students.search(by=make.alice(), at=make.AT, on=make.ON, text="1001")
    assert of("Alice").usual == 2
    assert [one.clause for one in of("Alice").stands_out] == ["openings.usual"]


def test_whoever_keeps_the_records_files_the_review_once_and_the_superintendent_does_not_come_first():
    released()
    with pytest.raises(NotAllowed, match="first"):
        filed(make.eve())
    row = filed()
    assert row.shown["people"] == len(openings.rows(first=MONDAY, on=NEXT))
    with pytest.raises(NotAllowed, match="opened nothing"):
        filed(make.eve())
    assert reviewing.weeks(on=NEXT)[1].standing.status is Status.MET
    assert make.verify().whole


def looked_by_grace():
    released()
    reading.reveal_student(by=kept.grace(), at=make.AT, on=make.ON, student=kept.student())


def standing(on=NEXT):
    return reviewing.weekly(MONDAY, on=on).standing


def owed() -> bool:
    """Does a task wait for this week?"""
    rows = Duty.objects.filter(kind="week_review", interaction=MONDAY.isoformat(), is_current=True)
    return rows.with_last_step().open().exists()


def test_what_the_custodian_opened_is_looked_over_by_a_second_person():
    looked_by_grace()
    make.eve()
    assert filed().own_looks
    assert standing().status is Status.DUE
    assert "second person" in standing().finding.reason.template
    with pytest.raises(NotAllowed, match="for somebody else"), transaction.atomic():
        filed()
    assert owed()
    filed(make.eve())
    assert standing().status is Status.MET
    assert not owed()
    assert make.verify().whole


def test_with_nobody_else_it_needs_a_second_person_and_is_never_done():
    looked_by_grace()
    people = User.objects.exclude(pk=kept.grace().pk)
    people.update(is_active=False)
    filed()
    for on in (NEXT, NEXT + timedelta(weeks=8)):
        assert standing(on).status is Status.NOT_MET
        assert "nobody else may look" in standing(on).finding.reason.template
    assert owed()


def test_each_week_since_the_first_request_is_a_task_with_its_last_day_that_only_the_review_settles():
    released()
    task = Duty.objects.get(kind="week_review")
    assert task.interaction == MONDAY.isoformat()
    assert district_day(task.due_at) == MONDAY + timedelta(days=6 + 7)
    said = {"done_at": task.since + timedelta(hours=1), "note": "I looked."}
    with pytest.raises(NotAllowed, match="page that the task leads to"):
        duties.complete(by=kept.grace(), at=NOON, on=NEXT, duty=task, **said)
    kept.asked(at=make.AT + timedelta(weeks=3))
    assert Duty.objects.filter(kind="week_review").count() == 1, "the day of the request counts, which is the same"
    filed()
    assert sorted(Duty.objects.filter(kind="week_review").values_list("interaction", flat=True)) == [
        MONDAY.isoformat(), (MONDAY + timedelta(weeks=1)).isoformat()
    ]  # fmt: skip
    assert not owed()


def test_the_control_of_the_gate_is_not_met_while_a_week_waits_too_long_and_is_met_again_once_it_is_done():
    looked_by_grace()
    make.eve()

    def control(on):
        gate = gate_facts.rows(until=on).on(on, known_on=on)
        using = {"months": 12, "answer_days": 400, "due_days": 0, "review_days": 7}
        return records_gate(gate, on=on, **using).finding.reason

    late = MONDAY + timedelta(days=6 + 8)
    assert "Weeks of looks at records" not in str(control(late - timedelta(days=1)))
    assert control(late).values["late"] == 1
    months_later = control(late + timedelta(weeks=26))
    assert months_later.values["late"] == 27, "a week does not count as looked over because time passed"
    filed(on=late)
    assert control(late).values["late"] == 1, "the custodian's own looks wait for a second person"
    filed(make.eve(), on=late)
    assert "Weeks of looks at records" not in str(control(late))


def test_a_week_that_is_not_over_is_not_looked_over():
    released()
    with pytest.raises(BadInput, match="not over"):
        filed(on=make.ON)


def test_words_of_immigration_are_not_kept_in_the_notes():
    released()
    with pytest.raises(NotAllowed):
        filed(notes="He is undocumented and ICE asked.")


def test_an_overdue_week_is_told_to_whoever_keeps_the_records_and_to_the_superintendent():
    released()
    late = make.AT + timedelta(weeks=3)
    with time_machine.travel(late, tick=False):
        for who in (kept.grace(), make.eve()):
            page = make.signed_in(who).get(reverse("records:list")).content.decode()
            assert "not looked over in time" in page
        assert "not looked over in time" not in make.signed_in(make.bob()).get(reverse("records:list")).content.decode()


def test_a_week_that_nobody_looked_over_stays_on_the_page_and_gets_its_task_however_quiet_the_months_after():
    released()
    later = make.ON + timedelta(weeks=30)
    assert MONDAY in [one.monday for one in reviewing.overdue(reviewing.weeks(on=later))]
    week_tasks.owe(by=kept.grace(), at=make.AT + timedelta(weeks=30), on=later)
    assert Duty.objects.filter(kind="week_review").count() == 31


def test_the_page_is_for_two_roles_and_only_one_of_them_finds_a_form():
    released()
    with time_machine.travel(NOON, tick=False):
        address = reverse("records:access_review")
        assert make.signed_in(make.bob()).get(address).status_code == 403
        page = make.signed_in(make.eve()).get(address).content.decode()
        assert "Say what you found" not in page
        assert "looks it over first" in page
        client = make.signed_in(kept.grace())
        assert "Say what you found" in client.get(address).content.decode()
        assert client.post(f"{address}?week={MONDAY}", {"notes": "Asked Bob about Tuesday."}).status_code == 302
        assert "Asked Bob about Tuesday." in make.signed_in(make.eve()).get(f"{address}?week={MONDAY}").content.decode()
        assert client.post(f"{address}?week={MONDAY}", {"notes": "Again."}).status_code == 422


@pytest.mark.parametrize("week", ["x", "0001-01-01", "9999-12-31", "2026-13-01"])
def test_a_week_that_is_none_is_not_found(week):
    assert make.signed_in(kept.grace()).get(reverse("records:access_review"), {"week": week}).status_code == 404


@pytest.mark.parametrize("act", ["open", "read", "review"])
def test_what_cannot_be_written_into_the_history_is_not_done(act):
    request, copy = released()
    lines = Disclosure.objects.count()
    done = {
        "open": lambda: opened(request, copy),
        "read": lambda: reading.reveal(by=kept.grace(), at=make.AT, on=make.ON, request=request),
        "review": filed,
    }
    make.lose_the_history()
    with pytest.raises((OperationalError, ProgrammingError)), transaction.atomic():
        done[act]()
    assert Disclosure.objects.count() == lines
