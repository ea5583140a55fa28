"""/duties/calendar/ with /day/, /remove/ and /import/: school years from files, and single days changed."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accord.decision import NotAllowed
from accord.facts import Ground, SchoolCalendar, Term
from accord.rules.school_days import district_day
from accord.web.audit.models import Event
from accord.web.duties import calendar_actions, facts
from accord.web.duties.models import CalendarDay
from tests.web import factories as make
from tests.web.duties import factories as tasks
from tests.web.interactions.typed import text

pytestmark = pytest.mark.django_db
PAGE, SET, REMOVE, IMPORT = (f"/duties/calendar/{part}" for part in ("", "day/", "remove/", "import/"))
FILE = tasks.ics(
    ("20260817", "First day of school"),
    ("20260820", "Back to School Night"),
    ("20260907", "Labor Day"),
    ("20270604", "Last day of school"),
)


@pytest.fixture(autouse=True)
def ten_in_the_morning():
    with time_machine.travel(make.AT, tick=False):
        yield


def _read(client: Client, data: bytes, name: str = "district.ics"):
    return client.post(IMPORT, {"do": "check", "file": SimpleUploadedFile(name, data)})


def test_a_dry_run_says_what_the_file_holds_and_stores_nothing(as_dana: Client) -> None:
    answer = _read(as_dana, FILE)
    page = text(answer.content)
    assert answer.status_code == 200
    for words in ("2026-27", "Aug. 17, 2026 – June 4, 2027", "Back to School Night", "Nothing is stored yet"):
        assert words in page
    assert not CalendarDay.objects.exists()


def test_what_the_dry_run_showed_is_put_on_file_once(as_dana: Client) -> None:
    sent = {"content": _read(as_dana, FILE).context["carried"].initial["content"], "do": "import"}
    assert "3 days of 2026-27 are on file." in text(as_dana.post(IMPORT, sent, follow=True).content)
    assert "nothing changed" in text(as_dana.post(IMPORT, sent, follow=True).content)
    assert facts.calendar(on=make.ON) == SchoolCalendar(
        (Term(date(2026, 8, 17), date(2027, 6, 4)),), (date(2026, 9, 7),)
    )
    assert [event.verb for event in Event.objects.all()] == ["duties.imported_calendar"]
    assert make.verify().first_bad is None


def test_a_year_is_replaced_as_a_whole_and_no_other(as_dana: Client) -> None:
    tasks.school_year(date(2026, 9, 7), date(2026, 11, 11))
    old = CalendarDay.objects.count()
    shown = _read(as_dana, b"date,kind,name\n2025-08-18,instruction,x\n2026-06-05,instruction,x\n", "old.csv")
    assert [(year.name, year.on_file) for year in shown.context["found"]] == [("2025-26", 0)]
    as_dana.post(IMPORT, {"do": "import", "content": shown.context["carried"].initial["content"]})
    assert CalendarDay.objects.count() == old + 2
    tasks.school_year()
    assert CalendarDay.objects.filter(school_year="2026-27").count() == 2
    assert make.verify().first_bad is None


def test_events_that_cannot_be_read_are_named_and_nothing_is_stored(as_dana: Client) -> None:
    repeating = FILE.replace(b"SUMMARY:Labor", b"RRULE:FREQ=YEARLY\nSUMMARY:Labor")
    answer = _read(as_dana, repeating)
    assert answer.status_code == 400
    assert "line 13, VEVENT This event repeats (RRULE)" in text(answer.content)
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "file is empty"),
        (b"\xff\xfe\x00", "not a text file"),
        (b"a,b\n1,2\n", "does not name the columns"),
        (tasks.ics(("20260820", "Board meeting")), "names no school day"),
        (b"x" * (4 * 1024 * 1024 + 1), "too large"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(as_dana: Client, data: bytes, says: str) -> None:
    answer = _read(as_dana, data)
    assert answer.status_code == 400
    assert says in text(answer.content)


@pytest.mark.parametrize("content", [None, "", "nonsense", "date,kind,name\n2026-13-01,holiday,x\n"])
def test_a_confirmation_that_lost_the_file_asks_for_it_again(as_dana: Client, content: str | None) -> None:
    sent = {"do": "import"} | ({} if content is None else {"content": content})
    assert as_dana.post(IMPORT, sent).status_code == 400
    assert not CalendarDay.objects.exists()


def test_a_year_without_its_first_and_last_day_says_that_it_is_not_known(as_dana: Client) -> None:
    assert "2026-27 are not both listed" in text(as_dana.get(PAGE).content)
    tasks.school_year()
    page = text(as_dana.get(PAGE, {"year": "nonsense"}).content)
    assert "School in 2026-27 is held from Aug. 17, 2026 to June 4, 2027" in page


def test_a_day_is_added_changed_and_taken_out_each_with_an_event(as_dana: Client) -> None:
    tasks.school_year()
    for kind in ("holiday", "holiday", "minimum_day"):
        as_dana.post(SET, {"day": "2026-11-25", "kind": kind, "name": "Before Thanksgiving"})
    row = CalendarDay.objects.get(day=date(2026, 11, 25))
    assert (row.kind, row.school_year) == ("minimum_day", "2026-27")
    for _ in range(2):
        assert as_dana.post(REMOVE, {"day": "2026-11-25"}).status_code == 302
    verbs = [event.verb for event in Event.objects.order_by("seq")]
    assert verbs == ["duties.imported_calendar", "duties.set_day", "duties.set_day", "duties.removed_day"]
    assert make.verify().first_bad is None


def test_a_year_emptied_day_by_day_leaves_a_whole_history(as_dana: Client) -> None:
    as_dana.post(SET, {"day": "2026-11-25", "kind": "holiday", "name": ""})
    as_dana.post(REMOVE, {"day": "2026-11-25"})
    assert make.verify().first_bad is None
    CalendarDay.objects.create(school_year="2026-27", day=date(2026, 11, 26), kind="holiday")
    assert "duties.calendar:2026-27 no longer holds" in make.verify().reason


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"day": "2026-02-30", "kind": "holiday"}, "day"),
        ({"day": "0001-01-01", "kind": "holiday"}, "day"),
        ({"day": "", "kind": "holiday"}, "day"),
        ({"day": "2026-11-25", "kind": "feast"}, "kind"),
        ({"day": "2026-11-25", "kind": "holiday", "name": "x" * 121}, "name"),
    ],
)
def test_a_day_that_is_none_is_refused_beside_its_field(as_dana: Client, sent: dict[str, str], field: str) -> None:
    answer = as_dana.post(SET, sent | {"year": "2026-27"})
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert as_dana.post(REMOVE, {"day": "soon"}).status_code == 400


def test_a_name_that_tells_of_immigration_is_refused_on_every_way_in(as_dana: Client) -> None:
    bad = "No school: undocumented students"
    answer = as_dana.post(SET, {"day": "2026-11-25", "kind": "holiday", "name": bad})
    assert (answer.status_code, "name" in answer.context["form"].errors) == (422, True)
    brought = as_dana.post(IMPORT, {"do": "import", "content": f"date,kind,name\n2026-11-25,holiday,{bad}\n"})
    assert brought.status_code == 403
    assert not CalendarDay.objects.exists()


def test_the_calendar_moves_what_is_raised_after_it_and_nothing_before() -> None:
    suspended = {"grounds": (Ground.C,), "suspended_at": make.AT}
    blind = tasks.one(**suspended)
    tasks.school_year(date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27))
    knowing = tasks.one(**suspended)
    assert (district_day(blind.due_at), blind.certain) == (date(2026, 11, 25), False)
    assert (district_day(knowing.due_at), knowing.certain) == (date(2026, 11, 30), True)


def test_more_days_cost_no_more_questions(as_dana: Client) -> None:
    asked = []
    for closed in ([], [date(2026, 10, day) for day in range(1, 29)]):
        tasks.school_year(*closed)
        with CaptureQueriesContext(connection) as queries:
            as_dana.get(PAGE)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_only_those_who_may_change_the_calendar() -> None:
    act = {"by": make.alice(), "at": make.AT, "on": make.ON}
    with pytest.raises(NotAllowed):
        calendar_actions.import_calendar(days=[], **act)
    with pytest.raises(NotAllowed):
        calendar_actions.remove_day(day=make.ON, **act)


def test_wrong_method_wrong_role_and_signed_out(as_alice: Client, as_dana: Client, client: Client) -> None:
    assert as_dana.post(PAGE).status_code == 405
    assert as_dana.get(SET).status_code == as_dana.get(REMOVE).status_code == 405
    assert as_dana.put(IMPORT).status_code == 405
    for page in (PAGE, IMPORT):
        assert as_alice.get(page).status_code == 403
        assert client.get(page).status_code == 302
    for act in (SET, REMOVE, IMPORT):
        assert as_alice.post(act, {"day": "2026-11-25"}).status_code == 403
        assert client.post(act, {"day": "2026-11-25"}).status_code == 302
