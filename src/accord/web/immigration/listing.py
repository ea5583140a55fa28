"""The register as it is shown: each request with where it stands, and the one that an address names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404

from accord.decision import Say
from accord.facts import Coded
from accord.facts.immigration import EnforcementRequest, Kept
from accord.rules import people
from accord.rules.immigration import requests as rule
from accord.web.immigration.models import Entries, Entry, Review, Version

PAGE = 25


class State(Coded):
    """Where a request stands."""

    FIRST = "first", "First report: more is to be told"
    WAITS = "waits", "Waits for review"
    KEPT = "kept", "Reviewed: kept"
    NOT_KEPT = "not_kept", "Reviewed: not kept"


@dataclass(frozen=True)
class Row:
    """One request as it is shown."""

    entry: Entry
    version: Version
    told: EnforcementRequest
    state: State
    review: Review | None
    missing: tuple[Say, ...]


def row(entry: Entry) -> Row:
    """What is shown of an entry whose versions are at hand."""
    version = entry.newest
    told = version.facts()
    found: Review | None = getattr(version, "review", None)
    missing = rule.missing(told)
    if found is not None:
        state = State.KEPT if found.found == Kept.KEPT else State.NOT_KEPT
    else:
        state = State.FIRST if missing else State.WAITS
    return Row(entry, version, told, state, found, missing)


def reached(request: Any) -> Entries:
    """The entries that this person may read."""
    scope = people.scope(request.asker, "immigration.read", on=request.on)
    return Entry.objects.visible_to(scope, request.user).told()


def page(request: Any) -> Page[Entry]:
    """One page of the register, the newest first."""
    return Paginator(reached(request), PAGE).get_page(request.GET.get("page"))


def visible(request: Any, uid: object) -> Entry:
    """The entry, when this person reaches it.

    Raises:
        Http404: when it is not there or out of reach, alike.
    """
    entry: Entry | None = reached(request).filter(uid=uid).first()
    if entry is None:
        raise Http404
    return entry
