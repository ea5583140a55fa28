"""What `accord policy check` and `accord policy diff` say to a person."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from accord import cli

OURS = """# 3515.31 - School Resource Officers

SROs shall use de-escalation techniques to lessen the use of force.

The dome of the library is green.
"""


@pytest.fixture(autouse=True)
def commands() -> None:
    cli.load()


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "ours.md"
    path.write_text(OURS, encoding="utf-8")
    return path


def accord(*words: object) -> Result:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


def edited(path: Path, old: str, new: str) -> Path:
    assert old in OURS
    other = path.with_name("edited.md")
    other.write_text(OURS.replace(old, new), encoding="utf-8")
    return other


def test_a_check_says_first_which_policy_and_how_much_of_it_was_found(ours: Path):
    lines = accord("policy", "check", ours).stdout.splitlines()
    assert lines[0].endswith("3515.31 - School Resource Officers.")
    assert lines[1].startswith("1 of 23 obligations found, 0 partly, 22 missing. 1 sentence of the policy carries none")


def test_a_check_of_another_policy_says_that_it_is_another(ours: Path):
    done = accord("policy", "check", edited(ours, "3515.31", "5145.11"))
    assert done.stdout.splitlines()[0].endswith("5145.11; the catalogue is of BP 3515.31.")


def test_items_are_listed_only_where_an_obligation_is_partly_there(ours: Path):
    assert "P04.1" not in accord("policy", "check", ours).stdout
    terms = "The Board shall approve an MOU with the law enforcement agency. The MOU shall state its purpose.\n"
    ours.write_text(OURS + "\n" + terms, encoding="utf-8")
    said = accord("policy", "check", ours).stdout
    assert "P04  partly" in said
    assert "P04.6 missing" in said
    assert "P05.1" not in said


def test_what_is_odd_about_a_file_is_said_on_stderr(tmp_path: Path):
    path = tmp_path / "plain.txt"
    path.write_text("The Board shall act.\n", encoding="utf-8")
    done = accord("policy", "read", path)
    assert "Warning" not in done.stdout
    assert "Warning: The file does not state its title." in done.stderr
    assert done.stdout.splitlines()[0] == "(no title)"
    assert "1 sentence, 0 notes" in done.stdout


def test_a_policy_against_itself_has_no_sentence_that_differs(ours: Path):
    assert accord("policy", "diff", ours, ours).stdout.strip() == "No sentence differs."


def test_removed_and_added_sentences_say_what_they_touch_by_name(ours: Path):
    other = edited(ours, "SROs shall use de-escalation techniques to lessen the use of force.", "Paint is green.")
    for files, sign in (((ours, other), "-"), ((other, ours), "+")):
        lines = accord("policy", "diff", *files).stdout.splitlines()
        at = lines.index(f"{sign} SROs shall use de-escalation techniques to lessen the use of force.")
        assert lines[at + 1].startswith("    touches P10 ")
        assert len(lines[at + 1]) > len("    touches P10 ")
