"""/students/import/ and the action behind it: all of a roster or nothing, the same file twice, one event."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client

from accord.decision import BadInput, NotAllowed
from accord.web.audit.content import CONTENT
from accord.web.audit.models import Event
from accord.web.audit.verify import verify
from accord.web.students.models import RosterImport, Student
from tests.exchange.rosters import HEAD, good, oneroster, plain, zipped
from tests.web import factories as make
from tests.web.students.factories import bring_in

pytestmark = pytest.mark.django_db
PAGE = "/students/import/"


def stored() -> list[dict[str, Any]]:
    return list(Student.objects.order_by("pk").values())


# --- The action


def test_students_are_stored_with_school_race_and_names():
    school = make.school()
    done = bring_in(plain(good(1, race="201;400"), good(2, hispanic="Y", school=school.cds)))
    assert (done.imported, done.updated, done.rows, done.stored, done.unplaced) == (2, 0, 2, True, 0)
    one, two = Student.objects.order_by("local_id")
    assert (one.school, two.school) == (school, school)
    assert (one.race, one.state_race, one.race_codes) == ("asian", "MR", ["201", "400"])
    assert (two.race, two.state_race) == ("hispanic", "HI")
    assert (one.given_name, one.family_name) == ("Ana", "Number1")


def test_the_same_file_again_changes_no_row():
    bring_in(plain(good(1), good(2)))
    before = stored()
    again = bring_in(plain(good(1), good(2)), at=make.AT + timedelta(days=3))
    assert (again.imported, again.updated) == (0, 0)
    assert stored() == before


def test_what_changed_is_updated_and_the_student_stays_the_same_to_others():
    bring_in(plain(good(1), good(2)))
    uid = Student.objects.get(local_id="1").uid
    done = bring_in(plain(good(1, grade="8"), good(2), good(3)))
    assert (done.imported, done.updated) == (1, 1)
    assert (Student.objects.get(local_id="1").grade, Student.objects.get(local_id="1").uid) == ("08", uid)


def test_bad_row_7_is_reported_and_nothing_is_stored_dry_or_not():
    rows = [good(number) for number in range(1, 11)]
    rows[6] = good(7, birth_date="never")
    for dry_run in (True, False):
        done = bring_in(plain(*rows), dry_run=dry_run)
        assert [(one.row, one.column) for one in done.rejected] == [(7, "birth_date")]
        assert (done.rows, done.imported, done.stored) == (10, 0, False)
        assert not Student.objects.exists()
    assert not Event.objects.exists()


def test_a_bad_row_after_many_good_ones_takes_them_all_back():
    bring_in(plain(good(1)))
    before = stored()
    bring_in(plain(*(good(number, grade="9") for number in range(1, 1200)), good(1200, grade="77")))
    assert stored() == before


def test_bad_rows_may_be_skipped_by_choice():
    done = bring_in(plain(good(1), good(2, grade="77")), skip_bad_rows=True)
    assert (done.imported, len(done.rejected), done.stored) == (1, 1, True)
    assert RosterImport.objects.get().rejected == 1


def test_a_dry_run_says_what_would_come_and_stores_nothing():
    bring_in(plain(good(1), good(2)))
    before = stored()
    done = bring_in(plain(good(1), good(2, grade="8"), good(3)), dry_run=True)
    assert (done.imported, done.updated, done.dry_run, done.stored) == (1, 1, True, False)
    assert stored() == before
    assert RosterImport.objects.count() == 1


def test_a_school_the_district_does_not_have_is_named_and_found_later():
    done = bring_in(plain(good(1, school="Oak High")))
    assert (done.unplaced, done.unknown_schools) == (1, ["Oak High"])
    assert Student.objects.get().school_stated == "Oak High"
    oak = make.school("Oak High")
    assert bring_in(plain(good(1, school="Oak High"))).updated == 1
    assert (Student.objects.get().school, Student.objects.get().school_stated) == (oak, "")


def test_a_complete_roster_lets_those_leave_who_are_not_in_it_and_they_may_return():
    bring_in(plain(good(1), good(2)))
    assert bring_in(plain(good(1)), complete=True).left == 1
    assert Student.objects.get(local_id="2").left_on == make.ON
    assert bring_in(plain(good(1)), complete=True).left == 0
    assert bring_in(plain(good(1), good(2)), complete=True).updated == 1
    assert Student.objects.get(local_id="2").left_on is None


def test_a_roster_that_is_not_complete_lets_nobody_leave():
    bring_in(plain(good(1), good(2)))
    bring_in(plain(good(1)))
    assert Student.objects.filter(left_on__isnull=True).count() == 2


def test_a_deleted_user_leaves_once_whatever_the_day():
    rows = "u1,tobedeleted,,true,s1,student,ana,,Ana,Reyes,,1001,,,,,07,\n"
    data = zipped(oneroster(users=rows))
    bring_in(data, name="r.zip")
    assert Student.objects.get().left_on == make.ON
    later = make.ON + timedelta(days=5)
    assert bring_in(data, name="r.zip", on=later).updated == 0
    assert Student.objects.get().left_on == make.ON


def test_names_are_blanked_where_the_district_keeps_none():
    bring_in(plain(good(1)))
    assert bring_in(plain(good(1)), keep_names=False).updated == 1
    row = Student.objects.get()
    assert (row.given_name, row.family_name, row.name_key) == ("", "", "")


def test_birthplace_leaves_no_trace_in_any_column():
    bring_in(zipped(oneroster()), name="r.zip")
    everything = repr(stored()) + repr(list(RosterImport.objects.values())) + repr(list(Event.objects.values()))
    assert "cityOfBirth" in everything
    assert not any(word in everything for word in ("Puebla", "Lodi", "secret", "'MX'"))


def test_columns_that_the_rule_on_fields_refuses_are_dropped_also_in_spanish():
    done = bring_in(plain(f"{good(1)},Lima", head=f"{HEAD},pais_de_nacimiento"))
    assert done.dropped_columns == ["pais_de_nacimiento"]


def test_an_import_leaves_one_event_with_counts_and_a_commitment_to_its_bytes(monkeypatch: pytest.MonkeyPatch):
    ours = {"students.rosterimport": CONTENT["students.rosterimport"]}
    monkeypatch.setattr("accord.web.audit.verify.CONTENT", ours)  # the accounts of tests have no events of their own
    bring_in(plain(good(1), good(2)))
    event = Event.objects.get(verb="students.imported")
    body = json.loads(event.body)
    assert body["detail"] == {
        "format": "csv", "rows": 2, "imported": 2, "updated": 0, "left": 0, "rejected": 0, "unplaced": 2,
    }  # fmt: skip
    assert not any(word in event.body for word in ("Ana", "Number1", "9000000001"))
    assert verify().first_bad is None
    RosterImport.objects.update(file_digest="0" * 64)
    assert verify().first_bad == event.seq


def test_without_the_history_nothing_is_stored():
    make.lose_the_history()
    with pytest.raises(DatabaseError):
        bring_in(plain(good(1)))


@pytest.mark.parametrize("who", [make.alice, make.bob, make.carol, make.frank])
def test_only_the_superintendent_and_the_program_administrator_bring_in(who):
    with pytest.raises(NotAllowed):
        bring_in(plain(good(1)), by=who())
    assert not Student.objects.exists()


def test_another_file_than_the_checked_one_is_refused():
    checked = bring_in(plain(good(1)), dry_run=True).digest
    with pytest.raises(BadInput, match="another file"):
        bring_in(plain(good(2)), checked=checked)
    assert bring_in(plain(good(1)), checked=checked).imported == 1


def test_a_batch_asks_the_same_few_questions_however_many_students(django_assert_max_num_queries):
    bring_in(plain(*(good(number) for number in range(400))))
    with django_assert_max_num_queries(16):
        bring_in(plain(*(good(number) for number in range(400))))


# --- The pages


def upload(client: Client, data: bytes, *, do: str = "check", name: str = "roster.csv", **more: str) -> Any:
    sent = {"do": do, "file": SimpleUploadedFile(name, data), "keep_names": "on", **more}
    return client.post(PAGE, sent)


def carried(answer: Any) -> dict[str, str]:
    initial = answer.context["form"].initial
    return {name: str(initial[name]) for name in ("checked", "format") if initial.get(name)}


def test_the_check_shows_counts_and_no_student_and_stores_nothing(as_dana: Client):
    make.school()
    answer = upload(as_dana, zipped(oneroster()), name="roster.zip")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "3 students: 3 new, 0 changed." in page
    assert "cityOfBirth" in page
    assert not any(word in page for word in ("Reyes", "1001", "1234567890"))
    assert not Student.objects.exists()


def test_the_same_file_again_puts_the_roster_on_file(as_dana: Client):
    data = plain(good(1), good(2))
    answer = upload(as_dana, data)
    done = upload(as_dana, data, do="import", **carried(answer))
    assert done.status_code == 302
    assert Student.objects.count() == 2
    assert "2 students read: 2 new, 0 changed, 0 left." in as_dana.get(PAGE).content.decode()


def test_sent_twice_it_stands_once(as_dana: Client):
    data = plain(good(1), good(2))
    sent = carried(upload(as_dana, data))
    upload(as_dana, data, do="import", **sent)
    upload(as_dana, data, do="import", **sent)
    assert Student.objects.count() == 2


def test_another_file_is_not_put_on_file(as_dana: Client):
    sent = carried(upload(as_dana, plain(good(1))))
    answer = upload(as_dana, plain(good(2)), do="import", **sent)
    assert answer.status_code == 400
    assert "another file" in answer.content.decode()
    assert not Student.objects.exists()


def test_problems_stand_on_the_page_and_in_a_file_without_what_was_typed(as_dana: Client):
    rows = [good(number) for number in range(1, 11)]
    rows[6] = good(7, sex="=cmd()")
    answer = upload(as_dana, plain(*rows))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "cmd()" not in page
    assert '<td class="number">7</td><td class="number">8</td>' in page
    file = as_dana.post(PAGE, {"do": "errors", "problems": answer.context["carried"]})
    assert file["Content-Type"].startswith("text/csv")
    assert file.content.decode().splitlines() == [
        "file,row,line,column,problem",
        'roster.csv,7,8,sex,"this is not one of female, male, nonbinary"',
    ]


def test_problems_and_warnings_are_said_in_the_readers_language(as_dana: Client):
    sent = {"do": "check", "file": SimpleUploadedFile("r.csv", plain(good(1, grade="77")))}
    assert "esto no es un grado" in as_dana.post(PAGE, sent, headers={"accept-language": "es"}).content.decode()
    sent["file"] = SimpleUploadedFile("r.csv", plain(f"{good(1)},3", head=f"{HEAD},locker"))
    assert "por ser desconocido: locker" in as_dana.post(PAGE, sent, headers={"accept-language": "es"}).content.decode()


def test_a_file_of_problems_that_was_tampered_with_is_refused(as_dana: Client):
    assert as_dana.post(PAGE, {"do": "errors", "problems": "made:up:things"}).status_code == 400


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"PK\x03\x04nonsense", b"<a>"])
def test_what_is_no_roster_is_said_beside_the_file(as_dana: Client, data: bytes):
    answer = upload(as_dana, data, name="roster.xml")
    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]


@pytest.mark.parametrize("who", [make.alice, make.bob, make.carol, make.frank])
def test_others_get_no_page(who):
    client = make.signed_in(who())
    assert client.get(PAGE).status_code == 403
    assert upload(client, plain(good(1)), do="import").status_code == 403
    assert not Student.objects.exists()


def test_signed_out_one_is_asked_to_sign_in(client: Client):
    assert client.get(PAGE).headers["Location"].startswith("/people/sign-in/")


def test_another_method_is_not_answered(as_dana: Client):
    assert as_dana.put(PAGE).status_code == 405
