"""What the history commits to of an edition, so that a change behind Accord's back is found."""

from __future__ import annotations

import hashlib
from typing import Any

from accord.web.audit.content import CONTENT, Kind, day, instant
from accord.web.reports.models import Edition


def content(edition: Edition) -> dict[str, Any]:
    """The frozen text by its hash, the numbers beside it, and who did what and when."""
    return {
        "key": str(edition.key),
        "body": hashlib.sha256(edition.body.encode()).hexdigest(),
        "digest": edition.digest,
        "slug": edition.slug,
        "title": edition.title,
        "period_start": day(edition.period_start),
        "period_end": day(edition.period_end),
        "counted": edition.counted,
        "unreviewed": edition.unreviewed,
        "hidden": edition.hidden,
        "smallest_width": edition.smallest_width,
        "sections": list(edition.sections),
        "disparities": list(edition.disparities),
        "breakdowns": list(edition.breakdowns),
        "uncompared": list(edition.uncompared),
        "drafted_by": str(edition.drafted_by.uid),
        "drafted_at": instant(edition.drafted_at),
        "published_by": str(edition.published_by.uid) if edition.published_by else "",
        "published_at": instant(edition.published_at),
        "published_on": day(edition.published_on),
        "discarded_by": str(edition.discarded_by.uid) if edition.discarded_by else "",
        "discarded_at": instant(edition.discarded_at),
    }


def _stored(uids: list[str]) -> dict[str, Any]:
    found = Edition.objects.select_related("drafted_by", "published_by", "discarded_by").filter(uid__in=uids)
    return {str(row.uid): content(row) for row in found}


CONTENT["reports.edition"] = Kind(_stored, lambda: (str(uid) for uid in Edition.objects.values_list("uid", flat=True)))
