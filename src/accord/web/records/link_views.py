"""HTTP for links between accounts and students: proposed by one person, confirmed by another, ended by either."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.decision import BadInput, NotAllowed
from accord.facts.records import SignerRole
from accord.web.records import link_pages, links, reach, reading, student_views
from accord.web.records.account_field import AccountField
from accord.web.records.ask_views import show
from accord.web.records.form_fields import RuledText, area, chosen, day
from accord.web.records.models import Link
from accord.web.students.models import Student


class LinkForm(forms.Form):
    """Who holds the rights to a student's records."""

    use_required_attribute = False

    user = AccountField(
        label=gettext_lazy("Address of the account"),
        help_text=gettext_lazy("The e-mail address they sign in with."),
        error_messages={"required": gettext_lazy("Give the address.")},
    )
    role = chosen(SignerRole, gettext_lazy("What they are to the student"))
    starts_on = day(gettext_lazy("From"), required=True)
    ends_on = day(gettext_lazy("Until"), gettext_lazy("Leave empty when no end is known."))
    may_sign = forms.BooleanField(
        label=gettext_lazy("May sign consents"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Take it out where a court order keeps that from them."),
    )
    seen = RuledText(
        label=gettext_lazy("Paper you saw"),
        max_length=200,
        help_text=gettext_lazy("Such as: birth record, custody order and its number. No address."),
    )


class EndLinkForm(forms.Form):
    """Why a link ends."""

    use_required_attribute = False

    reason = RuledText(label=gettext_lazy("Why it ends"), max_length=2000, widget=area(2))


@require_safe
def index(request: Any) -> HttpResponse:
    """The links that wait for a second person. Each names a student, so reading it leaves an event."""
    rows = link_pages.rows(request, waiting=True)
    reading.reveal_links(**reach.who(request), count=len(rows))
    return render(request, "records/links.html", {"rows": rows, "form": EndLinkForm()})


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: Any, uid: object) -> HttpResponse:
    """Say that an account holds the rights to this student's records."""
    student = student_views.reached(request, uid)
    form = LinkForm(request.POST) if request.method == "POST" else LinkForm(initial={"starts_on": request.on})
    if request.method != "POST":
        return _page(request, student, form)
    if not form.is_valid():
        return _page(request, student, form, status=400)
    data = form.cleaned_data
    try:
        links.propose(**reach.who(request), student=student, **(data | {"role": SignerRole(data["role"])}))
    except NotAllowed as refused:
        show(form, refused.decision.unmet)
        return _page(request, student, form, status=422)
    except BadInput as error:
        form.add_error(error.where if error.where in form.fields else None, f"{error.what} {error.mend}")
        return _page(request, student, form, status=400)
    messages.success(request, _("It is proposed. It counts once a second person confirms it."))
    return redirect("records:student", uid=student.uid)


def _page(request: Any, student: Student, form: LinkForm, *, status: int = 200) -> HttpResponse:
    reading.reveal_student(**reach.who(request), student=student)
    return render(request, "records/propose.html", {"student": student, "form": form}, status=status)


@require_POST
def confirm(request: Any, uid: object) -> HttpResponse:
    """Confirm, as a second person, what somebody else said."""
    link = get_object_or_404(Link.objects.select_related("student", "user", "by"), uid=uid)
    try:
        links.confirm(**reach.who(request), link=link)
    except BadInput as error:
        return _again(request, link, f"{error.what} {error.mend}", status=409)
    messages.success(request, _("It is confirmed and counts from now on."))
    return redirect("records:student", uid=link.student.uid)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Any, uid: object) -> HttpResponse:
    """End a link, or refuse one that waits."""
    link = get_object_or_404(Link.objects.select_related("student__school", "user", "by"), uid=uid)
    form = EndLinkForm(request.POST) if request.method == "POST" else EndLinkForm()
    if request.method != "POST":
        return _end_page(request, link, form)
    if not form.is_valid():
        return _end_page(request, link, form, status=400)
    try:
        links.end(**reach.who(request), link=link, **form.cleaned_data)
    except NotAllowed as refused:
        show(form, refused.decision.unmet)
        return _end_page(request, link, form, status=422)
    except BadInput as error:
        return _again(request, link, f"{error.what} {error.mend}", status=409)
    messages.success(request, _("The link is ended: it counts no more."))
    return redirect("records:student", uid=link.student.uid)


def _end_page(request: Any, link: Link, form: EndLinkForm, *, status: int = 200) -> HttpResponse:
    reading.reveal_student(**reach.who(request), student=link.student)
    context = {"link": link, "role": SignerRole(link.role), "student": link.student, "form": form}
    return render(request, "records/end_link.html", context, status=status)


def _again(request: Any, link: Link, told: str, *, status: int) -> HttpResponse:
    form = EndLinkForm({"reason": request.POST.get("reason", "")})
    form.full_clean()
    form.add_error(None, told)
    return _end_page(request, link, form, status=status)
