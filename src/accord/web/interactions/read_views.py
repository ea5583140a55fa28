"""HTTP for reading a contact and reviewing it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord import clauses
from accord.decision import Finding, NotAllowed, Say
from accord.facts import Asked, FollowUp, Handler, Review, Role
from accord.rules import people
from accord.web.base.templatetags.accord import say
from accord.web.duties import listing as tasks
from accord.web.duties.models import Duty
from accord.web.interactions import actions, facts, linking, listing, reach, reviewing, stop_words, texts, words
from accord.web.interactions.forms import ReviewForm, unclean
from accord.web.interactions.lines import Line
from accord.web.interactions.models import Interaction, Version


@dataclass(frozen=True)
class _Shown:
    """A version in the history of a contact, with what it changed."""

    version: Version
    changed: list[words.Difference]


@dataclass(frozen=True)
class _Flag:
    """What the reviewer must look at, and at which person (counted from 1, 0 for none)."""

    person: int
    reason: Say
    topic: str
    clause: str

    @classmethod
    def of(cls, finding: Finding) -> _Flag:
        parts = finding.field.split(".")
        person = int(parts[1]) + 1 if parts[0] == "people" and len(parts) > 2 else 0
        return cls(person, finding.reason, finding.topic, finding.clause)


@require_safe
def read(request: Any, uid: object) -> HttpResponse:
    """One contact: all that was filed, every version, and its review. Opening it leaves an event."""
    return _read_page(request, reach.visible(request, uid))


def _read_page(
    request: Any, interaction: Interaction, form: ReviewForm | None = None, *, status: int = 200, conflict: bool = False
) -> HttpResponse:
    reviewing.reveal(**reach.who(request), interaction=interaction)
    versions = reach.versions(interaction)
    current = versions[-1]
    reader = reach.reader(request, interaction)
    history = [_Shown(now, words.differences(before, now, reader)) for before, now in pairwise(versions)]
    place = {"school": str(interaction.school_id), "author": str(interaction.author.uid)}
    context = {
        "interaction": interaction,
        "current": current,
        "row": listing.row(current),
        "lines": words.entry(current, reader),
        "people": _people(current, reader),
        "perceived": stop_words.heading(),
        "history": [_Shown(versions[0], []), *history][::-1],
        "duty": facts.work(current),
        "flags": [_Flag.of(one) for one in reviewing.flags(current, reader) if one.clause != "interactions.duty"],
        "review_days": clauses.parameter("interactions.review-within", on=request.on).value,
        "may_correct": people.may(request.asker, "interactions.correct", on=request.on, **place).allowed,
        "may_link": linking.may_link(request.user, interaction, on=request.on).allowed,
        "may_review": reviewing.may_review(request.user, current, on=request.on),
        "review": _reviewed(current),
        "form": form or ReviewForm(initial={"number": current.number}),
        "marked": _marked(request, interaction, form) if form else {},
        "conflict": conflict,
        "tasks": _tasks(request, interaction),
    }
    return render(request, "interactions/read.html", context, status=status)


def _people(version: Version, reader: str | None) -> list[tuple[list[Line], list[Line]]]:
    """Of each person what the contact tells, and what the record of the stop tells: two structures, never mixed."""
    stopped = words.stopped(version)
    return [(words.person(one, reader), stopped.get(number, [])) for number, one in enumerate(version.people.all(), 1)]


def _tasks(request: Any, interaction: Interaction) -> list[tasks.Row]:
    """What must be done after the contact, for those who see tasks at its school."""
    rows = Duty.objects.visible_to(reach.scope(request, "duties.read")).filter(interaction=str(interaction.uid))
    ready = rows.filter(is_current=True).with_last_step().select_related("school")
    return [tasks.row(one, at=request.at) for one in ready]


def _reviewed(version: Version) -> dict[str, Any] | None:
    """The review of a version, its codes as words."""
    if not hasattr(version, "review"):
        return None
    review = version.review
    better = Handler(review.better_handled_by) if review.better_handled_by else None
    told = {"by": review.by, "at": review.at, "found": Review(review.found), "better": better, "note": review.note}
    if not review.follow_up:
        return told
    what, owner = FollowUp(review.follow_up), Role(review.follow_up_by)
    asked = {"what": what, "owner": owner, "due": review.follow_up_due, "note": review.follow_up_note}
    return told | {"follow_up": asked}


def _marked(request: Any, interaction: Interaction, form: ReviewForm) -> dict[str, list[texts.Part]]:
    """Each text of a review that was refused, in parts, with what may not stay in it marked."""
    refused = [name for name in ("note", "follow_up_note") if name in form.errors]
    told = {name: str(form[name].value() or "") for name in refused}
    roster = {name: texts.on_roster(text, interaction.school, on=request.on) for name, text in told.items()}
    return {name: texts.marked(text, roster[name]) for name, text in told.items()}


@require_POST
def review(request: Any, uid: object) -> HttpResponse:
    """Say what a second person found about the current version."""
    interaction = reach.visible(request, uid)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _read_page(request, interaction, form, status=422 if unclean(form) else 400)
    data = form.cleaned_data
    better = Handler(data["better_handled_by"]) if data["better_handled_by"] else None
    found = {"number": data["number"], "found": Review(data["found"]), "note": data["note"]}
    asked = Asked(
        request.on,
        FollowUp(data["follow_up"]) if data["follow_up"] else None,
        Role(data["follow_up_by"]) if data["follow_up_by"] else None,
        data["follow_up_due"],
        data["follow_up_note"],
    )
    try:
        reviewing.review(**reach.who(request), interaction=interaction, better_handled_by=better, asked=asked, **found)
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
