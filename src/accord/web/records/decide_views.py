"""HTTP for finding the student and the copies of a request, and for deciding it: one request at a time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accord.decision import BadInput, NotAllowed
from accord.facts import Grade
from accord.web.records import actions, decider_page, listing, reach, reading, request_views
from accord.web.records.ask_views import show
from accord.web.records.decide_forms import DecideForm, FindForm
from accord.web.records.models import Copy
from accord.web.records.models_requests import Request
from accord.web.records.steps import Act, State, state
from accord.web.students.actions import FOUND, reveal, search
from accord.web.students.models import Student


@require_POST
def decide(request: Any, uid: object) -> HttpResponse:
    """Decide one request: what is ticked is given, and never more than the rule lets go."""
    row = reach.visible(request, uid)
    shown = decider_page.page(row, **reach.who(request))
    if shown.decision:
        return _changed(request, uid, None)
    form = DecideForm(request.POST, copies=request_views.choices(shown))
    if not form.is_valid():
        return request_views.page(request, row, status=400, form=form)
    data = form.cleaned_data
    try:
        made = actions.decide(
            **reach.who(request),
            request=row,
            number=data["number"],
            given=data.get("given", []),
            because=data.get("because", ""),
        )
    except NotAllowed as refused:
        show(form, refused.decision.unmet)
        return request_views.page(request, row, status=422, form=form)
    except BadInput as error:
        form.add_error(None, f"{error.what} {error.mend}")
        return request_views.page(request, row, status=400, form=form)
    except actions.Conflict:
        return _changed(request, uid, form)
    said = {"reference": row.reference}
    released = made.copies.exists()
    messages.success(
        request,
        (_("%(reference)s is decided: released.") if released else _("%(reference)s is decided: not released.")) % said,
    )
    return redirect("records:read", uid=row.uid)


def _changed(request: Any, uid: object, form: DecideForm | None) -> HttpResponse:
    """Somebody was first: the request as it stands now, and what was ticked and typed as it was."""
    row = reach.visible(request, uid)
    if form is None:
        return request_views.page(request, row, status=409, conflict=True)
    shown = decider_page.page(row, **reach.who(request))
    initial = form.cleaned_data | {"number": shown.number}
    again = DecideForm(copies=request_views.choices(shown), initial=initial)
    return request_views.page(request, row, status=409, conflict=True, form=again)


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Any, uid: object) -> HttpResponse:
    """Find the student whom a request is about, and the copies that it asks for."""
    row = reach.visible(request, uid)
    if not reach.decides(request):
        raise Http404
    if request.method != "POST":
        return _page(request, row)
    form = FindForm(request.POST, copies=request.POST.getlist("copies"))
    if not form.is_valid():
        return _page(request, row, form=form, status=400)
    try:
        return _STEPS[form.cleaned_data["do"]](request, row, form)
    except BadInput as error:
        form.add_error(None, f"{error.what} {error.mend}")
        return _page(request, row, form=form, status=400)
    except NotAllowed as refused:
        show(form, refused.decision.unmet)
        return _page(request, row, form=form, status=422)
    except actions.Conflict:
        return _page(request, reach.visible(request, uid), form=form, status=409, conflict=True)


def _search(request: Any, row: Request, form: FindForm) -> HttpResponse:
    text = form.cleaned_data["text"]
    if len(text) < 2:
        form.add_error("text", _("Give a number or a name."))
        return _page(request, row, form=form, status=400)
    found = [(one, Grade(one.grade)) for one in search(**reach.who(request), text=text)]
    return _page(request, row, form=form, found=found, searched=True, most=FOUND)


def _choose(request: Any, row: Request, form: FindForm) -> HttpResponse:
    student = _student(request, form)
    copies = list(Copy.objects.filter(student=student).defer("content"))
    wanted = {one.value for one in listing.kinds(row)}
    offered = [(one, one.kind in wanted) for one in copies]
    more: dict[str, Any] = {"chosen": student, "grade": Grade(student.grade), "offered": offered}
    return _page(request, row, form=form, **more)


def _identify(request: Any, row: Request, form: FindForm) -> HttpResponse:
    """Note who it is and which copies; none is an answer too."""
    student = _student(request, form)
    held = Copy.objects.filter(student=student, uid__in=form.cleaned_data["copies"]).values_list("uid", flat=True)
    body = {"student": str(student.uid), "copies": [str(one) for one in held]}
    number = form.cleaned_data["number"]
    actions.note(
        **reach.who(request), request=row, number=-1 if number is None else number, act=Act.IDENTIFIED, body=body
    )
    messages.success(request, _("Student and copies are noted. Below is what the rule answers."))
    return redirect("records:read", uid=row.uid)


_STEPS = {"find": _search, "choose": _choose, "identify": _identify}


def _student(request: Any, form: FindForm) -> Student:
    uid = form.cleaned_data["student"]
    found = reveal(**reach.who(request), uids=[uid] if uid else []).get(uid)
    if found is None:
        raise BadInput(_("No such student is within your reach."), mend=_("Search again."))
    return found


def _page(request: Any, row: Request, *, form: FindForm | None = None, status: int = 200, **more: Any) -> HttpResponse:
    reading.reveal(**reach.who(request), request=row)
    steps = list(row.steps.all())
    waits = state(one.act for one in steps) is State.OPEN
    context = {"row": row, "number": len(steps), "waits": waits, "form": form or FindForm(), **more}
    return render(request, "records/find.html", context, status=status)
