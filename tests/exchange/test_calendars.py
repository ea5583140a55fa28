"""District calendars from iCalendar and CSV files: what is read, what is passed over, what is refused and where."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.decision import BadInput
from accord.exchange import calendars
from accord.facts import CalendarDay, DayKind


def ics(*events: str, end: str = "END:VCALENDAR\r\n") -> bytes:
    """An iCalendar file with these events, each given as its lines."""
    body = "".join(f"BEGIN:VEVENT\r\n{event.replace(chr(10), chr(13) + chr(10))}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}{end}".encode()


def event(start: str, name: str, end: str = "") -> str:
    last = f"\nDTEND;VALUE=DATE:{end}" if end else ""
    return f"DTSTART;VALUE=DATE:{start}{last}\nSUMMARY:{name}"


def test_a_break_covers_the_weekdays_up_to_the_day_before_its_end():
    days = calendars.read(ics(event("20261218", "Winter Break", "20261223"))).days
    assert [one.day.day for one in days] == [18, 21, 22]
    assert {(one.kind, one.name) for one in days} == {(DayKind.BREAK, "Winter Break")}


def test_a_saturday_of_its_own_counts():
    assert calendars.read(ics(event("20260912", "Regular school day"))).days == (
        CalendarDay(date(2026, 9, 12), DayKind.INSTRUCTION, "Regular school day"),
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("First Day of School", DayKind.INSTRUCTION),
        ("LAST DAY OF SCHOOL - Minimum Day", DayKind.MINIMUM_DAY),
        ("No School: Teacher Work Day", DayKind.STAFF_ONLY),
        ("Labor Day", DayKind.HOLIDAY),
        ("Presidents’ Day", DayKind.HOLIDAY),
        ("Martin Luther King Jr. Day", DayKind.HOLIDAY),
        ("Lunar New Year (no school)", DayKind.HOLIDAY),
        ("Spring Recess", DayKind.BREAK),
        ("Thanksgiving Break", DayKind.BREAK),
        ("Back to School Night", None),
        ("Holiday Concert", None),
        ("Veterans Day Assembly", None),
        ("Board Meeting", None),
        ("Minimum Day: Staff Meeting", DayKind.MINIMUM_DAY),
        ("Veterans Day Parade, no school", DayKind.HOLIDAY),
        ("", None),
    ],
)
def test_the_usual_words_say_the_kind_of_day(name: str, kind: DayKind | None):
    assert calendars.kind_of(name) is kind


def test_a_category_goes_before_the_name():
    text = event("20261002", "No school for grade 6") + "\nCATEGORIES:Middle School,MINIMUM DAY"
    assert calendars.read(ics(text)).days[0].kind is DayKind.MINIMUM_DAY


def test_events_that_say_nothing_are_listed_and_cancelled_ones_are_gone():
    read = calendars.read(
        ics(
            event("20260817", "First day of school"),
            event("20260820", "Back to School Night"),
            event("20260907", "Labor Day") + "\nSTATUS:CANCELLED",
        )
    )
    assert [one.day for one in read.days] == [date(2026, 8, 17)]
    assert [(one.line, one.name) for one in read.passed_over] == [(7, "Back to School Night")]


def test_folded_and_escaped_text_is_put_together_and_alarms_are_left_out():
    text = (
        "DTSTART;VALUE=DATE:20261126\nSUMMARY:Thanksgiving\\, no sch\n ool\n"
        "BEGIN:VALARM\nSUMMARY:Minimum day\nDTSTART:1\nEND:VALARM"
    )
    (day,) = calendars.read(ics(text)).days
    assert (day.day, day.name, day.kind) == (date(2026, 11, 26), "Thanksgiving, no school", DayKind.HOLIDAY)


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("DTSTART:20261127T040000Z", date(2026, 11, 26)),
        ("DTSTART:20261126T230000", date(2026, 11, 26)),
        ("DTSTART;TZID=America/New_York:20261127T010000", date(2026, 11, 26)),
        ('DTSTART;TZID="America/Los_Angeles":20261126T000000', date(2026, 11, 26)),
    ],
)
def test_times_are_days_of_the_district(start: str, day: date):
    assert calendars.read(ics(f"{start}\nSUMMARY:No school")).days[0].day == day


@pytest.mark.parametrize(
    ("end", "count"),
    [
        ("DTEND:20261126T235900", 1),
        ("DTEND:20261127T000000", 1),
        ("DTEND:20261127T080000Z", 1),
        ("DTEND:20261127T080100Z", 2),
        ("DURATION:P1D", 1),
        ("DURATION:P2D", 2),
        ("DURATION:PT8H", 1),
    ],
)
def test_an_end_at_midnight_is_outside_the_event(end: str, count: int):
    assert len(calendars.read(ics(f"DTSTART:20261126T000000\n{end}\nSUMMARY:No school")).days) == count


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (event("20260817", "No school") + "\nRRULE:FREQ=YEARLY", 6, "repeats (RRULE)"),
        ("SUMMARY:No school", 3, "no DTSTART"),
        (event("20260231", "No school"), 4, "no day of the calendar"),
        (event("20260817", "No school", "20260815"), 5, "ends before it begins"),
        (event("20260817", "Summer break", "20280815"), 5, "longer than a year"),
        (event("18991231", "No school"), 3, "too far away"),
        ("DTSTART;TZID=Nowhere/Land:20260817T080000\nSUMMARY:No school", 4, "time zone"),
        ("DTSTART;VALUE=DATE:20260817\nDURATION:soon\nSUMMARY:No school", 5, "whole days or weeks"),
        ("DTSTART:00010101T000000Z\nSUMMARY:No school", 4, "no day of the calendar"),
    ],
)
def test_an_event_that_cannot_be_read_is_named_with_its_line(text: str, line: int, says: str):
    (fault,) = calendars.read(ics(text)).faults
    assert fault.line == line
    assert says in str(fault.problem)


def test_school_and_no_school_on_one_day_is_a_fault():
    read = calendars.read(ics(event("20260907", "Labor Day"), event("20260907", "Minimum day")))
    assert "has school here and none in line 3" in str(read.faults[0].problem)


def test_a_minimum_day_goes_before_a_whole_one():
    read = calendars.read(ics(event("20260817", "First day of school"), event("20260817", "Minimum day")))
    assert [one.kind for one in read.days] == [DayKind.MINIMUM_DAY]


def test_a_csv_file_is_read_with_dates_of_either_form_and_names_with_commas():
    text = 'name,date,kind\n"Labor Day, observed",9/7/2026,holiday\nStart,2026-08-17,Instruction\n'
    assert calendars.read(text.encode()).days == (
        CalendarDay(date(2026, 8, 17), DayKind.INSTRUCTION, "Start"),
        CalendarDay(date(2026, 9, 7), DayKind.HOLIDAY, "Labor Day, observed"),
    )


def test_every_bad_row_of_a_csv_file_is_named():
    text = "date,kind,name\n2026-02-30,holiday,x\n2026-09-07,feast,x\n2026-09-08,holiday,x\nsoon,,x\n"
    read = calendars.read(text.encode())
    assert [(one.line, one.column) for one in read.faults] == [(2, "date"), (3, "kind"), (5, "date"), (5, "kind")]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no text"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"date,kind\n", "name the columns"),
        (b"date,kind,name\n", "no school day"),
        (b"date,kind,name\n2026-08-17,holiday,a,b\n", "too many columns"),
        (b'date,kind,name\n"2026', "not CSV"),
        (b"x" * (calendars.MAX_BYTES + 1), "too large"),
        (ics(), "no school day"),
        (ics(event("20260817", "No school"), end=""), "ends inside VCALENDAR"),
        (ics(end="END:VEVENT\r\n"), "did not begin"),
        (ics() + b"SUMMARY:more\r\n", "no iCalendar file"),
        (b"BEGIN:VCALENDAR\r\nnonsense\r\n", "no iCalendar"),
    ],
)
def test_a_file_that_is_none_of_the_two_says_why(data: bytes, says: str):
    with pytest.raises(BadInput) as caught:
        calendars.read(data)
    assert says in str(caught.value)


@given(st.binary(max_size=300), st.booleans())
def test_nonsense_is_refused_and_never_a_fault_of_ours(data: bytes, as_event: bool):
    inside = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + data + b"\nEND:VEVENT\nEND:VCALENDAR"
    with contextlib.suppress(BadInput):
        read = calendars.read(inside if as_event else data)
        assert read.days or read.faults
