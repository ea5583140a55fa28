"""HTTP for looking over who opened student records in a week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accord.decision import BadInput, NotAllowed
from accord.web.records import openings, reach, reviewing
from accord.web.records.ask_views import show


class ReviewForm(forms.Form):
    """What was found."""

    notes = forms.CharField(
        label=gettext_lazy("What you found"),
        help_text=gettext_lazy("Name nobody and no student: say what stood out, whom you asked, and what came of it."),
        max_length=4000,
        widget=forms.Textarea({"rows": 4, "class": "usa-textarea"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Any) -> HttpResponse:
    """The week before this one, or the one that is asked for; with where the reviews of the last weeks stand."""
    first = _monday(request)
    if request.method != "POST":
        return _page(request, first, ReviewForm())
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, first, form, status=400)
    try:
        reviewing.file(**reach.who(request), monday=first, notes=form.cleaned_data["notes"])
    except NotAllowed as refused:
        show(form, refused.decision.unmet)
        return _page(request, first, form, status=422)
    except BadInput as error:
        form.add_error(None, f"{error.what} {error.mend}")
        return _page(request, first, form, status=409)
    messages.success(request, _("Filed: this week was looked over."))
    return redirect(f"{request.path}?week={first.isoformat()}")


def _monday(request: Any) -> date:
    """The week asked for; without one the last that is over."""
    text = request.GET.get("week", "")
    if not text:
        return openings.monday(request.on) - timedelta(weeks=1)
    try:
        asked = openings.monday(date.fromisoformat(text))
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    if not 2000 < asked.year <= request.on.year:
        raise Http404
    return asked


def _page(request: Any, first: date, form: ReviewForm, *, status: int = 200) -> HttpResponse:
    week, weeks = reviewing.weekly(first, on=request.on), reviewing.weeks(on=request.on)
    may = reviewing.may(request.user, week, on=request.on)
    context = {
        "week": week,
        "rows": openings.rows(first=first, on=request.on),
        "weeks": weeks,
        "overdue": reviewing.overdue(weeks),
        "form": form,
        "may": may,
        "is_over": week.sunday < request.on,
    }
    return render(request, "records/review.html", context, status=status)
