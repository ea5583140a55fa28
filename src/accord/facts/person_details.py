"""What is told of one person contacted beyond what happened and how it ended: questioning, search, force, notice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonDetails:
    """What the officer's acts toward one person call for. All times in UTC; None where it did not happen."""
