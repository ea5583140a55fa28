"""Whatever goes wrong, a person reads two lines: what is wrong and where, and how to mend it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from accord.cli import main

ACCORD = Path(sys.executable).parent / "accord"


def accord(*words: object, data: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ACCORD_", "DJANGO_"))}
    where = {"ACCORD_DATA": str(data)} if data else {}
    command = [str(ACCORD), *(str(word) for word in words)]
    return subprocess.run(
        command, env={**kept, **where, **variables}, capture_output=True, text=True, timeout=60, check=False
    )


def two_lines(done: subprocess.CompletedProcess[str]) -> tuple[str, str]:
    """What is wrong and how to mend it; nothing else was printed, and the exit code says bad input."""
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    what, mend = done.stderr.splitlines()
    return what, mend


@pytest.mark.parametrize(
    ("words", "what", "mend"),
    [
        (["polciy"], "There is no command polciy.", "Is it policy?"),
        (["policy", "chek", "x"], "There is no command chek.", "Is it check?"),
        (["policy", "check"], "FILE is missing.", "accord policy check --help"),
        (["policy", "check", "--jsn", "x"], "There is no option --jsn.", "Is it --json?"),
        (["policy", "read", "a", "b"], "This is too much: b.", "accord policy read --help"),
        (["serve", "--port", "abc"], "--port: this is not a whole number.", "accord serve --help"),
        (["serve", "--port", "0"], "--port: the least is 1.", "accord serve --help"),
        (["records", "schema", "foo"], "SIDE: 'foo' is none of 'request', 'answer'.", "records schema --help"),
        (["policy", "status", "--on", "May"], "--on: May is not a day, such as 2026-08-19.", "policy status --help"),
    ],
)
def test_a_command_line_that_makes_no_sense_is_told_in_plain_words(words: list[str], what: str, mend: str):
    said = two_lines(accord(*words))
    assert said[0].endswith(what)
    assert mend in said[1]


def test_a_missing_file_is_told_in_one_wording_by_every_command(tmp_path: Path):
    nowhere = tmp_path / "nowhere"
    (tmp_path / "accord.sqlite3").touch()
    for words in (
        ["policy", "import", nowhere],
        ["audit", "verify", "--checkpoint", nowhere],
        ["audit", "export", nowhere / "history.txt"],
        ["report", nowhere, "--enrollment", nowhere],
    ):
        what, mend = two_lines(accord(*words, data=tmp_path))
        assert what.endswith(": There is no such file or folder."), words
        assert what.startswith(str(nowhere)), words
        assert mend == "Check the name and the folder it is in."


@pytest.mark.parametrize("words", [["audit", "verify"], ["audit", "head"], ["policy", "status"]])
def test_looking_for_a_database_that_is_not_there_says_so_and_makes_none(tmp_path: Path, words: list[str]):
    what, mend = two_lines(accord(*words, data=tmp_path / "data"))
    assert what == f"{tmp_path / 'data' / 'accord.sqlite3'}: There is no database here."
    assert "ACCORD_DATA" in mend
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_tables_asks_to_be_brought_up_to_date(tmp_path: Path):
    (tmp_path / "accord.sqlite3").touch()
    what, mend = two_lines(accord("policy", "status", data=tmp_path))
    assert "empty or older" in what
    assert "accord migrate" in mend


def test_a_database_that_cannot_be_reached_is_bad_input_and_its_password_is_not_told():
    url = "postgresql://accord:not-to-be-told@127.0.0.1:1/accord"
    done = accord("policy", "status", ACCORD_DATABASE_URL=url)
    what, _ = two_lines(done)
    assert "cannot be used" in what
    assert "not-to-be-told" not in done.stderr
    assert "mysql" in two_lines(accord("policy", "status", ACCORD_DATABASE_URL="mysql://x"))[0]


def test_serving_asks_for_the_key_and_reading_does_not(tmp_path: Path):
    assert two_lines(accord("serve", data=tmp_path))[0] == "ACCORD_SECRET_KEY: The signing key is not set."
    assert accord("migrate", data=tmp_path).returncode == 0
    done = accord("audit", "verify", data=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_port_in_use_is_refused_before_anything_is_announced_or_loaded(tmp_path: Path, command: str):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        what, mend = two_lines(accord(command, "--port", port, data=tmp_path / "data", ACCORD_SECRET_KEY="x"))
    assert what == f"Port {port} of 127.0.0.1 is taken by another program."
    assert "make demo PORT=" in mend
    assert list(tmp_path.iterdir()) == []


def test_an_address_of_another_machine_is_refused():
    what, _ = two_lines(accord("serve", "--address", "192.0.2.7", ACCORD_SECRET_KEY="x"))
    assert what == "192.0.2.7: This machine has no such address."


def test_a_stop_while_commands_are_still_read_is_no_traceback(monkeypatch):
    """Who types Ctrl-C at once has done nothing wrong."""

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("pkgutil.iter_modules", stopped)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
