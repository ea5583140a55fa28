"""Releases that are each safe can leak together: what was published binds what is published next."""

from __future__ import annotations

import csv
import io
import json
import shutil
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from accord.decision import BadInput
from accord.stats import hierarchies, ledger
from accord.stats.audit import attack, printed
from accord.stats.bare import Policy, Zeros, primary
from accord.stats.completion import UNTOLD, nothing_in_nothing
from accord.stats.pattern import Unsafe
from accord.stats.publication import publication
from tests.stats.long_form import grid, spaced

QUARTERS = [f"2025-26 Q{quarter}" for quarter in range(1, 5)]
YEAR = "2025-26 year"
YEARS = [("period", quarter, YEAR) for quarter in QUARTERS]
POLICY = Policy(width=3)


def invented(seed: int, *shape: int):
    random = np.random.default_rng(seed)
    return random.poisson(random.gamma(1.2, 9.0, shape))


def periods(inner):
    """The counts of each quarter and of the year, by the name of the period."""
    return {**dict(zip(QUARTERS, inner, strict=True)), YEAR: inner.sum(axis=0)}


def of(folder, inner, period, **options):
    rows = [(*codes, period) for codes in grid(inner, "s", "r")]
    return spaced(folder, "school,race", rows, more="period", **options)


def published(folder, counts, policy, *, together: bool):
    """What every period's release hides, each made after the ones before it, or each on its own."""
    earlier, hidden = [], {}
    shelf = folder / "ledger"
    shelf.mkdir()
    for period, inner in counts.items():
        made = publication(of(folder, inner, period), policy, earlier=earlier, seconds=0.3)
        ledger.add(shelf, made.files[ledger.FILE])
        earlier = ledger.read(shelf) if together else []
    for one in ledger.read(shelf):
        hidden |= {key: value is None for key, value in one.cells.items()}
    return hidden


def exposed(folder, inner, hidden, policy):
    """Small counts of any period that keep too few values for whoever has all releases.

    Found in another way than the ledger goes: the periods are one more dimension of one cell space.
    """
    rows = [(*codes[1:3], QUARTERS[int(codes[0][1:])], codes[3]) for codes in grid(inner, "q", "s", "r")]
    made = spaced(folder, "school,race,period", rows, links=YEARS)
    index = {key: at for at, key in enumerate(ledger.keys(made))}
    away = np.zeros(len(made.bare), dtype=np.bool_)
    for key, told in hidden.items():
        away[index[key]] = told
    widths = attack(printed(made.bare, away, frozenset(("a0", "a1")))).widths
    return np.flatnonzero(primary(made.bare, policy) & (widths < policy.width))


def test_quarters_and_their_year_are_safe_together_and_not_by_luck(tmp_path):
    leaks = 0
    for seed in range(4):
        inner = invented(seed, 4, 3, 3)
        for together in (True, False):
            folder = tmp_path / f"{seed}-{together}"
            folder.mkdir()
            found = exposed(folder, inner, published(folder, periods(inner), POLICY, together=together), POLICY)
            if together:
                assert not len(found)
            leaks += len(found)
    assert leaks > 0, "published one by one, the same counts leak: otherwise this test shows nothing"


DIMENSIONS = ("school", "race", "sex")
TABLES = ("school", "race", "sex", "school,race", "school,sex", "race,sex", "school,race,sex")
LINKS = [("school", "s0", "north"), ("school", "s1", "north"), ("school", "s2", "south")]


def some_tables(folder, inner, table: str, links):
    """One table of the same events, from a file that counts by its dimensions alone."""
    names = table.split(",")
    rest = tuple(axis for axis, name in enumerate(DIMENSIONS) if name not in names)
    return spaced(folder, table, grid(inner.sum(axis=rest), *(name[0] for name in names)), links=links)


@pytest.mark.parametrize("together", [True, False])
def test_tables_of_the_same_events_published_one_after_another_are_safe_together(tmp_path, together):
    """Schools and districts, groups and schools, groups alone: any order, each table with or without districts."""
    leaks, published, shelf = 0, 0, tmp_path / "ledger"
    trees = hierarchies.hierarchies(LINKS, "links")
    for seed in range(8):
        random = np.random.default_rng(seed)
        inner = random.poisson(random.gamma(1.0, 8.0, (3, 3, 2)))
        shutil.rmtree(shelf, ignore_errors=True)
        shelf.mkdir()
        for table in (TABLES[-1], *random.choice(TABLES[:-1], 2, replace=False)):
            links = LINKS if random.random() < 0.5 and "school" in table else []
            options = {"earlier": ledger.read(shelf) if together else (), "hierarchies": trees, "seconds": 0.3}
            with suppress(Unsafe):
                made = publication(some_tables(tmp_path, inner, table, links), POLICY, **options)
                ledger.add(shelf, made.files[ledger.FILE])
                published += 1
        leaks += len(given_away(tmp_path, inner, ledger.read(shelf)))
    assert (leaks == 0) is together
    assert published >= 20, "hardly any of 24 is refused"


def given_away(folder, inner, releases):
    """Small counts that keep too few values for whoever has all releases, found in one space of every table."""
    whole = spaced(folder, "school,race,sex", grid(inner, "s", "r", "s"), *TABLES, links=LINKS)
    told = {key: value is None for one in releases for key, value in one.cells.items()}
    shown = {key for one in releases for key, value in one.cells.items() if value is not None}
    keys = ledger.keys(whole)
    hidden = np.array([key not in shown for key in keys])
    printed_at_all = np.array([key in told for key in keys])
    bare = replace(whole.bare, blank=~printed_at_all)
    widths = attack(printed(bare, hidden, frozenset(("a0", "a1")))).widths
    return np.flatnonzero(primary(bare, POLICY) & printed_at_all & (widths < POLICY.width))


def test_what_was_published_stays_published_and_what_was_hidden_stays_hidden(tmp_path):
    inner = invented(7, 3, 4)
    space = of(tmp_path, inner, YEAR)
    first = publication(space, POLICY)
    (tmp_path / "ledger").mkdir()
    ledger.add(tmp_path / "ledger", first.files[ledger.FILE])
    again = publication(space, Policy(threshold=3, width=2), earlier=ledger.read(tmp_path / "ledger"))
    assert again.files["status.csv"] == first.files["status.csv"]


def test_a_group_with_no_events_all_year_keeps_no_year_from_being_published_after_a_month(tmp_path):
    """What lies between a printed zero and its parts is known to be 0: no small count, and none to keep."""
    month = np.array([[0, 12, 30], [14, 20, 40], [16, 11, 50]])
    year = np.array([[0, 90, 400], [120, 230, 510], [150, 95, 620]])
    first = publication(of(tmp_path, month, "2025-09"), POLICY)
    ledger.add(tmp_path, first.files[ledger.FILE])
    made = publication(of(tmp_path, year, YEAR), POLICY, earlier=ledger.read(tmp_path))
    shown = {key: value for key, value in ledger.read(tmp_path)[0].cells.items() if value == 0}
    assert shown, "the month prints zeros"
    assert made.proof["valid"]
    assert made.proof["primary"] == 0, "no count of the year is small"


def test_a_single_period_is_not_counted_by(tmp_path):
    rows = [(*codes[:2], YEAR, codes[2]) for codes in grid(invented(3, 3, 3), "s", "r")]
    with pytest.raises(BadInput, match=f"All counts are of {YEAR}") as caught:
        ledger.refuse_lone_period(spaced(tmp_path, "school,race,period", rows))
    assert "--by" in str(caught.value)
    several = [
        (*codes[1:3], QUARTERS[int(codes[0][1:])], codes[3]) for codes in grid(invented(3, 2, 3, 3), "q", "s", "r")
    ]
    ledger.refuse_lone_period(spaced(tmp_path, "school,race,period", several, links=YEARS))
    ledger.refuse_lone_period(of(tmp_path, invented(3, 3, 3), YEAR))


def test_parts_of_nothing_are_nothing_but_under_a_star_that_says_at_least_one():
    equations = sparse.csr_array(np.array([[1, -1, -1, 0, 0], [0, 0, 1, -1, -1]]))
    untold = np.array([0, UNTOLD, UNTOLD, UNTOLD, UNTOLD])
    assert nothing_in_nothing(equations, untold, np.zeros(5, dtype=int)).tolist() == [0, 0, 0, 0, 0]
    assert nothing_in_nothing(equations, untold, np.array([0, 1, 0, 0, 1])).tolist() == [0, UNTOLD, 0, 0, UNTOLD]
    some = np.array([3, UNTOLD, 0, UNTOLD, UNTOLD])
    assert nothing_in_nothing(equations, some, np.zeros(5, dtype=int)).tolist() == [3, UNTOLD, 0, 0, 0]


def test_the_same_release_again_is_the_same_one(tmp_path):
    space = of(tmp_path, invented(7, 3, 4), YEAR)
    first = publication(space, POLICY)
    ledger.add(tmp_path, first.files[ledger.FILE])
    again = publication(space, POLICY, earlier=ledger.read(tmp_path))
    assert (first.known, again.known) == (False, True)
    assert again.files[ledger.FILE] == first.files[ledger.FILE]


def test_a_year_may_not_tell_a_small_last_quarter_by_three_that_were_published(tmp_path):
    """20 + 30 + 25 published; a year of 78 would tell of 3 in the last quarter."""
    quarters = [np.array([[20, 40]]), np.array([[30, 50]]), np.array([[25, 60]])]
    earlier = []
    for period, inner in zip(QUARTERS, quarters, strict=False):
        ledger.add(tmp_path, publication(of(tmp_path, inner, period), POLICY).files[ledger.FILE])
        earlier = ledger.read(tmp_path)
    year = of(tmp_path, sum(quarters) + np.array([[3, 70]]), YEAR)
    made = publication(year, POLICY, earlier=earlier)
    shown = {tuple(cell["at"]): cell["cells"] for cell in json.loads(made.files["tables.json"])[0]["rows"]}
    assert shown[("s0",)]["r0"] == "*"
    assert publication(year, POLICY).tables[0].hidden == 0, "on its own nothing of it is small"


def test_a_pool_of_three_years_may_not_tell_the_hidden_one_by_two_that_were_published(tmp_path):
    links = [("period", f"202{n}-2{n + 1} year", "2022-25") for n in range(2, 5)]
    trees = hierarchies.hierarchies(links, "links")
    counts = [np.array([[14, 40]]), np.array([[15, 50]]), np.array([[4, 60]])]
    earlier = []
    for (_, period, _), inner in zip(links, counts, strict=True):
        made = publication(of(tmp_path, inner, period), POLICY, earlier=earlier, hierarchies=trees)
        ledger.add(tmp_path, made.files[ledger.FILE])
        earlier = ledger.read(tmp_path)
    pool = publication(of(tmp_path, sum(counts), "2022-25"), POLICY, earlier=earlier, hierarchies=trees)
    rows = json.loads(pool.files["tables.json"])[0]["rows"]
    assert rows[0]["cells"]["r0"] == "*"


def test_all_minus_male_does_not_leave_one_woman(tmp_path):
    """The total was published, so what would give the one away is hidden instead: the men."""
    first = spaced(tmp_path, "school", [("s0", 30), ("s1", 40)])
    ledger.add(tmp_path, publication(first, POLICY).files[ledger.FILE])
    rows = [("s0", "f", 1), ("s0", "m", 29), ("s1", "f", 18), ("s1", "m", 22)]
    second = spaced(tmp_path, "school,sex", rows)
    made = publication(second, POLICY, earlier=ledger.read(tmp_path))
    shown = {row["at"][0]: row["cells"] for row in json.loads(made.files["tables.json"])[0]["rows"]}
    assert shown["s0"] == {"f": "*", "m": "*", "all": 30}


def test_one_woman_who_cannot_be_protected_any_more_is_refused(tmp_path):
    """All and the men were published apart: nothing that is hidden now protects her."""
    ledger.add(tmp_path, publication(spaced(tmp_path, "school", [("s0", 30)]), POLICY).files[ledger.FILE])
    body = json.loads(next(tmp_path.glob("*.json")).read_bytes())
    men = [[["school", "s0"], ["sex", "m"]], 29]
    body = {**body, "cells": [*body["cells"], men]}
    body["sha256"] = ledger.digest(body)
    (tmp_path / "men-release.json").write_bytes(ledger.canonical(body))
    rows = [("s0", "f", 1), ("s0", "m", 29)]
    with pytest.raises(Unsafe):
        publication(spaced(tmp_path, "school,sex", rows), POLICY, earlier=ledger.read(tmp_path))


def test_students_are_never_more_than_their_events_which_were_published(tmp_path):
    """A laxer release printed 3 events, so no more than 3 students stand behind them: too few to be hidden."""
    events = spaced(tmp_path, "race", [("a", 3, "instances"), ("b", 11, "instances")], more="measure")
    students = spaced(tmp_path, "race", [("a", 3, "students"), ("b", 10, "students")], more="measure")
    lax = publication(events, Policy(threshold=2), seconds=1)
    ledger.add(tmp_path, lax.files[ledger.FILE])
    assert publication(students, POLICY).tables[0].hidden == 2
    with pytest.raises(Unsafe):
        publication(students, Policy(width=5), earlier=ledger.read(tmp_path))
    assert publication(students, Policy(width=3), earlier=ledger.read(tmp_path)).tables[0].hidden >= 2


def test_a_corrected_figure_is_published_anew_and_hides_what_it_hid(tmp_path):
    inner = np.array([[20, 3, 40], [30, 35, 50]])
    first = publication(of(tmp_path, inner, YEAR), POLICY)
    ledger.add(tmp_path, first.files[ledger.FILE])
    corrected = inner + np.array([[1, 0, 0], [0, 0, 0]])
    second = publication(of(tmp_path, corrected, YEAR), POLICY, earlier=ledger.read(tmp_path))
    assert second.files["status.csv"] == first.files["status.csv"]
    before, after = (json.loads(one.files["tables.json"])[0]["rows"][-1]["cells"]["all"] for one in (first, second))
    assert (before, after) == (178, 179)


def test_a_hidden_count_that_was_corrected_to_a_zero_is_not_the_only_one_that_may_be_zero(tmp_path):
    """It stays hidden; were it alone marked so, whoever reads cells.csv would have it, and the 7 beside it."""
    inner = np.array([[3, 7, 40], [12, 20, 33], [25, 18, 22]])
    first = publication(of(tmp_path, inner, YEAR), POLICY)
    ledger.add(tmp_path, first.files[ledger.FILE])
    inner[0, 0] = 0
    second = publication(of(tmp_path, inner, YEAR), POLICY, earlier=ledger.read(tmp_path))
    cells = list(csv.DictReader(io.StringIO(second.files["cells.csv"].decode())))
    marked = {row["cell"] for row in cells if row["least"] == "0"}
    starred = {row["cell"] for row in cells if not row["value"]}
    assert len(marked) > 1
    assert marked == starred


def test_counts_that_contradict_what_was_published_are_refused(tmp_path):
    for period in QUARTERS:
        made = publication(of(tmp_path, np.array([[20, 40]]), period), POLICY)
        ledger.add(tmp_path, made.files[ledger.FILE])
    with pytest.raises(BadInput, match="cannot all be true"):
        publication(of(tmp_path, np.array([[50, 40]]), YEAR), POLICY, earlier=ledger.read(tmp_path))


@pytest.mark.parametrize("change", ["value", "after", "format", "text"])
def test_a_release_that_was_changed_or_is_none_is_told(tmp_path, change):
    made = publication(of(tmp_path, invented(1, 2, 3), YEAR), POLICY).files[ledger.FILE]
    body = json.loads(made)
    if change == "value":
        body["cells"][0][1] = 12345
    elif change == "after":
        body["after"] = ["0" * 64]
        body["sha256"] = ledger.digest(body)
    elif change == "format":
        body["format"] = "another"
    (tmp_path / "release.json").write_bytes(b"[1]" if change == "text" else ledger.canonical(body))
    with pytest.raises(BadInput) as refused:
        ledger.read(tmp_path)
    assert refused.value.mend


def test_the_ledger_holds_no_hidden_number(tmp_path):
    inner = np.array([[7, 8, 9001], [9002, 9003, 9004]])
    made = publication(of(tmp_path, inner, YEAR), Policy(zeros=Zeros.PRINTED))
    cells = {tuple(map(tuple, key)): value for key, value in json.loads(made.files[ledger.FILE])["cells"]}
    hidden = [key for key, value in cells.items() if value is None]
    assert len(hidden) > 2
    assert not {7, 8} & set(cells.values())
