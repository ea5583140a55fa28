"""Schools: one by one on the page, or all of them from a file; every change leaves an event."""

from pathlib import Path

import pytest
from django.test import Client
from typer.testing import CliRunner

from accord import cli
from accord.decision import BadInput
from accord.facts import Role
from accord.web.audit.models import Event
from accord.web.people.models import School
from accord.web.people.schools import read
from tests.web import factories as make
from tests.web.people.factories import account, dana, school, signed_in

pytestmark = pytest.mark.django_db

URL = "/people/schools/"
ELM = {"cds": "99999990100001", "name": "Elm Elementary", "level": "Elementary"}
CSV = "cds,name,level\n99999990100001,Elm Elementary,Elementary\n99999990100002,Oak High,High\n"


def test_an_administrator_adds_a_school():
    client = signed_in(dana())
    assert client.get(URL).status_code == 200
    assert client.post(URL, ELM).status_code == 302
    assert School.objects.get().name == "Elm Elementary"
    assert Event.objects.get().verb == "people.school_added"
    assert make.verify().whole


@pytest.mark.parametrize(
    "changes", [{"cds": "123"}, {"cds": "9999999010000x"}, {"cds": "٩" * 14}, {"name": ""}, {"level": "x" * 41}]
)
def test_a_school_with_wrong_particulars_is_refused_and_what_was_typed_is_kept(changes: dict[str, str]):
    response = signed_in(dana()).post(URL, ELM | changes)
    assert response.status_code == 400
    assert (ELM | changes)["cds"] in response.content.decode()
    assert not School.objects.exists()


def test_the_same_code_twice_is_one_school():
    client = signed_in(dana())
    client.post(URL, ELM)
    assert client.post(URL, ELM).status_code == 400
    assert (School.objects.count(), Event.objects.count()) == (1, 1)


def test_a_school_closes_and_opens_and_twice_is_once():
    client, cedar = signed_in(dana()), school()
    for verb, active in (("close", False), ("close", False), ("reopen", True), ("reopen", True)):
        assert client.post(f"{URL}{cedar.cds}/{verb}/").status_code == 302
        cedar.refresh_from_db()
        assert cedar.active is active
    assert list(Event.objects.values_list("verb", flat=True)) == ["people.school_closed", "people.school_reopened"]
    assert client.post(f"{URL}nowhere/close/").status_code == 404
    assert client.get(f"{URL}{cedar.cds}/close/").status_code == 405


def test_others_are_refused():
    cedar = school()
    eve = signed_in(account("Eve", Role.SUPERINTENDENT))
    assert eve.get(URL).status_code == 403
    assert eve.post(f"{URL}{cedar.cds}/close/").status_code == 403
    assert Client().get(URL).status_code == 302


def run(*arguments: str) -> tuple[int, str]:
    cli.load()
    result = CliRunner().invoke(cli.app, ["people", "schools", *arguments])
    if isinstance(result.exception, BadInput):
        return 2, f"{result.exception} {result.exception.mend}"
    return result.exit_code, result.output


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "schools.csv"
    path.write_text(CSV, encoding="utf-8-sig")
    return path


def test_a_file_of_schools_is_brought_in_and_again_changes_nothing(file: Path):
    assert run(str(file)) == (0, "Added 2, changed 0; 0 stay as they are.\n")
    assert run(str(file)) == (0, "Added 0, changed 0; 2 stay as they are.\n")
    assert (School.objects.count(), Event.objects.count()) == (2, 2)
    assert make.verify().whole


def test_a_school_that_was_renamed_is_changed(file: Path):
    run(str(file))
    file.write_text(CSV.replace("Oak High", "Live Oak High"))
    assert run(str(file))[1].startswith("Added 0, changed 1")
    assert School.objects.get(cds="99999990100002").name == "Live Oak High"
    assert make.verify().whole


def test_a_dry_run_says_what_would_change_and_stores_nothing(file: Path):
    assert run(str(file), "--dry-run") == (0, "Would add 2, change 0; 0 stay as they are.\n")
    assert not School.objects.exists()
    assert not Event.objects.exists()


def test_every_bad_line_is_named_and_nothing_is_stored(file: Path):
    file.write_text(CSV + "12,No Code,High\n99999990100003,,High\n99999990100001,Twice,High\n1,2,3,4\n")
    code, said = run(str(file))
    assert code == 2
    for line in ("line 4", "line 5", "line 6", "line 7"):
        assert line in said
    assert not School.objects.exists()


@pytest.mark.parametrize("text", ["", "name,cds,level\n", "cds,name,level\n", 'cds,name,level\n"99999990100001,x,y\n'])
def test_a_file_that_is_no_list_of_schools_is_refused(text: str):
    with pytest.raises(BadInput):
        read(text)


def test_a_short_line_is_a_bad_line():
    with pytest.raises(BadInput, match="line 2"):
        read("cds,name,level\n99999990100001\n")


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path):
    assert run(str(tmp_path / "none.csv"))[0] == 2
    (tmp_path / "schools.csv").write_bytes(b"\xff\xfe\x00")
    assert run(str(tmp_path / "schools.csv"))[0] == 2
