"""Facts from plain values, as worked cases and JSON files hold them."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any


def from_plain(kind: Any, value: Any) -> Any:
    """Build a fact of type `kind` from plain values, as worked cases and JSON files hold them.

    Raises:
        TypeError: for a key that the fact does not have, naming it.
        ValueError: for a value outside its closed list.
    """
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        return from_plain(next(part for part in typing.get_args(kind) if part is not type(None)), value)
    if origin is tuple:
        part = typing.get_args(kind)
        if len(part) == 2 and part[1] is Ellipsis:
            return tuple(from_plain(part[0], item) for item in value)
        return tuple(from_plain(inner, item) for inner, item in zip(part, value, strict=True))
    if isinstance(kind, type) and is_dataclass(kind):
        known = {field.name for field in fields(kind) if field.init}
        if unknown := set(value) - known:
            raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}; it has {', '.join(sorted(known))}")
        hints = _hints(kind)
        return kind(**{key: from_plain(hints[key], item) for key, item in value.items()})
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    if kind is datetime and isinstance(value, str):
        return datetime.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    return value


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    """The types of a fact's fields. Worked out once: they stand as text, which takes longer to read than all else."""
    return typing.get_type_hints(kind)


def to_plain(fact: Any) -> dict[str, Any]:
    """A fact as JSON holds it; what was left empty is left out. `from_plain` reads it again.

    A no is kept where nothing said would mean that it is not known.
    """
    held = {one.name: (getattr(fact, one.name), one.default) for one in fields(fact) if one.init}
    plain = {name: (_plain(value), default) for name, (value, default) in held.items()}
    return {name: value for name, (value, default) in plain.items() if _says(value, default)}


def _says(value: Any, default: Any) -> bool:
    return default is None if value is False else bool(value) or value == 0


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return to_plain(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value
