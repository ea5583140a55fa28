"""HTTP for counting enrollment from the roster: what would change first, then stored like a file that is brought in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accord.decision import BadInput
from accord.facts.school_years import school_year
from accord.web.interactions.enrollment_actions import import_enrollment
from accord.web.interactions.forms import EnrollmentCountForm
from accord.web.interactions.models import Enrollment
from accord.web.students import enrollment as roster


@dataclass(frozen=True)
class Counted:
    """What the roster counts as of a day. `digest` tells whether a later count is the same."""

    text: str
    students: int
    by_school: dict[str, int]
    unplaced: int

    @property
    def digest(self) -> str:
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Change:
    """The students of a school: on file for the school year, and as counted."""

    school: str
    before: int
    after: int


@require_http_methods(["GET", "HEAD", "POST"])
def count(request: Any) -> HttpResponse:
    """Count the students enrolled on a day, show what would change, then put it on file."""
    if request.method != "POST":
        return _page(request, EnrollmentCountForm(initial={"as_of": request.on}))
    form = EnrollmentCountForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    as_of = form.cleaned_data["as_of"]
    try:
        counted = _counted(as_of, today=request.on)
        if request.POST.get("do") == "import":
            return _store(request, form, counted)
    except BadInput as error:
        form.add_error("as_of", f"{error.what} {error.mend}")
        return _page(request, form, status=400)
    return _shown(request, counted, as_of)


def _counted(as_of: date, *, today: date) -> Counted:
    if as_of > today:
        raise BadInput(_("The counts cannot lie in the future."), mend=_("Give today or a day before."))
    rows = roster.counts(on=as_of)
    if not rows:
        raise BadInput(
            _("The roster has nobody at a school of the district on that day."),
            mend=_("Choose another day, or bring in a roster first."),
        )
    by_school: dict[str, int] = {}
    for row in rows:
        by_school[row["school"]] = by_school.get(row["school"], 0) + row["count"]
    return Counted(roster.as_csv(rows), sum(by_school.values()), by_school, roster.unplaced(on=as_of))


def _shown(request: Any, counted: Counted, as_of: date, *, status: int = 200, moved: bool = False) -> HttpResponse:
    year = school_year(as_of)
    stored = Enrollment.objects.filter(school_year=year).values_list("school__name").annotate(Sum("count")).order_by()
    before = dict(stored)
    names = sorted({*before, *counted.by_school})
    confirm = EnrollmentCountForm(initial={"as_of": as_of, "checked": counted.digest})
    context = {
        "counted": counted,
        "year": year,
        "as_of": as_of,
        "changes": [Change(name, before.get(name, 0), counted.by_school.get(name, 0)) for name in names],
        "on_file": sum(before.values()),
        "moved": moved,
    }
    return _page(request, confirm, status=status, **context)


def _store(request: Any, form: EnrollmentCountForm, counted: Counted) -> HttpResponse:
    as_of = form.cleaned_data["as_of"]
    if form.cleaned_data["checked"] != counted.digest:
        return _shown(request, counted, as_of, status=409, moved=True)
    done = import_enrollment(by=request.user, at=request.at, on=request.on, text=counted.text, as_of=as_of)
    values = {"students": done.students, "year": done.school_year}
    if done.changed:
        messages.success(request, _("%(students)s students of %(year)s are on file, counted from the roster.") % values)
    else:
        messages.info(request, _("The same counts of %(year)s were on file already; nothing changed.") % values)
    return redirect(f"{reverse('interactions:enrollment')}?year={done.school_year}")


def _page(request: Any, form: EnrollmentCountForm, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "interactions/count_enrollment.html", {"form": form, **more}, status=status)
