"""Where fractions would do better than whole numbers, both searches answer in whole numbers."""

from __future__ import annotations

from accord.stats import attack
from accord.stats.cells import Problem
from accord.stats.outsider import Outsider
from accord.stats.tally import Cell


def test_the_attack_answers_in_whole_numbers():
    # pairs of x, y, z come to at most 5, so all three to 7.5 in fractions and to 7 in whole numbers
    keys = {name: ("contacts", name) for name in ("w", "x", "y", "z", "xy", "yz", "xz")}
    figures = dict.fromkeys(keys.values())
    spare = {pair: ("contacts", f"spare {pair}") for pair in ("xy", "yz", "xz")}
    sums = {(keys["w"], frozenset(keys[name] for name in "xyz"))}
    sums |= {(keys[pair], frozenset(keys[name] for name in pair)) for pair in spare}
    tops = {pair: ("contacts", f"top {pair}") for pair in spare}
    sums |= {(tops[pair], frozenset({keys[pair], spare[pair]})) for pair in spare}
    figures |= dict.fromkeys(tops.values(), 6) | dict.fromkeys(spare.values())
    hidden = [key for key, value in figures.items() if value is None]
    prints = attack._Print(figures, dict.fromkeys(figures, 1), sums, {})
    found = attack._intervals(prints, hidden)
    assert found[keys["w"]] == (3, 7)
    assert found[keys["x"]] == (1, 4)


def test_the_protection_counts_whole_tables_only():
    names = ("w", "x", "y", "z", "xy", "yz", "xz", "top")
    values = (6, 2, 2, 2, 4, 4, 4, 5)
    at = {name: i for i, name in enumerate(names)}
    made = Problem(
        cells=tuple(Cell(name) for name in names),
        values=values,
        lower=(1,) * len(names),
        primary=frozenset(range(7)),
        sums=((at["w"], (1, 2, 3)), *((at[pair], tuple(at[name] for name in pair)) for pair in ("xy", "yz", "xz"))),
        order=tuple((at[pair], at["top"]) for pair in ("xy", "yz", "xz")),
        cost=(1.0,) * len(names),
    )
    hidden = frozenset(range(7))
    # the sum of all three can be 3 to 7: five values, and not the six that rounded fractions promise
    assert Outsider(made, 6).first_narrow(hidden) == at["w"]
    assert Outsider(made, 5).first_narrow(hidden) == at["x"]
    assert Outsider(made, 4).first_narrow(hidden) is None
