"""What people write about a request in their own words: said at all, and clean of what may not be stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from accord.decision import Finding
from accord.rules import immigration
from accord.rules import records as rule


def clean(words: Mapping[str, str]) -> Iterator[Finding]:
    """For each text, whether it may be stored at all."""
    for field, text in words.items():
        if text:
            yield replace(immigration.text_is_clean(text), field=field)


def says(words: Mapping[str, str]) -> Iterator[Finding]:
    """Is each of these texts given?"""
    for field, text in words.items():
        yield replace(rule.is_said(text), field=field)
