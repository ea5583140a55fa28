"""HTTP for looking a student up. A search is posted, so that no name stands in an address or a log."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accord.facts import Disability, EnglishLearner, Grade, Race
from accord.rules import people
from accord.web.students.actions import FOUND, search
from accord.web.students.forms import SearchForm
from accord.web.students.models import RosterImport, Student


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Any) -> HttpResponse:
    """How many students there are; with a search, who was found."""
    if request.method != "POST":
        return _page(request, SearchForm())
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    found = search(by=request.user, at=request.at, on=request.on, text=form.cleaned_data["text"])
    return _page(request, form, found=[_shown(one) for one in found], searched=True, most=FOUND)


def _shown(student: Student) -> dict[str, Any]:
    return {
        "student": student,
        "grade": Grade(student.grade),
        "race": Race(student.race),
        "disability": Disability(student.disability),
        "english_learner": EnglishLearner(student.english_learner),
    }


def _page(request: Any, form: SearchForm, *, status: int = 200, **more: Any) -> HttpResponse:
    scope = people.scope(request.asker, "students.read", on=request.on)
    enrolled = Student.objects.visible_to(scope).enrolled(request.on)
    by_school = list(enrolled.order_by("school__name").values_list("school__name").annotate(Count("pk")))
    context = {
        "form": form,
        "by_school": by_school,
        "total": sum(count for _, count in by_school),
        "last": RosterImport.objects.first(),
        "may_import": people.may(request.asker, "students.import", on=request.on).allowed,
        **more,
    }
    return render(request, "students/list.html", context, status=status)
