"""What the Board decided about small figures, as a TOML file: the numbers of the rule, and which figures are dear.

threshold = 10        # counts from 1 to this are hidden
width = 5             # values that stay possible for each of them
on = "count"          # or "group" (its size) or "both"
zeros = "printed"     # or "hideable"
students = true       # also where no more than threshold students stand behind the events
whole_groups = false  # also where a count tells of everybody in a group
empty_groups = false  # also where it tells of nobody (zeros must be hideable)
small_sums = true     # may the hidden figures under a shown total come to 1..threshold together?

[weight.school]       # how many times dearer than a part of the same size ("*" is every dimension)
all = 4               # the total; upper: a group of others; leaf; or a code by its name
"North District" = 9
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from accord.decision import BadInput
from accord.stats.bare import On, Policy, Zeros
from accord.stats.space import Weights

LARGEST_THRESHOLD = 10
SMALLEST_WIDTH = 2
_WEIGHT = "weight"
_KINDS: Mapping[str, type[StrEnum]] = {"on": On, "zeros": Zeros}


@dataclass(frozen=True)
class Decided:
    """A policy and how dear figures are."""

    policy: Policy = field(default_factory=Policy)
    weights: Weights = field(default_factory=dict)


def read(path: Path) -> Decided:
    """Read a policy; what it does not say is as usual.

    Raises:
        BadInput: when it cannot be read, names what no policy has, or gives a value that cannot be.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        mend = "Give the path of a policy file."
        raise BadInput(error.strerror or "It cannot be opened.", where=str(path), mend=mend) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(
            f"This is not TOML: {error}", where=str(path), mend="Write lines such as threshold = 10."
        ) from error
    weights = told.pop(_WEIGHT, {})
    usual = {one.name: one.default for one in fields(Policy)}
    if strange := next((name for name in told if name not in usual), None):
        mend = f"A policy has {', '.join(usual)} and {_WEIGHT}."
        raise BadInput(f"A policy has no {strange}.", where=str(path), mend=mend)
    values = {name: _value(name, value, usual[name], str(path)) for name, value in told.items()}
    return Decided(checked(Policy(**values), str(path)), _weights(weights, str(path)))


def checked(policy: Policy, where: str) -> Policy:
    """The same policy if its numbers can be.

    Raises:
        BadInput: when they cannot.
    """
    if not 1 <= policy.threshold <= LARGEST_THRESHOLD:
        what = f"A threshold of {policy.threshold} cannot be."
        raise BadInput(what, where=where, mend=f"Give one from 1 to {LARGEST_THRESHOLD}.")
    if policy.width < SMALLEST_WIDTH:
        what = f"A width of {policy.width} protects nothing."
        raise BadInput(what, where=where, mend=f"Give {SMALLEST_WIDTH} or more.")
    return policy


def _value(name: str, value: Any, usual: Any, where: str) -> Any:
    kind = _KINDS.get(name)
    if kind:
        if value not in [str(one) for one in kind]:
            mend = f"Choose {', '.join(str(one) for one in kind)}."
            raise BadInput(f"{name} is {value!r}.", where=where, mend=mend)
        return kind(value)
    if type(value) is not type(usual):
        mend = "Write true or false." if isinstance(usual, bool) else "Write a whole number."
        raise BadInput(f"{name} is {value!r}.", where=where, mend=mend)
    return value


def _weights(told: Any, where: str) -> Weights:
    tables: dict[str, Any] = told if isinstance(told, dict) else {"": None}
    for levels in tables.values():
        if not (isinstance(levels, dict) and all(_is_weight(value) for value in levels.values())):
            mend = "Write a table for each dimension: [weight.school] and below it all = 4."
            raise BadInput("A weight is no number above 0.", where=where, mend=mend)
    return {name: {level: float(value) for level, value in levels.items()} for name, levels in tables.items()}


def _is_weight(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < float("inf")
