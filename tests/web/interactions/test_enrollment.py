"""/interactions/enrollment/ and /import/: counts in, after a dry run; a school year replaced as a whole."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accord.decision import BadInput, NotAllowed
from accord.web.audit.models import Event
from accord.web.interactions import enrollment
from accord.web.interactions.enrollment_actions import Imported, import_enrollment
from accord.web.interactions.models import Enrollment
from tests.web import factories as make
from tests.web.interactions.typed import text

pytestmark = pytest.mark.django_db
PAGE, IMPORT = "/interactions/enrollment/", "/interactions/enrollment/import/"


@pytest.fixture(autouse=True)
def schools() -> None:
    make.school()


def _import(content: str, **more: object) -> Imported:
    usual = {"by": make.dana(), "at": make.AT, "on": make.ON, "as_of": make.ON} | more
    return import_enrollment(text=content, **usual)


def _dry_run(client: Client, content: str | bytes, *, as_of: str = "2026-10-07"):
    data = content.encode() if isinstance(content, str) else content
    sent = {"do": "check", "as_of": as_of, "file": SimpleUploadedFile("counts.csv", data)}
    return client.post(IMPORT, sent)


def test_an_import_leaves_the_counts_and_one_event() -> None:
    assert _import(make.enrollment_csv()) == Imported("2026-27", 2, 135, changed=True)
    event = Event.objects.get(verb="interactions.imported_enrollment")
    assert json.loads(event.body)["detail"] == {"rows": 2, "students": 135, "as_of": "2026-11-24"}
    assert make.verify().first_bad is None


def test_the_same_file_again_changes_nothing() -> None:
    _import(make.enrollment_csv())
    before = list(Enrollment.objects.values())
    assert _import(make.enrollment_csv(), at=make.AT + timedelta(days=1)).changed is False
    assert list(Enrollment.objects.values()) == before
    assert Event.objects.count() == 1


def test_an_import_replaces_its_year_and_no_other() -> None:
    _import(make.enrollment_csv(year="2025-26"))
    _import(make.enrollment_csv())
    _import(make.enrollment_csv("Cedar Middle,YEAR,07,black,female,none,no,7"))
    assert dict(Enrollment.objects.values_list("school_year", "count").filter(school_year="2026-27")) == {"2026-27": 7}
    assert Enrollment.objects.filter(school_year="2025-26").count() == 2
    assert make.verify().first_bad is None


def test_one_bad_row_and_nothing_changes() -> None:
    _import(make.enrollment_csv())
    with pytest.raises(BadInput):
        _import(
            make.enrollment_csv(
                "Cedar Middle,YEAR,07,black,female,none,no,7", "Cedar Middle,YEAR,07,black,male,none,no,x"
            )
        )
    assert Enrollment.objects.count() == 2


def test_counts_of_tomorrow_are_refused() -> None:
    with pytest.raises(BadInput):
        _import(make.enrollment_csv(), as_of=make.ON + timedelta(days=1))


def test_a_principal_brings_in_nothing() -> None:
    with pytest.raises(NotAllowed):
        _import(make.enrollment_csv(), by=make.alice())


def test_a_school_is_known_by_name_or_by_code_and_is_one_school() -> None:
    code = make.school().cds
    reading = enrollment.read(
        make.enrollment_csv(f"{code},YEAR,07,asian,male,none,no,3", "  cedar  MIDDLE ,YEAR,08,asian,male,none,no,4")
    )
    assert {row["school"] for row in reading.rows} == {make.school()}
    twice = enrollment.read(
        make.enrollment_csv(f"{code},YEAR,07,asian,male,none,no,3", "Cedar Middle,YEAR,07,asian,male,none,no,4")
    )
    assert twice.errors == ("line 3: the same group of students as line 2",)


def test_every_bad_row_is_named_with_its_line() -> None:
    reading = enrollment.read(
        make.enrollment_csv(
            "Cedar Middle,YEAR,07,purple,male,none,no,3",
            "Nowhere High,YEAR,07,white,male,none,no,-1",
            "Cedar Middle,2026,07,white,male,none,no,1",
        )
    )
    places = [place for place, _ in enrollment.parted(reading.errors)]
    assert places == [
        "line 2, column race",
        "line 3, column school",
        "line 3, column count",
        "line 4, column school_year",
    ]
    assert reading.rows == ()


def test_two_school_years_in_one_file_are_refused() -> None:
    reading = enrollment.read(
        make.enrollment_csv(
            "Cedar Middle,2025-26,07,asian,male,none,no,3", "Cedar Middle,2026-27,07,asian,male,none,no,3"
        )
    )
    assert "one school year at a time" in reading.errors[0]


def test_a_blank_becomes_not_recorded() -> None:
    _import(make.enrollment_csv("Cedar Middle,YEAR,,,male,,no,3"))
    row = Enrollment.objects.get()
    assert (row.grade, row.race, row.disability) == ("unknown", "unknown", "unknown")


# --- The pages


def test_a_dry_run_says_what_the_file_holds_and_stores_nothing(as_dana: Client) -> None:
    answer = _dry_run(as_dana, make.enrollment_csv())
    assert answer.status_code == 200
    assert "2 rows, 135 students, school year 2026-27." in text(answer.content)
    assert not Enrollment.objects.exists()


def test_what_the_dry_run_showed_is_put_on_file(as_dana: Client) -> None:
    form = _dry_run(as_dana, make.enrollment_csv()).context["carried"]
    sent = {name: form.initial[name] for name in ("content", "as_of")} | {"do": "import"}
    page = as_dana.post(IMPORT, sent, follow=True)
    assert "135 students of 2026-27 are on file." in text(page.content)
    again = as_dana.post(IMPORT, sent, follow=True)
    assert "nothing changed" in text(again.content)


def test_errors_stand_in_a_table_and_in_a_file(as_dana: Client) -> None:
    bad = make.enrollment_csv("Cedar Middle,YEAR,07,purple,male,none,no,3", "=1+1,YEAR,07,white,male,none,no,3")
    answer = _dry_run(as_dana, bad)
    assert answer.status_code == 400
    assert "line 2, column race" in text(answer.content)
    file = as_dana.post(IMPORT, {"do": "errors", "content": bad, "as_of": "2026-10-07"})
    rows = list(csv.reader(io.StringIO(file.content.decode())))
    assert [row[0] for row in rows] == ["where", "line 2, column race", "line 3, column school"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "file is empty"),
        (b"\xff\xfe\x00", "not a text file"),
        ("a,b\n1,2\n", "does not name the columns"),
        ("school,school_year,grade,race,sex,disability,english_learner,count\n", "holds no row"),
        ("x" * (enrollment.MAX_BYTES + 1), "too large"),
        ("a\x00b\n", "not"),
        ('school,"unclosed\n', "not"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(as_dana: Client, content: str | bytes, says: str) -> None:
    answer = _dry_run(as_dana, content)
    assert answer.status_code == 400
    assert says in text(answer.content)


def test_counts_of_the_future_are_refused_beside_the_day(as_dana: Client) -> None:
    answer = _dry_run(as_dana, make.enrollment_csv(), as_of="2999-01-01")
    assert answer.status_code == 400
    assert "cannot lie in the future" in text(answer.content)


def test_a_confirmation_that_lost_the_file_asks_for_it_again(as_dana: Client) -> None:
    assert as_dana.post(IMPORT, {"do": "import"}).status_code == 400


def test_totals_stand_by_school_and_group(as_alice: Client) -> None:
    _import(make.enrollment_csv())
    page = text(as_alice.get(PAGE).content)
    assert "135 students in 2026-27" in page
    assert "Hispanic or Latino 120" in page
    assert "Special education (IDEA) 15" in page
    assert "Bring in counts" not in page


def test_another_year_is_shown_when_asked_for(as_dana: Client) -> None:
    _import(make.enrollment_csv(year="2025-26"))
    _import(make.enrollment_csv("Cedar Middle,YEAR,07,black,female,none,no,7"))
    assert "7 students in 2026-27" in text(as_dana.get(PAGE).content)
    assert "135 students in 2025-26" in text(as_dana.get(PAGE, {"year": "2025-26"}).content)
    assert "7 students in 2026-27" in text(as_dana.get(PAGE, {"year": "nonsense"}).content)


def test_no_counts_yet_says_what_to_do(as_dana: Client, as_alice: Client) -> None:
    assert "Bring in a file to begin." in text(as_dana.get(PAGE).content)
    assert "A program administrator brings them in." in text(as_alice.get(PAGE).content)


def test_more_rows_cost_no_more_questions(as_alice: Client) -> None:
    asked = []
    for races in (["white"], ["white", "asian", "black", "hispanic", "two_or_more"]):
        _import(
            make.enrollment_csv(
                *(f"Cedar Middle,YEAR,{grade},{race},male,none,no,9" for race in races for grade in ("06", "07"))
            )
        )
        as_alice.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            as_alice.get(PAGE)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_wrong_method_wrong_role_and_signed_out(
    as_alice: Client, as_bob: Client, as_dana: Client, client: Client
) -> None:
    assert as_dana.post(PAGE).status_code == 405
    assert as_dana.put(IMPORT).status_code == 405
    assert as_bob.get(PAGE).status_code == 403
    assert as_alice.get(IMPORT).status_code == 403
    assert as_alice.post(IMPORT, {"do": "import"}).status_code == 403
    assert client.get(PAGE).status_code == 302
    assert client.get(IMPORT).status_code == 302
