"""HTTP for logging a contact; what may be filed is decided in rules and actions.py."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accord.decision import BadInput, Finding, NotAllowed
from accord.web.base.views import bad_input
from accord.web.interactions import (
    actions,
    again,
    answers,
    draft_views,
    drafts,
    entry_facts,
    entry_flow,
    entry_page,
    entry_times,
    filters,
    own_stops,
    reach,
    steps,
)
from accord.web.interactions.alike import Likely
from accord.web.interactions.answers import Forms
from accord.web.interactions.entry_layout import layout, left_out
from accord.web.interactions.entry_page import EntryPage, Occasion
from accord.web.interactions.forms import EntryForm, LogForm, OfficersPersonForm, PersonForm
from accord.web.interactions.models import Interaction
from accord.web.interactions.officers import profile_of


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    """Log a contact."""
    if request.method != "POST":
        return _gone_on_with(request) if "draft" in request.GET else _begun(request)
    try:
        return _file(request) if request.POST.get("do") == "file" else _turn(request)
    except BadInput as error:
        return bad_input(request, error)


def _begun(request: Any) -> HttpResponse:
    """A new form, with what is known beforehand filled in."""
    school = {"school": reach.usual_school(request, _schools(request))}
    clock = {entry_times.FIELD: entry_times.opened(request.at)}
    known = again.prefill(request)
    city = {"stop_city": own_stops.usual_city(request.user)}
    main = {"key": _new_key(), **clock, **school, **city, **(known.main if known else {})}
    page = entry_page.blank(_occasion(request), main, known.people if known else None)
    return _page(request, page.at(None) if request.GET.get("view") == entry_flow.ALL else page)


def _new_key() -> str:
    return secrets.token_urlsafe(24)


def _gone_on_with(request: Any) -> HttpResponse:
    occasion = _occasion(request)
    kept = drafts.sent(draft_views.asked_for(request))
    page = entry_page.typed(occasion, answers.read(kept, occasion.forms))
    return _page(request, page.at(steps.named(kept.get("step"))))


def _turn(request: Any) -> HttpResponse:
    """Lead to another page of the form, and keep what was typed."""
    occasion = _occasion(request)
    told = answers.read(request.POST, occasion.forms)
    clock = entry_times.lap(told.one(entry_times.FIELD), steps.named(request.POST.get("step")).name, request.at)
    page = entry_flow.turned(occasion, told.told(entry_times.FIELD, clock), request.POST)
    saved = drafts.save(**reach.who(request), data=request.POST)
    if saved and request.POST.get("do") == "draft":
        draft_views.say_kept(request)
    return _page(request, page, status=page.status if page.alone else 200)


def _file(request: Any) -> HttpResponse:
    occasion = _occasion(request)
    page = entry_page.bound(occasion, answers.read(request.POST, occasion.forms))
    if not page.valid():
        return _refused(request, page, entry_facts.findings(page, steps.LAST))
    data = page.main.cleaned_data
    try:
        told = {"key": data["key"], "school": data["school"], **entry_facts.told(page)}
        filed = actions.log(**reach.who(request), knowing_of=frozenset(request.POST.getlist("another")), **told)
    except NotAllowed as refused:
        return _refused(request, page, refused.decision.unmet)
    except actions.Conflict as conflict:
        page = entry_flow.asked_about(page, page.answers.told("key", _new_key()), request.POST)
        return _page(request, page, status=409, filed=conflict.filed)
    except Likely as likely:
        drafts.save(**reach.who(request), data=request.POST)
        page = entry_flow.asked_about(page, page.answers, request.POST)
        return _page(request, page, status=409, likely=likely)
    drafts.discard(by=request.user, key=data["key"])
    if filed.filed_at == request.at and (why := entry_times.note(request.POST, "full", request.at)):
        messages.info(request, why)
    return lead_to(request, page, filed, _("The contact is logged as %(reference)s.") % {"reference": filed.reference})


def _refused(request: Any, page: EntryPage, findings: Sequence[Finding]) -> HttpResponse:
    page.show(findings)
    drafts.save(**reach.who(request), data=request.POST)
    page = entry_flow.to_mend(page, request.POST)
    return _page(request, page, status=page.status)


def _schools(request: Any) -> Any:
    return filters.schools(reach.scope(request, "interactions.log"), reading=False)


def _occasion(request: Any) -> Occasion:
    read = reach.scope(request, "interactions.read")
    person = PersonForm if read.district or read.schools else OfficersPersonForm
    forms = Forms(_at_schools(_schools(request)), person)
    return Occasion(forms, at=request.at, on=request.on, officer=profile_of(request.user, on=request.on))


def _at_schools(schools: Any) -> type[EntryForm]:
    """The form for a new contact, offering these schools."""

    class AtSchools(LogForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["school"].queryset = schools  # type: ignore[attr-defined]

    return AtSchools


def _page(request: Any, page: EntryPage, *, status: int = 200, **more: Any) -> HttpResponse:
    likely = more.get("likely")
    others = {*request.POST.getlist("another"), *(one.reference for one in (likely.filed if likely else ()))}
    context = {"page": page, "layout": layout(page), "others": sorted(others), **more}
    return render(request, "interactions/new.html", context, status=status)


def lead_to(request: Any, page: EntryPage, interaction: Interaction, text: str) -> HttpResponse:
    """Lead to a contact that was filed, and say what did not apply and was left out."""
    messages.success(request, text)
    for line in left_out(page):
        messages.warning(request, line)
    return redirect("interactions:read", uid=interaction.uid)
