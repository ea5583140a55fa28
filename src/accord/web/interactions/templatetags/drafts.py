"""What the templates of drafts ask for, so that a page holds them by including them."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from django import template

from accord.rules import people
from accord.web.interactions import drafts, drafts_shown
from accord.web.interactions.drafts_shown import Shown
from accord.web.interactions.models_drafts import Draft
from accord.web.people import seals

register = template.Library()


@register.simple_tag(takes_context=True)
def form_seal(context: MutableMapping[str, Any]) -> str:
    """The seal of the form on this page: by `draft_kind` and `draft_key` where they are given, else the full form's."""
    kind, key = context.get("draft_kind", "interactions"), context.get("draft_key") or _key(context)
    return seals.sealed(context["request"].user, kind=kind, form=key) if drafts.is_key(key) else ""


def _key(context: MutableMapping[str, Any]) -> str:
    answers = context["page"].answers.main
    if contact := context.get("interaction"):
        return drafts.correction_key(contact.uid, _last(answers, "number"))
    return _last(answers, "key")


def _last(answers: Any, name: str) -> str:
    return str(answers.get(name, ("",))[-1])


@register.simple_tag(takes_context=True)
def unfiled_correction(context: MutableMapping[str, Any]) -> Draft | None:
    """What this person typed before to correct the contact on this page, while the page shows none of it."""
    request, contact = context["request"], context.get("interaction")
    fresh = request.method in ("GET", "HEAD") and "draft" not in request.GET
    return drafts.of_contact(request.user, contact.uid) if contact and fresh else None


@register.simple_tag(takes_context=True)
def own_drafts(context: MutableMapping[str, Any]) -> list[Shown]:
    """The drafts of whoever asks, for somebody who may log contacts; but for the one whose form is on the page."""
    request = context["request"]
    if not people.may(request.asker, "interactions.log", on=request.on).allowed:
        return []
    here = _last(context["page"].answers.main, "key") if hasattr(context.get("page"), "answers") else ""
    return [one for one in drafts_shown.of(request.user, at=request.at, on=request.on) if one.draft.key != here]
