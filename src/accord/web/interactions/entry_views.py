"""HTTP for logging a contact; what may be filed is decided in rules and actions.py."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accord.decision import BadInput, NotAllowed
from accord.web.base.views import bad_input
from accord.web.interactions import actions, drafts, entry_page, filters, reach
from accord.web.interactions.entry_page import EntryPage
from accord.web.interactions.forms import EntryForm, LogForm, OfficersPersonForm, PersonForm
from accord.web.interactions.models import Interaction
from accord.web.interactions.models_drafts import Draft


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    """Log a contact."""
    schools = filters.schools(reach.scope(request, "interactions.log"), reading=False)
    form = _at_schools(schools)
    read = reach.scope(request, "interactions.read")
    person = PersonForm if read.district or read.schools else OfficersPersonForm
    blank = {"key": secrets.token_urlsafe(24)}
    if request.method != "POST":
        if "draft" in request.GET:
            kept = drafts.sent(_draft(request, request.GET["draft"]))
            return _new_page(request, entry_page.typed(form, kept, person), key=kept.get("key"))
        mine = list(schools[:2])
        known = {"school": mine[0].pk if len(mine) == 1 else None}
        return _new_page(request, entry_page.blank(form, at=request.at, person=person, **blank, **known))
    try:
        if request.POST.get("do") != "file":
            page = entry_page.typed(form, request.POST, person)
            saved = drafts.save(**reach.who(request), data=request.POST)
            if saved and request.POST.get("do") == "draft":
                messages.success(request, _("The draft is kept. Only you see it."))
            return _new_page(request, page, key=request.POST.get("key"))
        page = entry_page.bound(form, request.POST, person)
        if not page.valid():
            drafts.save(**reach.who(request), data=request.POST)
            return _new_page(request, page, status=422 if page.unclean else 400)
        data = page.main.cleaned_data
        told: dict[str, Any] = {"place": page.place(), "entry": page.entry(at=request.at), "details": page.details()}
        filed = actions.log(**reach.who(request), key=data["key"], school=data["school"], **told)
    except NotAllowed as refused:
        page.show(refused.decision.unmet)
        drafts.save(**reach.who(request), data=request.POST)
        return _new_page(request, page.beside_roster(data["school"], on=request.on), status=422)
    except actions.Conflict as conflict:
        again = request.POST.copy()
        again.update(blank)
        return _new_page(request, entry_page.typed(form, again, person), status=409, filed=conflict.filed)
    except BadInput as error:
        return bad_input(request, error)
    drafts.discard(by=request.user, key=data["key"])
    return lead_to(request, page, filed, _("The contact is logged as %(reference)s.") % {"reference": filed.reference})


def _at_schools(schools: Any) -> type[EntryForm]:
    """The form for a new contact, offering these schools."""

    class AtSchools(LogForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["school"].queryset = schools  # type: ignore[attr-defined]

    return AtSchools


def _draft_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _draft(request: Any, text: str) -> Draft:
    """A draft of one's own; any other is not there."""
    found: Draft = get_object_or_404(Draft.objects.of(request.user), uid=_draft_id(text))
    return found


@require_POST
def discard_draft(request: Any) -> HttpResponse:
    """Throw a draft of one's own away. Sent twice, it is gone all the same; another's stays."""
    drafts.discard(by=request.user, uid=_draft_id(request.POST.get("draft", "")))
    messages.success(request, _("The draft is gone."))
    return redirect("interactions:new")


def _new_page(request: Any, page: EntryPage, *, status: int = 200, key: str | None = None, **more: Any) -> HttpResponse:
    more |= {"drafts": Draft.objects.of(request.user).exclude(key=key or request.POST.get("key", ""))}
    return render(request, "interactions/new.html", {"page": page, "form": page.main, **more}, status=status)


def lead_to(request: Any, page: EntryPage, interaction: Interaction, text: str) -> HttpResponse:
    messages.success(request, text)
    if numbers := page.dropped():
        said = ", ".join(str(number) for number in numbers)
        text = _(
            "Left out for person %(numbers)s: grade, race, sex, disability and English learner belong to students."
        )
        messages.warning(request, text % {"numbers": said})
    return redirect("interactions:read", uid=interaction.uid)
