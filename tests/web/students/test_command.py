"""`accord roster import`: the answer, the exit code, and what is on file afterwards."""

import json
from pathlib import Path

import pytest

from accord import cli
from accord.web.audit.models import Event
from accord.web.students.models import Student
from tests.exchange.rosters import good, oneroster, plain, zipped
from tests.web import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def accord(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run the command in this process: gives its exit code, stdout and stderr."""

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["accord", "roster", "import", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out = capsys.readouterr()
        return int(left.value.code or 0), out.out, out.err

    return run


@pytest.fixture
def ten(tmp_path: Path) -> Path:
    """Ten students, of whom the seventh cannot be read."""
    rows = [good(number) for number in range(1, 11)]
    rows[6] = good(7, grade="77")
    path = tmp_path / "ten.csv"
    path.write_bytes(plain(*rows))
    return path


@pytest.fixture
def zipfile(tmp_path: Path) -> Path:
    path = tmp_path / "roster.zip"
    path.write_bytes(zipped(oneroster()))
    return path


def test_a_roster_is_brought_in_by_the_program_administrator(accord, zipfile: Path):
    dana = make.dana()
    make.eve()
    code, out, _ = accord(zipfile, "--json")
    answer = json.loads(out)
    assert code == 0
    assert {name: answer[name] for name in ("format", "rows", "imported", "updated", "rejected")} == {
        "format": "oneroster", "rows": 3, "imported": 3, "updated": 0, "rejected": [],
    }  # fmt: skip
    assert "cityOfBirth" in answer["dropped_columns"]
    assert Event.objects.get(verb="students.imported").by == str(dana.uid)
    assert json.loads(accord(zipfile, "--json")[1])["imported"] == 0


def test_a_dry_run_names_row_7_and_stores_nothing(accord, ten: Path):
    code, out, _ = accord(ten, "--dry-run", "--json")
    (one,) = json.loads(out)["rejected"]
    assert code == 1
    assert (one["file"], one["row"], one["column"]) == ("ten.csv", 7, "grade")
    assert one["problem"]
    assert not Student.objects.exists()


def test_bad_rows_keep_all_out_unless_they_are_skipped(accord, ten: Path):
    make.dana()
    code, out, _ = accord(ten)
    assert code == 1
    assert "ten.csv, row 7 (line 8), column grade" in out
    assert "Nothing is stored" in out
    assert not Student.objects.exists()
    assert accord(ten, "--skip-bad-rows")[0] == 1
    assert Student.objects.count() == 9


def test_a_dry_run_needs_no_account_and_a_real_one_does(accord, zipfile: Path):
    assert accord(zipfile, "--dry-run")[0] == 0
    code, _, err = accord(zipfile)
    assert code == 2
    assert len(err.splitlines()) == 2


def test_who_may_not_bring_in_is_refused(accord, zipfile: Path):
    make.dana()
    code, _, err = accord(zipfile, "--by", make.bob().username)
    assert code == 1
    assert "people.permission" in err
    assert not Student.objects.exists()


@pytest.mark.parametrize(
    "words",
    [("none.zip",), ("{zip}", "--format", "abacus"), ("{zip}", "--by", "nobody"), ("{zip}", "--format", "edfi")],
)
def test_bad_input_is_two_lines_and_exit_code_2(accord, zipfile: Path, words: tuple[str, ...]):
    make.dana()
    code, out, err = accord(*(word.format(zip=zipfile) for word in words))
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 2


def test_names_can_be_left_out(accord, zipfile: Path):
    make.dana()
    accord(zipfile, "--without-names")
    assert set(Student.objects.values_list("given_name", "family_name")) == {("", "")}
