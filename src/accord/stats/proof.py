"""A proof that every small count keeps enough values, which anybody can check without a solver.

It is a list of whole tables. Each fits all that is printed and all that an outsider may assume, and between them every
small count takes two values that lie far enough apart. Who checks substitutes them into the sums: with the counts at
hand, or with what is printed alone; then it is the proof that says which hidden counts are small. The tables are sought
without the hidden values, so they tell nothing of those; but which counts are small tells that others are not, so a
proof stays with those who may know the counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import sparse

from accord.decision import BadInput
from accord.stats.audit import Print, Tables, attack, shown
from accord.stats.bare import UNKNOWN, Bare, Flags, Ints, On, Policy, Zeros, primary
from accord.stats.ceilings import widths

_POLICY = tuple(one.name for one in fields(Policy))
_GREATEST = 2**52
"""Sums of numbers up to this are exact."""
_NAMED = {"cells": "The cells are not", "printed": "The figures printed are not", "equations": "The equations are not"}


@dataclass(frozen=True, eq=False)
class Proof:
    """What a proof says.

    Attributes:
        policy: the promise.
        sha256: hashes of what it is about.
        small: places of the small counts among the hidden cells.
        keep: how many values each of them keeps.
        tables: the evidence; of cells it knows their places among the hidden ones.
    """

    policy: Policy
    sha256: Mapping[str, str]
    small: Ints
    keep: Ints
    tables: Tables


def proved(bare: Bare, hidden: Flags, policy: Policy, deadline: float | None = None) -> tuple[dict[str, Any], Flags]:
    """The proof in plain values, and the small counts that are not proved: the release is safe if there are none."""
    small, need = primary(bare, policy), widths(bare, policy)
    found = attack(shown(bare, hidden, policy), need, small, deadline)
    return written(bare, hidden, policy, found.tables), small & found.narrow(need)


def written(bare: Bare, hidden: Flags, policy: Policy, tables: Tables | None) -> dict[str, Any]:
    """A proof in plain values, of tables that an audit found."""
    cells, small = np.flatnonzero(hidden), primary(bare, policy)
    return {
        "policy": {name: getattr(policy, name) for name in _POLICY},
        "sha256": digests(bare, hidden),
        "small": np.flatnonzero(small[cells]).tolist(),
        "keep": widths(bare, policy)[cells[small[cells]]].tolist(),
        "tables": _plain(tables),
    }


def digests(bare: Bare, hidden: Flags) -> dict[str, str]:
    """Hashes of what a proof is about: the cells with all that is known of them, what is printed of them, the equations
    in whatever order, and what is hidden.
    """
    printed = (np.where(hidden, UNKNOWN, bare.values), bare.denominators, bare.blank.astype(int), bare.most)
    known = (bare.values, *printed[1:], bare.contributors, bare.need)
    lines = {
        "cells": _lines(bare.names, known),
        "printed": _lines(bare.names, printed),
        "equations": sorted(_equations(bare)),
        "status": (f"{name}\t{'s' if away else 'p'}" for name, away in zip(bare.names, hidden, strict=True)),
    }
    return {name: hashlib.sha256("\n".join(each).encode()).hexdigest() for name, each in lines.items()}


def _lines(names: Sequence[str], numbers: Sequence[Ints]) -> Iterator[str]:
    return ("\t".join(map(str, row)) for row in zip(names, *(one.tolist() for one in numbers), strict=True))


def _equations(bare: Bare) -> Iterator[str]:
    rows = bare.equations
    for start, end in pairwise(rows.indptr.tolist()):
        cells, factors = rows.indices[start:end].tolist(), rows.data[start:end].tolist()
        yield "\t".join(sorted(f"{bare.names[cell]}\t{factor:g}" for cell, factor in zip(cells, factors, strict=True)))


def _plain(tables: Tables | None) -> dict[str, Any]:
    if tables is None:
        return {"first": [], "moves": []}
    moves = [[at.tolist(), change.tolist()] for at, change in tables.moves]
    return {"first": tables.first.tolist(), "moves": moves}


def faults(bare: Bare, hidden: Flags, proof: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a proof of a release, in words; nothing if it holds. No solver has a part in this.

    Where values of hidden cells are `UNKNOWN`, the proof is held against what is printed, and believed which counts
    are small.

    Raises:
        BadInput: when it is no proof.
    """
    told, cells = _read(proof, int(hidden.sum())), np.flatnonzero(hidden)
    counted = (bare.values[cells] != UNKNOWN).all()
    for name, digest in digests(bare, hidden).items():
        if told.sha256.get(name) != digest and (counted or name != "cells"):
            yield "Other cells are hidden." if name == "status" else f"{_NAMED[name]} those that were proved."
    small, keep = told.small, told.keep
    if counted:
        every = primary(bare, told.policy)
        if (shows := np.flatnonzero(every & ~hidden)).size:
            yield f"{bare.names[shows[0]]} is small and printed."
        small = np.flatnonzero(every[cells])
        keep = widths(bare, told.policy)[cells[small]]
        if not np.array_equal(small, told.small) or not np.array_equal(keep, told.keep):
            yield "Other counts are small, or keep another number of values, than the proof says."
    if len(told.tables.first):
        yield from _misfits(bare, shown(bare, hidden, told.policy), told.tables)
    short = small[_short(told.tables, small, keep)]
    if short.size:
        few, first = f"{short.size} small counts are not shown to keep", bare.names[cells[short[0]]]
        yield f"{few} {told.policy.width} values or all there can be: {first}."


def unproved(bare: Bare, hidden: Flags, policy: Policy, tables: Tables | None) -> Ints:
    """The small counts, as indexes, that tables do not show to keep the values they must."""
    cells = np.flatnonzero(hidden & primary(bare, policy))
    if tables is None:
        return cells
    within = np.searchsorted(np.flatnonzero(hidden), cells)
    short: Ints = cells[_short(tables, within, widths(bare, policy)[cells])]
    return short


def _short(tables: Tables, small: Ints, keep: Ints) -> Flags:
    """Of which of these hidden cells the tables show fewer values than they must keep."""
    if not len(tables.first):
        return np.ones(len(small), dtype=np.bool_)
    least, most = _span(tables)
    flags: Flags = (most - least + 1)[small] < keep
    return flags


def _read(proof: Mapping[str, Any], hidden: int) -> Proof:
    try:
        told = dict(proof["policy"])
        policy = Policy(**{**told, "on": On(told["on"]), "zeros": Zeros(told["zeros"])})
        _refuse_odd(policy)
        first, small, keep = _whole(proof["tables"]["first"]), _whole(proof["small"]), _whole(proof["keep"])
        moves = tuple((_whole(at), _whole(change)) for at, change in proof["tables"]["moves"])
        pairs = [*moves, (small, keep)]
        if not all(len(at) == len(other) and _places(at, hidden) for at, other in pairs):
            raise ValueError("places")
        if (keep < min(policy.width, 2)).any():
            raise ValueError("keep")
        if len(first) != hidden and (len(first) or moves):
            raise ValueError("first")
        return Proof(policy, dict(proof["sha256"]), small, keep, Tables(np.arange(hidden), first, moves))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        mend = "Give the certificate that was written with this status, whole and unchanged."
        raise BadInput(
            f"This is no proof of a release with {hidden} hidden cells.", where="certificate", mend=mend
        ) from error


def _refuse_odd(policy: Policy) -> None:
    numbers = _whole([policy.threshold, policy.width])
    answers = (policy.students, policy.whole_groups, policy.empty_groups, policy.small_sums)
    if (numbers < 1).any() or not all(isinstance(one, bool) for one in answers):
        raise ValueError("policy")


def _places(at: Ints, hidden: int) -> bool:
    """Are these places of hidden cells, each once? One that moved twice would move otherwise in the sums."""
    return bool(((at >= 0) & (at < hidden)).all()) and len(np.unique(at)) == len(at)


def _whole(numbers: Any) -> Ints:
    if not all(isinstance(one, int) and abs(one) <= _GREATEST for one in numbers):
        raise ValueError("not whole")
    return np.array(numbers, dtype=np.int64)


def _misfits(bare: Bare, print_: Print, tables: Tables) -> Iterator[str]:
    """Tables that do not fit what is printed, or what an outsider may assume."""
    cells = np.flatnonzero(print_.hidden)
    table = print_.known.copy()
    table[cells] = tables.first
    if (print_.equations @ table != 0).any():
        yield "The first table does not fit the printed sums."
    changes = _matrix(tables)
    off = np.unique((print_.equations[:, cells] @ changes).tocoo().coords[1]) if len(tables.moves) else np.zeros(0)
    if off.size:
        yield f"Table {off[0] + 2} does not fit the printed sums."
    least, most = _span(tables)
    greatest = np.abs(print_.known)
    greatest[cells] = np.maximum(np.abs(least), np.abs(most))
    if (abs(print_.equations) @ greatest > _GREATEST).any():
        yield "The tables hold numbers too great to be summed exactly."
    beyond = cells[(least < print_.low[cells]) | (most > print_.high[cells])]
    if beyond.size:
        yield f"A table gives {bare.names[beyond[0]]} a value that it cannot have."


def _matrix(tables: Tables) -> sparse.csc_array:
    """The moves as columns; no zeros are stored."""
    ends = np.cumsum([0, *(len(at) for at, _ in tables.moves)])
    at = np.concatenate([np.zeros(0, dtype=np.int64), *(at for at, _ in tables.moves)])
    change = np.concatenate([np.zeros(0, dtype=np.int64), *(change for _, change in tables.moves)])
    return sparse.csc_array((change, at, ends), shape=(len(tables.first), len(tables.moves)))


def _span(tables: Tables) -> tuple[Ints, Ints]:
    """The least and greatest value of each hidden cell in any of the tables."""
    least, most = tables.first.copy(), tables.first.copy()
    for at, change in tables.moves:
        least[at] = np.minimum(least[at], tables.first[at] + change)
        most[at] = np.maximum(most[at], tables.first[at] + change)
    return least, most
