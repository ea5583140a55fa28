"""What the Board is told of requests, naming nobody, on a page to print and as CSV; and whom staff call."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accord.rules.school_days import district_day
from accord.stats.render import inert
from accord.web.base.templatetags.accord import label
from accord.web.immigration import contacts, listing
from accord.web.immigration.forms import WhomToCallForm
from accord.web.immigration.listing import Row
from accord.web.immigration.models import Entry, whom_to_call

HEAD = (
    _("Month"),
    _("What they wanted"),
    _("Paper shown"),
    _("Signed by a judge of a court"),
    _("Got into a place that is not public"),
    _("Something was told"),
    _("Officer of the school helped"),
    _("State"),
)
"""What the Board is told of each request: no reference, no school, no day, no name and no text that somebody typed."""


def _lines() -> list[tuple[str, ...]]:
    return [_line(listing.row(one)) for one in Entry.objects.told()]


def _line(row: Row) -> tuple[str, ...]:
    told = row.told
    month = district_day(told.came_at or row.entry.filed_at).strftime("%Y-%m")
    wanted = "; ".join(label(one) for one in told.wanted)
    coded = (told.paper, told.signed, told.entered, told.informed, told.officer_helped, row.state)
    return (month, wanted, *(label(one) for one in coded))


@require_safe
def board(request: Any) -> HttpResponse:
    """Every request in a line of coded answers."""
    lines = [list(zip(HEAD, line, strict=True)) for line in _lines()]
    return render(request, "immigration/board.html", {"head": HEAD, "lines": lines})


@require_safe
def board_csv(request: Any) -> HttpResponse:
    """The same as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([str(name) for name in HEAD])
    writer.writerows([inert(value) for value in line] for line in _lines())
    headers = {"Content-Disposition": 'attachment; filename="enforcement-requests.csv"'}
    return HttpResponse(out.getvalue().encode(), content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: Any) -> HttpResponse:
    """Whom staff call at once."""
    known = whom_to_call()
    if request.method != "POST":
        return render(request, "immigration/whom_to_call.html", {"form": WhomToCallForm(instance=known)})
    form = WhomToCallForm(request.POST)
    if not form.is_valid():
        return render(request, "immigration/whom_to_call.html", {"form": form}, status=400)
    contacts.keep(by=request.user, at=request.at, on=request.on, **form.cleaned_data)
    messages.success(request, _("Staff see it at once."))
    return redirect("immigration:list")
