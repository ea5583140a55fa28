"""What is a person told when a command ends in an error, and with which exit code? Always two lines, never a traceback.

One wording for each fault, whichever part of Accord met it.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from accord.decision import BadInput, NotAllowed

USAGE: type[Exception] = typer.BadParameter.__bases__[0]
"""What typer raises for a command line that cannot be understood. It exports only this child of it."""


@dataclass(frozen=True)
class Told:
    """What is wrong and where, how to mend it, and the exit code: 1 a rule said no, 2 bad input."""

    what: str
    mend: str
    code: int = 2


def told(error: BaseException) -> Told | None:
    """The two lines for an error, or None for one that is a fault of Accord and should be seen whole."""
    if isinstance(error, NotAllowed):
        clauses = ", ".join(finding.clause for finding in error.decision.unmet)
        return Told(str(error), f"Clauses: {clauses}", code=1)
    if isinstance(error, typer.Abort):
        return Told("Stopped.", "Run the command again when you are ready.", code=1)
    if isinstance(error, SystemExit):
        what, _, mend = str(error.code).partition("\n")
        return Told(what, mend)
    for plain in (_bad_input, _misused, _from_system, _from_database):
        found = plain(error)
        if found:
            return Told(str(found), found.mend)
    return None


def opening(error: OSError, where: Path | str) -> BadInput:
    """A file or folder that cannot be read or written, in the words used everywhere."""
    what, mend = _OPENING.get(type(error), (f"{error.strerror or error}.", "Check the path and the disk."))
    return BadInput(what, where=str(where), mend=mend)


_OPENING: dict[type[OSError], tuple[str, str]] = {
    FileNotFoundError: ("There is no such file or folder.", "Check the name and the folder it is in."),
    IsADirectoryError: ("This is a folder, not a file.", "Name a file in it."),
    NotADirectoryError: ("A part of this path is a file, not a folder.", "Check the path."),
    FileExistsError: ("There is a file of this name already.", "Choose another name."),
    PermissionError: ("Opening this is not permitted.", "Check who may read and write there."),
}


def _bad_input(error: BaseException) -> BadInput | None:
    if not isinstance(error, BadInput):
        return None
    cause = error.__cause__
    if isinstance(cause, OSError) and cause.filename is not None and error.where:
        return opening(cause, error.where)
    return error


def _from_system(error: BaseException) -> BadInput | None:
    if not isinstance(error, OSError) or error.filename is None:
        return None
    return opening(error, str(error.filename))


def _from_database(error: BaseException) -> BadInput | None:
    """A database that is not there, cannot be reached or has no tables. Any other fault of it is ours."""
    if "django.db" not in sys.modules:
        return None
    from django.db import OperationalError, ProgrammingError, connection

    said = " ".join(str(error).split())
    if not isinstance(error, (OperationalError, ProgrammingError)):
        return None
    where = str(connection.settings_dict["NAME"])
    if any(words in said for words in ("no such table", "no such column", "has no column", "does not exist")):
        return BadInput(
            "The database is empty or older than this version.",
            where=where,
            mend="Bring it up to date: accord migrate.",
        )
    if isinstance(error, OperationalError):
        return BadInput(f"The database cannot be used: {said}.", where=where, mend="Check ACCORD_DATABASE_URL.")
    return None


def _misused(error: BaseException) -> BadInput | None:
    """A command line that cannot be understood, in plain words."""
    if not isinstance(error, USAGE):
        return None
    context: Any = getattr(error, "ctx", None)
    path = context.command_path if context else "accord"
    return BadInput(_misuse(error), where=path, mend=f"{_near(error)}{path} --help lists what it takes.")


def _misuse(error: Any) -> str:
    kind = type(error).__name__
    parameter = getattr(error, "param", None)
    if kind == "NoSuchOption":
        return f"There is no option {error.option_name}."
    if kind == "NoSuchCommand":
        return f"There is no command {error.command_name}."
    if kind == "MissingParameter" and parameter is not None:
        return f"{_named(parameter)} is missing."
    said = error.message.strip().rstrip(".")
    for pattern, words in _PLAINLY:
        if match := pattern.match(said):
            said = words.format(*match.groups())
            break
    return f"{_named(parameter)}: {said}." if parameter is not None else f"{said}."


_DAY = "{0} is not a day, such as 2026-08-19"
_PLAINLY = (
    (re.compile(r"No such command '(.+?)'"), "There is no command {0}"),
    (re.compile(r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)"), "This is too much: {0}"),
    (re.compile(r".*unable to parse string as an integer"), "this is not a whole number"),
    (re.compile(r"'?(.*?)'? is not a valid integer"), "{0} is not a whole number"),
    (re.compile(r"Input should be greater than or equal to (\S+)"), "the least is {0}"),
    (re.compile(r"Input should be less than or equal to (\S+)"), "the most is {0}"),
    (re.compile(r"(?:Value error, )?'?(.*?)'? does not match the formats? '%Y-%m-%d'"), _DAY),
    (re.compile(r"(?:Value error, )?'?(.*?)'? does not match the formats? (.+)"), "{0} is not written as {1}"),
    (re.compile(r"Value error, (.+) is not one of (.+)"), "{0} is none of {1}"),
    (re.compile(r"(?:Option )?'?(--\S+?)'? requires an argument"), "{0} needs a value after it"),
)
"""How typer says it, and how we do."""


def _named(parameter: Any) -> str:
    """How a person writes a parameter: --port, FILE."""
    return str(parameter.opts[0] if parameter.param_type_name == "option" else parameter.name.upper())


def _near(error: Any) -> str:
    """What was perhaps meant, as a question."""
    likely = getattr(error, "possibilities", None) or re.findall(
        r"'([^']+)'", error.message.partition("Did you mean")[2]
    )
    return f"Is it {' or '.join(sorted(likely)[:3])}? " if likely else ""
