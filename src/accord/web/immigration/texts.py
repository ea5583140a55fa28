"""What may be written into the register: acts, never anybody's status; names only where a field asks for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from accord.decision import Finding
from accord.facts import Narrative
from accord.facts.immigration import EnforcementRequest
from accord.rules import immigration, narratives

FREE = ("reason_stated", "issuing_authority", "scope", "asked_for", "response", "further_acts", "entered_where")
"""Texts that name nobody, unless the writer says why."""
NAMES = ("officers", "badges", "supervisor_phone", "staff", "denied_by", "denial_witness")
"""Texts that are there for the names of officers and staff."""


def clean(words: Mapping[str, str]) -> Iterator[Finding]:
    """For each text, whether it may be stored at all."""
    for field, text in words.items():
        if text:
            yield replace(immigration.register_text_is_clean(text), field=field)


def findings(request: EnforcementRequest) -> Iterator[Finding]:
    """May every text of this request be stored, and do the free ones name nobody?"""
    yield from clean({name: getattr(request, name) for name in (*FREE, *NAMES, "name_kept_because")})
    for name in FREE:
        told = Narrative(getattr(request, name), request.name_kept_because)
        yield replace(narratives.names_left_out(told), field=name)
        yield replace(narratives.identifiers_left_out(told), field=name)
