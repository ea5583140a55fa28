"""HTTP for correcting a contact by a new version."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accord.decision import BadInput, NotAllowed
from accord.rules import people
from accord.web.base.views import bad_input
from accord.web.interactions import actions, entry_page, reach, reviewing, words
from accord.web.interactions.entry_page import EntryPage
from accord.web.interactions.entry_views import lead_to
from accord.web.interactions.forms import CorrectForm, OfficersPersonForm, PersonForm
from accord.web.interactions.models import Interaction, Person, Version


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Any, uid: object) -> HttpResponse:
    """Correct a contact by a new version."""
    interaction = reach.visible(request, uid)
    people.may(
        request.asker,
        "interactions.correct",
        on=request.on,
        school=str(interaction.school_id),
        author=str(interaction.author.uid),
    ).require()
    reader = reach.reader(request, interaction)
    person = OfficersPersonForm if reader else PersonForm
    if request.method != "POST":
        current = Version.objects.current().prefetch_related("people__student").get(interaction=interaction)
        return _correct_page(request, interaction, entry_page.filed(CorrectForm, current, reader))
    try:
        if request.POST.get("do") != "file":
            return _correct_page(request, interaction, entry_page.typed(CorrectForm, request.POST, person))
        page = entry_page.bound(CorrectForm, request.POST, person)
        if not page.valid():
            return _correct_page(request, interaction, page, status=422 if page.unclean else 400)
        data = page.main.cleaned_data
        former = list(Person.objects.filter(version__interaction=interaction, version__number=data["number"]))
        entry = page.entry(at=request.at, former=former)
        told: dict[str, Any] = {"place": page.place(), "entry": entry, "details": page.details()}
        version = {"number": data["number"], "reason": data["reason"], "carried": page.carried(former)}
        actions.correct(**reach.who(request), interaction=interaction, **version, **told)
    except NotAllowed as refused:
        page.show(refused.decision.unmet)
        page = page.beside_roster(interaction.school, on=request.on)
        return _correct_page(request, interaction, page, status=422)
    except actions.Conflict:
        return _conflict(request, interaction, data["number"])
    except BadInput as error:
        return bad_input(request, error)
    return lead_to(request, page, interaction, _("The correction is filed. It waits for a review of its own."))


def _correct_page(
    request: Any, interaction: Interaction, page: EntryPage, *, status: int = 200, **more: Any
) -> HttpResponse:
    reviewing.reveal(**reach.who(request), interaction=interaction)
    context = {"page": page, "form": page.main, "interaction": interaction, **more}
    return render(request, "interactions/correct.html", context, status=status)


def _conflict(request: Any, interaction: Interaction, number: int) -> HttpResponse:
    """Somebody corrected the contact since version `number`: what was typed stays, beside what the other changed."""
    versions = {one.number: one for one in reach.versions(interaction)}
    newest = versions[max(versions)]
    data = request.POST.copy()
    seen = versions.get(number)
    data["number"] = str(newest.number)
    if not seen or len(seen.people.all()) != len(newest.people.all()):
        for name in [name for name in data if name.endswith("-was")]:
            data[name] = ""
    reader = reach.reader(request, interaction)
    page = entry_page.typed(CorrectForm, data, OfficersPersonForm if reader else PersonForm)
    changed = words.differences(seen, newest, reader) if seen else []
    return _correct_page(request, interaction, page, status=409, newest=newest, changed=changed)
