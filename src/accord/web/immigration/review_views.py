"""HTTP for whoever looks over a request: opening the paper, reviewing, clearing, letters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord.decision import NotAllowed
from accord.facts.immigration import Kept, Known
from accord.web.immigration import actions, listing
from accord.web.immigration import letters as drafts
from accord.web.immigration.entry_views import entry_page
from accord.web.immigration.forms import ClearForm, ReviewForm
from accord.web.immigration.models import Scan, whom_to_call
from accord.web.immigration.refused import refuse


@require_safe
def open_scan(request: Any, uid: object, scan: object) -> HttpResponse:
    """A kept paper, for whoever reviews requests. That it was opened is on file before the first byte leaves."""
    entry = listing.visible(request, uid)
    row = Scan.objects.select_related("entry__school").filter(entry=entry, uid=scan).first()
    if row is None:
        raise Http404
    opened = actions.open_scan(by=request.user, at=request.at, on=request.on, scan=row)
    headers = {"Content-Disposition": f'attachment; filename="{entry.reference}"', "Cache-Control": "no-store"}
    return HttpResponse(bytes(opened.content), content_type=opened.media_type, headers=headers)


@require_POST
def review(request: Any, uid: object) -> HttpResponse:
    """File what a second person found."""
    entry = listing.visible(request, uid)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return entry_page(request, entry, status=400, review=form)
    data = form.cleaned_data
    try:
        actions.review(
            by=request.user,
            at=request.at,
            on=request.on,
            entry=entry,
            number=data["number"],
            found=Kept(data["found"]),
            note=data["note"],
        )
    except NotAllowed as refused:
        refuse(form, refused)
        return entry_page(request, entry, status=422, review=form)
    except actions.Conflict:
        return entry_page(request, listing.visible(request, uid), status=409, conflict=True, review=form)
    messages.success(request, _("The review is filed."))
    return redirect("immigration:read", uid=entry.uid)


@require_POST
def clear(request: Any, uid: object) -> HttpResponse:
    """Put on file whether the paper binds the district."""
    entry = listing.visible(request, uid)
    form = ClearForm(request.POST)
    if not form.is_valid():
        return entry_page(request, entry, status=400, clear=form)
    data = form.cleaned_data
    try:
        actions.clear(
            by=request.user, at=request.at, on=request.on, entry=entry, binds=Known(data["binds"]), why=data["why"]
        )
    except NotAllowed as refused:
        refuse(form, refused)
        return entry_page(request, entry, status=422, clear=form)
    messages.success(request, _("It is on file."))
    return redirect("immigration:read", uid=entry.uid)


@require_safe
def letters(request: Any, uid: object) -> HttpResponse:
    """Drafts to copy or print, naming nobody: to the state's Department of Justice, counsel, parents and staff."""
    entry = listing.visible(request, uid)
    row = listing.row(entry)
    context = {"entry": entry, "letters": drafts.letters(row, call=whom_to_call())}
    return render(request, "immigration/letters.html", context)
