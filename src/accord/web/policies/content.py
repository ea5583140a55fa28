"""What the history commits to for each row of this app, so that `audit.verify` can hold the rows against it."""

from __future__ import annotations

from typing import Any

from accord.web.audit.verify import CONTENT
from accord.web.policies.models import Binding, Version


def of_version(version: Version) -> dict[str, Any]:
    """Everything a version says: the document whole, its file, and since when it is in force."""
    return {
        "policy": version.policy.code,
        "number": version.number,
        "document": version.document,
        "source_sha256": version.source_sha256,
        "in_force_from": str(version.in_force_from or ""),
        "meeting_on": str(version.meeting_on or ""),
    }


def of_binding(binding: Binding) -> dict[str, Any]:
    """Which sentence carries which obligation, and what a person said of it."""
    return {
        "version": binding.version_id,
        "sentence": binding.sentence_id,
        "obligation": binding.obligation,
        "state": binding.state,
    }


def _versions(ids: list[str]) -> dict[str, Any]:
    return {str(row.pk): of_version(row) for row in Version.objects.select_related("policy").filter(pk__in=ids)}


def _bindings(ids: list[str]) -> dict[str, Any]:
    return {str(row.pk): of_binding(row) for row in Binding.objects.filter(pk__in=ids)}


CONTENT["policies.version"] = _versions
CONTENT["policies.binding"] = _bindings
