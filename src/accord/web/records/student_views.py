"""HTTP for the file of a student: finding it, the copies that are held, and who holds the rights to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accord.decision import BadInput, Finding, NotAllowed
from accord.facts import Grade
from accord.facts import records as facts
from accord.rules import people
from accord.rules.records_bars import OUTSIDE
from accord.web.base.scans import MEDIA
from accord.web.records import facts as filed
from accord.web.records import keeping, link_pages, reach, reading
from accord.web.records.ask_views import show
from accord.web.records.copy_forms import CopyForm
from accord.web.records.models import Copy, Held, HeldKind
from accord.web.students.actions import FOUND, search
from accord.web.students.forms import SearchForm
from accord.web.students.models import Student


@dataclass(frozen=True)
class Shown:
    """A copy and its class: the finding that takes it out of the education records, if one does, else why none does."""

    copy: Copy
    outside: bool
    finding: Finding


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Any) -> HttpResponse:
    """Find a student. The search is posted: no name stands in an address."""
    if request.method != "POST":
        return render(request, "records/find_student.html", {"form": SearchForm()})
    form = SearchForm(request.POST)
    if not form.is_valid():
        return render(request, "records/find_student.html", {"form": form}, status=400)
    found = [(one, Grade(one.grade)) for one in search(**reach.who(request), text=form.cleaned_data["text"])]
    context = {"form": form, "found": found, "searched": True, "most": FOUND}
    return render(request, "records/find_student.html", context)


def reached(request: Any, uid: object) -> Student:
    """The student, when this person reaches the roster that far.

    Raises:
        Http404: when there is none, or out of reach, alike.
    """
    rows = Student.objects.visible_to(people.scope(request.asker, "students.read", on=request.on))
    row: Student = get_object_or_404(rows.select_related("school"), uid=uid)
    return row


@require_safe
def student(request: Any, uid: object) -> HttpResponse:
    """The file of a student: copies, papers about them, and who holds the rights."""
    row = reached(request, uid)
    reading.reveal_student(**reach.who(request), student=row)
    keeps = reach.may(request, "records.keep")
    about = Held.objects.filter(kind__in=(HeldKind.BAR, HeldKind.OPT_OUT), body__student=str(row.uid), end__isnull=True)
    context = {
        "student": row,
        "grade": Grade(row.grade),
        "keeps": keeps,
        "copies": classed(list(Copy.objects.filter(student=row).defer("content")), request) if keeps else [],
        "about": list(about.defer("scan")) if keeps else [],
        "links": link_pages.rows(request, student=row),
    }
    return render(request, "records/student.html", context)


def classed(copies: list[Copy], request: Any) -> list[Shown]:
    """Each copy with its class on this day."""
    on_file = filed.on_file(None, filed.held_now(), at=request.at)
    return [_shown(one, on_file, request) for one in copies]


def _shown(copy: Copy, on_file: facts.OnFile, request: Any) -> Shown:
    asked = facts.Asked(facts.Request(records=(filed.record(copy, interest=""),)), request.on, on_file)
    found = [rule(asked) for rule in OUTSIDE]
    met = next((one for one in found if one.met), None)
    return Shown(copy, met is not None, met or found[0])


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: Any, uid: object) -> HttpResponse:
    """File a copy of a record of a student."""
    row = reached(request, uid)
    form = CopyForm(request.POST, request.FILES) if request.method == "POST" else CopyForm()
    if request.method != "POST":
        return _keep_page(request, row, form)
    if not form.is_valid():
        return _keep_page(request, row, form, status=400)
    data = form.cleaned_data
    try:
        copy = keeping.keep(
            **reach.who(request),
            student=row,
            kind=facts.RecordKind(data["kind"]),
            title=data["title"],
            said=form.said(),
            name=data["file"].name,
            data=data["file"].read(),
        )
    except NotAllowed as refused:
        show(form, refused.decision.unmet)
        return _keep_page(request, row, form, status=422)
    except BadInput as error:
        form.add_error(error.where if error.where in form.fields else None, f"{error.what} {error.mend}")
        return _keep_page(request, row, form, status=400)
    messages.success(request, _("The copy is filed. See below how it counts."))
    return redirect("records:copy", uid=copy.uid)


def _keep_page(request: Any, row: Student, form: CopyForm, *, status: int = 200) -> HttpResponse:
    reading.reveal_student(**reach.who(request), student=row)
    context = {"student": row, "form": form, "again": status != 200}
    return render(request, "records/keep.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: Any, uid: object) -> HttpResponse:
    """One copy: what was said of it and how it counts; sent as a form, its content for whoever keeps it."""
    row = Copy.objects.select_related("student__school", "by").defer("content").filter(uid=uid).first()
    if row is None:
        raise Http404
    reading.reveal_copy(**reach.who(request), copy=row)
    if request.method != "POST":
        [shown] = classed([row], request)
        said = filed.record(row, interest="")
        return render(request, "records/copy.html", {"shown": shown, "copy": row, "said": said})
    response = HttpResponse(bytes(row.content), content_type=row.media_type)
    ending = next(one for one, media in MEDIA.items() if media == row.media_type)
    response["Content-Disposition"] = f'attachment; filename="copy-{row.pk}.{ending}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
