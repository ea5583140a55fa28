"""Closed lists as the choices of a field."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext

from accord.facts import Coded

_said = lazy(gettext, str)


def choices(kind: type[Coded], empty: object = None) -> list[tuple[str, Any]]:
    """A closed list with labels in the reader's language; `empty` labels a first answer that is none."""
    rows: list[tuple[str, Any]] = [(member.value, _said(member.label)) for member in kind]
    return rows if empty is None else [("", empty), *rows]
