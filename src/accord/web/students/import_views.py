"""HTTP for bringing in a roster: check it, then give the very same file again to store it. Shows counts, no student."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accord.decision import BadInput
from accord.exchange import plain_csv
from accord.web.base.templatetags.accord import say
from accord.web.base.views import bad_input
from accord.web.students.actions import Imported, import_roster
from accord.web.students.forms import ConfirmForm, RosterForm
from accord.web.students.models import RosterImport

SHOWN = 100
"""How many problems stand on the page; the file of problems holds more."""
CARRIED = 20_000
"""How many problems the page carries for the file of problems."""
_SALT = "students.import.problems"
_LAST = 5


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: Any) -> HttpResponse:
    """Choose a file and see what it holds; then store it, or mend it."""
    if request.method != "POST":
        return _page(request, RosterForm())
    do = request.POST.get("do", "")
    if do == "errors":
        return _problems_file(request)
    form = ConfirmForm(request.POST, request.FILES) if do == "import" else RosterForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=400, confirming=do == "import")
    try:
        done = _run(request, form, dry_run=do != "import")
    except BadInput as error:
        form.add_error("file", f"{error} {error.mend}")
        return _page(request, form, status=400, confirming=do == "import")
    if done.rejected:
        return _rejected(request, form, done)
    if do == "import":
        messages.success(
            request,
            _("%(rows)s students read: %(imported)s new, %(updated)s changed, %(left)s left.")
            % {"rows": done.rows, "imported": done.imported, "updated": done.updated, "left": done.left},
        )
        return redirect("students:import")
    carried = {name: form.cleaned_data[name] for name in ("format", "keep_names", "complete")}
    confirm = ConfirmForm(initial={**carried, "checked": done.digest})
    return _page(request, confirm, done=done, confirming=True)


def _run(request: Any, form: RosterForm, *, dry_run: bool) -> Imported:
    asked = form.cleaned_data
    return import_roster(
        by=request.user,
        at=request.at,
        on=request.on,
        source=asked["file"].file,
        name=asked["file"].name,
        format=asked["format"],
        keep_names=asked["keep_names"],
        complete=asked["complete"],
        checked=asked.get("checked", ""),
        dry_run=dry_run,
    )


def _rejected(request: Any, form: RosterForm, done: Imported) -> HttpResponse:
    rows = [[one.file, one.row, one.line, one.column, say(one.problem)] for one in done.rejected[:CARRIED]]
    again = RosterForm(initial={name: form.cleaned_data[name] for name in ("format", "keep_names", "complete")})
    return _page(
        request,
        again,
        status=422,
        problems=done.rejected[:SHOWN],
        all_problems=len(done.rejected),
        carried=signing.dumps(rows, salt=_SALT, compress=True),
    )


def _problems_file(request: Any) -> HttpResponse:
    """Every problem of the file as CSV."""
    try:
        rows = signing.loads(request.POST.get("problems", ""), salt=_SALT)
    except signing.BadSignature:
        error = BadInput(_("The page no longer holds the problems."), mend=_("Choose the file again."))
        return bad_input(request, error)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="roster-problems.csv"'
    writer = csv.writer(response)
    writer.writerow(["file", "row", "line", "column", "problem"])
    writer.writerows([_inert(file), row, line, _inert(column), problem] for file, row, line, column, problem in rows)
    return response


def _inert(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _page(request: Any, form: RosterForm, *, status: int = 200, **more: Any) -> HttpResponse:
    columns = [(names[0], ", ".join(names[1:])) for names in plain_csv.COLUMNS.values()]
    context = {"form": form, "columns": columns, "last": RosterImport.objects.select_related("by")[:_LAST], **more}
    return render(request, "students/import.html", context, status=status)
