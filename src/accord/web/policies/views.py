"""HTTP for versions and bindings; what may be done is decided in rules/policies and the actions."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.decision import BadInput, NotAllowed
from accord.rules import policies as rule
from accord.rules.people import may
from accord.web.base.views import bad_input
from accord.web.policies import actions, bindings, facts, shown
from accord.web.policies.forms import ImportForm, PutInForceForm, refuse
from accord.web.policies.models import Binding, Version

_NUMBER = re.compile(r"[0-9]{1,18}")
CLOSE = 0.9
"""The score from which all suggestions may be confirmed with one click."""


def _version(version_id: int) -> Version:
    versions = Version.objects.select_related("policy", "imported_by", "in_force_by")
    return get_object_or_404(versions, id=version_id)


@require_safe
def versions(request: Any) -> HttpResponse:
    """Every policy with its versions, newest first."""
    return render(request, "policies/list.html", {"policies": shown.policies(on=request.on)})


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: Any) -> HttpResponse:
    """Bring in a version from a file."""
    form = ImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        clock = {"by": request.user, "at": request.at, "on": request.on}
        try:
            done = actions.import_document(**clock, data=file.read(), name=file.name)
        except (BadInput, NotAllowed) as refused:
            refuse(form, refused)
            return render(request, "policies/import.html", {"form": form}, status=422)
        _say_imported(request, done)
        return redirect("policies:version", version_id=done.version.id)
    status = 400 if request.method == "POST" else 200
    return render(request, "policies/import.html", {"form": form}, status=status)


def _say_imported(request: Any, done: actions.Imported) -> None:
    if not done.is_new:
        messages.warning(request, _("This very file was brought in before. Nothing was stored twice: here it is."))
        return
    text = _("Version %(number)s is on file: %(suggested)s suggestions wait, %(carried)s bindings carried over.")
    numbers = {"number": done.version.number, "suggested": done.suggested, "carried": done.carried}
    messages.success(request, text % numbers)


@require_safe
def version(request: Any, version_id: int) -> HttpResponse:
    """One version: its sentences, what each carries, and how sure that is."""
    found = _version(version_id)
    decided = list(found.bindings.select_related("by"))
    context = {
        "version": found,
        "rows": shown.sentences(found, decided),
        "obligations": shown.choices(found),
        "bound": rule.is_bound(facts.adopted_with(found, decided)),
        "close": CLOSE,
        "waiting": shown.waiting(decided, least=CLOSE),
        "former": found.policy.versions.filter(number__lt=found.number).first(),
        "is_current": facts.in_force(found.policy.code, on=request.on) == found,
        "may_bind": may(request.asker, "policies.bind", on=request.on).allowed,
        "may_put_in_force": may(request.asker, "policies.put_in_force", on=request.on).allowed,
    }
    return render(request, "policies/version.html", context)


@require_POST
def bind(request: Any, version_id: int) -> HttpResponse:
    """Confirm, reject or add what one sentence carries; the button pressed says which."""
    found = _version(version_id)
    sentence = request.POST.get("sentence", "")
    clock = {"by": request.user, "at": request.at, "on": request.on}
    try:
        if "confirm" in request.POST:
            bindings.confirm(**clock, binding=_binding(found, request.POST["confirm"]))
        elif "reject" in request.POST:
            bindings.reject(**clock, binding=_binding(found, request.POST["reject"]))
        else:
            chosen = request.POST.get("obligation", "")
            bindings.add(**clock, version=found, sentence=sentence, obligation=chosen)
    except BadInput as error:
        return bad_input(request, error)
    messages.success(request, _("Kept."))
    return redirect(f"{reverse('policies:version', args=[found.id])}#{sentence}")


def _binding(version: Version, identity: str) -> Binding:
    """The binding a button names; whatever was never the number of one is not there."""
    if not _NUMBER.fullmatch(identity):
        raise Http404
    return get_object_or_404(Binding, id=int(identity), version=version)


@require_POST
def confirm_all(request: Any, version_id: int) -> HttpResponse:
    """Confirm every suggestion that is close."""
    found = _version(version_id)
    count = bindings.confirm_all(by=request.user, at=request.at, on=request.on, version=found, least=CLOSE)
    text = ngettext("%(count)s suggestion is confirmed.", "%(count)s suggestions are confirmed.", count)
    messages.success(request, text % {"count": count})
    return redirect("policies:version", version_id=found.id)


@require_safe
def diff(request: Any, old_id: int, new_id: int) -> HttpResponse:
    """What changed between two versions of a policy, and the controls to look at again."""
    old, new = _version(old_id), _version(new_id)
    if old.policy_id != new.policy_id:
        raise Http404
    return render(request, "policies/diff.html", {"old": old, "new": new, "diff": shown.difference(old, new)})


@require_http_methods(["GET", "HEAD", "POST"])
def put_in_force(request: Any, version_id: int) -> HttpResponse:
    """Put a version in force after the Board's vote."""
    found = _version(version_id)
    form = PutInForceForm(request.POST if request.method == "POST" else None, on=request.on, initial=_vote(found))
    status = 400 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        clock = {"by": request.user, "at": request.at, "on": request.on}
        try:
            actions.put_in_force(**clock, version=found, **form.cleaned_data)
        except (BadInput, NotAllowed) as refused:
            refuse(form, refused)
            status = 422
        else:
            messages.success(request, _("The version is in force."))
            return redirect("controls:front_page")
    first = form["in_force_from"].initial or request.on
    decision = actions.may_put_in_force(found, by=request.user, on=request.on, in_force_from=first)
    context = {"version": found, "form": form, "decision": decision, "bound": rule.is_bound(facts.adopted(found))}
    return render(request, "policies/put_in_force.html", context, status=status)


def _vote(version: Version) -> dict[str, Any]:
    """The day the document itself gives for the vote, to start from."""
    voted = max((day for day in (version.adopted_on, version.revised_on) if day), default=None)
    return {"meeting_on": version.meeting_on or voted, "in_force_from": version.in_force_from or voted}
