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


def _version(identity: str) -> dict[str, Any] | None:
    found = Version.objects.select_related("policy").filter(id=identity).first()
    return of_version(found) if found else None


def _binding(identity: str) -> dict[str, Any] | None:
    found = Binding.objects.filter(id=identity).first()
    return of_binding(found) if found else None


CONTENT["policies.version"] = _version
CONTENT["policies.binding"] = _binding
