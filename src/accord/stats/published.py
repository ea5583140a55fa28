"""Editions published before, as files: which days they cover, so that no new one covers them again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accord.decision import BadInput, Finding, Say
from accord.stats.board_report import overlaps
from accord.stats.edition import Edition, digest_of


@dataclass(frozen=True)
class Published:
    """One edition published before: its digest, and its first and last day."""

    digest: str
    days: tuple[date, date]


def read(folder: Path) -> tuple[Published, ...]:
    """The editions in a folder and the folders under it.

    Raises:
        BadInput: when it is no folder, or a JSON file in it is no edition or was changed since it was made.
    """
    if not folder.is_dir():
        raise BadInput("is no folder", where=str(folder), mend="Give the folder of the editions published before.")
    return tuple(_read(path) for path in sorted(folder.rglob("*.json")))


def _read(path: Path) -> Published:
    try:
        data = json.loads(path.read_bytes())
        digest, period = data["digest"], data["period"]
        whole = digest == digest_of(data)
        days = date.fromisoformat(period["start"]), date.fromisoformat(period["end"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInput(
            "this is not an edition of a Board report",
            where=str(path),
            mend="Keep nothing but published editions (edition.json) in that folder.",
        ) from error
    if not whole:
        raise BadInput(
            "the edition was changed since it was made", where=str(path), mend="Fetch the published file again."
        )
    return Published(digest, days)


def uncovered(made: Edition, published: Iterable[Published]) -> Iterator[Finding]:
    """A finding for each edition that shares a day with the new one; made again it is the same one, not a second."""
    for start, end in overlaps(made, (one.days for one in published if one.digest != made.digest)):
        say = Say("A published report already covers days from {start} to {end}.", {"start": start, "end": end})
        yield Finding("reports.period", False, say, "period_start")
