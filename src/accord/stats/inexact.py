"""Counts told rounded or as bands in place of exactly with some hidden: chosen by the Board, attacked, and written.

Less is promised than for hidden counts. Every count is told, small ones too, to within a few numbers; no total is true.
What is drawn is attacked before it is written: by somebody who knows the method and the order of the cells, though not
the start of the running sum, all sums, and of students how many are enrolled. No small count may keep fewer values than
the policy asks for, or than can be.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from accord.stats import ledger
from accord.stats.audit import Print, attack
from accord.stats.bare import Bare, Flags, Ints, Policy, primary, upper
from accord.stats.ceilings import of_few, widths
from accord.stats.hierarchies import Hierarchy
from accord.stats.layout import Layout, layout
from accord.stats.ledger import Release, Way
from accord.stats.mixed import refuse_mixed
from accord.stats.pattern import Told, Unsafe
from accord.stats.protected import Band, Figure, NotCounted
from accord.stats.publication import Publication, figures_of, title_of
from accord.stats.release_files import files
from accord.stats.released import inexact
from accord.stats.rounding import BASE, banded, order, rounded
from accord.stats.space import Space


def publication(
    space: Space,
    policy: Policy,
    *,
    way: Way,
    earlier: Sequence[Release] = (),
    hierarchies: Mapping[str, Hierarchy] | None = None,
    seconds: float = 60.0,
    title: str = "",
    told: Told = lambda cost, bound: None,
) -> Publication:
    """A release that tells its counts inexactly. `hierarchies` and `told` are those of the usual publication.

    The same counts again are the same release: its figures are taken from the ledger, not drawn anew.

    Raises:
        BadInput: when tables share totals, when codes overlap, or when an earlier release tells these events.
        Unsafe: when a small count keeps too few values.
    """
    now = layout(space.bare, [one.name for one in space.axes])
    after = [one.sha256 for one in earlier]
    low, high, made, same = _drawn(space, now, policy, way, after, earlier)
    if not same:
        refuse_mixed(space, way, earlier)
    narrow = _attacked(now, policy, way, low, high, time.monotonic() + seconds)
    if len(narrow):
        names = tuple(space.bare.names[cell] for cell in narrow)
        raise Unsafe(f"Told {way}, some small counts keep too few values, or that was not settled in time.", names)
    shown = inexact(space, _figures(space, way, low, high), notes(way, policy))
    proof = {
        "valid": True,
        "way": way,
        "cells": len(space),
        "small": int(primary(space.bare, policy)[: len(space)].sum()),
        "threshold": policy.threshold,
        "width": policy.width,
        "of_few": int(of_few(space.bare, policy)[: len(space)].sum()),
        "off_by": _off(space.bare, low, high),
        "promise": list(shown[0].notes),
        "publish": "everything but this file: how many counts are small, and how far figures are off, follow from them",
    }
    written = {
        **files(shown, title or title_of(space)),
        ledger.FILE: made,
        "certificate.json": (json.dumps(proof, indent=2) + "\n").encode(),
    }
    read_again(written, shown, low)
    return Publication(written, shown, proof, np.zeros(len(space), dtype=np.bool_), known=same)


def _drawn(
    space: Space, now: Layout, policy: Policy, way: Way, after: Sequence[str], earlier: Sequence[Release]
) -> tuple[Ints, Ints, bytes, bool]:
    """The ends between which each count is told, the file of the release, and whether it was published before."""
    tries = []
    for start in range(BASE) if way is Way.ROUNDED else [0]:
        if way is Way.ROUNDED:
            low = high = rounded(now, BASE, start).values
        else:
            bands = banded(now, policy)
            low, high = bands.low, bands.high
        made = _release(space, policy, way, low, high, after)
        if same := ledger.known(earlier, made):
            then = next(one for one in earlier if one.sha256 == same)
            return low, high, _release(space, policy, way, low, high, then.after), True
        tries.append((low, high, made, False))
    return secrets.choice(tries)


def _release(space: Space, policy: Policy, way: Way, low: Ints, high: Ints, after: Sequence[str]) -> bytes:
    """The file of the release: what is printed, nothing else."""
    told = replace(space, bare=replace(space.bare, values=low))
    more: dict[str, Any] = {"way": way}
    more |= {"base": BASE} if way is Way.ROUNDED else {"high": high[: len(space)].tolist()}
    return ledger.release(told, np.zeros(len(space), dtype=np.bool_), policy, after, more)


def _attacked(now: Layout, policy: Policy, way: Way, low: Ints, high: Ints, deadline: float) -> Ints:
    """The small counts that keep too few values."""
    bare = now.bare
    small = primary(bare, policy)
    shown = of_rounded(now, low) if way is Way.ROUNDED else of_bands(bare, low, high)
    watched = np.concatenate([small, np.zeros(len(shown.hidden) - len(bare), dtype=np.bool_)])
    need = np.ones(len(shown.hidden), dtype=np.int64)
    need[: len(bare)] = np.maximum(widths(bare, policy), 2)
    found = attack(shown, need, watched, deadline)
    bad: Ints = np.flatnonzero(watched & found.narrow(need))
    return bad


def of_rounded(now: Layout, told: Ints, base: int = BASE) -> Print:
    """What somebody knows who sees rounded counts: each is the step between two running sums that are rounded down.

    After the cells come what the rounding cut off each running sum, 0 to `base` - 1, and a cell for each printed count.
    """
    bare, chain = now.bare, order(now)
    count, links = len(bare), len(chain)
    at = np.arange(links)
    rest, fixed = count + at, count + links + 1 + at
    factors = np.repeat([1.0, 1.0, -1.0, -1.0], links)
    columns = np.concatenate([np.array(chain, dtype=np.int64), rest, rest + 1, fixed])
    steps = sparse.csr_array((factors, (np.tile(at, 4), columns)), shape=(links, count + 2 * links + 1))
    sums = sparse.hstack([bare.equations, sparse.csr_array((bare.equations.shape[0], 2 * links + 1))])
    low, high = np.zeros(count + 2 * links + 1), np.concatenate([upper(bare), np.full(2 * links + 1, base - 1.0)])
    low[fixed] = high[fixed] = told[chain]
    hidden: Flags = np.ones(len(low), dtype=np.bool_)
    hidden[fixed] = False
    return Print(hidden, np.where(hidden, 0, low).astype(np.int64), low, high, sparse.vstack([sums, steps]).tocsr())


def of_bands(bare: Bare, low: Ints, high: Ints) -> Print:
    """What somebody knows who sees bands: the ends of each, the sums, and how many are enrolled."""
    hidden = np.ones(len(bare), dtype=np.bool_)
    most = np.minimum(upper(bare), high)
    return Print(hidden, np.zeros(len(bare), dtype=np.int64), low.astype(np.float64), most, bare.equations)


def _figures(space: Space, way: Way, low: Ints, high: Ints) -> list[Figure]:
    """Each cell as it is told. From here on nobody reads the counts."""
    told = zip(low[: len(space)].tolist(), high[: len(space)].tolist(), strict=True)
    return [
        NotCounted(space.states[cell]) if cell in space.states else one if way is Way.ROUNDED else Band(one, other)
        for cell, (one, other) in enumerate(told)
    ]


def _off(bare: Bare, low: Ints, high: Ints) -> int:
    """How far a printed figure (of a band the farther end) may lie from what was counted."""
    return int(np.maximum(np.abs(bare.values - low), np.abs(high - bare.values)).max(initial=0))


def notes(way: Way, policy: Policy) -> tuple[str, ...]:
    """What is promised of such a table, and what is not. Nothing here follows from the counts."""
    kept = (
        "This says more of small groups than a table in which small counts are hidden: about how many there were, in "
        "every group.",
        f"Whoever knows how it was made, and how many are enrolled, still has {policy.width} values or more for every "
        f"count from 1 to {policy.threshold}; fewer only where so few are enrolled that there are no more.",
    )
    if way is Way.ROUNDED:
        return (
            f"Every figure is a multiple of {BASE}, and none is exact. A group with no events shows 0, and one with 1 "
            f"to {BASE - 1} shows 0 or {BASE}: a 0 does not say that nothing happened.",
            f"Totals are the sums of the figures shown and not of the counts, from which they may differ by {BASE} or "
            "more.",
            *kept,
        )
    return (
        "Every figure is told by the two numbers it lies between. Totals reach from the sum of the lower numbers to "
        "that of the upper ones.",
        *kept,
    )


def read_again(made: Mapping[str, bytes], shown: Sequence[Any], low: Ints) -> None:
    """See that what is written is what was attacked.

    Raises:
        Unsafe: when it is not.
    """
    cells = json.loads(made[ledger.FILE])["cells"]
    if [value for _, value in cells] != low[: len(cells)].tolist():
        raise Unsafe("What was written is not what was attacked: release.json.", ())
    for table, drawn in zip(shown, json.loads(made["tables.json"]), strict=True):
        figures = [[str(figure) for figure in row.cells] for row in table.rows]
        if figures != [[str(value) for value in row["cells"].values()] for row in drawn["rows"]]:
            raise Unsafe(f"What was written is not what was attacked: {table.id}.", ())
        if figures_of(made[f"{table.id}.csv"], drawn) != figures:
            raise Unsafe(f"What was written is not what was attacked: {table.id}.csv.", ())
