"""HTTP for enrollment counts: totals by school and group, and bringing in a file after a dry run."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Max, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accord.decision import BadInput
from accord.facts import Coded, Disability, EnglishLearner, Grade, Race, Sex
from accord.rules import people
from accord.stats.schema import ENROLLMENT
from accord.web.base.templatetags.accord import label
from accord.web.base.views import bad_input
from accord.web.interactions import enrollment
from accord.web.interactions.enrollment_actions import import_enrollment
from accord.web.interactions.forms import EnrollmentForm, EnrollmentTextForm
from accord.web.interactions.models import Enrollment

_SHOWN = 100
"""How many errors of a file stand on the page; the file of errors holds all."""

_GROUPS: tuple[tuple[str, str, type[Coded]], ...] = (
    ("grade", "Grade", Grade),
    ("race", "Race and ethnicity", Race),
    ("sex", "Sex", Sex),
    ("disability", "Disability service", Disability),
    ("english_learner", "English learner", EnglishLearner),
)


@dataclass(frozen=True)
class Totals:
    """Students by the groups of one column."""

    name: str
    rows: list[tuple[str, int]]


@require_safe
def index(request: Any) -> HttpResponse:
    """Totals of a school year by school and by group."""
    years = list(Enrollment.objects.order_by("-school_year").values_list("school_year", flat=True).distinct())
    year = request.GET.get("year") if request.GET.get("year") in years else next(iter(years), "")
    rows = Enrollment.objects.filter(school_year=year)
    tables = [_by_school(rows), *(_by_group(rows, *group) for group in _GROUPS)] if year else []
    context = {
        "years": years,
        "year": year,
        "tables": tables,
        "total": sum(count for _, count in tables[0].rows) if tables else 0,
        "as_of": rows.aggregate(day=Max("as_of"))["day"],
        "may_import": people.may(request.asker, "interactions.import_enrollment", on=request.on).allowed,
    }
    return render(request, "interactions/enrollment.html", context)


def _by_school(rows: Any) -> Totals:
    counts = rows.values_list("school__name").annotate(Sum("count")).order_by("school__name")
    return Totals(_("School"), list(counts))


def _by_group(rows: Any, column: str, name: str, kind: type[Coded]) -> Totals:
    counts = dict(rows.values_list(column).annotate(Sum("count")).order_by())
    return Totals(label(name), [(label(member), counts[member.value]) for member in kind if member.value in counts])


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: Any) -> HttpResponse:
    """Choose a file and see what it holds; then replace the school year's counts, or mend the file."""
    do = request.POST.get("do", "")
    if request.method != "POST":
        return _page(request, EnrollmentForm())
    if do == "import":
        return _import(request)
    if do == "errors":
        return _errors_file(request)
    form = EnrollmentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=400)
    if form.cleaned_data["as_of"] > request.on:
        form.add_error("as_of", _("The counts cannot lie in the future."))
        return _page(request, form, status=400)
    return _dry_run(request, form)


def _dry_run(request: Any, form: EnrollmentForm) -> HttpResponse:
    """What the file holds, with nothing stored."""
    upload = form.cleaned_data["file"]
    try:
        text = enrollment.decoded(upload.read(enrollment.MAX_BYTES + 1))
        reading = enrollment.read(text)
    except BadInput as error:
        form.add_error("file", f"{error.what} {error.mend}")
        return _page(request, form, status=400)
    carried = EnrollmentTextForm(initial={"content": text, "as_of": form.cleaned_data["as_of"]}, auto_id=False)
    if reading.errors:
        errors = enrollment.parted(reading.errors)
        more = {"errors": errors[:_SHOWN], "all_errors": len(errors), "carried": carried}
        return _page(request, form, status=400, **more)
    on_file = Enrollment.objects.filter(school_year=reading.school_year).aggregate(total=Sum("count"))["total"]
    return _page(
        request,
        EnrollmentForm(initial={"as_of": form.cleaned_data["as_of"]}),
        reading=reading,
        schools=_by_school_of(reading),
        on_file=on_file,
        carried=carried,
    )


def _by_school_of(reading: enrollment.Reading) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for row in reading.rows:
        counts[row["school"].name] = counts.get(row["school"].name, 0) + row["count"]
    return sorted(counts.items())


def _carried(request: Any) -> tuple[str, date]:
    form = EnrollmentTextForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("The page no longer holds the file."), mend=_("Choose the file again."))
    return form.cleaned_data["content"], form.cleaned_data["as_of"]


def _import(request: Any) -> HttpResponse:
    try:
        text, as_of = _carried(request)
        done = import_enrollment(by=request.user, at=request.at, on=request.on, text=text, as_of=as_of)
    except BadInput as error:
        return bad_input(request, error)
    values = {"students": done.students, "year": done.school_year}
    if done.changed:
        messages.success(request, _("%(students)s students of %(year)s are on file.") % values)
    else:
        messages.info(request, _("The same counts of %(year)s were on file already; nothing changed.") % values)
    return redirect(f"{reverse('interactions:enrollment')}?year={done.school_year}")


def _errors_file(request: Any) -> HttpResponse:
    """All errors of the file as CSV."""
    try:
        text, _as_of = _carried(request)
        errors = enrollment.read(text).errors
    except BadInput as error:
        return bad_input(request, error)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="enrollment-errors.csv"'
    writer = csv.writer(response)
    writer.writerow(["where", "what"])
    writer.writerows(enrollment.parted(errors))
    return response


def _page(request: Any, form: EnrollmentForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "columns": ENROLLMENT, **more}
    return render(request, "interactions/import_enrollment.html", context, status=status)
