"""HTTP for what officers sign each year, and for whoever sees who lacks it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accord.decision import NotAllowed
from accord.web.immigration import signing, words
from accord.web.immigration.forms import PledgeForm
from accord.web.immigration.refused import refuse


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: Any) -> HttpResponse:
    """The duties, word for word, and the signature under them."""
    if request.method != "POST":
        return _page(request, PledgeForm(), 200)
    form = PledgeForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 400)
    try:
        signing.sign(
            by=request.user,
            at=request.at,
            on=request.on,
            language=get_language() or "en",
            text=words.pledge(),
            **form.cleaned_data,
        )
    except NotAllowed as refused:
        refuse(form, refused)
        return _page(request, form, 422)
    messages.success(request, _("You signed. It counts from today."))
    return redirect("immigration:sign")


def _page(request: Any, form: PledgeForm, status: int) -> HttpResponse:
    mine = signing.own(request.user, on=request.on)
    context = {"form": form, "mine": mine, "duties": words.DUTIES}
    return render(request, "immigration/sign.html", context, status=status)


@require_safe
def officers(request: Any) -> HttpResponse:
    """Every officer in service and the last acknowledgement, whoever lacks one first."""
    return render(request, "immigration/officers.html", {"signers": signing.signers(on=request.on)})
