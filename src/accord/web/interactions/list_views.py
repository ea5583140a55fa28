"""HTTP for the list of contacts and for the views of it that people keep."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accord.decision import BadInput, NotAllowed
from accord.rules import people
from accord.web.base.templatetags.accord import say
from accord.web.interactions import entry_times, filters, listing, saved_actions
from accord.web.interactions.filters import FilterForm
from accord.web.interactions.models_saved import LONGEST_NAME, LONGEST_QUERY, SavedView
from accord.web.interactions.models_times import EntryPath
from accord.web.interactions.waiting import waiting


class SaveForm(forms.Form):
    """A view to keep: its name, and what it asks."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Name of the view"),
        max_length=LONGEST_NAME,
        error_messages={"required": gettext_lazy("Give the view a name.")},
        help_text=gettext_lazy("Write no names of people. Only you see it."),
    )
    query = forms.CharField(max_length=LONGEST_QUERY, required=False, widget=forms.HiddenInput)


def _scope(request: Any, permission: str = "interactions.read") -> people.Scope:
    return people.scope(request.asker, permission, on=request.on)


@require_safe
def index(request: Any) -> HttpResponse:
    """Contacts this person reaches, newest first. Before anything is asked: what waits for this person's review."""
    return _page(request, FilterForm(request.GET, scope=_scope(request), user=request.user))


def _page(request: Any, form: FilterForm, save: SaveForm | None = None, *, status: int = 200) -> HttpResponse:
    right = form.is_valid()
    review = _scope(request, "interactions.review")
    number = request.GET.get("page")
    page = listing.page(_scope(request), request.user, form.cleaned_data, number, review=review)
    query = form.query()
    landing = right and not query and not number
    context = {
        "form": form,
        "page": page,
        "rows": listing.rows(page),
        "asked": bool(query) or not right,
        "empty": listing.empty(bool(query)),
        "query": query,
        "save": save or SaveForm(initial={"query": query}),
        "views": list(SavedView.objects.filter(user=request.user)),
        "waiting": waiting(review, request.user, on=request.on) if landing else None,
        "may_log": people.may(request.asker, "interactions.log", on=request.on).allowed,
        "times": _times(request) if landing else None,
    }
    return render(request, "interactions/list.html", context, status=status if right else 400)


def _times(request: Any) -> dict[EntryPath, entry_times.Figures] | None:
    """How long entries took of late, for those who may know it."""
    if not people.may(request.asker, "interactions.read_times", on=request.on).allowed:
        return None
    return entry_times.figures(on=request.on, days=entry_times.WINDOWS[0])


@require_POST
def save_view(request: Any) -> HttpResponse:
    """Keep what the list is narrowed to under a name."""
    form = SaveForm(request.POST)
    asked = filters.asked(request.POST.get("query", ""), scope=_scope(request), user=request.user)
    if not asked.is_valid() or not asked.query():
        form.add_error(None, _("Narrow the list first; then save what it shows."))
        return _page(request, asked, form, status=400)
    if not form.is_valid():
        return _page(request, asked, form, status=400)
    try:
        view = saved_actions.save_view(
            by=request.user, at=request.at, on=request.on, name=form.cleaned_data["name"], query=asked.query()
        )
    except NotAllowed as refused:
        for finding in refused.decision.unmet:
            form.add_error("name", say(finding.reason))
        return _page(request, asked, form, status=422)
    except BadInput as error:
        form.add_error("name", f"{error.what} {error.mend}")
        return _page(request, asked, form, status=400)
    messages.success(request, _("The view is saved: %(name)s.") % {"name": view.name})
    return redirect(f"{reverse('interactions:list')}?{view.query}")


@require_POST
def remove_view(request: Any) -> HttpResponse:
    """Let a saved view go. Sent twice, it is gone all the same."""
    try:
        uid = UUID(request.POST.get("view", ""))
    except ValueError:
        return _page(request, filters.asked("", scope=_scope(request), user=request.user), status=400)
    saved_actions.remove_view(by=request.user, at=request.at, on=request.on, uid=uid)
    messages.success(request, _("The view is removed."))
    return redirect("interactions:list")
