"""What the history commits to of an edition, so that a change behind Accord's back is found."""

from __future__ import annotations

import hashlib
from typing import Any

from accord.web.audit.verify import CONTENT
from accord.web.reports.models import Edition


def content(edition: Edition) -> dict[str, Any]:
    """The frozen text by its hash, the numbers beside it, and who did what."""
    return {
        "body": hashlib.sha256(edition.body.encode()).hexdigest(),
        "digest": edition.digest,
        "slug": edition.slug,
        "title": edition.title,
        "period": [str(edition.period_start), str(edition.period_end)],
        "counted": edition.counted,
        "unreviewed": edition.unreviewed,
        "hidden": edition.hidden,
        "smallest_width": edition.smallest_width,
        "sections": list(edition.sections),
        "disparities": list(edition.disparities),
        "drafted_by": str(edition.drafted_by.uid),
        "published_by": str(edition.published_by.uid) if edition.published_by else "",
        "published_on": str(edition.published_on or ""),
        "discarded": edition.discarded_at is not None,
    }


def _stored(uids: list[str]) -> dict[str, Any]:
    found = Edition.objects.select_related("drafted_by", "published_by").filter(uid__in=uids)
    return {str(row.uid): content(row) for row in found}


CONTENT["reports.edition"] = _stored
