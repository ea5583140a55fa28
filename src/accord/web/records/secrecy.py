"""Which requests a family may not be told of, as far as what is on file says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from accord.decision import Finding
from accord.facts.records import PaperKind
from accord.rules import records as rule
from accord.web.base.templatetags.accord import say
from accord.web.records.models_requests import Request
from accord.web.records.steps import Act

_SAYS = (Act.PAPER_RECEIVED, Act.COUNSEL_READ, Act.SECRECY_SAID)
"""What says whether a paper forbids telling anyone: the newest word counts."""
_TOLD = (Act.PARENT_TOLD, Act.PUPIL_TOLD)


def _filed(request: Request) -> list[dict[str, Any]]:
    """What whoever keeps the records filed of the paper of a request, the newest last. Reads its steps."""
    steps = sorted(request.steps.all(), key=lambda one: one.number)
    return [one.body for one in steps if one.act in _SAYS]


def still_endangers(request: Request) -> bool | None:
    """Would telling of it still put somebody in danger, as the newest answer says? None while nobody answered."""
    steps = sorted(request.steps.all(), key=lambda one: one.number)
    said = [one.body["still"] for one in steps if one.act == Act.REVIEWED and "still" in one.body]
    return said[-1] if said else None


def _telling(request: Request) -> rule.Telling:
    stated, filed = request.body.get("paper") or {}, _filed(request)
    kinds = [PaperKind(one["kind"]) for one in filed if one.get("kind")]
    emergency = request.body.get("emergency") or {}
    # That nobody is to be told is no word of whoever asks: it would keep from the family who asked for what.
    said = False if stated.get("non_disclosure") is False else None
    return rule.Telling(
        kind=kinds[-1] if kinds else None,
        shown=bool(stated),
        forbids=filed[-1].get("non_disclosure") if filed else said,
        told=any(one.act in _TOLD and one.body.get("on") for one in request.steps.all()),
        endangers=emergency.get("notice_endangers") is True,
        still=still_endangers(request),
    )


def standing(request: Request) -> Finding:
    """May the family be told of this request?"""
    return rule.family_is_told(_telling(request))


def kept_back(request: Request) -> str:
    """Why a family is not told of this request, in words; "" when it is told."""
    found = standing(request)
    return "" if found.met else say(found.reason)


def has_paper(request: Request) -> bool:
    """Was a paper shown with it, or put on file for it?"""
    found = _telling(request)
    return found.shown or found.kind is not None


def is_sealed(request: Request) -> bool:
    """Does its paper forbid telling anyone, whatever became of the request and whom it endangers?"""
    return not rule.family_is_told(replace(_telling(request), told=True, endangers=False)).met


def is_open_question(request: Request) -> bool:
    """Has nobody said yet whether its paper forbids telling the family?"""
    asked = replace(_telling(request), endangers=False)
    return not rule.family_is_told(asked).met and not is_sealed(request)
