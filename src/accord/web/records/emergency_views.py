"""HTTP for emergencies: determining one, and what is done about it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accord.decision import BadInput, NotAllowed
from accord.facts import Grade, Role
from accord.rules import records as rule
from accord.web.people.models import User
from accord.web.records import actions, danger, emergency, emergency_page, papers, reach
from accord.web.records.ask_views import show
from accord.web.records.emergency_forms import (
    DangerForm,
    DetermineForm,
    EndForm,
    ReviewForm,
    ReviewKeptForm,
    SearchForm,
    TellForm,
)
from accord.web.records.models import Copy
from accord.web.records.models_emergencies import Determination, ended_at
from accord.web.records.steps import Act
from accord.web.students.actions import FOUND, reveal, search


def _reached(request: Any) -> Any:
    """The emergencies that this person may read."""
    scope = reach.scope(request, "records.read_emergencies")
    return Determination.objects.visible_to(scope, request.user).select_related("by", "student")


@require_safe
def index(request: Any) -> HttpResponse:
    """The emergencies of the district, or for a principal one's own."""
    rows = _reached(request).prefetch_related("recipients__request__asker", "recipients__request__steps")
    listed = [_row(one, request.at) for one in rows[:100]]
    context = {"rows": listed, "may_determine": reach.may(request, "records.determine")}
    return render(request, "records/emergencies.html", context)


def _row(row: Determination, at: Any) -> dict[str, Any]:
    requests = [one.request for one in row.recipients.all()]
    steps = [step for one in requests for step in one.steps.all()]
    return {
        "row": row,
        "requests": requests,
        "is_over": ended_at(row, requests) <= at,
        "reviewed": any(one.act == Act.REVIEWED for one in steps),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Any) -> HttpResponse:
    """Find the student. A search is posted, so that no name stands in an address or a log."""
    if request.method != "POST":
        return render(request, "records/emergency_find.html", {"form": SearchForm()})
    form = SearchForm(request.POST)
    if not form.is_valid():
        return render(request, "records/emergency_find.html", {"form": form}, status=400)
    found = [(one, Grade(one.grade)) for one in search(**reach.who(request), text=form.cleaned_data["text"])]
    context = {"form": form, "found": found, "searched": True, "most": FOUND}
    return render(request, "records/emergency_find.html", context)


def _officers() -> list[User]:
    """Accounts of officers in use, whom an emergency concerns most often."""
    roles = [Role.SRO, Role.AGENCY_SUPERVISOR]
    return list(User.objects.filter(is_active=True, grants__role__in=roles).distinct().order_by("name"))


@require_http_methods(["GET", "HEAD", "POST"])
def determine(request: Any, uid: object) -> HttpResponse:
    """Determine an emergency about one student, whose copies are shown. That they are leaves an event."""
    student = reveal(**reach.who(request), uids=[uid]).get(uid)
    if student is None:
        raise Http404
    copies = list(Copy.objects.filter(student=student).defer("content"))
    form = DetermineForm(request.POST if request.method == "POST" else None, copies=copies, officers=_officers())
    hours = rule.numbers(on=request.on).emergency_hours
    context = {"form": form, "student": student, "grade": Grade(student.grade), "hours": hours}
    if request.method != "POST":
        return render(request, "records/emergency_new.html", context)
    if not form.is_valid():
        return render(request, "records/emergency_new.html", context, status=400)
    try:
        row = emergency.determine(**reach.who(request), key=form.cleaned_data["key"], student=uid, said=form.said())
    except NotAllowed as refused:
        first = next((one.name for one in form.copies), "")
        show(form, [replace(one, field=first) if one.field == "copies" else one for one in refused.decision.unmet])
        return render(request, "records/emergency_new.html", context, status=422)
    messages.success(request, _("They can open the copies now. Custodian and Superintendent are told."))
    return redirect("records:emergency", uid=row.uid)


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: Any, uid: object) -> HttpResponse:
    """One emergency, and what is done about it: seen, ended, told to the parent, reviewed."""
    row = _reached(request).filter(uid=uid).first()
    if row is None:
        raise Http404
    if request.method != "POST":
        return _page(request, row)
    kind = _kind(row, request.POST.get("do", ""))
    form = kind(request.POST)
    act = _ACTS.get(kind)
    if act is None or not form.is_valid():
        return _page(request, row, form, status=400)
    try:
        messages.success(request, act(request, row, form.cleaned_data))
    except NotAllowed as refused:
        show(form, refused.decision.unmet)
        return _page(request, row, form, status=422)
    except BadInput as error:
        form.add_error(None, f"{error.what} {error.mend}")
        return _page(request, row, form, status=400)
    except actions.Conflict:
        form.add_error(None, _("Somebody noted something meanwhile. Read it again, then go on."))
        return _page(request, row, form, status=409)
    return redirect("records:emergency", uid=row.uid)


class SeenForm(forms.Form):
    """The button that says it was seen."""


def _see(request: Any, row: Determination, data: dict[str, Any]) -> str:
    emergency.see(**reach.who(request), determination=row)
    return _("It is noted that you have seen it.")


def _end(request: Any, row: Determination, data: dict[str, Any]) -> str:
    emergency.end(**reach.who(request), determination=row, **data)
    return _("It is over: the copies open no more.")


def _tell(request: Any, row: Determination, data: dict[str, Any]) -> str:
    first = row.requests()[0]
    to = papers.On(first, first.steps.count())
    papers.tell(**reach.who(request), to=to, act=Act.PARENT_TOLD, **data)
    return _("It is noted when and how the parent was told.")


def _review(request: Any, row: Determination, data: dict[str, Any]) -> str:
    emergency.review(**reach.who(request), determination=row, **data)
    return _("The review is on file.")


def _answer(request: Any, row: Determination, data: dict[str, Any]) -> str:
    danger.answer(**reach.who(request), determination=row, **data)
    return _("The answer is on file.")


_FORMS: dict[str, type[forms.Form]] = {
    "see": SeenForm,
    "end": EndForm,
    "tell": TellForm,
    "review": ReviewForm,
    "danger": DangerForm,
}
_ACTS: dict[type[forms.Form], Callable[[Any, Determination, dict[str, Any]], str]] = {
    SeenForm: _see,
    EndForm: _end,
    TellForm: _tell,
    ReviewForm: _review,
    ReviewKeptForm: _review,
    DangerForm: _answer,
}


def _kind(row: Determination, do: str) -> type[forms.Form]:
    """The form that was sent. A review asks more where the parent was not told."""
    kind = _FORMS.get(do, forms.Form)
    return ReviewKeptForm if kind is ReviewForm and row.endangers else kind


def _page(request: Any, row: Determination, sent: forms.Form | None = None, *, status: int = 200) -> HttpResponse:
    reveal(**reach.who(request), uids=[row.student.uid])
    shown = emergency_page.page(row, at=request.at)
    decides = reach.may(request, "records.decide")
    context = {
        "row": row,
        "shown": shown,
        "student": row.student,
        "form": sent,
        "end_form": sent if isinstance(sent, EndForm) else EndForm(),
        "tell_form": sent if isinstance(sent, TellForm) else TellForm(initial={"day": request.on}),
        "review_form": sent if isinstance(sent, ReviewForm) else _kind(row, "review")(),
        "danger_form": sent if type(sent) is DangerForm else DangerForm(),
        "may_see": emergency_page.alert_waits(shown, request.user, on=request.on),
        "may_end": not shown.is_over and (decides or row.by_id == request.user.pk),
        "may_tell": decides and shown.parent_waits,
        "may_review": decides and shown.is_over and not shown.review,
        "may_answer": decides and shown.asks_danger and row.by_id != request.user.pk,
        "own": row.by_id == request.user.pk,
    }
    return render(request, "records/emergency.html", context, status=status)
