"""HTTP for accounts and sign-in; what may be done is decided in rules/people and actions.py."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord import clauses
from accord.facts import Reach, Role
from accord.rules import people as rule
from accord.web.base.views import problem
from accord.web.people import actions
from accord.web.people.forms import GrantForm, OpenAccountForm, SignInForm
from accord.web.people.models import RoleGrant, User

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def _onward(request: HttpRequest) -> str:
    """Where to go after sign-in: the page first asked for, when it is one of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else str(settings.LOGIN_REDIRECT_URL)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: Any) -> HttpResponse:
    """Sign in with user name and password; in the demo also by choosing a person."""
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user(), backend=_BACKEND)
        return redirect(_onward(request))
    context = {"form": form, "next": request.GET.get("next", ""), "cast": _cast(request)}
    return render(request, "people/sign_in.html", context, status=400 if form.errors else 200)


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


@require_POST
def sign_in_as(request: Any) -> HttpResponse:
    """The demo's sign-in. Outside the demo it is not there."""
    if not _is_demo(request):
        raise Http404
    user = get_object_or_404(User, uid=_uid(request.POST.get("uid", "")), is_active=True)
    login(request, user, backend=_BACKEND)
    return redirect(_onward(request))


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and have the browser forget its pages."""
    logout(request)
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


@require_GET
def permissions(request: HttpRequest) -> HttpResponse:
    """Who may do what, for everyone to read."""
    rows = [
        {
            "permission": permission,
            "cells": [(role, permission.reach[role], permission.reach[role] is not Reach.NONE) for role in Role],
        }
        for permission in rule.permissions().values()
    ]
    roles = [(role, clauses.table("people")["roles"][role]) for role in Role]
    return render(request, "people/permissions.html", {"rows": rows, "roles": roles})


@require_GET
def accounts(request: Any) -> HttpResponse:
    """All accounts with the roles they hold."""
    grants = RoleGrant.objects.select_related("school")
    people = User.objects.prefetch_related(Prefetch("grants", queryset=grants))
    rows = [
        {"user": user, "grants": [grant for grant in user.grants.all() if grant.in_force(request.on)]}
        for user in people
    ]
    may_manage = rule.may(request.asker, "people.manage", on=request.on).allowed
    return render(request, "people/accounts.html", {"rows": rows, "may_manage": may_manage})


def _account(request: Any, uid: object, form: GrantForm | None = None) -> HttpResponse:
    grants = RoleGrant.objects.select_related("school")
    user = get_object_or_404(User.objects.prefetch_related(Prefetch("grants", queryset=grants)), uid=uid)
    may_manage = rule.may(request.asker, "people.manage", on=request.on)
    second = rule.other_person(rule.Pair(str(user.uid), request.asker.id))
    context = {
        "account": user,
        "rows": [(grant, grant.in_force(request.on)) for grant in user.grants.all()],
        "form": form or GrantForm(initial={"starts_on": request.on}),
        "may_manage": may_manage.allowed and second.met,
        "refusal": second if may_manage.allowed and not second.met else None,
    }
    return render(request, "people/account.html", context, status=400 if form and form.errors else 200)


@require_GET
def account(request: Any, uid: object) -> HttpResponse:
    """One account: its roles, past and present."""
    return _account(request, uid)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def open_account(request: Any) -> HttpResponse:
    """Open an account."""
    form = OpenAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = actions.open_account(by=request.user, at=request.at, on=request.on, **form.cleaned_data)
        messages.success(request, _("The account is open. It can do nothing until it is given a role."))
        return redirect("people:account", uid=user.uid)
    return render(request, "people/open.html", {"form": form}, status=400 if form.errors else 200)


def _done(request: Any, uid: object, text: str) -> HttpResponseRedirect:
    messages.success(request, text)
    return redirect("people:account", uid=uid)


@require_POST
def close(request: Any, uid: object) -> HttpResponse:
    """Close an account; it can be opened again."""
    actions.close_account(by=request.user, at=request.at, on=request.on, user=get_object_or_404(User, uid=uid))
    return _done(request, uid, _("The account is closed. You can open it again here."))


@require_POST
def reopen(request: Any, uid: object) -> HttpResponse:
    """Open a closed account again."""
    actions.reopen_account(by=request.user, at=request.at, on=request.on, user=get_object_or_404(User, uid=uid))
    return _done(request, uid, _("The account is open again."))


@require_POST
def grant(request: Any, uid: object) -> HttpResponse:
    """Grant a role to someone else."""
    form = GrantForm(request.POST)
    if not form.is_valid():
        return _account(request, uid, form)
    user = get_object_or_404(User, uid=uid)
    data = form.cleaned_data
    actions.grant_role(
        by=request.user,
        at=request.at,
        on=request.on,
        user=user,
        role=Role(data["role"]),
        school=data["school"],
        starts_on=data["starts_on"],
        ends_on=data["ends_on"],
    )
    return _done(request, uid, _("The role is granted."))


@require_POST
def end(request: Any, uid: object, grant_id: int) -> HttpResponse:
    """End a role that someone else holds."""
    held = get_object_or_404(RoleGrant.objects.select_related("user", "school"), id=grant_id, user__uid=uid)
    actions.end_role(by=request.user, at=request.at, on=request.on, grant=held)
    return _done(request, uid, _("The role has ended."))
