"""The same tables counted the slow way, one row at a time, for tests to hold the fast one against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import product

from accord.stats.hierarchies import Hierarchy

ALL = "all"
Row = dict[str, str | None]
Groups = Callable[[str], list[str]]


def groups_of(name: str, hierarchies: dict[str, Hierarchy]) -> Groups:
    """Every code that holds a value of a column: itself (or each of its parts), groups above it, the total."""
    if name == "races":
        return lambda value: [*(value.split("|") if value else ["unknown"]), ALL]
    tree = hierarchies.get(name)
    return lambda value: [value or "unknown", *(tree.above(value) if tree and value else ()), ALL]


def counted(
    rows: Sequence[Row], by: Sequence[str], hierarchies: dict[str, Hierarchy] | None = None
) -> dict[tuple[str, ...], dict[str, int]]:
    """Instances, arrests, students and students with an arrest of every cell that has a row."""
    lists: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    holders = [groups_of(name, hierarchies or {}) for name in by]
    for row in rows:
        for cell in product(*(hold(row[name] or "") for hold, name in zip(holders, by, strict=True))):
            lists[cell].append(row)
    return {
        cell: {
            "instances": len(held),
            "arrest": sum(row["arrest"] == "yes" for row in held),
            "students": len({row["student"] for row in held if row["student"]}),
            "students.arrest": len({row["student"] for row in held if row["student"] and row["arrest"] == "yes"}),
        }
        for cell, held in lists.items()
    }
