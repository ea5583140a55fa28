"""HTTP for opening what was let go. The line in the log is committed before the first byte of the copy leaves."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accord import clauses
from accord.decision import NotAllowed
from accord.facts import from_plain
from accord.facts import records as facts
from accord.web.base.scans import MEDIA
from accord.web.base.templatetags.accord import label, say, shown
from accord.web.records import actions, face, reach
from accord.web.records.models import Copy
from accord.web.records.models_requests import Released, Request
from accord.web.records.plain import answer_of

_ENDING = {media: ending for ending, media in reversed(MEDIA.items())}
_SEALED_OFF = "default-src 'none'; sandbox"
"""What a browser may do with a copy that is sent as a file: nothing but keep it."""


@require_http_methods(["GET", "HEAD", "POST"])
def open_copy(request: Any, uid: object, copy: object) -> HttpResponse:
    """The cover of a copy that was let go; sent as a form, the copy itself. Each opening is logged and asked again."""
    row = reach.own(request, uid)
    released = list(Released.objects.filter(decision__request=row).select_related("copy").defer("copy__content"))
    number, found = next(((at, one) for at, one in enumerate(released, 1) if one.copy.uid == copy), (0, None))
    if found is None:
        raise Http404
    context = _cover(row, found, number)
    if request.method != "POST":
        may = actions.opening(row, found.copy, at=request.at, on=request.on)
        return render(request, "records/open.html", {**context, "may": may}, status=200)
    try:
        opened = actions.open_copy(**reach.who(request), request=row, copy=found.copy)
    except NotAllowed as refused:
        return render(request, "records/open.html", {**context, "may": refused.decision}, status=403)
    return _sent(request, opened, context)


def _cover(row: Request, one: Released, number: int) -> dict[str, Any]:
    """What a copy carries on its face: to whom, for what, on which ground, and what may not be done with it."""
    made = row.decision
    return {
        "row": row,
        "copy": one.copy,
        "decision": made,
        "stated": from_plain(facts.Request, row.body),
        "limits": answer_of(made.answer).limits,
        "basis": clauses.clause(one.basis),
        "file": file_name(row, one.copy, number),
    }


def file_name(row: Request, copy: Copy, number: int) -> str:
    """The name of the file: it says nothing of the student, nor what the record is."""
    return f"{row.reference}-{number}.{_ENDING[copy.media_type]}"


def _sent(request: Any, copy: Copy, context: dict[str, Any]) -> HttpResponse:
    data = bytes(copy.content)
    if copy.media_type == MEDIA["txt"]:
        return render(request, "records/opened.html", {**context, "text": data.decode()})
    if copy.media_type == MEDIA["pdf"]:
        data = face.before(data, _lines(context))
    response = HttpResponse(data, content_type=copy.media_type)
    response["Content-Disposition"] = f'attachment; filename="{context["file"]}"'
    response["Content-Security-Policy"] = _SEALED_OFF
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _lines(context: dict[str, Any]) -> list[str]:
    """The face of a released copy, line by line."""
    row, stated, made, basis = context["row"], context["stated"], context["decision"], context["basis"]
    to = [row.asker.name, label(stated.asker.capacity), stated.asker.agency]
    facts_of = [
        (_("Released to"), ", ".join(one for one in to if one)),
        (_("For"), label(stated.purpose)),
        (_("Released on"), str(shown(made.on))),
        (_("On the ground"), f"{label(basis.title)} ({basis.id})"),
        (_("Source:"), basis.source),
        (_("Reference"), row.reference),
    ]
    limits = [say(one) for one in context["limits"]] or [_("Use it only for what it was released for.")]
    return [*(f"{name.rstrip(':')}: {told}" for name, told in facts_of), "", *limits, "", "34 CFR 99.33"]
