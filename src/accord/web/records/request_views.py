"""HTTP for the list of requests, for reading one, taking it back, and ending the access it gave."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord.decision import BadInput, NotAllowed
from accord.facts.records import Ruling
from accord.web.records import actions, asker_page, confirm_page, decider_page, listing, reach, reading, reviewing
from accord.web.records.ask_views import show
from accord.web.records.decide_forms import DecideForm, EndForm
from accord.web.records.models_requests import Request
from accord.web.records.steps import State


@require_safe
def index(request: Any) -> HttpResponse:
    """One's own requests, or for whoever decides those that wait."""
    decides, reviews = reach.decides(request), reach.may(request, "records.review_access")
    form = listing.NarrowForm(request.GET if "state" in request.GET else None)
    state = State.OPEN.value if decides else ""
    if form.is_bound:
        state = form.cleaned_data["state"] if form.is_valid() else ""
    reached = Request.objects.visible_to(reach.scope(request, "records.read"), request.user)
    page = listing.page(reached, state, request.GET.get("page"))
    context = {
        "form": form if form.is_bound else listing.NarrowForm(initial={"state": state}),
        "page": page,
        "rows": [listing.row(one, at=request.at) for one in page],
        "state": state,
        "decides": decides,
        "empty": listing.empty(state, decides=decides),
        "may_ask": reach.may(request, "records.ask"),
        "links": reach.may(request, "records.link"),
        "keeps": reach.may(request, "records.keep"),
        "reviews": reviews,
        "overdue": reviewing.overdue(reviewing.weeks(on=request.on)) if reviews else [],
    }
    return render(request, "records/list.html", context, status=400 if form.errors else 200)


@require_safe
def read(request: Any, uid: object) -> HttpResponse:
    """One request: for whoever decides with the rule's answer, for whoever asked with where it stands."""
    row = reach.visible(request, uid)
    return page(request, row)


def page(request: Any, row: Request, *, status: int = 200, conflict: bool = False, **bound: forms.Form) -> HttpResponse:
    """The page of a request, with the forms that were refused as they were typed."""
    reading.reveal(**reach.who(request), request=row)
    if not reach.decides(request):
        context = {
            "row": row,
            "page": asker_page.page(row, at=request.at, on=request.on),
            **bound,
            "conflict": conflict,
        }
        return render(request, "records/asked.html", context, status=status)
    shown = decider_page.page(row, **reach.who(request))
    files = shown.state is not State.WITHDRAWN and reach.may(request, "records.confirm")
    reader, word = confirm_page.Reader(**reach.who(request), files=files), cast(Any, bound.get("confirm_form"))
    initial = {"number": shown.number, "given": [one.looked.ruled.record for one in shown.allowed]}
    context = {
        "row": row,
        "page": shown,
        "claims": confirm_page.page(row, shown.student, reader, bound=word),
        "own": row.asker_id == request.user.pk,
        "form": bound.get("form") or DecideForm(copies=choices(shown), initial=initial),
        "end_form": bound.get("end_form") or EndForm(initial={"number": shown.number}),
        "conflict": conflict,
        "counsel": shown.answer.ruling is Ruling.COUNSEL,
        "links": reach.may(request, "records.link"),
    }
    return render(request, "records/read.html", context, status=status)


def choices(shown: decider_page.Page) -> list[tuple[str, str]]:
    """The copies that may be given, to choose from."""
    return [(one.looked.ruled.record, one.copy.title) for one in shown.allowed if one.copy]


@require_POST
def withdraw(request: Any, uid: object) -> HttpResponse:
    """Take one's own request back. What was done about it meanwhile is not shown, so nothing of it is compared."""
    row = reach.own(request, uid)
    try:
        actions.withdraw(**reach.who(request), request=row, number=row.steps.count())
    except (BadInput, actions.Conflict):
        return page(request, reach.visible(request, uid), status=409, conflict=True)
    messages.success(request, _("The request is taken back."))
    return redirect("records:read", uid=row.uid)


@require_POST
def end(request: Any, uid: object) -> HttpResponse:
    """End the access that a decision gave."""
    row = reach.visible(request, uid)
    form = EndForm(request.POST)
    if not form.is_valid():
        return page(request, row, status=400, end_form=form)
    try:
        actions.end(**reach.who(request), request=row, **form.cleaned_data)
    except NotAllowed as refused:
        show(form, refused.decision.unmet)
        return page(request, row, status=422, end_form=form)
    except BadInput as error:
        form.add_error(None, f"{error.what} {error.mend}")
        return page(request, row, status=400, end_form=form)
    except actions.Conflict:
        return _changed(request, uid, form)
    messages.success(request, _("The access is ended: the copies open no more."))
    return redirect("records:read", uid=row.uid)


def _changed(request: Any, uid: object, form: EndForm) -> HttpResponse:
    row = reach.visible(request, uid)
    again = EndForm(initial=form.cleaned_data | {"number": row.steps.count()})
    return page(request, row, status=409, conflict=True, end_form=again)
