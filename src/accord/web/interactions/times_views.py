"""HTTP for the figures of how long entries take."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accord.web.interactions import entry_times, steps
from accord.web.interactions.models_times import EntryPath


@require_safe
def index(request: Any) -> HttpResponse:
    """The median and the 90th percentile of each form over the last days, and the median of each step."""
    windows = [(days, entry_times.figures(on=request.on, days=days)) for days in entry_times.WINDOWS]
    rows = [(EntryPath(path), days, figures[path]) for path in EntryPath for days, figures in windows]
    spent = entry_times.step_medians(on=request.on, days=entry_times.WINDOWS[-1])
    by_step = [(step.title, spent[step.name]) for step in steps.STEPS if step.name in spent]
    context = {"rows": rows, "fewest": entry_times.FEWEST, "steps": by_step, "days": entry_times.WINDOWS[-1]}
    return render(request, "interactions/times.html", context)
