"""HTTP for filing what was checked of what whoever asks says."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accord.decision import BadInput, NotAllowed
from accord.web.records import confirming, reach, request_views
from accord.web.records.ask_views import show
from accord.web.records.confirm_page import ConfirmForm, form_of
from accord.web.records.models_requests import Request
from accord.web.records.stepping import Conflict


@require_POST
def confirm(request: Any, uid: object) -> HttpResponse:
    """File a word on one claim of a request that somebody else made."""
    row = reach.visible(request, uid)
    form = form_of(request.POST)
    if not form.is_valid():
        return request_views.page(request, row, status=400, confirm_form=form)
    try:
        word = confirming.confirm(**reach.who(request), request=row, **form.cleaned_data)
    except NotAllowed as refused:
        if row.asker_id == request.user.pk:
            raise  # no form stands on the page of one's own request
        show(form, refused.decision.unmet)
        return request_views.page(request, row, status=422, confirm_form=form)
    except BadInput as error:
        form.add_error(None, f"{error.what} {error.mend}")
        return request_views.page(request, row, status=400, confirm_form=form)
    except Conflict:
        return _changed(request, uid, form)
    messages.success(
        request,
        _("It is on file as confirmed, and counts from now on.")
        if word.yes
        else _("It is on file as not confirmed: nothing opens on it any more."),
    )
    return redirect("records:read", uid=row.uid)


def _changed(request: Any, uid: object, form: ConfirmForm) -> HttpResponse:
    """Somebody filed a word meanwhile: the claim as it stands now, and what was chosen and typed as it was."""
    row: Request = reach.visible(request, uid)
    data = form.cleaned_data
    typed = {**data, "yes": "yes" if data["yes"] else "no", "number": row.confirmations.count()}
    again = ConfirmForm(claim=data["claim"].value, initial=typed)
    return request_views.page(request, row, status=409, conflict=True, confirm_form=again)
