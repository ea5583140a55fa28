"""What a measurement hands back.

A module of this folder takes part in `make bench` by having `figures() -> list[Figure]`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured number and what it is held against.

    `unit` is how the number counts ("policies/s", "x an empty page"). The goal is met at or above `at_least`, or at or
    below `at_most`; with neither, the number is only told.
    """

    name: str
    value: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def goal(self) -> str:
        """The goal in words, "" where there is none."""
        if self.at_least is not None:
            return f"at least {self.at_least:g}"
        return f"at most {self.at_most:g}" if self.at_most is not None else ""

    @property
    def met(self) -> bool:
        """Whether the goal is met; a number without one always is."""
        enough = self.at_least is None or self.value >= self.at_least
        return enough and (self.at_most is None or self.value <= self.at_most)
