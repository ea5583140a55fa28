"""Closed lists as the choices of a field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext

from accord.facts import Coded

_said = lazy(gettext, str)


def choices(kind: Iterable[Coded], empty: object = None) -> list[tuple[str, Any]]:
    """A closed list or some of one, labels in the reader's language; `empty` labels a first answer that is none."""
    rows: list[tuple[str, Any]] = [(member.value, _said(member.label)) for member in kind]
    return rows if empty is None else [("", empty), *rows]
