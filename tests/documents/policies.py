"""Documents made by hand, and the policies written for the tests of binding."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from tests.shared import BP_3515_31

from accord.catalogue import bp_3515_31
from accord.documents.bind import Check, bind
from accord.documents.model import Document, Modality, Sentence
from accord.documents.read import read_file

HERE = Path(__file__).parent
SRO_TITLE = "School Resource Officers"
IDS_OF_POLICY = [f"P{n:02}" for n in range(1, 24)]


def document(sentences: Iterable[Sentence], title: str = SRO_TITLE) -> Document:
    return Document("BP", "", title, "", None, None, None, (), tuple(sentences), (), (), ())


def sentence(id: str, text: str, parent: str | None = None) -> Sentence:
    return Sentence(id, "", text, Modality.STATEMENT, "", (), (), parent)


def saying(*texts: str, title: str = SRO_TITLE) -> Document:
    """A policy of these sentences, with the ids s0, s1, .."""
    return document((sentence(f"s{n}", text) for n, text in enumerate(texts)), title)


def check(policy: Document) -> Check:
    return bind(policy, bp_3515_31())


def statuses(policy: Document) -> dict[str, str]:
    return {held.id: held.status for held in check(policy).obligations}


def not_missing(policy: Document) -> dict[str, str]:
    return {id: status for id, status in statuses(policy).items() if status != "missing"}


@cache
def seed() -> Document:
    return read_file(BP_3515_31)


def rows(name: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = tomllib.loads((HERE / name).read_text(encoding="utf-8")).popitem()[1]
    return listed


def begins(text: str, words: str) -> bool:
    return re.sub(r"\s+", " ", text).startswith(words)
