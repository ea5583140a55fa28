"""What hiding small counts alone gives away, and what survives of each safe way to publish the same counts.

python -m bench.alternatives     the table of docs/explanation/disclosure.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np

from accord.stats.alternatives import alternatives, words
from accord.stats.audit import attack, printed
from accord.stats.bare import Bare, Policy, primary
from accord.stats.pattern import Unsafe, protect
from bench.families import family
from bench.figure import Figure

RELEASES = (("single", 50), ("linked", 50))
"""Family and schools of the invented releases."""

POLICY = Policy(threshold=10, width=5)
ASSUMED = (("a0",), ("a0", "a1"))
"""What the outsider assumes: counts are not negative; hidden ones are not 0 either, as zeros are printed."""


def given_away(bare: Bare, assume: tuple[str, ...], width: int) -> float:
    """Share of the small counts that keep fewer than `width` values when they alone are hidden, in percent."""
    small = primary(bare, POLICY)
    found = attack(printed(bare, small, frozenset(assume)), need=width, watched=small)
    return 100 * float(np.mean(found.widths[small] < width))


def figures() -> Iterator[Figure]:
    """Shares given away, exactly and to fewer than five values."""
    for kind, schools in RELEASES:
        bare = family(kind, schools)
        for assume in ASSUMED:
            for width, said in ((2, "exactly"), (POLICY.width, f"to fewer than {POLICY.width} values")):
                name = f"{kind}, {schools} schools, small counts alone hidden: given away {said} under {assume[-1]}"
                yield Figure(name, given_away(bare, assume, width), "%")


def main() -> None:
    """Print the figures, and the alternatives of the first release with what survives of each."""
    for one in figures():
        sys.stdout.write(f"{one.name}: {one.value:.1f} {one.unit}\n")
    bare = family(*RELEASES[0])
    try:
        hidden = protect(bare, POLICY, seconds=30).hidden
    except Unsafe:
        hidden = None
    sys.stdout.write("\n" + words(alternatives(bare, POLICY, hidden=hidden, seconds=90)))


if __name__ == "__main__":
    main()
