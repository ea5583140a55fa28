"""The page for the moment they stand at the door: what staff may do, and a report in three answers.

Readable without signing in, because it holds nothing but the law. Nothing about any student can be reached from it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accord.decision import BadInput, NotAllowed
from accord.rules import people
from accord.web.immigration import actions, guide
from accord.web.immigration.forms import FirstForm
from accord.web.immigration.models import whom_to_call
from accord.web.immigration.refused import refuse


@require_http_methods(["GET", "HEAD", "POST"])
def now(request: Any) -> HttpResponse:
    """What staff may and may not do now, whom to call, what each paper looks like; and file the first report."""
    if request.method != "POST":
        own = [int(held.school) for held in request.asker.roles if held.school and held.in_force(request.on)]
        return _page(request, FirstForm(own=own), 200)
    if not request.user.is_authenticated:
        return redirect(f"{reverse('people:sign_in')}?{urlencode({'next': request.path})}")
    form = FirstForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 400)
    data = form.cleaned_data
    try:
        entry = actions.file(
            by=request.user,
            at=request.at,
            on=request.on,
            key=data["key"],
            school=data["school"],
            request=form.told(),
        )
    except (NotAllowed, BadInput) as refused:
        refuse(form, refused)
        return _page(request, form, 422 if isinstance(refused, NotAllowed) else 409)
    return redirect("immigration:read", uid=entry.uid)


def _page(request: Any, form: FirstForm, status: int) -> HttpResponse:
    context = {
        "form": form,
        "rows": guide.rows(on=request.on),
        "call": whom_to_call(),
        "may_report": people.may(request.asker, "immigration.report", on=request.on).allowed,
        "on": request.on,
    }
    return render(request, "immigration/now.html", context, status=status)
