"""Groups of a table held against each other, from the command line."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from accord.cli import app, equity_words, show
from accord.decision import BadInput

if TYPE_CHECKING:
    from accord.stats.profiles import Entry, Question


@app.command(short_help="Compare groups: risks, ratios, intervals and tests")
def equity(
    table: Annotated[Path, typer.Argument(help="CSV or Parquet: group,events,students, or counts from accord tally.")],
    reference: Annotated[str | None, typer.Option(help="all-others (default), or the group to compare with.")] = None,
    preset: Annotated[str | None, typer.Option(help="Minimum sizes, reference and years of IDEA, CDE or CRDC.")] = None,
    method: Annotated[str, typer.Option(help="Interval of the ratio: score, katz or exact.")] = "score",
    cell: Annotated[int | None, typer.Option(min=0, help="Fewest students with the outcome for a ratio.")] = None,
    n: Annotated[int | None, typer.Option("--n", min=0, help="Fewest students for a ratio.")] = None,
    literal: Annotated[
        bool, typer.Option("--literal", help="A group is too small only where both of these fall short.")
    ] = False,
    reach: Annotated[float, typer.Option(min=0, help="The ratio that 'fewer' counts down to.")] = 1.25,
    threshold: Annotated[float | None, typer.Option(min=0, help="Ratio over which a year counts.")] = None,
    consecutive: Annotated[int | None, typer.Option(min=1, help="Years in a row that must be over it.")] = None,
    fall: Annotated[
        float | None, typer.Option(min=0, help="Drop in each of two years that is reasonable progress.")
    ] = None,
    by: Annotated[str, typer.Option(help="Of counts from accord tally: the column whose groups are compared.")] = "",
    stratum: Annotated[str, typer.Option(help="Of counts from accord tally: the column of the strata.")] = "",
    measure: Annotated[str, typer.Option(help="Of counts from accord tally: what is compared.")] = "",
    hierarchy: Annotated[
        Path | None, typer.Option(help="CSV: dimension,child,parent. Only groups without parts are compared.")
    ] = None,
    pool: Annotated[
        bool, typer.Option("--pool", help="Take up to three years together where the newest alone is too small.")
    ] = False,
    clustered: Annotated[
        str,
        typer.Option(
            help="Column of schools (stratum, in a table of groups): an interval that takes schools for units."
        ),
    ] = "",
    full: Annotated[bool, typer.Option("--full", help="With --json, every figure, after the usual ones.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON, one object for each group.")] = False,
) -> None:
    """Hold every group of a table against all others, or against one group.

    `events` counts students with the outcome, each once; where students can be counted more than once, the column
    `unduplicated` gives the students and risks use it. For alternate risk ratios, `state_events` and `state_students`
    are the same group's counts in the State, or `state_others_events` and `state_others_students` those of all other
    groups there. With a column `stratum` (a school), lines of one group are added up and the ratio within strata is
    told too; with `year`, the newest is compared and the years say where the group stands; `searches` and `found` give
    how often searches find something. Counts from accord tally are read too. What is not defined is null, and `status`
    says why.
    """
    from accord.stats import equity_counts, profiles

    if clustered and stratum not in ("", clustered):
        raise BadInput("Schools are the strata here.", where="--clustered", mend="Name the same column as --stratum.")
    told = equity_counts.told(table, equity_counts.Choice(by, stratum, measure, hierarchy), clustered)
    question, source = _question(told.entries, preset=preset, reference=reference, method=method, cell=cell, n=n)
    question = replace(
        question,
        reach=reach,
        threshold=question.threshold if threshold is None else threshold,
        consecutive=consecutive or question.consecutive,
        fall=fall,
        pool=pool,
        clustered=bool(clustered),
        way=replace(question.way, sizes=replace(question.way.sizes, either_fails=not literal)),
    )
    found = profiles.profiles(told.entries, question)
    found += [profiles.unknown(group, x, why) for group, (x, why) in told.without.items()]
    if json:
        show([equity_words.listed(one, full=full) for one in found])
    else:
        if told.overlapping:
            source = f"Groups overlap: each is compared with everybody who is not in it. {source}"
        sys.stdout.write(equity_words.words(found, question, source))


def _question(
    entries: list[Entry], *, preset: str | None, reference: str | None, method: str, cell: int | None, n: int | None
) -> tuple[Question, str]:
    """What is asked, and the source of the preset."""
    from accord.stats import equity, intervals, presets
    from accord.stats.idea import Minimums
    from accord.stats.profiles import Question

    if method not in intervals.RATIO:
        raise BadInput(
            f"there is no interval {method!r}", where="--method", mend=f"Choose {', '.join(intervals.RATIO)}."
        )
    chosen = presets.preset(preset) if preset else None
    wanted = reference or (chosen.reference if chosen else equity.ALL_OTHERS)
    sizes = chosen.sizes if chosen else Minimums()
    sizes = replace(sizes, cell=sizes.cell if cell is None else cell, n=sizes.n if n is None else n)
    way = equity.Way(_group(wanted, entries, equity.ALL_OTHERS), sizes, method)
    if not chosen:
        return Question(way), ""
    return Question(way, threshold=chosen.threshold, consecutive=chosen.consecutive), chosen.source


def _group(wanted: str, entries: list[Entry], all_others: str) -> str:
    if wanted == all_others:
        return wanted
    names = list(dict.fromkeys(one.row.group for one in entries))
    found = [name for name in names if name.casefold() == wanted.casefold()]
    if not found:
        raise BadInput(
            f"the table has no group {wanted!r}", where="--reference", mend=f"Choose {all_others}, {', '.join(names)}."
        )
    return found[0]
