"""The files of a release, drawn from protected tables alone: CSV for each table, all of them as JSON and as a page, and
what a chart needs.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from html import escape
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from accord.stats.protected import Band, Derived, Figure, NotCounted, ProtectedTable, Row, Suppressed
from accord.stats.render import inert

_IN_WORDS = 12
"""How many figures the words beside a chart tell."""


def files(tables: Sequence[ProtectedTable], title: str) -> dict[str, bytes]:
    """Every file by name."""
    return {
        **{f"{table.id}.csv": table_csv(table).encode() for table in tables},
        **{f"{table.id}.parquet": table_parquet(table) for table in tables},
        "tables.json": _json([as_plain(table) for table in tables]),
        "charts.json": _json([chart(table, at) for table in tables for at in range(len(table.columns))]),
        "index.html": page(tables, title).encode(),
    }


def table_csv(table: ProtectedTable) -> str:
    """One table: the dimensions of its rows, enrollment, counts, then every further figure for every column."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    names = [name for name, _ in table.columns]
    sized, derived = _sized(table), _derived(table)
    further = [(name, at) for name in derived for at in range(len(names))]
    head = [*table.down, *(["enrolled"] if sized else []), *names, *(f"{names[at]}_{name}" for name, at in further)]
    writer.writerow([inert(one) for one in head])
    for row in table.rows:
        values: list[Any] = [*row.at, *([row.enrolled] if sized else []), *row.cells]
        values += [_rounded(row.derived[name][at]) for name, at in further]
        writer.writerow([inert(value) for value in values])
    return out.getvalue()


def table_parquet(table: ProtectedTable) -> bytes:
    """One table in long form: a row for each figure; `count` is null where `shown` is no number."""
    across = [table.across] if table.down != (table.across,) and len(table.columns) > 1 else []
    rows = [(row, at) for row in table.rows for at in range(len(table.columns))]
    columns: dict[str, Any] = {name: [row.at[i] for row, _ in rows] for i, name in enumerate(table.down)}
    columns |= {name: [table.columns[at][0] for _, at in rows] for name in across}
    figures = [row.cells[at] for row, at in rows]
    columns["count"] = pa.array([one if isinstance(one, int) else None for one in figures], type=pa.int64())
    columns["shown"] = [str(one) for one in figures]
    columns["enrolled"] = pa.array([row.enrolled for row, _ in rows], type=pa.int64())
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out)
    return out.getvalue()


def as_plain(table: ProtectedTable) -> dict[str, Any]:
    """One table in plain values: a hidden figure is "*", what was not counted the reason, what is not defined null.

    `order` gives the rows of each column from the greatest figure down, hidden ones last.
    """
    names = [name for name, _ in table.columns]
    return {
        "id": table.id,
        "title": table.title,
        "down": list(table.down),
        "across": table.across,
        "columns": names,
        "rows": [
            {
                "at": list(row.at),
                "enrolled": row.enrolled,
                "cells": dict(zip(names, map(_plain, row.cells), strict=True)),
                **{name: dict(zip(names, map(_plain, row.derived[name]), strict=True)) for name in _derived(table)},
            }
            for row in table.rows
        ],
        "order": {name: list(table.order(at)) for at, name in enumerate(names)},
        "notes": list(table.notes),
    }


def chart(table: ProtectedTable, column: int) -> dict[str, Any]:
    """What a bar chart of one column draws, and the words for those who cannot see it. Totals are no bars.

    A hidden figure has no height: its value is null, as is one that was not counted, and one told as a band.
    """
    rows = {row.id: row for row in table.rows}
    bars = [rows[id] for id in table.order(column) if not _is_total(rows[id], table)]
    return {
        "table": table.id,
        "column": table.columns[column][0],
        "bars": [
            {
                "label": row.label,
                "value": figure if isinstance(figure := row.cells[column], int) else None,
                "shown": str(figure),
            }
            for row in bars
        ],
        "alt": _words(table, column, bars),
    }


def _is_total(row: Row, table: ProtectedTable) -> bool:
    totals = table.rows[-1].at
    return any(code == total for code, total in zip(row.at, totals, strict=True))


def _words(table: ProtectedTable, column: int, bars: Sequence[Row]) -> str:
    shown = [row for row in bars if isinstance(row.cells[column], int | Band)]
    told = "; ".join(f"{row.label} {row.cells[column]}" for row in shown[:_IN_WORDS])
    more = f"; and {len(shown) - _IN_WORDS} more" if len(shown) > _IN_WORDS else ""
    hidden = sum(isinstance(row.cells[column], Suppressed) for row in bars)
    name = table.columns[column][0]
    of = "" if name == "count" else f", {table.across} {name}"
    return f"Bar chart. {table.title}{of}: {told or 'no figure is shown'}{more}. Hidden: {hidden} of {len(bars)}."


def page(tables: Sequence[ProtectedTable], title: str) -> str:
    """All tables as one page that needs nothing else."""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    links = "".join(f'<li><a href="#{escape(one.id)}">{escape(one.title)}</a></li>' for one in tables)
    body = "".join(_section(table) for table in tables)
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}<style>{_STYLE}</style></head>\n'
        f"<body><main><h1>{escape(title)}</h1><ul>{links}</ul>\n{body}</main></body></html>\n"
    )


_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;margin:1.5rem}div{overflow-x:auto}table{border-collapse:collapse}"
    "th,td{border-bottom:1px solid #a9aeb1;padding:.25rem .75rem;text-align:right}"
    "tbody th,thead .down{text-align:left}tbody th{font-weight:400}"
    "tbody th:first-child{position:sticky;left:0;background:#fff}"
    "caption{text-align:left;font-weight:700;padding:.5rem 0}"
)


def _section(table: ProtectedTable) -> str:
    sized, derived = _sized(table), _derived(table)
    heads = [*(["enrolled"] if sized else []), *(name for name, _ in table.columns)]
    heads += [f"{column} {name.replace('_', ' ')}" for name in derived for column, _ in table.columns]
    head = "".join(f'<th scope="col" class="down">{escape(name)}</th>' for name in table.down)
    head += "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    rows = "".join(f"<tr>{_cells(row, sized, derived)}</tr>\n" for row in table.rows)
    notes = "".join(f"<p>{escape(note)}</p>" for note in table.notes)
    return (
        f'<section id="{escape(table.id)}"><div tabindex="0" role="region" aria-label="{escape(table.title)}">'
        f"<table><caption>{escape(table.title)}</caption><thead><tr>{head}</tr></thead>\n"
        f"<tbody>{rows}</tbody></table></div>{notes}</section>\n"
    )


def _cells(row: Row, sized: bool, derived: Sequence[str]) -> str:
    codes = "".join(f'<th scope="row">{escape(code)}</th>' for code in row.at)
    values: list[Any] = [*(["" if row.enrolled is None else row.enrolled] if sized else []), *row.cells]
    values += ["" if one is None else _short(one) for name in derived for one in row.derived[name]]
    return codes + "".join(f"<td>{escape(str(value))}</td>" for value in values)


def _sized(table: ProtectedTable) -> bool:
    return any(row.enrolled is not None for row in table.rows)


def _derived(table: ProtectedTable) -> list[str]:
    return list(table.rows[0].derived) if table.rows else []


def _short(value: Derived) -> Any:
    return float(f"{value:.3g}") if isinstance(value, float) else value


def _rounded(value: Derived) -> Any:
    return round(value, 4) if isinstance(value, float) else value


def _plain(value: Figure | Derived) -> Any:
    return (
        str(value)
        if isinstance(value, Suppressed | NotCounted | Band)
        else _rounded(value)
        if value is not None
        else None
    )


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
