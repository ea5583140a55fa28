"""What the history commits to for each row of this app, so that `audit.verify` can hold the rows against it."""

from __future__ import annotations

from typing import Any

from accord.web.audit.content import CONTENT, Kind, day, instant
from accord.web.policies.models import Binding, Policy, Version


def of_policy(policy: Policy) -> dict[str, Any]:
    """A policy under its code, with the obligations it brought."""
    return {"code": policy.code, "title": policy.title, "catalogue": policy.catalogue}


def of_version(version: Version) -> dict[str, Any]:
    """Everything a version says: the document whole, its file, who brought it in, and since when it is in force."""
    return {
        "policy": version.policy.code,
        "number": version.number,
        "kind": version.kind,
        "code": version.code,
        "title": version.title,
        "status": version.status,
        "adopted_on": day(version.adopted_on),
        "revised_on": day(version.revised_on),
        "reviewed_on": day(version.reviewed_on),
        "document": version.document,
        "source_name": version.source_name,
        "source_sha256": version.source_sha256,
        "imported_by": str(version.imported_by.uid),
        "imported_at": instant(version.imported_at),
        "in_force_from": day(version.in_force_from),
        "in_force_by": str(version.in_force_by.uid) if version.in_force_by else "",
        "in_force_at": instant(version.in_force_at),
        "meeting_on": day(version.meeting_on),
    }


def of_binding(binding: Binding) -> dict[str, Any]:
    """Which sentence carries which obligation, how sure the binder was, and what a person said of it and when."""
    return {
        "version": binding.version_id,
        "sentence_id": binding.sentence_id,
        "obligation": binding.obligation,
        "score": binding.score,
        "state": binding.state,
        "by": str(binding.by.uid) if binding.by else "",
        "at": instant(binding.at),
    }


def _policies(ids: list[str]) -> dict[str, Any]:
    return {str(row.pk): of_policy(row) for row in Policy.objects.filter(pk__in=ids)}


def _versions(ids: list[str]) -> dict[str, Any]:
    rows = Version.objects.select_related("policy", "imported_by", "in_force_by").filter(pk__in=ids)
    return {str(row.pk): of_version(row) for row in rows}


def _bindings(ids: list[str]) -> dict[str, Any]:
    return {str(row.pk): of_binding(row) for row in Binding.objects.select_related("by").filter(pk__in=ids)}


CONTENT["policies.policy"] = Kind(_policies, lambda: (str(pk) for pk in Policy.objects.values_list("pk", flat=True)))
CONTENT["policies.version"] = Kind(_versions, lambda: (str(pk) for pk in Version.objects.values_list("pk", flat=True)))
CONTENT["policies.binding"] = Kind(_bindings, lambda: (str(pk) for pk in Binding.objects.values_list("pk", flat=True)))
