"""`accord --help` is the list of what a person can do."""

import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer

from accord import cli

ACCORD = Path(sys.executable).parent / "accord"


def commands(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that call it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        elif not command.hidden:
            yield (*before, name), command


@pytest.fixture(scope="module")
def every() -> dict[tuple[str, ...], click.Command]:
    for module in pkgutil.iter_modules(cli.__path__):
        importlib.import_module(f"accord.cli.{module.name}")
    return dict(commands(typer.main.get_command(cli.app)))


@pytest.fixture(scope="module")
def printed() -> str:
    done = subprocess.run([ACCORD, "--help"], capture_output=True, text=True, check=True)
    return done.stdout


def test_help_lists_every_command_with_one_line(every, printed: str):
    lines = {tuple(line.split("  ")[0].split()): line for line in map(str.strip, printed.splitlines())}
    assert every
    assert [words for words in every if words not in lines] == []
    assert [words for words in every if len(lines[words].split("  ", 1)[-1].strip()) < 10] == []


def test_every_command_and_option_explains_itself(every):
    silent = [
        " ".join((*words, option.name or ""))
        for words, command in every.items()
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert silent == []


def test_an_unknown_command_is_bad_input_in_few_words():
    done = subprocess.run([ACCORD, "obey"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
