"""Error pages, the language switch, and the rules printed beside their clauses."""

from __future__ import annotations

import inspect
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from accord import clauses
from accord.decision import RULES, BadInput, NotAllowed
from accord.facts import Status

language = require_POST(set_language)
"""The language switch, a button: by GET nothing is set and nothing answered."""


def problem(request: HttpRequest, status: int, title: str, what: str, mend: str, **more: Any) -> HttpResponse:
    """One page for everything that went wrong: what, and how to mend it."""
    context = {"title": title, "what": what, "mend": mend, **more}
    return render(request, "base/problem.html", context, status=status)


def not_allowed(request: HttpRequest, refused: NotAllowed) -> HttpResponse:
    """A rule said no: the findings, each with its clause."""
    return problem(
        request,
        403,
        _("Not allowed"),
        _("A rule of the program does not allow this."),
        _("If you should be able to do this, ask a program administrator which roles you hold."),
        findings=refused.decision.unmet,
    )


def bad_input(request: HttpRequest, error: BadInput) -> HttpResponse:
    """What was sent cannot be read."""
    return problem(request, 400, _("This cannot be read"), str(error), error.mend)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long or was sent from elsewhere. What was typed stands in the form still open behind."""
    return problem(
        request,
        403,
        _("This page was open too long"),
        _("For safety, what you sent was not stored."),
        _("Go back in your browser: what you typed is still there. Copy it, reload the page and send it again."),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(
        request, 400, _("This cannot be read"), _("The request was not understood."), _("Go back and try again.")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, 403, _("Not allowed"), _("This is not allowed."), _("Go back, or sign in again."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Missing and out of reach look the same."""
    return problem(
        request,
        404,
        _("Nothing here for you"),
        _("There is no such page, or it is not yours to see."),
        _("Check the address, or start from the policy."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours. Shows nothing of it."""
    return problem(
        request,
        500,
        _("A fault of ours"),
        _("Accord failed to answer. Nothing was stored by this request."),
        _("Try again; if it happens again, tell the program administrator what you were doing."),
    )


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Which topics have rules, and every number in use."""
    topics = [(topic, clauses.head(topic), clauses.clauses(topic)) for topic in clauses.TOPICS]
    return render(request, "base/rules.html", {"topics": topics, "parameters": clauses.parameters()})


@require_safe
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """Clause, rule and worked cases of one topic, side by side."""
    if topic not in clauses.TOPICS:
        raise Http404
    cases = clauses.cases(topic)
    rows = [
        {
            "clause": clause,
            "code": inspect.getsource(RULES[clause.id]) if clause.id in RULES else "",
            "cases": [_case(case) for case in cases if case.clause == clause.id],
        }
        for clause in clauses.clauses(topic)
    ]
    numbers = [one for one in clauses.parameters() if one.id.startswith(f"{topic}.")]
    return render(request, "base/topic.html", {"head": clauses.head(topic), "rows": rows, "parameters": numbers})


def _case(case: clauses.Case) -> dict[str, str]:
    then = case.then if isinstance(case.then, str) else Status.MET if case.then else Status.NOT_MET
    answer = _(Status(then).label) if then in set(Status) else then
    given = json.dumps(case.given, ensure_ascii=False, indent=1, default=str)
    return {"name": case.name, "answer": answer, "given": given}
