"""One fact of a contact in words: what it is called, and what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone

from accord.facts import Coded
from accord.web.base.templatetags.accord import label


@dataclass(frozen=True)
class Line:
    """One fact: what it is called, and what it is. An empty value was left empty."""

    name: str
    value: str


def labels(members: Iterable[Coded]) -> str:
    """Members of a closed list in the reader's language, one after another."""
    return "; ".join(label(one) for one in members)


def when(at: datetime | None) -> str:
    """An instant in district time, "" for none."""
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""
