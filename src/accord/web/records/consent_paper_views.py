"""HTTP for consents on paper: filing one, and the scan of one."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accord.decision import BadInput, NotAllowed
from accord.web.base.templatetags.accord import say
from accord.web.records import consent_reach, consent_text, consents_paper
from accord.web.records.consent_forms import PaperForm
from accord.web.records.consent_text import OnPaper
from accord.web.records.consent_views import language_of
from accord.web.records.models import Link
from accord.web.records.models_consents import Consent

_NAMES = {b"%PDF": "pdf", b"\x89PNG": "png", b"\xff\xd8\xff": "jpg"}
_TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any, uid: object) -> HttpResponse:
    """File a consent that somebody signed on paper, for a link that stands today."""
    link: Link | None = Link.objects.standing(request.on).filter(uid=uid).select_related("user", "student").first()
    if link is None:
        raise Http404
    asked = {"link": link, "language": language_of(get_language()), "at": request.at, "on": request.on}
    if request.method != "POST":
        return _page(request, link, PaperForm(**asked))
    form = PaperForm(request.POST, request.FILES, **asked)
    if not form.is_valid():
        return _page(request, link, form, status=400)
    try:
        filed = _file(request, link, form)
    except BadInput as error:
        form.add_error(_place(form, error.where), f"{error.what} {error.mend}")
        return _page(request, link, form, status=400)
    except NotAllowed as refused:
        for finding in refused.decision.unmet:
            form.add_error(_place(form, finding.field), say(finding.reason))
        return _page(request, link, form, status=422)
    messages.success(request, _("The paper is on file and counts from now on."))
    return redirect("records:consent", uid=filed.uid)


def _place(form: PaperForm, name: str) -> str | None:
    return name if name in form.fields else "scan" if name == "file" else None


def _page(request: Any, link: Link, form: PaperForm, *, status: int = 200) -> HttpResponse:
    context = {"link": link, "form": form, "key": request.POST.get("key") or uuid4().hex}
    return render(request, "records/consent_paper.html", context, status=status)


def _file(request: Any, link: Link, form: PaperForm) -> Consent:
    data, terms, scan = form.cleaned_data, form.terms(), form.cleaned_data["scan"]
    paper = OnPaper(data["signed_on"], request.user.name, data["seen"])
    told = consent_text.text(link, terms, language=data["language"], signer=link.user.name, paper=paper)
    return consents_paper.file_paper(
        by=request.user,
        at=request.at,
        on=request.on,
        key=request.POST.get("key", "")[:64] or uuid4().hex,
        link=link,
        terms=terms,
        signature=data["signature"],
        signed_on=data["signed_on"],
        seen=data["seen"],
        language=data["language"],
        text=told,
        name=scan.name,
        scan=scan.read(),
    )


@require_safe
def scan(request: Any, uid: object) -> HttpResponse:
    """The scan of a consent, to be saved; its name says nothing of anybody."""
    consent = consent_reach.visible(request, uid)
    data = bytes(Consent.objects.filter(pk=consent.pk).values_list("scan", flat=True).get())
    if not data:
        raise Http404
    ending = next((name for start, name in _NAMES.items() if data.startswith(start)), "")
    response = HttpResponse(data, content_type=_TYPES.get(ending, "application/octet-stream"))
    response["Content-Disposition"] = f'attachment; filename="consent.{ending or "bin"}"'
    return response
