"""What the README and the manual promise is there: pictures, pages, commands, options."""

import re
import subprocess
import sys

import pytest
import typer.main

from accord import cli
from accord.cli.overview import every
from tests.house.tree import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
_COMMAND = re.compile(r"\.venv/bin/accord ((?:[a-z][a-z-]* ?)+)")


def test_every_picture_and_page_linked_from_the_manual_is_there():
    links = [(page, link) for page in PAGES for link in _LINK.findall(page.read_text(encoding="utf-8"))]
    assert len(links) > 15
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []


def test_every_picture_is_shown_somewhere_and_small_enough_for_a_repository():
    shown = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    pictures = list((ROOT / "docs" / "screenshots").glob("*.png"))
    assert {picture.name for picture in pictures} >= {"front-page.png"}
    assert [picture.name for picture in pictures if picture.name not in shown] == []
    assert [picture.name for picture in pictures if picture.stat().st_size > 200_000] == []


def test_every_command_that_the_manual_tells_people_to_run_exists():
    cli.load()
    known = dict(every(typer.main.get_command(cli.app)))
    told = {words.strip(): page.name for page in PAGES for words in _COMMAND.findall(page.read_text(encoding="utf-8"))}
    assert len(told) > 8
    missing = {
        words: name for words, name in told.items() if not any(f"{words} ".startswith(f"{one} ") for one in known)
    }
    assert missing == {}


def test_the_reference_lists_every_command_and_every_spelling_of_its_options():
    cli.load()
    text = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    sections = {part.partition("\n")[0]: part for part in text.split("\n## accord ")}
    missing = [
        f"{words} {spelling}"
        for words, command in every(typer.main.get_command(cli.app))
        for parameter in command.params
        for spelling in (*parameter.opts, *parameter.secondary_opts)
        if parameter.param_type_name == "option" and spelling not in sections.get(words, "")
    ]
    assert missing == []


@pytest.mark.parametrize("words", [["--chek"], ["check", "again"]])
def test_the_reference_is_never_written_by_a_misspelt_check(words: list[str]):
    before = {path: path.stat().st_mtime_ns for path in (ROOT / "docs" / "reference").iterdir()}
    done = subprocess.run(
        [sys.executable, "-m", "scripts.docs", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert {path: path.stat().st_mtime_ns for path in (ROOT / "docs" / "reference").iterdir()} == before
