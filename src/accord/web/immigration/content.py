"""What an event of ours commits to, read from the rows again whenever the history is verified."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from accord.web.audit.content import CONTENT, Kind, day, instant
from accord.web.immigration.models import Acknowledgement, Clearance, Review, Scan, Version, WhomToCall


def target(kind: str, version: Version) -> str:
    """What the history calls a version, or the review of one."""
    return f"immigration.{kind}:{version.entry.uid}/{version.number}"


def version(row: Version) -> dict[str, Any]:
    """All that was filed with a version, the entry it belongs to included."""
    return {
        "reference": row.entry.reference,
        "key": row.entry.key,
        "school": row.entry.school.cds,
        "author": str(row.entry.author.uid),
        "filed_at": instant(row.entry.filed_at),
        "by": str(row.by.uid),
        "at": instant(row.at),
        "reason": row.reason,
        "body": row.body,
    }


def review(row: Review) -> dict[str, Any]:
    """What a second person found."""
    return {"by": str(row.by.uid), "at": instant(row.at), "found": row.found, "note": row.note}


def scan(row: Scan) -> dict[str, Any]:
    """A copy of a paper, its very bytes included."""
    return {
        "entry": str(row.entry.uid),
        "content": sha256(row.content).hexdigest(),
        "media_type": row.media_type,
        "digest": row.digest,
        "by": str(row.by.uid),
        "at": instant(row.at),
    }


def clearance(row: Clearance) -> dict[str, Any]:
    """Whether a paper binds, and why."""
    return {
        "entry": str(row.entry.uid),
        "binds": row.binds,
        "why": row.why,
        "by": str(row.by.uid),
        "at": instant(row.at),
    }


def acknowledgement(row: Acknowledgement) -> dict[str, Any]:
    """What an officer signed, word for word."""
    return {
        "officer": str(row.officer.uid),
        "on": day(row.on),
        "at": instant(row.at),
        "signature": row.signature,
        "language": row.language,
        "text": row.text,
    }


def whom_to_call(row: WhomToCall) -> dict[str, Any]:
    """Whom staff were to call from then on."""
    names = ("superintendent_phone", "counsel_name", "counsel_phone", "counsel_mail")
    return {name: getattr(row, name) for name in names} | {"by": str(row.by.uid), "at": instant(row.at)}


def _with_uid(model: Any, tell: Callable[[Any], dict[str, Any]], *related: str) -> Kind:
    def read(ids: list[str]) -> dict[str, Any]:
        return {str(row.uid): tell(row) for row in model.objects.filter(uid__in=ids).select_related(*related)}

    return Kind(read, lambda: (str(uid) for uid in model.objects.values_list("uid", flat=True)))


def _versions(ids: list[str]) -> dict[str, Any]:
    uids = [identity.partition("/")[0] for identity in ids]
    rows = Version.objects.filter(entry__uid__in=uids).select_related("entry__school", "entry__author", "by")
    return {f"{row.entry.uid}/{row.number}": version(row) for row in rows}


def _version_ids() -> Iterable[str]:
    return (f"{uid}/{number}" for uid, number in Version.objects.values_list("entry__uid", "number"))


def _reviews(ids: list[str]) -> dict[str, Any]:
    uids = [identity.partition("/")[0] for identity in ids]
    rows = Review.objects.filter(version__entry__uid__in=uids).select_related("version__entry", "by")
    return {f"{row.version.entry.uid}/{row.version.number}": review(row) for row in rows}


def _review_ids() -> Iterable[str]:
    rows = Review.objects.values_list("version__entry__uid", "version__number")
    return (f"{uid}/{number}" for uid, number in rows)


CONTENT["immigration.version"] = Kind(_versions, _version_ids)
CONTENT["immigration.review"] = Kind(_reviews, _review_ids)
CONTENT["immigration.scan"] = _with_uid(Scan, scan, "entry", "by")
CONTENT["immigration.clearance"] = _with_uid(Clearance, clearance, "entry", "by")
CONTENT["immigration.acknowledgement"] = _with_uid(Acknowledgement, acknowledgement, "officer")
CONTENT["immigration.whom_to_call"] = _with_uid(WhomToCall, whom_to_call, "by")
