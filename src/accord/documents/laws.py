"""Which law does a citation stand for, as far as the index of laws in `laws.toml` knows?"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_SUBDIVISIONS = re.compile(r"(?<=\w)(?:\([0-9A-Za-z]{1,5}\))+$")
_POLICY_KIND = re.compile(r"^(?:BP/AR|BP|AR|BB|E|Policy|Regulation|Exhibit)\s+")
_BILL = re.compile(r"^(?P<number>[AS]B \d+) \((?:Ch\. (?P<chapter>\d+), Statutes of )?(?P<year>\d{4})\)$")


@cache
def index() -> dict[str, dict[str, Any]]:
    """The entries of the index by citation in its normal form; titles are in our own words."""
    data = tomllib.loads((files("accord.documents") / "laws.toml").read_text(encoding="utf-8"))
    return {row["cite"]: row for row in data["law"]}


@cache
def _policies() -> dict[str, str]:
    return {_POLICY_KIND.sub("", cite): row["title"] for cite, row in index().items() if _POLICY_KIND.match(cite)}


def title_of(cite: str, kind: str) -> str | None:
    """The title of a law or model policy, or None when the index does not hold it.

    A subdivision resolves to its section. A range resolves only when the index holds that range.
    A bill resolves only by its year, because numbers come again every session, and not against a different chapter.
    """
    if kind == "policy":
        return _policies().get(_POLICY_KIND.sub("", cite))
    if kind == "bill":
        return _bill(cite)
    row = index().get(cite) or index().get(_SUBDIVISIONS.sub("", cite))
    return row["title"] if row else None


def _bill(cite: str) -> str | None:
    match = _BILL.match(cite)
    row = index().get(f"{match['number']} ({match['year']})") if match else None
    if match is None or row is None:
        return None
    chapter = row.get("chapter")
    return None if match["chapter"] and chapter and int(match["chapter"]) != chapter else row["title"]
