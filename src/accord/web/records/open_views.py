"""HTTP for opening what was let go. The line in the log is committed before the first byte of the copy leaves."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accord import clauses
from accord.decision import NotAllowed
from accord.facts import from_plain
from accord.facts import records as facts
from accord.web.base.scans import MEDIA
from accord.web.records import actions, face_words, reach
from accord.web.records.face import Leaving
from accord.web.records.models_requests import Released, Request

_SEALED_OFF = "default-src 'none'; sandbox"
"""What a browser may do with a copy that is sent as a file: nothing but keep it."""


@require_http_methods(["GET", "HEAD", "POST"])
def open_copy(request: Any, uid: object, copy: object) -> HttpResponse:
    """The cover of a copy that was let go; sent as a form, the copy itself. Each opening is logged and asked again."""
    row = reach.own(request, uid)
    rows = Released.objects.filter(decision__request=row).select_related("copy__student")
    released = list(rows.defer("copy__content"))
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
    stated = from_plain(facts.Request, row.body)
    return {
        "row": row,
        "copy": one.copy,
        "decision": row.decision,
        "stated": stated,
        "to": face_words.recipient(row, stated),
        "limits": face_words.limits_of(row),
        "basis": clauses.clause(one.basis),
        "file": file_name(row, number),
    }


def file_name(row: Request, number: int) -> str:
    """The name of the file: it says nothing of the student, nor what the record is. All but text leaves as a PDF."""
    return f"{row.reference}-{number}.pdf"


def _sent(request: Any, leaves: Leaving, context: dict[str, Any]) -> HttpResponse:
    if leaves.text is not None:
        return render(request, "records/opened.html", {**context, "text": leaves.text})
    response = HttpResponse(leaves.pdf, content_type=MEDIA["pdf"])
    response["Content-Disposition"] = f'attachment; filename="{context["file"]}"'
    response["Content-Security-Policy"] = _SEALED_OFF
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
