"""What a form of a contact may begin with, and how long entries take."""

from __future__ import annotations

from typing import Any

from django import template

from accord.web.interactions import entry_times, quick_words

register = template.Library()


@register.inclusion_tag("interactions/_again.html", takes_context=True)
def begin_from(context: Any) -> dict[str, Any]:
    """One's own favorites and last contacts, each with a link that begins a form with them. Three queries."""
    request = context["request"]
    return {"favorites": quick_words.favorites(request), "last": quick_words.last(request)}


@register.filter
def duration(seconds: float | None) -> str:
    """Seconds in words; that it is not known yet where there is no figure."""
    return entry_times.said(seconds)
