"""What an event of ours commits to, read from the rows again whenever the history is verified."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any

from accord.web.audit.content import CONTENT, Kind, day, instant
from accord.web.records.models import Copy, Held, Link
from accord.web.records.models_confirmations import Confirmation
from accord.web.records.models_consents import Consent
from accord.web.records.models_emergencies import Determination
from accord.web.records.models_requests import Disclosure, Released, Request, Step
from accord.web.records.models_reviews import WeekReview


def held(row: Held) -> dict[str, Any]:
    """A paper on file, the bytes of its scan included, and its end."""
    end = getattr(row, "end", None)
    return {
        "kind": row.kind,
        "body": row.body,
        "title": row.title,
        "scan": sha256(row.scan).hexdigest(),
        "digest": row.digest,
        "by": str(row.by.uid),
        "at": instant(row.at),
        "end": {"by": str(end.by.uid), "at": instant(end.at), "reason": end.reason} if end else {},
    }


def link(row: Link) -> dict[str, Any]:
    """A link between an account and a student, with what became of it."""
    return {
        "user": str(row.user.uid),
        "student": str(row.student.uid),
        "role": row.role,
        "starts_on": day(row.starts_on),
        "ends_on": day(row.ends_on),
        "may_sign": row.may_sign,
        "seen": row.seen,
        "by": str(row.by.uid),
        "at": instant(row.at),
        "steps": [[one.kind, str(one.by.uid), instant(one.at), one.reason] for one in row.steps.all()],
    }


def copy(row: Copy) -> dict[str, Any]:
    """A copy of a record, its very bytes included."""
    return {
        "student": str(row.student.uid),
        "kind": row.kind,
        "title": row.title,
        "said": row.said,
        "content": sha256(row.content).hexdigest(),
        "media_type": row.media_type,
        "digest": row.digest,
        "by": str(row.by.uid),
        "at": instant(row.at),
    }


def consent(row: Consent) -> dict[str, Any]:
    """A consent as it was signed, and its revocation."""
    told = getattr(row, "revocation", None)
    names = (
        "key",
        "role",
        "signature",
        "authenticated_by",
        "records",
        "purpose",
        "party",
        "copy_requested",
        "language",
    )
    return {name: getattr(row, name) for name in (*names, "text", "digest")} | {
        "student": str(row.student.uid),
        "signer": str(row.signer.uid),
        "signed_at": instant(row.signed_at),
        "expires_on": day(row.expires_on),
        "scan": sha256(row.scan).hexdigest(),
        "by": str(row.by.uid),
        "at": instant(row.at),
        "revoked": {"by": str(told.by.uid), "at": instant(told.at), "reason": told.reason} if told else {},
    }


def request(row: Request) -> dict[str, Any]:
    """A request as it was made."""
    names = ("key", "reference", "about", "wanted", "interest", "body")
    return {name: getattr(row, name) for name in names} | {"asker": str(row.asker.uid), "at": instant(row.at)}


def step(row: Step, released: Iterable[Released]) -> dict[str, Any]:
    """Something done about a request, and the decision with what it let go, where that was it."""
    told = {"act": row.act, "by": str(row.by.uid), "at": instant(row.at), "body": row.body}
    made = getattr(row.request, "decision", None) if row.act == "decided" else None
    if made is None:
        return told
    names = ("ruling", "given", "basis", "stricter_because", "facts", "answer", "rule_version")
    return told | {
        "decision": {name: getattr(made, name) for name in names}
        | {"by": str(made.by.uid), "at": instant(made.at), "on": day(made.on), "until": instant(made.until)},
        "released": sorted([str(one.copy.uid), one.basis] for one in released),
    }


def confirmation(row: Confirmation) -> dict[str, Any]:
    """A word on what whoever asks says."""
    return {
        "request": row.request.reference,
        "number": row.number,
        "claim": row.claim,
        "yes": row.yes,
        "source": row.source,
        "by": str(row.by.uid),
        "at": instant(row.at),
    }


def disclosure(row: Disclosure) -> dict[str, Any]:
    """One line of the log of requests and disclosures."""
    return {
        "request": row.request.reference,
        "student": str(row.student.uid) if row.student else "",
        "copy": str(row.copy.uid) if row.copy else "",
        "act": row.act,
        "at": instant(row.at),
        "by": str(row.by.uid),
        "holds": row.holds,
        "sealed": row.sealed,
    }


def determination(row: Determination) -> dict[str, Any]:
    """A determination of an emergency, and the requests by which each recipient sees the records."""
    return {
        "key": row.key,
        "student": str(row.student.uid),
        "threat": row.threat,
        "endangers": row.endangers,
        "by": str(row.by.uid),
        "at": instant(row.at),
        "until": instant(row.until),
        "requests": [one.request.reference for one in row.recipients.select_related("request")],
    }


def week_review(row: WeekReview) -> dict[str, Any]:
    """A week that was looked over: by whom, what they found, and what the page showed them."""
    return {
        "monday": day(row.monday),
        "by": str(row.by.uid),
        "at": instant(row.at),
        "notes": row.notes,
        "shown": row.shown,
    }


def week_target(row: WeekReview) -> str:
    """What the history calls the review of a week."""
    return f"records.weekreview:{_week_id(row.monday, row.number)}"


def _week_id(monday: date, number: int) -> str:
    """The Monday; the review of a second person has its number after it."""
    return monday.isoformat() if number == 1 else f"{monday.isoformat()}/{number}"


def _week_reviews(ids: list[str]) -> dict[str, Any]:
    mondays = [identity.partition("/")[0] for identity in ids]
    rows = WeekReview.objects.filter(monday__in=mondays).select_related("by")
    return {_week_id(row.monday, row.number): week_review(row) for row in rows}


def _read(model: Any, tell: Any, related: tuple[str, ...], *more: str) -> Kind:
    """How rows that have a uid are read again."""

    def read(ids: list[str]) -> dict[str, Any]:
        found = model.objects.filter(uid__in=ids).select_related(*related).prefetch_related(*more)
        return {str(row.uid): tell(row) for row in found}

    def ids() -> Iterable[str]:
        return (str(uid) for uid in model.objects.values_list("uid", flat=True))

    return Kind(read, ids)


def step_target(row: Step) -> str:
    """What the history calls a step."""
    return f"records.step:{row.request.uid}/{row.number}"


def _steps(ids: list[str]) -> dict[str, Any]:
    uids = [identity.partition("/")[0] for identity in ids]
    rows = Step.objects.filter(request__uid__in=uids).select_related("by", "request__decision__by")
    found = rows.prefetch_related("request__decision__copies__copy")
    return {f"{row.request.uid}/{row.number}": step(row, _released(row)) for row in found}


def _released(row: Step) -> Iterable[Released]:
    made = getattr(row.request, "decision", None)
    return made.copies.all() if made else ()


def _step_ids() -> Iterable[str]:
    return (f"{uid}/{number}" for uid, number in Step.objects.values_list("request__uid", "number"))


CONTENT["records.held"] = _read(Held, held, ("by", "end__by"))
CONTENT["records.link"] = _read(Link, link, ("user", "student", "by"), "steps__by")
CONTENT["records.copy"] = _read(Copy, copy, ("student", "by"))
CONTENT["records.consent"] = _read(Consent, consent, ("student", "signer", "by", "revocation__by"))
CONTENT["records.confirmation"] = _read(Confirmation, confirmation, ("request", "by"))
CONTENT["records.determination"] = _read(Determination, determination, ("student", "by"))
CONTENT["records.request"] = _read(Request, request, ("asker",))
CONTENT["records.step"] = Kind(_steps, _step_ids)
CONTENT["records.disclosure"] = _read(Disclosure, disclosure, ("request", "student", "copy", "by"))
CONTENT["records.weekreview"] = Kind(
    _week_reviews, lambda: (_week_id(*one) for one in WeekReview.objects.values_list("monday", "number"))
)
