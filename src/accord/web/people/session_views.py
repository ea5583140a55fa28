"""HTTP for signing in and out, and for one's own password."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accord import clauses
from accord.facts import Role
from accord.web.base.views import problem
from accord.web.people import carrying
from accord.web.people.carrying import Carried
from accord.web.people.forms import OwnPasswordForm, SignInForm
from accord.web.people.models import RoleGrant, User
from accord.web.people.passwords import change_password
from accord.web.people.sign_in import enter, failed, leave


def _onward(request: Any) -> str:
    """Where to go after sign-in: to what was typed and not filed, or to the page first asked for when it is ours."""
    if one := carrying.carried(request):
        if kept := carrying.kept(request, one):
            said = _("Not filed yet: here stands what you typed before you were signed out.")
            messages.warning(request, said if kept.whole else f"{said} {left_out()}")
            return kept.onward
        messages.warning(request, _not_kept(request, one))
    target = _asked_for(request)
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else str(settings.LOGIN_REDIRECT_URL)


def left_out() -> str:
    """What is said when not all that was typed could be kept."""
    return _("Left out: a text that the law keeps from being stored, or one that is too long.")


def _not_kept(request: Any, one: Carried) -> str:
    if one.is_of(request.user):
        return _("What you typed before you were signed out could not be kept.")
    return _("What was typed before belongs to somebody else. It was dropped.")


def _asked_for(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""


@sensitive_post_parameters("password", carrying.CARRIED)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Any) -> HttpResponse:
    """Sign in with user name and password; in the demo also by choosing a person."""
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        enter(request, form.get_user(), at=request.at)
        return redirect(_onward(request))
    if request.method == "POST":
        failed(request, at=request.at, username=form.data.get("username", ""))
    one = carrying.carried(request)
    return sign_in_page(request, form, carried=one, onward=_asked_for(request), status=400 if form.errors else 200)


def sign_in_page(
    request: Any, form: SignInForm | None = None, *, carried: Carried | None, onward: str, status: int
) -> HttpResponse:
    """The sign-in page. What it carries of a form goes no further than this answer until its author signs in."""
    form = form or SignInForm(request)
    if carried:
        form.fields["username"].widget.attrs.pop("autofocus", None)  # what became of the form is read first
    context = {"form": form, "next": onward, "cast": _cast(request), "carried": carried}
    return render(request, "people/sign_in.html", context, status=status)


def _cast(request: Any) -> list[dict[str, Any]]:
    """One person for each role, in the demo on loopback only."""
    if not _is_demo(request):
        return []
    grants = RoleGrant.objects.select_related("user", "school").filter(user__is_active=True).order_by("id")
    first: dict[str, RoleGrant] = {}
    for grant in grants:
        if grant.in_force(request.on):
            first.setdefault(grant.role, grant)
    words = clauses.table("people")["roles"]
    return [{"grant": first[role], "words": words[role]} for role in Role if role in first]


def _is_demo(request: HttpRequest) -> bool:
    return settings.DEMO and request.META.get("REMOTE_ADDR", "") in ("127.0.0.1", "::1")


@sensitive_post_parameters(carrying.CARRIED)
@require_POST
def sign_in_as(request: Any) -> HttpResponse:
    """The demo's sign-in. Outside the demo it is not there."""
    if not _is_demo(request):
        raise Http404
    user = get_object_or_404(User, uid=_uid(request.POST.get("uid", "")), is_active=True)
    enter(request, user, at=request.at)
    return redirect(_onward(request))


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


@require_POST
def sign_out(request: Any) -> HttpResponse:
    """End the session and have the browser forget its pages."""
    leave(request, at=request.at)
    response = redirect(str(settings.LOGOUT_REDIRECT_URL))
    response["Clear-Site-Data"] = '"cache"'
    return response


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Too many failed sign-ins from here for this account."""
    minutes = int((get_cool_off(request) or settings.AXES_COOLOFF_TIME).total_seconds() // 60)
    return problem(
        request,
        429,
        _("Too many attempts"),
        _("Sign-in for this user name from here is closed for %(minutes)s minutes.") % {"minutes": minutes},
        _("Wait and try again, or ask a program administrator for a new password."),
    )


@sensitive_post_parameters("former", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: Any) -> HttpResponse:
    """Choose one's own password; whoever has one that somebody else chose comes here first."""
    if not request.user.is_authenticated:
        return redirect(f"{reverse('people:sign_in')}?{urlencode({'next': request.path})}")
    form = OwnPasswordForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = change_password(by=request.user, at=request.at, password=form.cleaned_data["password"])
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password is changed."))
        return redirect(str(settings.LOGIN_REDIRECT_URL))
    if request.method == "POST":
        failed(request, at=request.at, username=request.user.username)
    return render(request, "people/password.html", {"form": form}, status=400 if form.errors else 200)
