"""HTTP for the papers on file that bear on requests: what is on file, putting one there, and ending one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accord.decision import BadInput, NotAllowed
from accord.web.records import held_pages, keeping, reach, reading, student_views
from accord.web.records.ask_views import show
from accord.web.records.held_forms import FORMS, OF_PROGRAM, OF_STUDENT, EndPaperForm, HeldForm
from accord.web.records.models import Held, HeldKind
from accord.web.students.models import Student


@require_safe
def index(request: Any) -> HttpResponse:
    """The papers of the program; those about one student stand in the student's file."""
    papers = Held.objects.filter(kind__in=OF_PROGRAM).select_related("by", "end__by").defer("scan")
    told = held_pages.rows(list(papers))
    context = {
        "rows": [one for one in told if not hasattr(one.held, "end")],
        "ended": [one for one in told if hasattr(one.held, "end")],
        "kinds": OF_PROGRAM,
    }
    return render(request, "records/on_file.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def put(request: Any, kind: str) -> HttpResponse:
    """Put a paper on file: what it says becomes the fact that the rule reads."""
    if kind not in FORMS:
        raise Http404
    held, student = HeldKind(kind), _about(request, HeldKind(kind))
    if request.method != "POST":
        return _page(request, held, FORMS[held](initial={"student": student.uid if student else None}), student)
    form = FORMS[held](request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, held, form, student, status=400)
    scan = form.cleaned_data["scan"]
    try:
        keeping.put_on_file(
            **reach.who(request),
            kind=held,
            title=form.cleaned_data["title"],
            body=form.body(),
            scan=scan.read() if scan else b"",
            name=scan.name if scan else "",
        )
    except NotAllowed as refused:
        show(form, refused.decision.unmet)
        return _page(request, held, form, student, status=422)
    except BadInput as error:
        field = "scan" if error.where == "file" else error.where
        form.add_error(field if field in form.fields else None, f"{error.what} {error.mend}")
        return _page(request, held, form, student, status=400)
    messages.success(request, _("It is on file and counts from now on."))
    return redirect("records:student", uid=student.uid) if student else redirect("records:on_file")


def _about(request: Any, kind: HeldKind) -> Student | None:
    """The student whom the paper is about.

    Raises:
        Http404: when it is about a student and none is named whom this person reaches.
    """
    if kind not in OF_STUDENT:
        return None
    sent = (request.POST if request.method == "POST" else request.GET).get("student", "")
    try:
        return student_views.reached(request, UUID(sent))
    except ValueError as error:
        raise Http404 from error


def _page(request: Any, kind: HeldKind, form: HeldForm, student: Student | None, *, status: int = 200) -> HttpResponse:
    if student:
        reading.reveal_student(**reach.who(request), student=student)
    context = {"kind": kind, "form": form, "student": student, "again": status != 200}
    return render(request, "records/put.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Any, uid: object) -> HttpResponse:
    """Say that a paper counts no more."""
    row = Held.objects.select_related("by", "end__by").filter(uid=uid, kind__in=FORMS).first()
    if row is None:
        raise Http404
    form = EndPaperForm(request.POST) if request.method == "POST" else EndPaperForm()
    if request.method != "POST":
        return _end_page(request, row, form)
    if not form.is_valid():
        return _end_page(request, row, form, status=400)
    try:
        keeping.end_paper(**reach.who(request), held=row, **form.cleaned_data)
    except NotAllowed as refused:
        show(form, refused.decision.unmet)
        return _end_page(request, row, form, status=422)
    except BadInput as error:
        form.add_error(None, f"{error.what} {error.mend}")
        return _end_page(request, row, form, status=409)
    messages.success(request, _("It counts no more from now on."))
    return redirect("records:on_file")


def _end_page(request: Any, row: Held, form: EndPaperForm, *, status: int = 200) -> HttpResponse:
    [told] = held_pages.rows([row])
    return render(request, "records/end_paper.html", {"row": told, "form": form}, status=status)
