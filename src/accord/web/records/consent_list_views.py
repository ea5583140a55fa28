"""HTTP for lists of consents: one's own, and for whoever keeps the records those for a student."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from accord.web.records import consent_reach, consent_state, family
from accord.web.records.consent_forms import FindForm
from accord.web.records.consent_views import language_of
from accord.web.records.family import Child
from accord.web.records.models import Link
from accord.web.students.actions import FOUND, search
from accord.web.students.models import Student


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Any) -> HttpResponse:
    """One's own consents, by child; for whoever keeps the records, a search for a student."""
    keeps = family.keeps(request.user, on=request.on)
    posted = keeps and request.method == "POST"
    form = FindForm(request.POST if posted else None)
    found: list[Student] = []
    if posted and form.is_valid():
        found = search(by=request.user, at=request.at, on=request.on, text=form.cleaned_data["text"])
    refused = request.method == "POST" and (not keeps or bool(form.errors))
    context = {
        "keeps": keeps,
        "form": form,
        "searched": posted and form.is_valid(),
        "found": found,
        "most": FOUND,
        "children": mine(request),
    }
    return render(request, "records/consents.html", context, status=400 if refused else 200)


def mine(request: Any) -> list[tuple[Child, list[consent_state.Shown]]]:
    """Every child of this account today, with the consents it may see."""
    linked = family.children(request.user, at=request.at, on=request.on)
    return [(child, _shown(request, child)) for child in linked]


def _shown(request: Any, child: Child) -> list[consent_state.Shown]:
    every = consent_state.shown(child.student, on=request.on, language=language_of(get_language()))
    return [one for one in every if consent_reach.may_see(child, one.consent)]


@require_safe
def of_student(request: Any, uid: UUID) -> HttpResponse:
    """For whoever keeps the records: every consent for a student, and who may sign. It leaves an event."""
    student: Student | None = Student.objects.filter(uid=uid).first()
    if student is None or not family.keeps(request.user, on=request.on):
        raise Http404
    shown = consent_state.shown(student, on=request.on, language=language_of(get_language()))
    consent_reach.told(by=request.user, at=request.at, on=request.on, student=student, shown=len(shown))
    links = Link.objects.standing(request.on).filter(student=student).select_related("user")
    return render(request, "records/consents_of.html", {"student": student, "consents": shown, "links": links})
