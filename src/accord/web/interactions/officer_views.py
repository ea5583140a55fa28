"""HTTP for officers' profiles: each officer's own, and every officer's for the agency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accord.decision import BadInput, NotAllowed
from accord.facts import OfficerProfile
from accord.facts.stop_codes import OfficerAssignment, RipaRace
from accord.web.base.templatetags.accord import say
from accord.web.base.views import bad_input
from accord.web.interactions import officers, reach
from accord.web.interactions.choices import choices
from accord.web.interactions.models_officers import OfficerVersion
from accord.web.interactions.ruled import Ruled, RuledChoice, RuledChoices, RuledText
from accord.web.people.models import User


class RuledDate(Ruled, forms.DateField):
    """A day, watched by a rule."""


class OfficerForm(forms.Form):
    """What every record of a stop says of its officer. A rule says what may not be left out."""

    use_required_attribute = False

    key = RuledText(
        label=gettext_lazy("The agency's key of the officer"),
        max_length=20,
        help_text=gettext_lazy("Made up by the agency and never given to anyone else. No name and no badge number."),
    )
    since = RuledDate(
        label=gettext_lazy("Peace officer since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Years of service are counted from this day and rounded up."),
    )
    assignment = RuledChoice(
        label=gettext_lazy("Assignment"), choices=choices(OfficerAssignment, gettext_lazy("Choose"))
    )
    assignment_other = forms.CharField(
        label=gettext_lazy("Which assignment, if another"), required=False, max_length=80
    )
    races = RuledChoices(
        label=gettext_lazy("Race or ethnicity of the officer"),
        choices=choices(RipaRace),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("As the officer says. Choose all that apply."),
    )
    ori = RuledText(
        label=gettext_lazy("ORI of the agency"),
        max_length=9,
        help_text=gettext_lazy("Nine characters, such as CA0010000."),
    )

    def profile(self) -> OfficerProfile:
        """What was typed, as facts. Only after the form was found valid."""
        data = self.cleaned_data
        return OfficerProfile(
            key=data["key"],
            since=data["since"],
            assignment=OfficerAssignment(data["assignment"]) if data["assignment"] else None,
            assignment_other=data["assignment_other"],
            races=tuple(RipaRace(code) for code in data["races"]),
            ori=data["ori"].upper(),
        )


def _initial(row: OfficerVersion | None) -> dict[str, Any]:
    if row is None:
        return {"assignment": OfficerAssignment.SCHOOL.value}
    return {name: getattr(row, name) for name in OfficerForm.base_fields}


@dataclass(frozen=True)
class Row:
    """An officer, and when the profile was last given, if ever. Nothing of the profile itself."""

    officer: User
    version: OfficerVersion | None


@require_safe
def index(request: Any) -> HttpResponse:
    """The officers whose profiles one keeps: one's own, or every officer's."""
    scope = reach.scope(request, officers.PERMISSION)
    mine = [one for one in officers.officers(request.on) if scope.district or one == request.user]
    newest = {row.user_id: row for row in OfficerVersion.objects.filter(user__in=mine).order_by("number")}
    rows = [Row(one, newest.get(one.pk)) for one in mine]
    return render(request, "interactions/officers.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def officer(request: Any, uid: object) -> HttpResponse:
    """One officer's profile, and a new version of it."""
    whose = get_object_or_404(User, uid=uid)
    try:
        if not officers.may_keep(request.user, whose, on=request.on).allowed:
            raise PermissionDenied
    except BadInput as error:
        return bad_input(request, error)
    newest = officers.latest(whose)
    if request.method != "POST":
        return _page(request, whose, newest, OfficerForm(initial=_initial(newest)))
    form = OfficerForm(request.POST)
    if not form.is_valid():
        return _page(request, whose, newest, form, status=400)
    try:
        officers.keep(**reach.who(request), officer=whose, profile=form.profile())
    except NotAllowed as refused:
        for finding in refused.decision.unmet:
            form.add_error(finding.field if finding.field in form.fields else None, say(finding.reason))
        return _page(request, whose, newest, form, status=422)
    messages.success(request, _("The profile is on file."))
    return redirect("interactions:officers")


def _page(
    request: Any, whose: User, newest: OfficerVersion | None, form: OfficerForm, *, status: int = 200
) -> HttpResponse:
    return render(
        request, "interactions/officer.html", {"officer": whose, "newest": newest, "form": form}, status=status
    )
