"""HTTP for drafts: saved by the script of the form, kept when a form came too late, and discarded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accord.rules import people
from accord.web.interactions import drafts, drafts_shown, quick, reach
from accord.web.interactions.models import Interaction
from accord.web.interactions.models_drafts import Draft
from accord.web.people import carrying, seals
from accord.web.people.models import User
from accord.web.people.session_views import left_out

Read = Callable[[User, date, QueryDict], QueryDict]


def _as_sent(by: User, on: date, data: QueryDict) -> QueryDict:
    return data


def _quick(by: User, on: date, data: QueryDict) -> QueryDict:
    read = people.scope(by.facts(), "interactions.read", on=on)
    return quick.as_full(data, own=not (read.district or read.schools))


FORMS: dict[str, Read] = {"interactions": _as_sent, "interactions.quick": _quick}
"""The kinds of forms, as their seals name them, and how each is read as the full form, in which a draft is opened."""


@csrf_exempt
@require_POST
def save(request: Any) -> HttpResponse:
    """Keep a form as a draft, and say by the code alone what came of it.

    204 kept · 422 kept but for a text that may not be stored or is too long · 401 nobody is signed in
    (people/middleware.py) · 403 no genuine seal of a form left open no longer than a school day, or not allowed ·
    409 somebody else is signed in than the author · 410 this form is filed already.

    The seal stands for the token against forgery: no other site can have one of this person, and unlike the token it
    outlives a sign-in in another tab.
    """
    seal = seals.opened(request.POST.get(carrying.SEAL, ""), on=request.on)
    if seal is None or seal.kind not in FORMS:
        return HttpResponse(status=403)
    if seal.by != str(request.user.uid):
        return HttpResponse(status=409)
    if drafts.is_filed(by=request.user, key=seal.form):
        return HttpResponse(status=410)
    data = FORMS[seal.kind](request.user, request.on, request.POST)
    saved = drafts.save(**reach.who(request), data=data, key=seal.form)
    if saved is None:
        return HttpResponse(status=403)
    return HttpResponse(status=204 if drafts.is_whole(data) else 422)


def _keeper(read: Read) -> carrying.Keep:
    """Keeps a form that came too late, and says where its author goes on."""

    def keep(*, by: User, at: datetime, on: date, form: str, data: QueryDict) -> carrying.Kept | None:
        full = read(by, on, data)
        draft = drafts.save(by=by, at=at, on=on, data=full, key=form)
        return carrying.Kept(drafts_shown.onward(draft), drafts.is_whole(full)) if draft else None

    return keep


carrying.KEEP.update({kind: _keeper(read) for kind, read in FORMS.items()})


def say_kept(request: Any) -> None:
    """Say on the next page that what was sent is kept, and whether all of it is."""
    if drafts.is_whole(request.POST):
        messages.success(request, _("The draft is kept. Only you see it."))
    else:
        messages.warning(request, f"{_('The draft is kept. Only you see it.')} {left_out()}")


def keep_correction(request: Any, contact: Interaction) -> None:
    """Keep what was sent to correct a contact and is not filed."""
    key = drafts.correction_key(contact.uid, request.POST.get("number", ""))
    drafts.save(**reach.who(request), data=request.POST, key=key)


def asked_for(request: Any, contact: Interaction | None = None) -> Draft:
    """The draft that `?draft=` names, when it is one's own and of this form: of the contact corrected, or of none."""
    found: Draft = get_object_or_404(Draft.objects.of(request.user), uid=_id(request.GET.get("draft", "")))
    correction = drafts.corrects(found.key)
    if (correction and correction[0]) != (contact and contact.uid):
        raise Http404
    return found


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
def discard(request: Any) -> HttpResponse:
    """Throw a draft of one's own away. Sent twice, it is gone all the same; another's stays."""
    drafts.discard(by=request.user, uid=_id(request.POST.get("draft", "")))
    messages.success(request, _("The draft is gone."))
    return redirect("interactions:list")
