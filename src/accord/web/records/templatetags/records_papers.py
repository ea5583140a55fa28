"""The paper of a request, for the page of the request."""

from __future__ import annotations

from typing import Any

from django import template

from accord.web.records import paper_page
from accord.web.records.models_requests import Request

register = template.Library()


@register.simple_tag(takes_context=True)
def paper_of(context: Any, row: Request) -> paper_page.Shown | None:
    """The paper of a request as it stands today; None where none was received."""
    return paper_page.page(row, on=context["request"].on)
