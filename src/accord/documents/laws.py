"""Which law does a citation stand for, as far as the index of laws in `laws.toml` knows?"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_SUBDIVISIONS = re.compile(r"(?<=\w)(?:\([0-9A-Za-z]{1,5}\))+$")
_POLICY_KIND = re.compile(r"^(?:BP/AR|AR/BP|BP|AR|BB|E|Policy|Regulation)\s+")


@cache
def index() -> dict[str, str]:
    """Titles by citation in its normal form, in our own words."""
    data = tomllib.loads((files("accord.documents") / "laws.toml").read_text(encoding="utf-8"))
    return {row["cite"]: row["title"] for row in data["law"]}


@cache
def _policies() -> dict[str, str]:
    return {_POLICY_KIND.sub("", cite): title for cite, title in index().items() if _POLICY_KIND.match(cite)}


def title_of(cite: str, kind: str) -> str | None:
    """The title of a law or model policy, or None when the index does not hold it.

    A subdivision resolves to its section. A range resolves only when the index holds that range.
    A bill resolves only by year and chapter, because numbers come again every session.
    """
    if kind == "policy":
        return _policies().get(_POLICY_KIND.sub("", cite))
    found = index().get(cite)
    if found is None and cite.endswith(")") and kind != "bill":
        found = index().get(_SUBDIVISIONS.sub("", cite))
    return found
