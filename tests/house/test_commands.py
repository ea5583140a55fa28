"""`accord --help` is the list of what a person can do."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperOption

from accord import cli
from accord.cli.overview import every

ACCORD = Path(sys.executable).parent / "accord"


@pytest.fixture(scope="module")
def commands() -> dict[str, TyperCommand]:
    cli.load()
    return dict(every(typer.main.get_command(cli.app)))


def test_help_lists_every_command_with_one_line(commands: dict[str, TyperCommand]):
    done = subprocess.run([ACCORD, "--help"], capture_output=True, text=True, check=True)
    lines = [line.strip().partition("  ") for line in done.stdout.splitlines()]
    listed = {words: text.strip() for words, _, text in lines if text}
    assert set(commands) > {"demo", "policy read"}
    assert [words for words in commands if len(listed.get(words, "")) < 10] == []


def test_every_command_and_option_explains_itself(commands: dict[str, TyperCommand]):
    silent = [
        f"{words} --{option.name}"
        for words, command in commands.items()
        for option in command.params
        if isinstance(option, TyperOption) and not option.help
    ]
    assert silent == []


def test_an_unknown_command_is_bad_input_in_few_words():
    done = subprocess.run([ACCORD, "obey"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "obey" in done.stderr
