"""HTTP for Board reports; what may be done is decided in rules/reports and actions.py."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.decision import BadInput, Decision, NotAllowed
from accord.rules import controls, people
from accord.stats import render as files
from accord.web.base.views import problem
from accord.web.reports import actions, facts, printed, standing
from accord.web.reports.choices import choices
from accord.web.reports.forms import DraftForm
from accord.web.reports.models import Edition
from accord.web.reports.sheets import common_notes, sheet


def _may(request: Any, permission: str) -> bool:
    return people.may(request.asker, permission, on=request.on).allowed


def _visible(request: Any) -> QuerySet[Edition]:
    return Edition.objects.visible_to(reads_drafts=_may(request, "reports.read_drafts"))


def _publication(request: Any, edition: Edition, others: list[standing.Days]) -> Decision:
    return standing.may_publish(edition, asker=request.asker, others=others, on=request.on)


@require_safe
def editions(request: Any) -> HttpResponse:
    """Published reports, newest first, and when the next is due; drafts for those who may read them."""
    published = Edition.objects.published().defer("body")
    drafts: list[Edition] = []
    if _may(request, "reports.read_drafts"):
        drafts = list(Edition.objects.drafts().select_related("drafted_by"))
    others = facts.periods() if drafts else []
    context = {
        "editions": published,
        "drafts": [(draft, _publication(request, draft, others)) for draft in drafts],
        "due": standing.due(controls.Reports(facts.editions(on=request.on)), on=request.on),
        "may_draft": _may(request, "reports.draft"),
    }
    return render(request, "reports/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Any) -> HttpResponse:
    """Choose a period; freeze its figures as a draft."""
    if request.method != "POST":
        return _choose(request, DraftForm(on=request.on), 200)
    form = DraftForm(request.POST, on=request.on)
    if not form.is_valid():
        return _choose(request, form, 400)
    period, key = form.cleaned_data["period"], form.cleaned_data["key"]
    try:
        made = actions.draft(by=request.user, at=request.at, on=request.on, period=period, key=key)
    except NotAllowed as refused:
        return _choose(request, form, 422, findings=refused.decision.unmet)
    except BadInput as error:
        form.add_error(None, f"{error} {error.mend}")
        return _choose(request, form, 400)
    except actions.Overtaken:
        form.add_error(None, _("This period has a draft or a report already. Open it below."))
        return _choose(request, form, 409)
    except actions.Conflict:
        again = DraftForm({"period": period.slug, "key": uuid4()}, on=request.on)
        again.add_error(None, _("This page led to another draft before. Nothing was stored; press the button again."))
        return _choose(request, again, 409)
    messages.success(request, _("The draft is frozen. Read it; a second person publishes it."))
    return redirect("reports:read", slug=made.slug)


def _choose(request: Any, form: DraftForm, status: int, **more: Any) -> HttpResponse:
    offered = choices(asker=request.asker, on=request.on)
    context = {
        "form": form,
        "choices": [one for one in offered if not one.empty],
        "empty": [one for one in offered if one.empty],
        **more,
    }
    return render(request, "reports/draft.html", context, status=status)


@require_safe
def read(request: Any, slug: str) -> HttpResponse:
    """One report, drawn from its frozen text. A draft is there only for those who may read drafts."""
    edition = get_object_or_404(_visible(request).select_related("drafted_by", "published_by"), slug=slug)
    return _read(request, edition, 200)


def _read(request: Any, edition: Edition, status: int) -> HttpResponse:
    shown = printed.read(edition.body)
    notes = common_notes(shown.tables)
    context = {
        "edition": edition,
        "printed": shown.data,
        "interactions": printed.figure(shown.data["interactions"]),
        "not_reviewed": printed.figure(shown.data["not_reviewed"]),
        "requests": printed.requests(shown),
        "emergencies": printed.emergencies(shown),
        "totals": printed.totals(shown),
        "not_recorded": printed.not_recorded(shown),
        "notes": notes,
        "sheets": [sheet(table, said=notes) for table in shown.tables],
        "checksum": printed.checksum(edition.body),
    }
    if not edition.is_published:
        context["publication"] = _publication(request, edition, facts.periods())
        context["may_discard"] = _may(request, "reports.draft")
    return render(request, "reports/read.html", context, status=status)


@require_safe
def table_csv(request: Any, slug: str, table: str) -> HttpResponse:
    """One table of a report as CSV."""
    edition = get_object_or_404(_visible(request), slug=slug)
    plain = printed.table(edition.body, table)
    if plain is None:
        raise Http404
    return _file(files.table_csv(plain), "text/csv; charset=utf-8", f"{slug}-{table}.csv")


@require_safe
def whole(request: Any, slug: str) -> HttpResponse:
    """The exact bytes that were frozen."""
    edition = get_object_or_404(_visible(request), slug=slug)
    return _file(edition.body, "application/json", f"{slug}.json")


def _file(text: str, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text.encode(), content_type=kind, headers=headers)


@require_POST
def publish(request: Any, slug: str) -> HttpResponse:
    """Publish a draft; what stops it is shown on the draft."""
    edition = get_object_or_404(_visible(request).select_related("drafted_by", "published_by"), slug=slug)
    try:
        actions.publish(by=request.user, at=request.at, on=request.on, edition=edition, seen=_seen(request))
    except NotAllowed:
        return _read(request, edition, 422)
    except actions.Overtaken:
        return _overtaken(request)
    messages.success(request, _("The report is published. Everyone can read it here."))
    return redirect("reports:read", slug=slug)


@require_POST
def discard(request: Any, slug: str) -> HttpResponse:
    """Take a draft back."""
    edition = get_object_or_404(_visible(request), slug=slug)
    try:
        actions.discard(by=request.user, at=request.at, on=request.on, edition=edition, seen=_seen(request))
    except actions.Overtaken:
        return _overtaken(request)
    messages.success(request, _("The draft is discarded. The period can be drafted again."))
    return redirect("reports:list")


def _seen(request: Any) -> str:
    """The digest of the draft that stood on the page the person decided on."""
    return str(request.POST.get("digest", ""))


def _overtaken(request: Any) -> HttpResponse:
    return problem(
        request,
        409,
        _("Someone was faster"),
        _("This draft was published, discarded or drafted again since you opened it. Nothing was stored."),
        _("Open the list of reports to see where it stands."),
    )
