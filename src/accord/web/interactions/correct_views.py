"""HTTP for correcting a contact by a new version."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accord.decision import BadInput, NotAllowed
from accord.rules import people
from accord.web.base.views import bad_input
from accord.web.interactions import (
    actions,
    answers,
    draft_views,
    drafts,
    entry_facts,
    entry_flow,
    entry_page,
    own_stops,
    reach,
    reviewing,
    steps,
    withheld,
    words,
)
from accord.web.interactions.answers import Answers, Forms
from accord.web.interactions.entry_layout import layout
from accord.web.interactions.entry_page import EntryPage, Occasion
from accord.web.interactions.entry_views import lead_to
from accord.web.interactions.forms import CorrectForm, OfficersPersonForm, PersonForm
from accord.web.interactions.models import Interaction, Version
from accord.web.interactions.officers import profile_of


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
    occasion = _occasion(request, interaction)
    if request.method != "POST":
        if "draft" in request.GET:
            return _gone_on_with(request, interaction, occasion)
        return _begun(request, interaction, occasion)
    try:
        if request.POST.get("do") == "file":
            return _file(request, interaction, occasion)
        draft_views.keep_correction(request, interaction)
        if request.POST.get("do") == "draft":
            draft_views.say_kept(request)
        told = answers.read(request.POST, occasion.forms)
        page = entry_flow.turned(_over(occasion, interaction, told), told, request.POST)
        return _page(request, interaction, page, status=page.status if page.alone else 200)
    except BadInput as error:
        return bad_input(request, error)


def _occasion(request: Any, interaction: Interaction) -> Occasion:
    reader = reach.reader(request, interaction)
    forms = Forms(CorrectForm, OfficersPersonForm if reader else PersonForm)
    officer = profile_of(request.user, on=request.on)
    return Occasion(
        forms, at=interaction.filed_at, on=request.on, school=interaction.school, officer=officer, reader=reader
    )


def _over(occasion: Occasion, interaction: Interaction, told: Answers) -> Occasion:
    """The same, knowing the people of the version that these answers were typed over."""
    try:
        number = CorrectForm.base_fields["number"].clean(told.one("number"))
    except ValidationError:
        return occasion
    versions = Version.objects.filter(interaction=interaction, number=number).select_related("interaction")
    version = versions.prefetch_related("people__student").first()
    return _knowing(occasion, version) if version else occasion


def _knowing(occasion: Occasion, version: Version) -> Occasion:
    held = withheld.of_version(version, occasion.reader)
    return replace(occasion, former=list(version.people.all()), stop=own_stops.identified(version), withheld=held)


def _begun(request: Any, interaction: Interaction, occasion: Occasion) -> HttpResponse:
    rows = Version.objects.current().select_related("interaction").prefetch_related("people__student")
    current = rows.get(interaction=interaction)
    page = entry_page.filed(_knowing(occasion, current), current)
    return _page(request, interaction, page.at(None) if request.GET.get("view") == entry_flow.ALL else page)


def _gone_on_with(request: Any, interaction: Interaction, occasion: Occasion) -> HttpResponse:
    kept = drafts.sent(draft_views.asked_for(request, interaction))
    told = answers.read(kept, occasion.forms)
    page = entry_page.typed(_over(occasion, interaction, told), told)
    return _page(request, interaction, page.at(steps.named(kept.get("step"))))


def _file(request: Any, interaction: Interaction, occasion: Occasion) -> HttpResponse:
    told = answers.read(request.POST, occasion.forms)
    page = entry_page.bound(_over(occasion, interaction, told), told)
    if not page.valid():
        return _refused(request, interaction, page, entry_facts.findings(page, steps.LAST))
    data = page.main.cleaned_data
    version = {"number": data["number"], "reason": data["reason"], "carried": entry_facts.carried(page)}
    try:
        actions.correct(**reach.who(request), interaction=interaction, **version, **entry_facts.told(page))
    except NotAllowed as refused:
        return _refused(request, interaction, page, refused.decision.unmet)
    except actions.Conflict:
        return _conflict(request, interaction, page, data["number"])
    drafts.discard_corrections(by=request.user, contact=interaction.uid)
    return lead_to(request, page, interaction, _("The correction is filed. It waits for a review of its own."))


def _refused(request: Any, interaction: Interaction, page: EntryPage, findings: Any) -> HttpResponse:
    page.show(findings)
    draft_views.keep_correction(request, interaction)
    page = entry_flow.to_mend(page, request.POST)
    return _page(request, interaction, page, status=page.status)


def _page(request: Any, interaction: Interaction, page: EntryPage, *, status: int = 200, **more: Any) -> HttpResponse:
    reviewing.reveal(**reach.who(request), interaction=interaction)
    context = {"page": page, "layout": layout(page), "interaction": interaction, **more}
    return render(request, "interactions/correct.html", context, status=status)


def _conflict(request: Any, interaction: Interaction, page: EntryPage, number: int) -> HttpResponse:
    """Somebody corrected the contact since version `number`: what was typed stays, beside what the other changed."""
    draft_views.keep_correction(request, interaction)
    versions = {one.number: one for one in reach.versions(interaction)}
    newest = versions[max(versions)]
    seen = versions.get(number)
    people = page.answers.people
    if not seen or len(seen.people.all()) != len(newest.people.all()):
        people = tuple({name: held for name, held in one.items() if name != "was"} for one in people)
    told = Answers(page.answers.main, people).told("number", str(newest.number))
    again = entry_flow.asked_about(page, told, request.POST)
    changed = words.differences(seen, newest, reach.reader(request, interaction)) if seen else []
    return _page(request, interaction, again, status=409, newest=newest, changed=changed)
