"""What is owed after a contact and until when, over changes of the clocks, holidays and ends of school years."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.facts import (
    ConductClass,
    Duty,
    DutyKind,
    Event,
    Ground,
    ReferralBasis,
    ReleaseException,
    Role,
    SchoolCalendar,
    Status,
    Task,
    Term,
    Timing,
)
from accord.rules import duties
from accord.rules.school_days import district_day

ON = date(2026, 11, 24)
NUMBERS = duties.numbers(on=ON)
YEAR = SchoolCalendar(terms=(Term(date(2025, 8, 18), date(2026, 6, 5)), Term(date(2026, 8, 17), date(2027, 6, 4))))
KNOWN = datetime(2026, 10, 5, 17, tzinfo=UTC)


def owed(calendar: SchoolCalendar = YEAR, **facts) -> dict[DutyKind, Duty]:
    """What is owed after an event, by kind."""
    found = duties.triggers(Event(**{"known_at": KNOWN, **facts}), calendar=calendar, using=NUMBERS)
    assert len({duty.kind for duty in found}) == len(found)
    return {duty.kind: duty for duty in found}


def district(*parts: int, fold: int = 0) -> datetime:
    """An instant, in UTC, given as people in the district write it."""
    return datetime(*parts, tzinfo=ZoneInfo("America/Los_Angeles"), fold=fold).astimezone(UTC)


def test_an_ordinary_contact_obliges_to_nothing():
    assert owed(conduct=ConductClass.VICTIM_OR_WITNESS) == {}


def test_every_kind_of_duty_arises_from_something():
    everything = owed(
        bases=tuple(ReferralBasis),
        conduct=ConductClass.MENTAL_HEALTH,
        special_needs=True,
        suspended_at=KNOWN,
        released_to_officer_at=KNOWN,
        release_exception=ReleaseException.PROTECTIVE_CUSTODY,
        place_withheld=True,
        force=True,
        dhs_contacted_at=KNOWN,
    )
    others = {kind for kind in DutyKind if not kind.after_enforcement and not kind.of_records} - set(everything)
    assert others == {DutyKind.PARENT_NOTICE, DutyKind.REVIEW_FOLLOW_UP}
    assert DutyKind.PARENT_NOTICE in owed(released_to_officer_at=KNOWN)
    assert next(iter(everything)) is DutyKind.DHS_ALERT


@pytest.mark.parametrize(
    ("conduct", "danger", "basis", "kinds"),
    [
        (ConductClass.CODE_OF_CONDUCT, False, ReferralBasis.X1, {DutyKind.DUTY_REVIEW}),
        (
            ConductClass.MENTAL_HEALTH,
            False,
            ReferralBasis.X2,
            {DutyKind.DUTY_REVIEW, DutyKind.MENTAL_HEALTH_FOLLOW_UP},
        ),
        (ConductClass.MENTAL_HEALTH, True, ReferralBasis.D1, {DutyKind.MENTAL_HEALTH_FOLLOW_UP}),
    ],
)
def test_work_that_is_not_an_officers_goes_to_review(conduct, danger, basis, kinds):
    assert duties.bases(Event(KNOWN, conduct=conduct, danger=danger)) == {basis}
    assert set(owed(conduct=conduct, danger=danger)) == kinds


def test_grounds_and_stated_bases_count_alike():
    for ground, basis in ((Ground.C, "M2"), (Ground.D, "M2"), (Ground.MUST_1, "M4"), (Ground.MUST_5, "M4")):
        assert duties.bases(Event(KNOWN, grounds=(ground,))) == {ReferralBasis(basis)}
    assert duties.bases(Event(KNOWN, grounds=(Ground.K, Ground.H))) == frozenset()


def test_the_first_of_suspension_and_expulsion_sets_the_limit():
    friday, wednesday = district(2026, 10, 9, 14), district(2026, 10, 14, 9)
    duty = owed(grounds=(Ground.C,), suspended_at=friday, expelled_at=wednesday)[DutyKind.NOTIFY_AFTER_DISCIPLINE]
    assert district_day(duty.due_at) == date(2026, 10, 12)


def test_told_before_the_suspension_is_in_time_and_at_it_is_not():
    decided = district(2026, 10, 5, 12)
    duty = owed(bases=(ReferralBasis.M1,), suspended_at=decided)[DutyKind.NOTIFY_BEFORE_DISCIPLINE]
    assert duty.before_event
    assert duties.standing(duty, decided - timedelta(seconds=1), at=KNOWN).status is Status.MET
    assert duties.standing(duty, decided, at=KNOWN).status is Status.NOT_MET


def test_a_suspension_on_the_last_day_of_school_is_told_by_the_first_day_after_the_summer():
    last_day = district(2026, 6, 5, 10)
    duty = owed(grounds=(Ground.C,), suspended_at=last_day)[DutyKind.NOTIFY_AFTER_DISCIPLINE]
    assert (district_day(duty.due_at), duty.certain) == (date(2026, 8, 17), True)


def test_a_year_the_calendar_does_not_hold_gives_the_earliest_day_and_says_so():
    friday = district(2028, 3, 10, 13)
    duty = owed(grounds=(Ground.C,), suspended_at=friday)[DutyKind.NOTIFY_AFTER_DISCIPLINE]
    assert (district_day(duty.due_at), duty.certain) == (date(2028, 3, 13), False)
    assert "does not cover" in str(duties.due_words(duty))


@pytest.mark.parametrize(
    ("suspended", "due", "last"),
    [
        ((2027, 3, 12, 13), (2027, 3, 15), (2027, 3, 16, 6, 59, 59)),  # the clocks go forward on Sunday the 14th
        ((2026, 10, 30, 13), (2026, 11, 2), (2026, 11, 3, 7, 59, 59)),  # and back on Sunday, November 1
        ((2028, 2, 28, 13), (2028, 2, 29), (2028, 3, 1, 7, 59, 59)),
        ((2026, 10, 5, 23, 59, 59), (2026, 10, 6), (2026, 10, 7, 6, 59, 59)),
        ((2026, 10, 6, 0, 0, 0), (2026, 10, 7), (2026, 10, 8, 6, 59, 59)),
    ],
)
def test_the_limit_is_the_last_moment_of_the_day_in_the_district(suspended, due, last):
    duty = owed(grounds=(Ground.C,), suspended_at=district(*suspended))[DutyKind.NOTIFY_AFTER_DISCIPLINE]
    assert district_day(duty.due_at) == date(*due)
    assert duty.due_at.replace(microsecond=0) == datetime(*last, tzinfo=UTC)


def test_a_place_held_back_in_a_repeated_hour_is_told_after_24_real_hours():
    first, second = (district(2027, 11, 7, 1, 30, fold=fold) for fold in (0, 1))
    assert second - first == timedelta(hours=1)
    for released in (first, second):
        exception = ReleaseException.CHILD_ABUSE_VICTIM
        duty = owed(released_to_officer_at=released, release_exception=exception, place_withheld=True)
        assert duty[DutyKind.PLACE_TOLD].due_at - released == timedelta(hours=24)


def test_at_once_leaves_the_minutes_the_district_allows():
    duty = owed(dhs_contacted_at=KNOWN)[DutyKind.DHS_ALERT]
    limit = KNOWN + timedelta(minutes=NUMBERS.immediately_minutes)
    assert (duty.owner, duty.due_at, duty.late_at) == (Role.SUPERINTENDENT, KNOWN, limit)
    assert duties.standing(duty, None, at=limit).status is Status.DUE
    assert duties.standing(duty, None, at=limit + timedelta(seconds=1)).status is Status.NOT_MET


def test_a_contact_with_several_people_owes_each_kind_once_by_the_first_limit():
    late, early = (owed(grounds=(Ground.C,), suspended_at=district(2026, 10, day, 9)) for day in (14, 7))
    open_end = owed(bases=(ReferralBasis.M1,))
    decided = owed(bases=(ReferralBasis.M1,), suspended_at=district(2026, 10, 8, 9))
    every = [*late.values(), *early.values(), *open_end.values(), *decided.values()]
    assert set(duties.earliest(every)) == {*early.values(), *decided.values()}


# --- Properties

FIRST, LAST = datetime(2025, 7, 1, tzinfo=UTC), datetime(2028, 6, 30, tzinfo=UTC)
INSTANTS = st.integers(0, int((LAST - FIRST).total_seconds())).map(lambda gone: FIRST + timedelta(seconds=gone))
DAYS = st.dates(date(2025, 7, 1), date(2028, 6, 30))
CLOSED = st.frozensets(DAYS, max_size=40)


@st.composite
def events(draw) -> Event:
    known = draw(INSTANTS)
    later = st.one_of(st.none(), st.timedeltas(timedelta(0), timedelta(days=9)).map(lambda gone: known + gone))
    return Event(
        known_at=known,
        bases=tuple(draw(st.sets(st.sampled_from(ReferralBasis)))),
        grounds=tuple(draw(st.sets(st.sampled_from(Ground)))),
        conduct=draw(st.one_of(st.none(), st.sampled_from(ConductClass))),
        danger=draw(st.booleans()),
        special_needs=draw(st.booleans()),
        suspended_at=draw(later),
        expelled_at=draw(later),
        released_to_officer_at=draw(later),
        release_exception=draw(st.one_of(st.none(), st.sampled_from(ReleaseException))),
        place_withheld=draw(st.booleans()),
        force=draw(st.booleans()),
        dhs_contacted_at=draw(later),
    )


@given(events(), CLOSED)
def test_nothing_is_due_before_it_began(event: Event, closed: frozenset[date]):
    calendar = SchoolCalendar(YEAR.terms, tuple(closed))
    for duty in duties.triggers(event, calendar=calendar, using=NUMBERS):
        assert duty.due_at is None or duty.due_at >= duty.since
        assert duty.late_at is None or duty.late_at + timedelta(microseconds=1) >= duty.since
        assert (duty.due_at is None) == (duty.late_at is None)
        assert duty.due_at is not None or duty.timing is Timing.BEFORE_DISCIPLINE
        assert duty.due_at is None or duty.due_at.utcoffset() == timedelta(0)


@given(events(), CLOSED, CLOSED)
def test_more_holidays_never_make_anything_due_earlier(event: Event, some: frozenset[date], more: frozenset[date]):
    fewer, every = (SchoolCalendar(YEAR.terms, tuple(days)) for days in (some, some | more))
    before = duties.triggers(event, calendar=fewer, using=NUMBERS)
    after = duties.triggers(event, calendar=every, using=NUMBERS)
    assert [duty.kind for duty in before] == [duty.kind for duty in after]
    for old, new in zip(before, after, strict=True):
        assert old.due_at == new.due_at or new.due_at > old.due_at
        assert old.timing is Timing.BY_DAY or old == new


@given(events(), INSTANTS, INSTANTS)
def test_what_was_done_in_time_stays_so_and_what_is_overdue_never_becomes_due(event: Event, first, second):
    earlier, later = sorted((first, second))
    for duty in duties.triggers(event, calendar=YEAR, using=NUMBERS):
        was, is_now = (duties.standing(duty, None, at=at).status for at in (earlier, later))
        assert (was, is_now) != (Status.NOT_MET, Status.DUE)
        done = duties.done_in_time(Task(duty, earlier), at=later).status
        assert (done is Status.MET) == (was is Status.DUE)
