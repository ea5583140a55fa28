"""The log of stops: what agencies report is kept as it came, version by version, and given out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from accord.decision import BadInput, NotAllowed
from accord.facts import PersonStopped, Stop
from accord.web.audit.models import Event
from accord.web.interactions.models import FiledRowError
from accord.web.interactions.models_stops import StopImport, StopRecord
from accord.web.interactions.stops import stops, store
from tests.exchange.stops import AT_SCHOOL
from tests.web import factories as make

pytestmark = pytest.mark.django_db
ALWAYS = {"start": date(2000, 1, 1), "end": date(2099, 12, 31)}


def _other(record_id: str, **answers: object) -> Stop:
    return replace(AT_SCHOOL, record_id=record_id, **answers)


def _telling(text: str) -> Stop:
    person: PersonStopped = AT_SCHOOL.people[0]
    told = replace(person, reason=replace(person.reason, narrative=text))
    return replace(AT_SCHOOL, people=(told, *AT_SCHOOL.people[1:]))


def test_what_is_taken_in_is_given_out_equal_and_the_history_holds() -> None:
    assert store([AT_SCHOOL], at=make.AT) == 1
    assert stops(**ALWAYS) == [AT_SCHOOL]
    assert make.verify().first_bad is None


def test_a_period_takes_in_both_its_days() -> None:
    days = [date(2026, 10, day) for day in (1, 2, 3, 4)]
    store([_other(f"R{day.day}", date=day) for day in days], at=make.AT)
    assert [one.date for one in stops(start=days[1], end=days[2])] == days[1:3]


def test_the_same_records_again_change_nothing() -> None:
    store([AT_SCHOOL], at=make.AT)
    assert store([AT_SCHOOL], at=make.AT) == 0
    assert StopImport.objects.count() == 1
    assert Event.objects.filter(verb="interactions.stops_taken").count() == 1


def test_a_record_that_changed_is_a_further_version_and_the_former_stays() -> None:
    store([AT_SCHOOL, _other("another")], at=make.AT)
    longer = replace(AT_SCHOOL, minutes=AT_SCHOOL.minutes + 5)
    assert store([longer, _other("another")], at=make.AT) == 1
    assert {one.record_id: one for one in stops(**ALWAYS)} == {
        AT_SCHOOL.record_id: longer,
        "another": _other("another"),
    }
    assert StopRecord.objects.filter(record_id=AT_SCHOOL.record_id).count() == 2
    assert make.verify().first_bad is None


def test_a_stop_that_moved_to_another_day_leaves_the_old_one() -> None:
    store([AT_SCHOOL], at=make.AT)
    store([replace(AT_SCHOOL, date=date(2026, 1, 5))], at=make.AT)
    assert stops(start=AT_SCHOOL.date, end=AT_SCHOOL.date) == []


def test_a_text_on_immigration_keeps_everything_out() -> None:
    with pytest.raises(NotAllowed) as refused:
        store([_other("fine"), _telling("The family is undocumented and waits for a green card.")], at=make.AT)
    assert [one.field for one in refused.value.decision.unmet] == [f"{AT_SCHOOL.record_id}.narrative"]
    assert "undocumented" not in str(refused.value)
    assert not StopRecord.objects.exists()


def test_the_same_record_twice_in_one_file_is_refused() -> None:
    with pytest.raises(BadInput):
        store([AT_SCHOOL, replace(AT_SCHOOL, minutes=1)], at=make.AT)
    assert not StopRecord.objects.exists()


def test_a_record_without_a_number_is_refused() -> None:
    with pytest.raises(BadInput):
        store([_other("")], at=make.AT)


def test_a_record_on_file_is_never_changed() -> None:
    store([AT_SCHOOL], at=make.AT)
    row = StopRecord.objects.get()
    with pytest.raises(FiledRowError):
        row.save()
    with pytest.raises(FiledRowError):
        StopRecord.objects.update(number=9)


def test_a_change_behind_the_back_is_found() -> None:
    store([AT_SCHOOL], at=make.AT)
    before = make.verify()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE interactions_stoprecord SET number = 7")
    assert before.first_bad is None
    assert make.verify().first_bad is not None


def test_nothing_new_is_no_event() -> None:
    assert store([], at=make.AT) == 0
    assert not Event.objects.filter(verb="interactions.stops_taken").exists()
