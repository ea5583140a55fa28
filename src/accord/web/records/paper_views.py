"""HTTP for the paper of a request: one page, on which each stage of its way is noted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accord.decision import BadInput, NotAllowed
from accord.rules import people
from accord.web.base.scans import MEDIA
from accord.web.records import actions, paper_page, papers, reach, reading, secrecy
from accord.web.records.ask_views import show
from accord.web.records.form_fields import say_empty
from accord.web.records.models import Held, HeldKind
from accord.web.records.models_requests import Request
from accord.web.records.paper_forms import ReadForm, ReceiveForm, ScopeForm, SecretForm, TellForm, WordsForm
from accord.web.records.steps import Act, State

_FIELD = {"counsel": "words", "on": "day"}
"""Where a finding is shown whose field has another name on the page."""


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: Any, uid: object) -> HttpResponse:
    """The paper of a request, and what is noted about it."""
    row = _row(request, uid)
    if request.method != "POST":
        return _page(request, row)
    do = request.POST.get("do", "")
    if do not in _ACTS:
        return _page(request, row, status=400)
    form = _form(do, row, request)
    if not form.is_valid():
        if isinstance(form, ReceiveForm):
            show(form, form.lacks())
        else:
            say_empty(form)
        return _page(request, row, do, form, status=400)
    try:
        _ACTS[do](request, papers.On(row, form.cleaned_data["number"]), form)
    except NotAllowed as refused:
        _show(form, refused)
        return _page(request, row, do, form, status=422)
    except BadInput as error:
        form.add_error(error.where if error.where in form.fields else None, f"{error.what} {error.mend}")
        return _page(request, row, do, form, status=400)
    except actions.Conflict:
        return _page(request, _row(request, uid), do, form, status=409, conflict=True)
    messages.success(request, _("It is noted. Below is what is still missing."))
    return redirect("records:paper", uid=row.uid)


def _row(request: Any, uid: object) -> Request:
    row = reach.visible(request, uid)
    if not reach.decides(request):
        raise Http404
    return row


def _form(do: str, row: Request, request: Any) -> forms.Form:
    kind = _FORMS[do]
    if kind is ScopeForm:
        return ScopeForm(request.POST, copies=_choices(row))
    form: forms.Form = kind(request.POST, request.FILES)
    return form


def _choices(row: Request) -> list[tuple[str, str]]:
    return [(str(one.uid), one.title) for one, _named in paper_page.copies(row)]


def _show(form: forms.Form, refused: NotAllowed) -> None:
    show(form, [replace(one, field=_FIELD.get(one.field, one.field)) for one in refused.decision.unmet])


def _receive(request: Any, to: papers.On, form: Any) -> None:
    data = form.cleaned_data
    papers.receive(
        **reach.who(request),
        to=to,
        paper=form.received(),
        court=data["court"],
        scan=data["file"],
        barred_by=data["barred_by"],
    )


def _read(request: Any, to: papers.On, form: Any) -> None:
    data = form.cleaned_data
    papers.read(
        **reach.who(request),
        to=to,
        day=data["day"],
        found=form.paper(),
        words=data["words"],
        barred_by=data["barred_by"],
    )


def _tell(request: Any, to: papers.On, form: Any) -> None:
    data = form.cleaned_data
    papers.tell(**reach.who(request), to=to, act=data["whom"], day=data["day"], how=data["how"], words=data["words"])


def _check(request: Any, to: papers.On, form: Any) -> None:
    papers.check(**reach.who(request), to=to, named=form.cleaned_data["named"], words=form.cleaned_data["words"])


def _say(act: Act) -> Callable[[Any, papers.On, Any], None]:
    def note(request: Any, to: papers.On, form: Any) -> None:
        papers.say(**reach.who(request), to=to, act=act, words=form.cleaned_data["words"])

    return note


def _secret(request: Any, to: papers.On, form: Any) -> None:
    papers.say_secret(
        **reach.who(request), to=to, forbids=form.cleaned_data["forbids"], words=form.cleaned_data["words"]
    )


_FORMS: dict[str, Any] = {
    "receive": ReceiveForm,
    "read": ReadForm,
    "tell": TellForm,
    "check": ScopeForm,
    "object": WordsForm,
    "settle": WordsForm,
    "confide": WordsForm,
    "secret": SecretForm,
}
_ACTS: dict[str, Callable[[Any, papers.On, Any], None]] = {
    "receive": _receive,
    "read": _read,
    "tell": _tell,
    "check": _check,
    "object": _say(Act.OBJECTED),
    "settle": _say(Act.OBJECTION_OVER),
    "confide": _say(Act.CONFIDENTIALITY_ASKED),
    "secret": _secret,
}


def _page(
    request: Any,
    row: Request,
    do: str = "",
    sent: forms.Form | None = None,
    *,
    status: int = 200,
    conflict: bool = False,
) -> HttpResponse:
    reading.reveal(**reach.who(request), request=row)
    shown = paper_page.page(row, on=request.on)
    number = row.steps.count()
    fresh = {name: _fresh(name, row, shown, number, on=request.on) for name in _FORMS}
    if sent is not None and not conflict:
        fresh[do] = sent
    context = {
        "row": row,
        "shown": shown,
        "forms": fresh,
        "form": sent,
        "conflict": conflict,
        "keeps": reach.may(request, "records.keep"),
        "telling": secrecy.standing(row) if secrecy.has_paper(row) and actions.settled(row) is not State.OPEN else None,
        "unsaid": secrecy.is_open_question(row),
        "other": people.other_person(people.Pair(str(row.asker.uid), str(request.user.uid))),
    }
    return render(request, "records/paper.html", context, status=status)


def _fresh(name: str, row: Request, shown: paper_page.Shown | None, number: int, *, on: Any) -> forms.Form:
    if name == "check":
        named = [str(one.uid) for one, is_named in paper_page.copies(row) if is_named]
        return ScopeForm(copies=_choices(row), initial={"number": number, "named": named})
    initial: dict[str, Any] = {"number": number, "day": on}
    if name == "read" and shown:
        answers = {True: "yes", False: "no", None: ""}
        initial |= {
            "kind": shown.paper.kind.value,
            "signed_by_judge": answers[shown.paper.signed_by_judge],
            "non_disclosure": answers[shown.paper.non_disclosure],
            "excused": shown.paper.notice_excused_by_court,
            "barred_by": shown.barred_by,
        }
    form: forms.Form = _FORMS[name](initial=initial)
    return form


@require_safe
def scan(request: Any, uid: object) -> HttpResponse:
    """The scan of a request's paper, as it came."""
    row = _row(request, uid)
    received = papers.latest(row, Act.PAPER_RECEIVED)
    held = Held.objects.filter(kind=HeldKind.PAPER, uid=UUID(received["held"])).first() if received else None
    if held is None:
        raise Http404
    reading.reveal(**reach.who(request), request=row)
    data = bytes(held.scan)
    kind = next((media for start, media in _BEGINS if data.startswith(start)), MEDIA["txt"])
    response = HttpResponse(data, content_type=kind)
    ending = next(name for name, media in MEDIA.items() if media == kind)
    response["Content-Disposition"] = f'attachment; filename="paper.{ending}"'
    response["Cache-Control"] = "no-store"
    return response


_BEGINS = ((b"%PDF-", MEDIA["pdf"]), (b"\x89PNG\r\n\x1a\n", MEDIA["png"]), (b"\xff\xd8\xff", MEDIA["jpg"]))
