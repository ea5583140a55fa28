"""`accord --help` lists every command with one line, those inside a group included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.core import TyperCommand, TyperGroup


def every(group: TyperGroup, before: str = "") -> Iterator[tuple[str, TyperCommand]]:
    """The commands of a group and of the groups in it, each with the words that call it, by name."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, TyperGroup):
            yield from every(command, f"{before}{name} ")
        elif isinstance(command, TyperCommand) and not command.hidden:
            yield f"{before}{name}", command


class Overview(TyperGroup):
    """A group of commands that shows, in its help, what the groups inside it can do."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands."""
        found = list(every(self))
        width = formatter.width - max((len(words) for words, _ in found), default=0) - 6
        with formatter.section("Commands"):
            formatter.write_dl([(words, command.get_short_help_str(width)) for words, command in found])
