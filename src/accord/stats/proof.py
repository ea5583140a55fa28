"""A proof that every small count keeps enough values, which anybody can check without a solver.

It is a list of whole tables. Each fits all that is printed and all that an outsider may assume, and between them every
small count takes two values that lie far enough apart. Who checks substitutes them into the sums. The tables are sought
without the hidden values, so they tell nothing of those; but which cells they prove tells which counts are small, so a
proof stays with those who may know the counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import numpy as np
from scipy import sparse

from accord.decision import BadInput
from accord.stats.audit import Print, Tables, attack, shown
from accord.stats.bare import Bare, Flags, Ints, On, Policy, Zeros, primary
from accord.stats.ceilings import widths

_POLICY = tuple(one.name for one in fields(Policy))
_FILES = ("cells", "equations", "status")


def proved(bare: Bare, hidden: Flags, policy: Policy, deadline: float | None = None) -> tuple[dict[str, Any], Flags]:
    """The proof in plain values, and the small counts that are not proved: the release is safe if there are none."""
    small, need = primary(bare, policy), widths(bare, policy)
    found = attack(shown(bare, hidden, policy), need, small, deadline)
    plain = {
        "policy": {name: getattr(policy, name) for name in _POLICY},
        "sha256": digests(bare, hidden),
        "tables": _plain(found.tables),
    }
    return plain, small & found.narrow(need)


def digests(bare: Bare, hidden: Flags) -> dict[str, str]:
    """Hashes of what a proof is about: of each cell its name and numbers, of the equations, of what is hidden."""
    numbers = (bare.values, bare.denominators, bare.contributors, bare.blank.astype(int), bare.need, bare.most)
    entries = bare.equations.tocoo()
    triples = sorted(zip(*(part.tolist() for part in (*entries.coords, entries.data)), strict=True))
    lines = {
        "cells": ("\t".join(map(str, row)) for row in zip(bare.names, *(one.tolist() for one in numbers), strict=True)),
        "equations": (f"{row}\t{bare.names[cell]}\t{factor:g}" for row, cell, factor in triples),
        "status": (f"{name}\t{'s' if away else 'p'}" for name, away in zip(bare.names, hidden, strict=True)),
    }
    return {name: hashlib.sha256("\n".join(lines[name]).encode()).hexdigest() for name in _FILES}


def _plain(tables: Tables | None) -> dict[str, Any]:
    if tables is None:
        return {"first": [], "moves": []}
    moves = [[at.tolist(), change.tolist()] for at, change in tables.moves]
    return {"first": tables.first.tolist(), "moves": moves}


def faults(bare: Bare, hidden: Flags, proof: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a proof of a release, in words; nothing if it holds. No solver has a part in this.

    Raises:
        BadInput: when it is no proof.
    """
    policy, told, tables = _read(proof, int(hidden.sum()))
    for name, digest in digests(bare, hidden).items():
        if told.get(name) != digest:
            yield f"The {name} are not those that were proved." if name != "status" else "Other cells are hidden."
    small = primary(bare, policy)
    if (shows := np.flatnonzero(small & ~hidden)).size:
        yield f"{bare.names[shows[0]]} is small and printed."
    yield from _misfits(bare, shown(bare, hidden, policy), tables)
    least, most = _span(tables)
    cells = np.flatnonzero(hidden)
    short = cells[small[cells] & (most - least + 1 < widths(bare, policy)[cells])]
    if short.size:
        first = bare.names[short[0]]
        yield f"{short.size} small counts are not shown to keep {policy.width} values or all there can be: {first}."


def _read(proof: Mapping[str, Any], hidden: int) -> tuple[Policy, Mapping[str, str], Tables]:
    try:
        told = dict(proof["policy"])
        policy = Policy(**{**told, "on": On(told["on"]), "zeros": Zeros(told["zeros"])})
        first = np.array(proof["tables"]["first"], dtype=np.int64)
        moves = tuple((_whole(at), _whole(change)) for at, change in proof["tables"]["moves"])
        if not all(len(at) == len(change) and ((at >= 0) & (at < hidden)).all() for at, change in moves):
            raise ValueError("moves")
        if len(first) != hidden:
            raise ValueError("first")
        return policy, dict(proof["sha256"]), Tables(np.arange(hidden), first, moves)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        mend = "Give the certificate that was written with this status, whole and unchanged."
        raise BadInput(
            f"This is no proof of a release with {hidden} hidden cells.", where="certificate", mend=mend
        ) from error


def _whole(numbers: Any) -> Ints:
    if not all(isinstance(one, int) for one in numbers):
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
