"""From counts to the files of a release: one pattern for all its tables and all earlier releases, then what is drawn.

Everything that is written is drawn from protected tables, and read again before it is given: a star must stand wherever
the audited pattern hides a cell, and nowhere else.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from accord.decision import BadInput
from accord.stats import certificate, ledger
from accord.stats.bare import UNKNOWN, Bare, Flags, Policy
from accord.stats.bare_files import status_lines
from accord.stats.hierarchies import Hierarchy
from accord.stats.joint import joined
from accord.stats.ledger import Release, Way
from accord.stats.mixed import exactly, refuse_mixed
from accord.stats.pattern import Pattern, Told, Unsafe, protect
from accord.stats.protected import MARK, ProtectedTable
from accord.stats.release_files import files
from accord.stats.released import tables
from accord.stats.space import Space


@dataclass(frozen=True, eq=False)
class Publication:
    """A release that may be published.

    Attributes:
        files: by name.
        tables: what they show.
        proof: what was proved.
        hidden: which cells are hidden: those of the space first, then those of earlier releases.
        known: whether an earlier release printed the very same.
        evidence: gives a certificate with its proof, not to be published; None where nothing is hidden.
    """

    files: Mapping[str, bytes]
    tables: tuple[ProtectedTable, ...]
    proof: Mapping[str, Any]
    hidden: Flags
    known: bool
    evidence: Callable[[], bytes] | None = None


def publication(
    space: Space,
    policy: Policy,
    *,
    earlier: Sequence[Release] = (),
    hierarchies: Mapping[str, Hierarchy] | None = None,
    seconds: float = 60.0,
    title: str = "",
    notes: Sequence[str] = (),
    told: Told = lambda cost, bound: None,
) -> Publication:
    """Protect a release and draw its files, with these further notes on every table.

    Raises:
        BadInput: when the earlier releases cannot be true of these counts, or tell them inexactly.
        Unsafe: when no safe pattern was found in time.
    """
    refuse_mixed(space, Way.HIDDEN, earlier)
    joint = joined(space, exactly(earlier), hierarchies or {}, policy)
    pattern = protect(joint, policy, seconds=seconds, told=told)
    shown = tuple(
        replace(one, notes=(*one.notes, *notes)) for one in tables(space, pattern.hidden, policy, joint.published)
    )
    release = ledger.release(space, pattern.hidden, policy, (one.sha256 for one in earlier))
    if same := next((one for one in earlier if one.sha256 == ledger.known(earlier, release)), None):
        release = ledger.release(space, pattern.hidden, policy, same.after)
    proof = {
        **certificate.certificate(joint, _own(pattern, len(space)), policy),
        "earlier_releases": len(earlier),
        "publish": "everything but this file: cost and numbers of cells say something about hidden counts",
    }
    made = {
        **files(shown, title or title_of(space)),
        **_bare_files(joint, pattern.hidden),
        ledger.FILE: release,
        "certificate.json": (json.dumps(proof, indent=2) + "\n").encode(),
    }
    read_again(made, space, pattern.hidden)
    evidence = partial(certificate.evidence, joint, pattern, policy)
    return Publication(made, shown, proof, pattern.hidden, known=same is not None, evidence=evidence)


def _own(pattern: Pattern, count: int) -> Pattern:
    return replace(pattern, hidden=pattern.hidden[:count], primary=pattern.primary[:count])


def title_of(space: Space) -> str:
    """What a release is called when nobody says."""
    words = "Counts" if space.measure == "count" else space.measure.replace("_", " ").capitalize()
    return f"{words}, {space.period}" if space.period else words


def _bare_files(bare: Bare, hidden: Flags) -> dict[str, bytes]:
    """What an outsider has, for anybody who would attack it: no value of a hidden cell."""
    cells = [("cell", "value", "denom", "least", "most")]
    columns = bare.values.tolist(), bare.denominators.tolist(), hidden, bare.blank, bare.most.tolist()
    cells += [
        (name, "" if away else str(value), _known(size), "0" if blank else "", _known(most))
        for name, value, size, away, blank, most in zip(bare.names, *columns, strict=True)
    ]
    entries = bare.equations.tocoo()
    triples = zip(*(part.tolist() for part in (*entries.coords, entries.data)), strict=True)
    rows = [("row", "cell", "coef"), *((f"r{row}", bare.names[cell], f"{factor:g}") for row, cell, factor in triples)]
    status = [("cell", "status"), *status_lines(bare.names, hidden)]
    return {"cells.csv": _csv(cells), "equations.csv": _csv(rows), "status.csv": _csv(status)}


def _known(number: int) -> str:
    return "" if number == UNKNOWN else str(number)


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def refuse_others(folder: Path, made: Mapping[str, bytes]) -> None:
    """See that no table of another release would stay in the folder: nobody has held the two against each other.

    Raises:
        BadInput: naming those tables.
    """
    try:
        others = [str(table["id"]) for table in json.loads((folder / "tables.json").read_bytes())]
    except (OSError, ValueError, TypeError, KeyError):
        return
    if left := [name for name in (f"{other}.csv" for other in others) if name not in made and (folder / name).exists()]:
        what = f"The folder holds tables of another release: {', '.join(left)}."
        raise BadInput(what, where=str(folder), mend="Name another folder, or empty this one.")


def read_again(made: Mapping[str, bytes], space: Space, hidden: Flags) -> None:
    """See that the bytes to be published show what the audited pattern shows, and hide what it hides.

    Raises:
        Unsafe: when they do not.
    """
    away = hidden[: len(space)]
    stars = {ledger.FILE: [value is None for _, value in json.loads(made[ledger.FILE])["cells"]] == away.tolist()}
    for table, drawn in zip(space.tables, json.loads(made["tables.json"]), strict=True):
        shown = [[str(value) for value in row["cells"].values()] for row in drawn["rows"]]
        totals_last = np.roll(away[table.cells], -1, axis=tuple(range(table.cells.ndim)))
        same = np.array_equal((np.array(shown) == MARK).ravel(), totals_last.ravel())
        stars["tables.json"] = stars.get("tables.json", True) and same
        name = f"{drawn['id']}.csv"
        stars[name] = figures_of(made[name], drawn) == shown
    if wrong := [name for name, right in stars.items() if not right]:
        raise Unsafe(f"What was written does not hide what was to be hidden: {', '.join(wrong)}.", ())


def figures_of(table: bytes, drawn: Mapping[str, Any]) -> list[list[str]]:
    """The counts of a table as its CSV file shows them."""
    first = len(drawn["down"]) + any(row["enrolled"] is not None for row in drawn["rows"])
    _, *lines = csv.reader(io.StringIO(table.decode()))
    return [line[first : first + len(drawn["columns"])] for line in lines]
