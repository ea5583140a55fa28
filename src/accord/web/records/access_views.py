"""HTTP for a family that asks to see the record."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accord.decision import NotAllowed
from accord.rules import records as rule
from accord.web.records import access, family, reach
from accord.web.records.ask_views import show
from accord.web.records.form_fields import RuledText, area


class AccessForm(forms.Form):
    """What the family wants to see."""

    use_required_attribute = False

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    student = forms.UUIDField(widget=forms.HiddenInput)
    wanted = RuledText(
        label=gettext_lazy("What do you want to see?"),
        max_length=1000,
        help_text=gettext_lazy("All of it, or what you need most. Say if you need help to read it."),
        widget=area(3),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Any) -> HttpResponse:
    """Ask to see the record of one's child, or one's own, and see what became of it."""
    children = family.children(request.user, at=request.at, on=request.on)
    if request.method != "POST":
        return _page(request, children)
    form = AccessForm(request.POST)
    if not form.is_valid():
        return _page(request, children, form, status=400)
    child = next((one for one in children if one.link.uid == form.cleaned_data["student"]), None)
    if child is None:
        form.add_error(None, _("Choose for whom you ask."))
        return _page(request, children, form, status=400)
    data = form.cleaned_data
    try:
        row = access.ask(**reach.who(request), key=data["key"], child=child, wanted=data["wanted"])
    except NotAllowed as refused:
        show(form, refused.decision.unmet)
        return _page(request, children, form, status=422)
    if row.key == data["key"]:
        messages.success(request, _("The school office has your request and calls you."))
    else:
        messages.warning(request, _stands(row.reference))
    return redirect("records:family_access")


def _stands(reference: str) -> str:
    """Nothing was filed: an earlier request still waits, and what was typed is not in it."""
    said = _("You asked before, and %(reference)s still waits. Nothing was added to it: tell whoever calls you.")
    return said % {"reference": reference}


def _page(
    request: Any, children: list[family.Child], sent: AccessForm | None = None, *, status: int = 200
) -> HttpResponse:
    asked = access.asked(request.user, children)
    reads = [one for one in children if one.reads.met]
    context = {
        "children": children,
        "offered": [(one, _form(one, sent)) for one in reads],
        "refused": [one for one in children if not one.reads.met],
        "asked": asked,
        "form": sent,
        "days": rule.numbers(on=request.on).access_days,
    }
    return render(request, "records/access.html", context, status=status)


def _form(child: family.Child, sent: AccessForm | None) -> AccessForm:
    """The form for one child: what was sent about this child, or a new one."""
    if sent is not None and sent.data.get("student") == str(child.link.uid):
        return sent
    return AccessForm(initial={"key": uuid4().hex, "student": child.link.uid}, auto_id=f"id_{child.link.uid}_%s")
