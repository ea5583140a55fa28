"""Which group is part of which: schools in districts, grades in bands, months in quarters.

A file of links has the columns `dimension,child,parent`, a line for each link; a dimension is a column that is counted
by. Levels follow from the links: what has no children is a leaf, and rows of data name leaves only. Every child has one
parent, so counts add up. The total of a dimension is never written: it lies above everything that has no parent.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from accord.decision import BadInput
from accord.stats import csv_text
from accord.stats.schema import ALL

COLUMNS = ("dimension", "child", "parent")
"""The head of a file of links."""

Link = tuple[str, str, str]


@dataclass(frozen=True)
class Hierarchy:
    """The links of one dimension. `parents` gives the parent of every code that has one."""

    dimension: str
    parents: Mapping[str, str]

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """The codes right below each code that has any, in the order of the links."""
        found: dict[str, list[str]] = defaultdict(list)
        for child, parent in self.parents.items():
            found[parent].append(child)
        return {parent: tuple(below) for parent, below in found.items()}

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The codes that rows of data may name."""
        return tuple(child for child in self.parents if child not in self.children)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The codes that have children, each after all groups that are part of it."""
        return tuple(sorted(self.children, key=lambda code: (-len(self.above(code)), code)))

    @cached_property
    def tops(self) -> tuple[str, ...]:
        """The codes without a parent: together they are the total."""
        return tuple(code for code in self.groups if code not in self.parents)

    def above(self, code: str) -> tuple[str, ...]:
        """The groups that a code is part of, the nearest first."""
        found: list[str] = []
        while code in self.parents:
            code = self.parents[code]
            found.append(code)
        return tuple(found)

    def members(self, group: str) -> tuple[str, ...]:
        """The leaves that make up a group; a leaf is its own."""
        below = self.children.get(group)
        return (group,) if below is None else tuple(leaf for child in below for leaf in self.members(child))


def read(path: Path) -> dict[str, Hierarchy]:
    """The hierarchies of a CSV file, by dimension.

    Raises:
        BadInput: when the file cannot be read, names the total, or its links do not make trees.
    """
    with csv_text.opened(path) as file:
        lines = list(csv.reader(file, strict=True))
    if not lines or tuple(cell.strip() for cell in lines[0]) != COLUMNS:
        raise BadInput("the head is another one", where=f"{path}, line 1", mend=f"It reads {','.join(COLUMNS)}.")
    return hierarchies((_link(line, f"{path}, line {at}") for at, line in enumerate(lines[1:], 2) if line), str(path))


def hierarchies(links: Iterable[Link], where: str) -> dict[str, Hierarchy]:
    """The hierarchies that links make, by dimension. A link may be given twice.

    Raises:
        BadInput: for a child with two parents and for a cycle.
    """
    parents: dict[str, dict[str, str]] = defaultdict(dict)
    for dimension, child, parent in links:
        if parents[dimension].setdefault(child, parent) != parent:
            raise BadInput(
                f"{dimension} {child!r} is part of {parents[dimension][child]!r} and of {parent!r}",
                where=where,
                mend="Give every child one parent.",
            )
    for dimension, upward in parents.items():
        _refuse_cycles(dimension, upward, where)
    return {dimension: Hierarchy(dimension, upward) for dimension, upward in parents.items()}


def refuse_unused(hierarchies: Mapping[str, Hierarchy], by: Iterable[str], where: str) -> None:
    """See that the links are about something that is counted by: without them, groups of others count as their equals.

    Raises:
        BadInput: when there are links, and none is of a dimension that is counted by.
    """
    named = list(by)
    if hierarchies and not set(named) & set(hierarchies):
        what = f"The links are of {', '.join(hierarchies)}, which is not counted by"
        raise BadInput(what, where=where, mend=f"Name a dimension out of {', '.join(named)}.")


def check(hierarchy: Hierarchy, codes: Iterable[str], where: str, *, but: Iterable[str] = ()) -> None:
    """See that every code that rows of data name is a leaf, `but` some that need no place in it.

    Raises:
        BadInput: naming the codes that the hierarchy does not know, or knows as groups of others.
    """
    leaves = {*hierarchy.leaves, *but}
    strange = sorted({code for code in codes if code not in leaves})
    if strange:
        groups = [code for code in strange if code in hierarchy.children]
        why = "has codes that stand for groups of others" if groups else "has codes that the hierarchy does not know"
        raise BadInput(
            f"{hierarchy.dimension} {why}: {', '.join(groups or strange)}",
            where=where,
            mend="Add a link for each code, or correct it.",
        )


def _link(line: list[str], where: str) -> Link:
    cells = [cell.strip() for cell in line]
    if len(cells) != len(COLUMNS) or not all(cells):
        raise BadInput("a link has three values", where=where, mend="Give dimension, child and parent.")
    dimension, child, parent = cells
    if ALL in (child, parent):
        raise BadInput(
            f"{ALL!r} is the total of every dimension and needs no link", where=where, mend="Leave this line out."
        )
    return dimension, child, parent


def _refuse_cycles(dimension: str, parents: Mapping[str, str], where: str) -> None:
    ends: set[str] = set()
    for start in parents:
        code, way = start, {start}
        while code in parents and code not in ends:
            code = parents[code]
            if code in way:
                raise BadInput(
                    f"{dimension} {code!r} is part of itself",
                    where=where,
                    mend="Take out the link that closes the circle.",
                )
            way.add(code)
        ends |= way
