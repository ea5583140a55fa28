"""How numbers and names are said on the terminal."""

from __future__ import annotations


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun, as people say it: "1 sentence", "9,800 students", "3 people"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def several(names: list[str], most: int = 6) -> str:
    """Names in a row, the first few of many: "a, b or c", "a, b and 4 more"."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most:,} more"
    return " or ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def heading(kind: str, code: str, title: str) -> str:
    """What a policy is called: "BP 3515.31 - School Resource Officers", or as much of it as is known."""
    return " - ".join(part for part in (f"{kind} {code}".strip() if code else "", title) if part) or "(no title)"
