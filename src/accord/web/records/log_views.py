"""HTTP for the log of requests and releases of a student's records. To whoever may not read it, it is not there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accord.web.records import family, log_actions
from accord.web.students.models import Student


@require_safe
def read(request: Any, uid: UUID) -> HttpResponse:
    """The log on a student: whole for whoever keeps the records, and what a family may see for the family."""
    student: Student | None = Student.objects.filter(uid=uid).first()
    if student is None:
        raise Http404
    keeps = family.keeps(request.user, on=request.on)
    if keeps:
        lines = log_actions.read(by=request.user, at=request.at, on=request.on, student=student)
    else:
        child = family.child(request.user, student, at=request.at, on=request.on)
        if child is None or not child.reads.met:
            raise Http404
        lines = log_actions.read_own(by=request.user, at=request.at, on=request.on, child=child)
    return render(request, "records/log.html", {"student": student, "keeps": keeps, "lines": lines})


@require_safe
def export(request: Any, uid: UUID) -> HttpResponse:
    """The log on a student as CSV for an auditor, for whoever keeps the records. It leaves an event."""
    student: Student | None = Student.objects.filter(uid=uid).first()
    if student is None or not family.keeps(request.user, on=request.on):
        raise Http404
    text = log_actions.export(by=request.user, at=request.at, on=request.on, student=student)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="disclosure-log.csv"'
    return response
