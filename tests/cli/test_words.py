"""How numbers and names are said on the terminal, and that no line of the help is cut."""

import pytest
from typer.testing import CliRunner

from accord import cli
from accord.cli.words import count, heading, several


@pytest.mark.parametrize(("number", "said"), [(0, "0 sentences"), (1, "1 sentence"), (9800, "9,800 sentences")])
def test_a_number_agrees_with_its_noun_and_has_its_commas(number: int, said: str):
    assert count(number, "sentence") == said


def test_a_policy_is_called_by_what_is_known_of_it_without_a_dangling_dash():
    assert heading("BP", "3515.31", "Officers") == "BP 3515.31 - Officers"
    assert heading("BP", "", "Officers") == "Officers"
    assert heading("BP", "3515.31", "") == "BP 3515.31"
    assert heading("", "", "") == "(no title)"


def test_names_to_choose_from_are_a_sentence_however_many_there_are():
    assert several(["a"]) == "a"
    assert several(["a", "b", "c"]) == "a, b or c"
    assert several(list("abcdefgh"), most=2) == "a, b and 6 more"


@pytest.mark.parametrize("group", [[], ["policy"], ["audit"], ["people"], ["roster"]])
def test_no_line_of_the_help_is_cut_at_80_columns(group: list[str]):
    cli.load()
    done = CliRunner().invoke(cli.app, [*group, "--help"], terminal_width=80)
    assert done.exit_code == 0
    assert "Commands:" in done.output
    assert "..." not in done.output.replace("[ARGS]...", "")
    assert max(map(len, done.output.splitlines())) <= 80


def test_asked_for_nothing_it_says_what_there_is():
    cli.load()
    done = CliRunner().invoke(cli.app, [])
    assert done.exit_code == 0
    assert "policy check" in done.output
