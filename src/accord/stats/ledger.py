"""The ledger of releases: what was printed of every cell of every earlier release, and which were hidden.

A release is a JSON file of printed values alone, so the ledger may be as public as the releases are. Each file holds
its own hash and names the hashes of all releases it was checked against: a file that was changed, and one that is
missing, are found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from accord.decision import BadInput
from accord.stats.axes import TOTAL, Axis
from accord.stats.bare import UNKNOWN, Flags, On, Policy, Zeros
from accord.stats.counts import PERIOD
from accord.stats.folder import write
from accord.stats.schema import ALL
from accord.stats.space import Space

FORMAT = "accord-release-1"
INEXACT = "accord-inexact-release-1"
"""The format of a release that tells counts rounded or as bands: nobody may take it for one that tells them exactly."""
FILE = "release.json"
Key = tuple[tuple[str, str], ...]
"""What a cell counts: a code for each dimension in which it is not the total, and for the period; sorted."""


class Way(StrEnum):
    """How the counts of a release are told: exactly or not at all, or inexactly."""

    HIDDEN = "hidden"
    ROUNDED = "rounded"
    BANDS = "bands"


@dataclass(frozen=True)
class Release:
    """One release as it was printed.

    Attributes:
        measure: what is counted.
        cells: of every cell what it was printed as, None if hidden.
        sums: each total followed by its parts.
        orders: pairs of a cell and one that is never less.
        most: what cells were known not to be above: students enrolled, where students were counted.
        above_zero: whether a star stood for a count of at least 1, since zeros were always printed.
        after: hashes of the releases it was checked against.
        sha256: its own hash.
        way: how counts are told.
    """

    measure: str
    cells: Mapping[Key, int | None]
    sums: tuple[tuple[Key, ...], ...]
    orders: tuple[tuple[Key, Key], ...]
    most: Mapping[Key, int]
    above_zero: bool
    after: tuple[str, ...]
    sha256: str
    way: Way = Way.HIDDEN


def keys(space: Space) -> list[Key]:
    """What each cell of a space counts."""
    columns = [(axis.name, _identities(axis)) for axis in space.axes]
    fixed = [(PERIOD, space.period)] if space.period else []
    order = sorted(range(len(columns)), key=lambda at: columns[at][0])
    found = []
    for codes in space.at.tolist():
        told = [(columns[at][0], code) for at in order if (code := columns[at][1][codes[at]])]
        found.append(tuple(sorted(told + fixed) if fixed else told))
    return found


def refuse_lone_period(space: Space) -> None:
    """See that a release of one period is not counted by it: the period and its total would be two names of one count.

    Raises:
        BadInput: when it is.
    """
    for axis in space.axes:
        if axis.name == PERIOD and len(axis.codes) == 2:
            mend = "Leave period out of --by: the ledger takes it from its column."
            raise BadInput(f"All counts are of {axis.codes[1]}.", where="--by", mend=mend)


def _identities(axis: Axis) -> list[str]:
    """The code of each place on an axis, "" for the total; a total of periods is named by its periods."""
    total = ""
    if axis.name == PERIOD:
        total = axis.top if axis.top != ALL else "+".join(sorted(axis.codes[at] for at in axis.children[TOTAL]))
    return [total, *axis.codes[1:]]


def release(
    space: Space, hidden: Flags, policy: Policy, after: Iterable[str], inexact: Mapping[str, Any] | None = None
) -> bytes:
    """The file of a release: canonical JSON, the same bytes for the same release.

    `inexact`: the `way` in which counts are told that are not told exactly, and what else belongs to it.
    """
    shown = space.bare.values[: len(space)].tolist()
    rows = [[*map(list, key)] for key in keys(space)]
    equations = space.bare.equations
    sums = []
    for start, end in zip(equations.indptr[:-1], equations.indptr[1:], strict=True):
        cells, factors = equations.indices[start:end], equations.data[start:end]
        if cells.max() < len(space):
            sums.append([*cells[factors > 0].tolist(), *sorted(cells[factors < 0].tolist())])
    body: dict[str, Any] = {
        "format": INEXACT if inexact else FORMAT,
        **(inexact or {}),
        "measure": space.measure,
        "policy": asdict(policy),
        "after": sorted(after),
        "cells": [[row, None if away else value] for row, value, away in zip(rows, shown, hidden, strict=False)],
        "sums": sums,
        "orders": [list(pair) for pair in space.orders],
    }
    most: list[int] = space.bare.most[: len(space)].tolist()
    if any(one != UNKNOWN for one in most):
        body["most"] = [None if one == UNKNOWN else one for one in most]
    return canonical({**body, "sha256": digest(body)})


def canonical(body: Mapping[str, Any]) -> bytes:
    """The one way in which a release is written."""
    return (json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def digest(body: Mapping[str, Any]) -> str:
    """The hash of a release, of everything but the hash itself."""
    return hashlib.sha256(canonical({name: value for name, value in body.items() if name != "sha256"})).hexdigest()


def read(folder: Path) -> tuple[Release, ...]:
    """The releases in a folder and the folders under it, each once, in the order in which they were made.

    Raises:
        BadInput: when it is no folder; for a file that is no release or was changed; when a release is missing.
    """
    if not folder.is_dir():
        mend = "Give the folder of earlier releases; an empty one before the first."
        raise BadInput("This is no folder.", where=str(folder), mend=mend)
    found = {one.sha256: one for one in map(_read, sorted(folder.rglob(f"*{FILE}")))}
    for one in found.values():
        if missing := next((other for other in one.after if other not in found), None):
            what = f"A release is missing that a later one was checked against ({missing[:12]})."
            raise BadInput(what, where=str(folder), mend="Put every earlier release back.")
    return tuple(sorted(found.values(), key=lambda one: (len(one.after), one.sha256)))


def _read(path: Path) -> Release:
    try:
        data = json.loads(path.read_bytes())
        fine = data["format"] == (INEXACT if "way" in data else FORMAT) and data["sha256"] == digest(data)
        listed = [(tuple((str(name), str(code)) for name, code in key), _count(value)) for key, value in data["cells"]]
        names = [key for key, _ in listed]
        most = zip(names, map(_count, data.get("most", [None] * len(names))), strict=True)
        made = Release(
            measure=str(data["measure"]),
            cells=dict(listed),
            sums=tuple(tuple(names[at] for at in row) for row in data["sums"]),
            orders=tuple((names[less], names[more]) for less, more in data["orders"]),
            most={key: one for key, one in most if one is not None},
            above_zero=(data["policy"]["zeros"], data["policy"]["on"]) == (Zeros.PRINTED, On.COUNT),
            after=tuple(map(str, data["after"])),
            sha256=str(data["sha256"]),
            way=Way(data.get("way", Way.HIDDEN)),
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        mend = f"Keep nothing but releases under names that end in {FILE}."
        raise BadInput("This is no release.", where=str(path), mend=mend) from error
    if not fine:
        mend = "Fetch the file again that was made with the release."
        raise BadInput("The release was changed since it was made.", where=str(path), mend=mend)
    return made


def _count(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(value)
    return value


def known(releases: Sequence[Release], made: bytes) -> str:
    """The hash of an earlier release that printed the same, "" if none did."""
    body = json.loads(made)
    for one in releases:
        if digest({**body, "after": list(one.after)}) == one.sha256:
            return one.sha256
    return ""


def add(folder: Path, made: bytes) -> None:
    """Put a release into the ledger, whole or not at all.

    Raises:
        BadInput: when the folder cannot be written.
    """
    name = f"{json.loads(made)['sha256'][:16]}-{FILE}"
    write(folder, {name: made})
