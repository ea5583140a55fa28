"""What is told of a release that was protected, in words."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from typing import Any


def protected(proof: Mapping[str, Any]) -> str:
    """What was hidden, or how it was told in place of that, and what every small count keeps."""
    if way := proof.get("way"):
        told = {"rounded": "told as multiples of 5", "bands": "told as bands"}[way]
        return (
            f"{proof['cells']} cells {told}, {proof['small']} of them small. Every small count keeps {proof['width']} "
            f"values or more. Figures are off by {proof['off_by']} at most; none is hidden.\n"
        )
    proved = "proved minimal" if proof["gap"] == 0 else f"at most {proof['gap']:.1%} above minimal"
    return (
        f"{proof['cells']} cells: {proof['primary']} small ones hidden, {proof['complementary']} more at a cost of "
        f"{proof['cost']:.2f}, {proved}. Every small count keeps {proof['width']} values or more.\n"
    )


def of_few(proof: Mapping[str, Any]) -> str:
    """What is to be said where some counts could never be as many numbers as are promised; "" where there are none."""
    if not proof["of_few"]:
        return ""
    return (
        f"Except in groups of few students: {proof['of_few']} of those counts could never be {proof['width']} "
        "different numbers, since so few are enrolled, those left aside of whom printed zeros tell. Each may still be "
        "every number that can be.\n"
    )


def progress(cost: float, bound: float) -> None:
    """How far the search is."""
    best = "none yet" if math.isinf(cost) else f"{cost:.2f}, gap {(cost - bound) / cost if cost else 0:.1%}"
    sys.stderr.write(f"bound {bound:.2f}, best safe pattern {best}\n")
