"""HTTP for contacts; what may be filed, read and reviewed is decided in rules and actions.py."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord import clauses
from accord.decision import BadInput, NotAllowed
from accord.facts import Handler, Review
from accord.rules import interactions as rule
from accord.rules import people
from accord.web.base.templatetags.accord import say
from accord.web.base.views import bad_input
from accord.web.duties import listing as tasks
from accord.web.duties.models import Duty
from accord.web.interactions import actions, drafts, entry_page, facts, filters, listing, reviewing, texts, words
from accord.web.interactions.entry_page import EntryPage
from accord.web.interactions.forms import (
    CorrectForm,
    EntryForm,
    LogForm,
    OfficersPersonForm,
    PersonForm,
    ReviewForm,
    unclean,
)
from accord.web.interactions.models import Interaction, Person, Version
from accord.web.interactions.models_drafts import Draft
from accord.web.interactions.recorded import own_reader


def _scope(request: Any, permission: str) -> people.Scope:
    return people.scope(request.asker, permission, on=request.on)


def _reader(request: Any, interaction: Interaction) -> str | None:
    """Who this is, when only own answers of what the school records are shown; None for anyone else."""
    return own_reader(_scope(request, "interactions.read"), request.user, interaction.school)


def _who(request: Any) -> dict[str, Any]:
    """Who acts, and when: what every action asks for."""
    return {"by": request.user, "at": request.at, "on": request.on}


def _visible(request: Any, uid: object) -> Interaction:
    """The contact, when this person may read it; otherwise it is not there."""
    reached = Interaction.objects.visible_to(_scope(request, "interactions.read"), request.user)
    found: Interaction = get_object_or_404(reached.select_related("school", "author"), uid=uid)
    return found


# --- Logging and correcting: one form, its people added and removed without JavaScript


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    """Log a contact."""
    schools = filters.schools(_scope(request, "interactions.log"), reading=False)
    form = _at_schools(schools)
    read = _scope(request, "interactions.read")
    person = PersonForm if read.district or read.schools else OfficersPersonForm
    blank = {"key": secrets.token_urlsafe(24)}
    if request.method != "POST":
        if "draft" in request.GET:
            kept = drafts.sent(_draft(request, request.GET["draft"]))
            return _new_page(request, entry_page.typed(form, kept, person), key=kept.get("key"))
        mine = list(schools[:2])
        known = {"school": mine[0].pk if len(mine) == 1 else None}
        return _new_page(request, entry_page.blank(form, at=request.at, person=person, **blank, **known))
    try:
        if request.POST.get("do") != "file":
            page = entry_page.typed(form, request.POST, person)
            saved = drafts.save(**_who(request), data=request.POST)
            if saved and request.POST.get("do") == "draft":
                messages.success(request, _("The draft is kept. Only you see it."))
            return _new_page(request, page, key=request.POST.get("key"))
        page = entry_page.bound(form, request.POST, person)
        if not page.valid():
            drafts.save(**_who(request), data=request.POST)
            return _new_page(request, page, status=422 if page.unclean else 400)
        data = page.main.cleaned_data
        told: dict[str, Any] = {"place": page.place(), "entry": page.entry(at=request.at), "details": page.details()}
        filed = actions.log(**_who(request), key=data["key"], school=data["school"], **told)
    except NotAllowed as refused:
        page.show(refused.decision.unmet)
        drafts.save(**_who(request), data=request.POST)
        return _new_page(request, page.beside_roster(data["school"], on=request.on), status=422)
    except actions.Conflict as conflict:
        again = request.POST.copy()
        again.update(blank)
        return _new_page(request, entry_page.typed(form, again, person), status=409, filed=conflict.filed)
    except BadInput as error:
        return bad_input(request, error)
    drafts.discard(by=request.user, key=data["key"])
    return _filed(request, page, filed, _("The contact is logged as %(reference)s.") % {"reference": filed.reference})


def _at_schools(schools: Any) -> type[EntryForm]:
    """The form for a new contact, offering these schools."""

    class AtSchools(LogForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["school"].queryset = schools  # type: ignore[attr-defined]

    return AtSchools


def _draft_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _draft(request: Any, text: str) -> Draft:
    """A draft of one's own; any other is not there."""
    found: Draft = get_object_or_404(Draft.objects.of(request.user), uid=_draft_id(text))
    return found


@require_POST
def discard_draft(request: Any) -> HttpResponse:
    """Throw a draft of one's own away. Sent twice, it is gone all the same; another's stays."""
    drafts.discard(by=request.user, uid=_draft_id(request.POST.get("draft", "")))
    messages.success(request, _("The draft is gone."))
    return redirect("interactions:new")


def _new_page(request: Any, page: EntryPage, *, status: int = 200, key: str | None = None, **more: Any) -> HttpResponse:
    more |= {"drafts": Draft.objects.of(request.user).exclude(key=key or request.POST.get("key", ""))}
    return render(request, "interactions/new.html", {"page": page, "form": page.main, **more}, status=status)


def _filed(request: Any, page: EntryPage, interaction: Interaction, text: str) -> HttpResponse:
    messages.success(request, text)
    if numbers := page.dropped():
        said = ", ".join(str(number) for number in numbers)
        text = _(
            "Left out for person %(numbers)s: grade, race, sex, disability and English learner belong to students."
        )
        messages.warning(request, text % {"numbers": said})
    return redirect("interactions:read", uid=interaction.uid)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Any, uid: object) -> HttpResponse:
    """Correct a contact by a new version."""
    interaction = _visible(request, uid)
    people.may(
        request.asker,
        "interactions.correct",
        on=request.on,
        school=str(interaction.school_id),
        author=str(interaction.author.uid),
    ).require()
    reader = _reader(request, interaction)
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
        actions.correct(**_who(request), interaction=interaction, **version, **told)
    except NotAllowed as refused:
        page.show(refused.decision.unmet)
        page = page.beside_roster(interaction.school, on=request.on)
        return _correct_page(request, interaction, page, status=422)
    except actions.Conflict:
        return _conflict(request, interaction, data["number"])
    except BadInput as error:
        return bad_input(request, error)
    return _filed(request, page, interaction, _("The correction is filed. It waits for a review of its own."))


def _correct_page(
    request: Any, interaction: Interaction, page: EntryPage, *, status: int = 200, **more: Any
) -> HttpResponse:
    reviewing.reveal(**_who(request), interaction=interaction)
    context = {"page": page, "form": page.main, "interaction": interaction, **more}
    return render(request, "interactions/correct.html", context, status=status)


def _conflict(request: Any, interaction: Interaction, number: int) -> HttpResponse:
    """Somebody corrected the contact since version `number`: what was typed stays, beside what the other changed."""
    versions = {one.number: one for one in _versions(interaction)}
    newest = versions[max(versions)]
    data = request.POST.copy()
    seen = versions.get(number)
    data["number"] = str(newest.number)
    if not seen or len(seen.people.all()) != len(newest.people.all()):
        for name in [name for name in data if name.endswith("-was")]:
            data[name] = ""
    reader = _reader(request, interaction)
    page = entry_page.typed(CorrectForm, data, OfficersPersonForm if reader else PersonForm)
    changed = words.differences(seen, newest, reader) if seen else []
    return _correct_page(request, interaction, page, status=409, newest=newest, changed=changed)


# --- Reading and reviewing


def _versions(interaction: Interaction) -> list[Version]:
    """All versions, oldest first, with whatever is shown of them."""
    rows = Version.objects.filter(interaction=interaction).order_by("number")
    return list(rows.select_related("by", "review__by", "interaction__author").prefetch_related("people__student"))


@dataclass(frozen=True)
class _Shown:
    """A version in the history of a contact, with what it changed."""

    version: Version
    changed: list[words.Difference]


@require_safe
def read(request: Any, uid: object) -> HttpResponse:
    """One contact: all that was filed, every version, and its review. Opening it leaves an event."""
    return _read_page(request, _visible(request, uid))


def _read_page(
    request: Any, interaction: Interaction, form: ReviewForm | None = None, *, status: int = 200, conflict: bool = False
) -> HttpResponse:
    reviewing.reveal(**_who(request), interaction=interaction)
    versions = _versions(interaction)
    current = versions[-1]
    duty = rule.officers_work(facts.entry(current))
    reader = _reader(request, interaction)
    history = [_Shown(now, words.differences(before, now, reader)) for before, now in pairwise(versions)]
    place = {"school": str(interaction.school_id), "author": str(interaction.author.uid)}
    context = {
        "interaction": interaction,
        "current": current,
        "row": listing.row(current),
        "lines": words.entry(current),
        "people": [words.person(person, reader) for person in current.people.all()],
        "history": [_Shown(versions[0], []), *history][::-1],
        "duty": duty,
        "review_days": clauses.parameter("interactions.review-within", on=request.on).value,
        "may_correct": people.may(request.asker, "interactions.correct", on=request.on, **place).allowed,
        "may_review": reviewing.may_review(request.user, current, on=request.on),
        "review": _reviewed(current),
        "form": form or ReviewForm(initial={"number": current.number}),
        "marked_note": texts.marked(str(form["note"].value())) if form and unclean(form) else [],
        "conflict": conflict,
        "tasks": _tasks(request, interaction),
    }
    return render(request, "interactions/read.html", context, status=status)


def _tasks(request: Any, interaction: Interaction) -> list[tasks.Row]:
    """What must be done after the contact, for those who see tasks at its school."""
    rows = Duty.objects.visible_to(_scope(request, "duties.read")).filter(interaction=str(interaction.uid))
    ready = rows.filter(is_current=True).with_last_step().select_related("school")
    return [tasks.row(one, at=request.at) for one in ready]


def _reviewed(version: Version) -> dict[str, Any] | None:
    """The review of a version, its codes as words."""
    if not hasattr(version, "review"):
        return None
    review = version.review
    better = Handler(review.better_handled_by) if review.better_handled_by else None
    return {"by": review.by, "at": review.at, "found": Review(review.found), "better": better, "note": review.note}


@require_POST
def review(request: Any, uid: object) -> HttpResponse:
    """Say what a second person found about the current version."""
    interaction = _visible(request, uid)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _read_page(request, interaction, form, status=422 if unclean(form) else 400)
    data = form.cleaned_data
    better = Handler(data["better_handled_by"]) if data["better_handled_by"] else None
    found = {"number": data["number"], "found": Review(data["found"]), "note": data["note"]}
    try:
        reviewing.review(**_who(request), interaction=interaction, better_handled_by=better, **found)
    except NotAllowed as refused:
        for finding in refused.decision.unmet:
            form.add_error(finding.field if finding.field in form.fields else None, say(finding.reason))
        return _read_page(request, interaction, form, status=422)
    except actions.Conflict:
        number = Version.objects.current().get(interaction=interaction).number
        again = ReviewForm(initial=data | {"number": number})
        return _read_page(request, interaction, again, status=409, conflict=True)
    messages.success(request, _("The review is filed."))
    return redirect("interactions:read", uid=interaction.uid)
