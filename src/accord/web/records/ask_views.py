"""HTTP for asking for records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accord.decision import BadInput, Finding, NotAllowed
from accord.rules import immigration
from accord.web.base.templatetags.accord import say
from accord.web.people import carrying, seals
from accord.web.records import actions, ask_stated, asking, reach
from accord.web.records.ask_form import AskForm, Whose
from accord.web.records.form_fields import say_empty

_FIELD = {"agency": "party_agency"}
"""Where a finding about an agency is shown when someone outside asks."""
_KIND = "records.ask"
carrying.PAGES[_KIND] = carrying.Page(
    lambda form: reverse("records:new"), lambda text: bool(immigration.text_is_clean(text).met)
)


def show(form: forms.Form, findings: Iterable[Finding]) -> None:
    """Put each finding beside its field."""
    for finding in findings:
        field = finding.field if finding.field in form.fields else _FIELD.get(finding.field, "")
        form.add_error(field if field in form.fields else None, say(finding.reason))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    """Ask for records of a student; whoever keeps the records may enter what someone outside asks."""
    form = _form(request)
    if request.method != "POST":
        form.errors.clear()  # what stands in it from before a lost session was not sent yet
        return _page(request, form)
    if form.asks_more and not _answered(form):
        return _page(request, form, more=True)
    if not form.is_valid():
        say_empty(form)
        return _page(request, form, status=400)
    data = form.cleaned_data
    try:
        row = actions.ask(
            **reach.who(request),
            key=data["key"],
            about=data["about"].strip(),
            wanted=data["wanted"].strip(),
            interest=data["interest"].strip(),
            stated=ask_stated.stated(data, request.user, outside=form.outside, on=request.on),
            identity=data.get("identity", ""),
        )
    except NotAllowed as refused:
        show(form, refused.decision.unmet)
        return _page(request, form, status=422)
    except BadInput as error:
        form.add_error(None, f"{error.what} {error.mend}")
        return _page(request, form, status=400)
    carrying.filed(request)
    messages.success(request, _("Your request %(reference)s waits for a decision.") % {"reference": row.reference})
    return redirect("records:read", uid=row.uid)


def _form(request: Any) -> AskForm:
    sent = request.POST if request.method == "POST" else carrying.typed(request, _KIND)
    whose = (request.GET if sent is None else sent).get("whose")
    held = asking.capacities(request.user, on=request.on)
    return AskForm(
        sent,
        held=held,
        agencies=asking.agencies(request.user, held[0], on=request.on) if held else (),
        outside=whose == Whose.OUTSIDE and reach.may(request, "records.keep"),
    )


def _answered(form: AskForm) -> bool:
    """Did whoever sent the form answer questions that the page did not show, as a program would?"""
    return all(name in form.data for name in form.asks_more)


def _page(request: Any, form: AskForm, *, status: int = 200, more: bool = False) -> HttpResponse:
    if more:
        form.errors.clear()
    seal = seals.sealed(request.user, kind=_KIND, form=str(form["key"].value()))
    context = {"form": form, "more": more, "keeps": reach.may(request, "records.keep"), "seal": seal}
    return render(request, "records/new.html", context, status=status)
