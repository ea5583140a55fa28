"""HTTP for the register: the list, one request, telling the rest, a copy of the paper."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.decision import BadInput, NotAllowed
from accord.rules import people
from accord.rules.immigration import register_text_is_clean
from accord.rules.immigration import requests as rule
from accord.web.immigration import actions, guide, listing, signing
from accord.web.immigration.forms import GROUPS, ClearForm, RestForm, ReviewForm, ScanForm
from accord.web.immigration.listing import Row
from accord.web.immigration.models import Entry, whom_to_call
from accord.web.immigration.refused import refuse
from accord.web.people import carrying, seals

_KIND = "immigration.rest"
carrying.PAGES[_KIND] = carrying.Page(
    lambda form: reverse("immigration:complete", args=[form]),
    lambda text: bool(register_text_is_clean(text).met),
)


@require_safe
def index(request: Any) -> HttpResponse:
    """The requests that this person reaches, the newest first."""

    def may(permission: str) -> bool:
        return people.may(request.asker, permission, on=request.on).allowed

    page = listing.page(request)
    context = {
        "page": page,
        "rows": [listing.row(one) for one in page],
        "may_board": may("immigration.board"),
        "may_see_officers": may("immigration.read_acknowledgements"),
        "may_keep_contacts": may("immigration.keep_contacts"),
        "mine": signing.own(request.user, on=request.on) if may("immigration.acknowledge") else None,
    }
    return render(request, "immigration/list.html", context)


@require_safe
def read(request: Any, uid: object) -> HttpResponse:
    """One request: what staff may do about it, what is told of it, and what was found."""
    return entry_page(request, listing.visible(request, uid))


def entry_page(request: Any, entry: Entry, *, status: int = 200, conflict: bool = False, **bound: Any) -> HttpResponse:
    """The page of one request, with the forms that this person may send."""
    row = listing.row(entry)
    may_review = actions.may_review(request.user, entry, on=request.on)
    school = str(entry.school_id)
    opens = people.may(request.asker, "immigration.review", on=request.on, school=school).allowed
    officer = actions.is_officer(request.user, on=request.on)
    context = {
        "row": row,
        "entry": entry,
        "shown": _shown(row),
        "answers": guide.answers(row.told, entry.cleared, on=request.on),
        "opened": rule.opened(row.told, entry.cleared, on=request.on),
        "call": whom_to_call(),
        "versions": list(entry.versions.all())[::-1],
        "clearances": list(entry.clearances.all()),
        "scans": list(entry.scans.defer("content").select_related("by")),
        "may_complete": entry.author_id == request.user.pk
        or people.may(request.asker, "immigration.report", on=request.on, school=school).allowed,
        "may_open": opens and not officer,
        "may_review": may_review,
        "may_clear": people.may(request.asker, "immigration.clear", on=request.on).allowed and not officer,
        "review_form": bound.get("review") or ReviewForm(initial={"number": row.version.number}),
        "clear_form": bound.get("clear") or ClearForm(),
        "scan_form": bound.get("scan") or ScanForm(),
        "conflict": conflict,
        "errors": next(iter(bound.values()), None),
    }
    return render(request, "immigration/read.html", context, status=status)


def _shown(row: Row) -> list[tuple[Any, list[tuple[Any, Any]]]]:
    """What is told, in the groups of the form; what is empty is left out."""
    told, fields = asdict(row.told), RestForm.base_fields
    groups = [
        (title, [(fields[name].label, getattr(row.told, name)) for name in names if told.get(name)])
        for title, names in GROUPS
    ]
    return [(title, answers) for title, answers in groups if answers]


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: Any, uid: object) -> HttpResponse:
    """Tell the rest, or correct what was told."""
    entry = listing.visible(request, uid)
    newest = entry.newest
    if request.method != "POST":
        typed = carrying.typed(request, _KIND, form=str(entry.uid))
        form = RestForm(typed, initial={**asdict(newest.facts()), "number": newest.number})
        form.errors.clear()  # what stands in it from before a lost session was not sent yet
        return _form(request, entry, form, 200)
    form = RestForm(request.POST)
    if not form.is_valid():
        return _form(request, entry, form, 400)
    try:
        actions.complete(
            by=request.user,
            at=request.at,
            on=request.on,
            entry=entry,
            number=form.cleaned_data["number"],
            request=form.told(),
            reason=form.cleaned_data["reason"],
        )
    except NotAllowed as refused:
        refuse(form, refused)
        return _form(request, entry, form, 422)
    except actions.Conflict:
        return _form(request, entry, form, 409, conflict=True)
    carrying.filed(request)
    messages.success(request, _("It is on the register."))
    return redirect("immigration:read", uid=entry.uid)


def _form(request: Any, entry: Entry, form: RestForm, status: int, *, conflict: bool = False) -> HttpResponse:
    groups = [(title, [form[name] for name in names]) for title, names in GROUPS]
    seal = seals.sealed(request.user, kind=_KIND, form=str(entry.uid))
    context = {"entry": entry, "form": form, "groups": groups, "conflict": conflict, "seal": seal}
    return render(request, "immigration/complete.html", context, status=status)


@require_POST
def keep_scan(request: Any, uid: object) -> HttpResponse:
    """Keep a copy of the paper."""
    entry = listing.visible(request, uid)
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return entry_page(request, entry, status=400, scan=form)
    file = form.cleaned_data["file"]
    try:
        actions.keep_scan(by=request.user, at=request.at, on=request.on, entry=entry, name=file.name, data=file.read())
    except BadInput as refused:
        refuse(form, refused)
        return entry_page(request, entry, status=400, scan=form)
    messages.success(request, _("The copy is kept."))
    return redirect("immigration:read", uid=entry.uid)
