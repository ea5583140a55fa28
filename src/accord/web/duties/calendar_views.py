"""HTTP for the district calendar: the days of a year, changing one, and bringing in a file after a dry run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord import clauses, facts
from accord.decision import BadInput, NotAllowed
from accord.exchange import calendars
from accord.facts import DayKind
from accord.facts.school_years import school_year
from accord.rules.school_days import school_calendar
from accord.web.base.templatetags.accord import say
from accord.web.base.views import bad_input
from accord.web.duties import calendar_actions as actions
from accord.web.duties.forms import CarriedForm, DayForm, FileForm, RemoveForm
from accord.web.duties.models import CalendarDay

_SHOWN = 100
"""How many errors, and how many events passed over, stand on the page."""


@dataclass(frozen=True)
class Year:
    """What is known of a school year: the days listed, and the first and last school day where the year is whole."""

    name: str
    with_school: int
    without_school: int
    first: date | None
    last: date | None
    on_file: int = 0


def _year(name: str, days: Iterable[facts.CalendarDay], *, on: date, on_file: int = 0) -> Year:
    mine = [one for one in days if school_year(one.day) == name]
    shortest = int(clauses.parameter("duties.shortest-year", on=on).value)
    terms = school_calendar(mine, shortest_days=shortest).terms
    held = sum(one.kind.has_school for one in mine)
    first, last = (terms[0].first, terms[0].last) if terms else (None, None)
    return Year(name, held, len(mine) - held, first, last, on_file)


@require_safe
def index(request: Any) -> HttpResponse:
    """The calendar of a school year, the running one unless another is asked for."""
    return _page(request, DayForm(initial={"kind": DayKind.HOLIDAY.value}))


def _page(request: Any, form: DayForm, *, status: int = 200) -> HttpResponse:
    current = school_year(request.on)
    years = sorted({current, *CalendarDay.objects.order_by().values_list("school_year", flat=True).distinct()})
    asked = request.GET.get("year") or request.POST.get("year")
    name = asked if asked in years else current
    rows = [
        facts.CalendarDay(one.day, DayKind(one.kind), one.name) for one in CalendarDay.objects.filter(school_year=name)
    ]
    context = {"year": _year(name, rows, on=request.on), "years": years, "rows": rows, "form": form}
    return render(request, "duties/calendar.html", context, status=status)


def _to_year(day: date) -> HttpResponseRedirect:
    return redirect(f"{reverse('duties:calendar')}?year={school_year(day)}")


@require_POST
def set_day(request: Any) -> HttpResponse:
    """Say what a day is."""
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    data = form.cleaned_data
    kind = DayKind(data["kind"])
    try:
        actions.set_day(by=request.user, at=request.at, on=request.on, day=data["day"], kind=kind, name=data["name"])
    except NotAllowed as refused:
        for finding in refused.decision.unmet:
            form.add_error(finding.field or None, say(finding.reason))
        return _page(request, form, status=422)
    messages.success(request, _("The day is in the calendar. Tasks that are on file keep the day they were given."))
    return _to_year(data["day"])


@require_POST
def remove_day(request: Any) -> HttpResponse:
    """Take a day out of the calendar."""
    form = RemoveForm(request.POST)
    if not form.is_valid():
        return bad_input(request, BadInput(_("This is no day."), mend=_("Choose a day of the calendar.")))
    actions.remove_day(by=request.user, at=request.at, on=request.on, day=form.cleaned_data["day"])
    messages.success(request, _("The day is out of the calendar. You can put it in again here."))
    return _to_year(form.cleaned_data["day"])


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: Any) -> HttpResponse:
    """Choose a file and see what it holds; then replace the school years in it."""
    if request.method != "POST":
        return _import_page(request, FileForm())
    if request.POST.get("do") == "import":
        return _import(request)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _import_page(request, form, status=400)
    try:
        calendar = calendars.read(form.cleaned_data["file"].read(calendars.MAX_BYTES + 1))
    except BadInput as error:
        form.add_error("file", f"{error} {error.mend}")
        return _import_page(request, form, status=400)
    if calendar.faults:
        more = {"faults": calendar.faults[:_SHOWN], "all_faults": len(calendar.faults)}
        return _import_page(request, form, status=400, **more)
    return _import_page(request, form, **_dry_run(request, calendar))


def _dry_run(request: Any, calendar: calendars.Calendar) -> dict[str, Any]:
    """What the file holds, with nothing stored."""
    names = sorted({school_year(one.day) for one in calendar.days})
    stored = CalendarDay.objects.filter(school_year__in=names).order_by()
    on_file = dict(stored.values_list("school_year").annotate(Count("id")))
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow(calendars.COLUMNS)
    writer.writerows((one.day.isoformat(), one.kind.value, one.name) for one in calendar.days)
    return {
        "calendar": calendar,
        "found": [_year(name, calendar.days, on=request.on, on_file=on_file.get(name, 0)) for name in names],
        "passed_over": calendar.passed_over[:_SHOWN],
        "carried": CarriedForm(initial={"content": held.getvalue()}, auto_id=False),
    }


def _import(request: Any) -> HttpResponse:
    form = CarriedForm(request.POST)
    try:
        if not form.is_valid():
            raise BadInput(_("The page no longer holds the file."), mend=_("Choose the file again."))
        calendar = calendars.read(form.cleaned_data["content"].encode("utf-8", "replace"))
        if calendar.faults:
            raise BadInput(_("The page no longer holds the file."), mend=_("Choose the file again."))
    except BadInput as error:
        return bad_input(request, error)
    years, changed = actions.import_calendar(by=request.user, at=request.at, on=request.on, days=calendar.days)
    values = {"days": len(calendar.days), "years": ", ".join(years)}
    if changed:
        messages.success(request, _("%(days)s days of %(years)s are on file.") % values)
    else:
        messages.info(request, _("The same days of %(years)s were on file already; nothing changed.") % values)
    return redirect(f"{reverse('duties:calendar')}?year={years[-1]}")


def _import_page(request: Any, form: FileForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "columns": calendars.COLUMNS, "kinds": list(DayKind), **more}
    return render(request, "duties/import_calendar.html", context, status=status)
