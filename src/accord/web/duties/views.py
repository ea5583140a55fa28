"""HTTP for tasks; what may be done is decided in rules/duties and actions.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord import clauses
from accord.decision import Finding, NotAllowed
from accord.facts import DutyKind, Role
from accord.rules import duties as rule
from accord.rules import people
from accord.rules.people import Scope
from accord.web.base.templatetags.accord import say
from accord.web.duties import actions, listing
from accord.web.duties.forms import DoneForm, NarrowForm, ReopenForm
from accord.web.duties.models import Duty, StepKind


def _scope(request: Any) -> Scope:
    return people.scope(request.asker, "duties.read", on=request.on)


@require_safe
def index(request: Any) -> HttpResponse:
    """The tasks this person reaches: alerts first, then what is to be done, the most pressing first."""
    scope = _scope(request)
    form = NarrowForm(request.GET or None, schools=listing.schools(scope))
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = listing.page(scope, asked, request.GET.get("page"), at=request.at)
    kept = {key: value for key, value in request.GET.items() if key in form.fields and value}
    context = {
        "form": form,
        "page": page,
        "rows": [listing.row(one, at=request.at) for one in page],
        "alerts": listing.alerts(scope, at=request.at),
        "asked": bool(kept),
        "query": urlencode(kept),
    }
    return render(request, "duties/list.html", context, status=400 if form.errors else 200)


def _visible(request: Any, uid: object) -> Duty:
    """The duty, when this person reaches it.

    Raises:
        Http404: when it is not there or out of reach, alike.
    """
    rows = Duty.objects.visible_to(_scope(request)).with_last_step().select_related("school", "raised_by")
    duty: Duty | None = rows.filter(uid=uid).first()
    if duty is None:
        raise Http404
    return duty


@require_safe
def read(request: Any, uid: object) -> HttpResponse:
    """One task: what is owed, by which clause, until when, and what was done about it."""
    return _page(request, _visible(request, uid))


def _page(request: Any, duty: Duty, *, status: int = 200, conflict: bool = False, **bound: forms.Form) -> HttpResponse:
    row = listing.row(duty, at=request.at)
    school = str(duty.school_id)
    owner = rule.is_owner(request.asker, owner=Role(duty.owner), school=school, on=request.on)
    granted = actions.permission(request.asker, duty, on=request.on).allowed
    by_hand = rule.done_by_hand(DutyKind(duty.kind))
    steps = [(StepKind(step.kind), step) for step in duty.steps.select_related("by")]
    context = {
        "row": row,
        "duty": duty,
        "clause": clauses.clause(duty.clause),
        "topic": duty.clause.partition(".")[0],
        "steps": steps,
        "may_act": granted and owner.met and duty.is_current and by_hand.met,
        "by_hand": by_hand,
        "owner": owner,
        "is_done": duty.step == StepKind.DONE,  # type: ignore[attr-defined]
        "form": bound.get("done") or DoneForm(initial={"done_at": request.at}),
        "reopen_form": bound.get("reopen") or ReopenForm(),
        "conflict": conflict,
    }
    return render(request, "duties/read.html", context, status=status)


def _show(form: forms.Form, findings: Iterable[Finding]) -> None:
    """Put each finding beside its field."""
    for finding in findings:
        form.add_error(finding.field if finding.field in form.fields else None, say(finding.reason))


@require_POST
def complete(request: Any, uid: object) -> HttpResponse:
    """Mark a task done."""
    duty = _visible(request, uid)
    form = DoneForm(request.POST)
    if not form.is_valid():
        return _page(request, duty, status=400, done=form)
    try:
        actions.complete(by=request.user, at=request.at, on=request.on, duty=duty, **form.cleaned_data)
    except NotAllowed as refused:
        _show(form, refused.decision.unmet)
        return _page(request, duty, status=422, done=form)
    except actions.Conflict:
        return _page(request, _visible(request, uid), status=409, conflict=True, done=form)
    messages.success(request, _("The task is done."))
    return redirect("duties:list")


@require_POST
def reopen(request: Any, uid: object) -> HttpResponse:
    """Open a task again that was marked done by mistake."""
    duty = _visible(request, uid)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _page(request, duty, status=400, reopen=form)
    try:
        actions.reopen(by=request.user, at=request.at, on=request.on, duty=duty, **form.cleaned_data)
    except NotAllowed as refused:
        _show(form, refused.decision.unmet)
        return _page(request, duty, status=422, reopen=form)
    except actions.Conflict:
        return _page(request, _visible(request, uid), status=409, conflict=True, reopen=form)
    messages.success(request, _("The task is open again."))
    return redirect("duties:read", uid=duty.uid)
