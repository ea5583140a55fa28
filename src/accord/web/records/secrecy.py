"""Which requests a family may not be told of, as far as what is on file says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from accord.rules.records_needs import SEALED
from accord.web.records.models_requests import Request
from accord.web.records.steps import Act, State, state


def papers(request: Request) -> Iterator[dict[str, Any]]:
    """Every paper shown with a request, at first or later, and as counsel read it. Reads the request's steps."""
    told = (step.body for step in request.steps.all() if step.act in (Act.PAPER_RECEIVED, Act.COUNSEL_READ))
    yield from (one for one in (request.body.get("paper"), *told) if one and "kind" in one)


def is_sealed(request: Request) -> bool:
    """Does a paper shown with it forbid telling anyone, whatever became of the request?"""
    return any(one.get("kind") in SEALED or one.get("non_disclosure") is True for one in papers(request))


def kept_back(request: Request, *, sealed_line: bool) -> str:
    """Why a family is not told of this request, in words; "" when it is told.

    Whether a paper forbids telling may not be known while the request waits: until it is settled, that is a yes.
    """
    if sealed_line or is_sealed(request):
        return _("A court forbids telling of it.")
    waits = state(step.act for step in request.steps.all()) is State.OPEN
    if waits and any(one.get("non_disclosure") is not False for one in papers(request)):
        return _("It is not known yet whether the paper forbids telling of it.")
    if (request.body.get("emergency") or {}).get("notice_endangers") is True:
        return _("Telling of it would put someone in danger.")
    return ""
