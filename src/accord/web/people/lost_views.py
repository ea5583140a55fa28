"""HTTP for a form that came too late: its page was too old, or nobody is signed in any more. Nothing of it is filed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from accord.web.base import views as base
from accord.web.people import carrying, session_views
from accord.web.people.carrying import Carried


def signed_out(request: Any, one: Carried) -> HttpResponse:
    """The sign-in page, holding what was typed until its author signs in again."""
    return session_views.sign_in_page(request, carried=one, onward=request.get_full_path(), status=403)


@requires_csrf_token
def csrf_failure(request: Any, reason: str = "") -> HttpResponse:
    """A form without the token of this session. Who signed in again in another tab made the page too old.

    What was typed is kept when the form's own seal names the person who is signed in.
    """
    one = carrying.carried(request)
    if one is None:
        return base.csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return signed_out(request, one)
    if kept := carrying.kept(request, one):
        why = _("This happens when you sign in again in another tab, or leave a page open for long.")
        return base.problem(
            request,
            403,
            _("Your page was too old"),
            _("Nothing is filed yet. What you typed is kept, and only you see it."),
            why if kept.whole else f"{why} {session_views.left_out()}",
            onward=kept.onward,
        )
    if not one.is_of(request.user):
        return base.problem(
            request,
            403,
            _("Somebody else is signed in now"),
            _("Nothing is filed, and what was typed is not kept: it belongs to somebody else."),
            _("Sign out, and sign in as the person who typed it."),
        )
    return base.csrf_failure(request, reason)
