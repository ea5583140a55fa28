"""HTTP for accounts and their roles; what may be done is decided in rules/people and actions.py."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord import clauses
from accord.decision import BadInput
from accord.facts import Reach, Role
from accord.rules import people as rule
from accord.web.base.templatetags.accord import label
from accord.web.base.views import bad_input
from accord.web.people import actions, passwords, schools
from accord.web.people.forms import AgencyForm, FirstPasswordForm, GrantForm, OpenAccountForm, SchoolForm
from accord.web.people.models import RoleGrant, School, User


@require_safe
def permissions(request: HttpRequest) -> HttpResponse:
    """Who may do what, for everyone to read."""
    rows = [
        {
            "permission": permission,
            "limited": ", ".join(label(role) for role in Role if role in permission.own_at_most),
            "cells": [(role, permission.reach[role], permission.reach[role] is not Reach.NONE) for role in Role],
        }
        for permission in rule.permissions().values()
    ]
    roles = [(role, clauses.table("people")["roles"][role]) for role in Role]
    return render(request, "people/permissions.html", {"rows": rows, "roles": roles})


@require_safe
def accounts(request: Any) -> HttpResponse:
    """All accounts with the roles they hold."""
    grants = RoleGrant.objects.select_related("school")
    people = User.objects.prefetch_related(Prefetch("grants", queryset=grants))
    rows = [
        {"user": user, "roles": [_row(grant, request.on) for grant in user.grants.all() if grant.in_force(request.on)]}
        for user in people
    ]
    may_manage = rule.may(request.asker, "people.manage", on=request.on).allowed
    may_manage_schools = rule.may(request.asker, "people.manage_schools", on=request.on).allowed
    context = {"rows": rows, "may_manage": may_manage, "may_manage_schools": may_manage_schools}
    return render(request, "people/accounts.html", context)


def _account(request: Any, uid: object, form: GrantForm | None = None) -> HttpResponse:
    """The page of an account, with the form as it was sent when something is wrong with it."""
    grants = RoleGrant.objects.select_related("school")
    user = get_object_or_404(User.objects.prefetch_related(Prefetch("grants", queryset=grants)), uid=uid)
    may_manage = rule.may(request.asker, "people.manage", on=request.on)
    second = rule.other_person(rule.Pair(str(user.uid), request.asker.id))
    context = {
        "account": user,
        "rows": [_row(grant, request.on) for grant in user.grants.all()],
        "form": form or GrantForm(initial={"starts_on": request.on}),
        "may_manage": may_manage.allowed and second.met,
        "refusal": second if may_manage.allowed and not second.met else None,
    }
    return render(request, "people/account.html", context, status=400 if form and form.errors else 200)


def _row(grant: RoleGrant, on: date) -> dict[str, Any]:
    """A role as the page of an account shows it. `lacks_agency` is whether it should name an agency and does not."""
    lacks = not rule.role_agency(grant.facts()).met
    return {"grant": grant, "current": grant.in_force(on), "may_end": _may_end(grant, on), "lacks_agency": lacks}


def _may_end(grant: RoleGrant, on: date) -> bool:
    """Is there anything left to end: a role in force, or one that has yet to begin?"""
    return grant.ended_at is None and (grant.ends_on is None or on <= grant.ends_on)


@require_safe
def account(request: Any, uid: object) -> HttpResponse:
    """One account: its roles, past and present."""
    return _account(request, uid)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: Any) -> HttpResponse:
    """Open an account."""
    form = OpenAccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.open_account(by=request.user, at=request.at, on=request.on, **form.cleaned_data)
        except BadInput as error:
            _show(form, error)
        else:
            messages.success(request, _("The account is open. It can do nothing until it is given a role."))
            return redirect("people:account", uid=user.uid)
    return render(request, "people/open.html", {"form": form}, status=400 if form.errors else 200)


def _show(form: Form, error: BadInput) -> None:
    """Put what an action would not take beside the field it is about."""
    form.add_error(error.where if error.where in form.fields else None, f"{error.what} {error.mend}")


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
    try:
        actions.grant_role(
            by=request.user,
            at=request.at,
            on=request.on,
            user=user,
            role=Role(data["role"]),
            school=data["school"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            agency=data["agency"],
        )
    except BadInput as error:
        _show(form, error)
        return _account(request, uid, form)
    return _done(request, uid, _("The role is granted."))


@require_http_methods(["GET", "HEAD", "POST"])
def file_agency(request: Any, uid: object, grant_id: int) -> HttpResponse:
    """File which agency somebody serves in a role that names none yet."""
    held = get_object_or_404(RoleGrant.objects.select_related("user", "school"), id=grant_id, user__uid=uid)
    form = AgencyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.file_agency(by=request.user, at=request.at, on=request.on, grant=held, **form.cleaned_data)
        except BadInput as error:
            _show(form, error)
        else:
            return _done(request, uid, _("The agency is on file with the role."))
    context = {"form": form, "account": held.user, "grant": held}
    return render(request, "people/agency.html", context, status=400 if form.errors else 200)


@require_POST
def end(request: Any, uid: object, grant_id: int) -> HttpResponse:
    """End a role that someone else holds."""
    held = get_object_or_404(RoleGrant.objects.select_related("user", "school"), id=grant_id, user__uid=uid)
    try:
        actions.end_role(by=request.user, at=request.at, on=request.on, grant=held)
    except BadInput as error:
        return bad_input(request, error)
    return _done(request, uid, _("The role has ended."))


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: Any, uid: object) -> HttpResponse:
    """Give someone else a first password again."""
    user = get_object_or_404(User, uid=uid)
    form = FirstPasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        passwords.reset_password(by=request.user, at=request.at, on=request.on, user=user, **form.cleaned_data)
        return _done(request, uid, _("The first password is set. Hand it over; at sign-in a new one is asked for."))
    context = {"form": form, "account": user}
    return render(request, "people/reset.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def school_list(request: Any) -> HttpResponse:
    """The schools of the district, and a form for one more."""
    form = SchoolForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        row = schools.Row(**form.cleaned_data)
        try:
            schools.add_school(by=request.user, at=request.at, on=request.on, row=row)
        except BadInput as error:
            _show(form, error)
        else:
            messages.success(request, _("The school is added."))
            return redirect("people:schools")
    context = {"form": form, "schools": School.objects.all()}
    return render(request, "people/schools.html", context, status=400 if form.errors else 200)


@require_POST
def close_school(request: Any, cds: str) -> HttpResponse:
    """Close a school; it can be opened again."""
    school = get_object_or_404(School, cds=cds)
    schools.close_school(by=request.user, at=request.at, on=request.on, school=school)
    messages.success(request, _("The school is closed. You can open it again here."))
    return redirect("people:schools")


@require_POST
def reopen_school(request: Any, cds: str) -> HttpResponse:
    """Open a closed school again."""
    school = get_object_or_404(School, cds=cds)
    schools.reopen_school(by=request.user, at=request.at, on=request.on, school=school)
    messages.success(request, _("The school is open again."))
    return redirect("people:schools")
