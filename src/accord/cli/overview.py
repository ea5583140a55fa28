"""`accord --help` lists every command with one line, those inside a group included."""

from __future__ import annotations

import sys
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

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the words of the command line; whoever gives none asks what there is."""
        if not args and not ctx.resilient_parsing:
            sys.stdout.write(f"{ctx.get_help()}\n")
            ctx.exit()
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands."""
        found = list(every(self))
        width = formatter.width - max((len(words) for words, _ in found), default=0) - 6
        with formatter.section("Commands"):
            formatter.write_dl([(words, line(command, width)) for words, command in found])


def line(command: TyperCommand, width: int) -> str:
    """What a command does, in one line of `width` characters if it can be.

    The short help where there is one, else the first sentence of the help, ended at a colon or a semicolon when it is
    too long. Where none stands early enough it is left whole, to be wrapped: half a sentence says nothing.
    """
    said = command.short_help or command.help or ""
    first = " ".join(said.partition("\n\n")[0].split()).partition(". ")[0].rstrip(".")
    short = first
    while len(short) >= width and (end := max(short.rfind(":"), short.rfind(";"))) > 0:
        short = short[:end]
    return f"{short if len(short) < width else first}."
