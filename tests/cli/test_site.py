"""Commands on the database of a demo, as `make demo` leaves it: no key, no flag, only the folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

ACCORD = Path(sys.executable).parent / "accord"
POLICY = ROOT / "src" / "accord" / "web" / "demo" / "bp-3515.31.txt"

pytestmark = pytest.mark.xdist_group("cli_site")


@pytest.fixture(scope="module")
def data(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(demo_folder, tmp_path_factory.mktemp("cli") / "data"))


def accord(*words: object, data: Path) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ACCORD_", "DJANGO_"))}
    command = [str(ACCORD), *(str(word) for word in words)]
    return subprocess.run(command, cwd=data.parent, env=kept, capture_output=True, text=True, timeout=120, check=False)


def test_after_the_demo_the_history_is_verified_without_a_key(data: Path):
    done = accord("audit", "verify", data=data)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The history is whole: ")
    assert "," in done.stdout.partition(" events")[0]


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_checkpoint_is_read_in_the_form_it_was_printed_in(data: Path, tmp_path: Path, form: list[str]):
    noted = tmp_path / "head"
    noted.write_text(accord("audit", "head", *form, data=data).stdout, encoding="utf-8")
    assert accord("audit", "verify", "--checkpoint", noted, data=data).returncode == 0
    digest = noted.read_text(encoding="utf-8").split('"')[-2] if form else noted.read_text(encoding="utf-8").split()[-1]
    noted.write_text(noted.read_text(encoding="utf-8").replace(digest, digest[::-1]), encoding="utf-8")
    assert accord("audit", "verify", "--checkpoint", noted, data=data).returncode == 1


def test_what_is_no_checkpoint_is_bad_input(data: Path, tmp_path: Path):
    (tmp_path / "note").write_text("Event seven", encoding="utf-8")
    done = accord("audit", "verify", "--checkpoint", tmp_path / "note", data=data)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 2)


@pytest.mark.parametrize("by", [[], ["--by", "nobody"]])
def test_an_import_in_nobodys_name_lists_whose_it_can_be(data: Path, by: list[str]):
    done = accord("policy", "import", POLICY, *by, data=data)
    assert done.returncode == 2
    named = done.stderr.splitlines()[1]
    users = [word.strip(",.") for word in named.split() if "@" in word]
    assert len(users) == 3
    assert accord("policy", "import", POLICY, "--by", users[0].strip(), data=data).returncode == 0


def test_a_policy_without_a_title_is_not_brought_in(data: Path, tmp_path: Path):
    plain = tmp_path / "plain.txt"
    plain.write_text("The Board shall act.\n", encoding="utf-8")
    done = accord("policy", "import", plain, data=data)
    assert done.returncode == 2
    assert "states no title" in done.stderr


def test_the_standing_on_a_day_without_a_policy_is_a_no(data: Path):
    done = accord("policy", "status", "--on", "2020-01-01", data=data)
    assert (done.returncode, done.stdout.startswith("No policy is in force on 2020-01-01.")) == (1, True)
    assert accord("policy", "status", "--on", "2020-01-01", "--json", data=data).returncode == 1


def test_the_demo_never_opens_a_database_that_holds_other_people(tmp_path: Path):
    data = tmp_path / "data"
    assert accord("migrate", data=data).returncode == 0
    words = ["people", "first-administrator", "ada@district.org", "--name", "Ada", "--password", "a long pass phrase 7"]
    done = accord(*words, data=data)
    assert done.returncode == 0, done.stderr
    for more in ([], ["--fresh"]):
        done = accord("demo", "--no-serve", *more, data=data)
        assert done.returncode == 2
        assert "This database is not the demo's." in done.stderr


def test_fresh_loads_the_demo_anew(demo_folder: Path, tmp_path: Path):
    data = Path(shutil.copytree(demo_folder, tmp_path / "data"))
    events = accord("audit", "head", data=data).stdout
    assert accord("demo", "--no-serve", data=data).returncode == 0
    assert accord("audit", "head", data=data).stdout == events
    done = accord("demo", "--no-serve", "--fresh", data=data)
    assert done.returncode == 0, done.stderr
    assert "Loaded." in done.stderr
    assert accord("audit", "head", data=data).stdout != events
