"""Signing in, opening an account, granting a role."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accord.facts import Role, RoleHeld
from accord.rules.people import role_agency, role_place
from accord.web.base.templatetags.accord import say
from accord.web.people.models import RoleGrant, School, User, same_agency, same_name


class SignInForm(AuthenticationForm):
    """User name and password. The answer to a wrong name is the answer to a wrong password."""

    error_messages = {
        "invalid_login": _(
            "This user name and password do not go together. Check both; letter case counts in the password."
        ),
        "inactive": _(
            "This user name and password do not go together. Check both; letter case counts in the password."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["username"].validators.append(MaxLengthValidator(150))
        self.fields["password"].validators.append(MaxLengthValidator(1000))


def _new_password(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 15 characters."),
    )


class OpenAccountForm(forms.Form):
    """A new account. The first password is given to its holder by hand."""

    name = forms.CharField(label=_("Name"), max_length=150)
    username = forms.CharField(label=_("User name"), max_length=150, help_text=_("Usually the work e-mail address."))
    password = _new_password(_("First password"))

    def clean_username(self) -> str:
        username = same_name(self.cleaned_data["username"])
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(_("There is an account with this user name."))
        return username

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password)
        return password


class FirstPasswordForm(forms.Form):
    """A first password for someone who cannot get in any more."""

    password = _new_password(_("First password"))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password


class OwnPasswordForm(forms.Form):
    """The former password, then the new one twice. A wrong former one counts like a failed sign-in."""

    former = forms.CharField(
        label=_("Password now"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = _new_password(_("New password"))
    again = forms.CharField(
        label=_("New password, again"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_former(self) -> str:
        former: str = self.cleaned_data["former"]
        if authenticate(self.request, username=self.request.user.username, password=former) is None:
            raise forms.ValidationError(_("This is not your password now."))
        return former

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.request.user)
        if password == self.data.get("former"):
            raise forms.ValidationError(_("Choose another than the one you have."))
        return password

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("The two new passwords differ."))
        return again


class SchoolForm(forms.Form):
    """A school of the district."""

    cds = forms.CharField(label=_("CDS code"), max_length=14, help_text=_("14 digits: county 2, district 5, school 7."))
    name = forms.CharField(label=_("Name"), max_length=120)
    level = forms.CharField(label=_("Level"), max_length=40, help_text=_("Elementary, Middle, High, Continuation …"))


class AgencyField(forms.CharField):
    """The name of an agency in its one spelling: how long it may be is asked of what is filed."""

    def to_python(self, value: Any) -> str:
        return same_agency(str(super().to_python(value) or ""))


def agency_field(*, required: bool) -> forms.CharField:
    """Which agency somebody with the police serves; those that other roles name are offered in words."""
    return AgencyField(
        label=_("Agency"),
        max_length=120,
        required=required,
        error_messages={"required": _("Say which agency this person serves.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _offer(field: forms.Field) -> None:
    """Say how agencies are spelled on other roles, so that one agency is not filed as two."""
    named = RoleGrant.objects.exclude(agency="").order_by("agency").values_list("agency", flat=True).distinct()
    hint = gettext("Only for officers and whoever supervises officers, as it stands in the agreement.")
    known = gettext("On file: %(agencies)s.") % {"agencies": "; ".join(named)} if named else ""
    field.help_text = f"{hint} {known}".strip()


class AgencyForm(forms.Form):
    """Which agency somebody serves in a role that names none yet."""

    use_required_attribute = False

    agency = agency_field(required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["agency"])


class GrantForm(forms.Form):
    """A role for an account, with school and dates."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices())
    school = forms.ModelChoiceField(
        label=_("School"),
        queryset=School.objects.none(),
        required=False,
        empty_label=_("Whole district"),
        help_text=_("Principals, staff and officers hold their role at a school."),
    )
    agency = agency_field(required=False)
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave empty when no end is known."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(code, gettext(label)) for code, label in Role.choices()]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["school"].queryset = School.objects.filter(active=True)  # type: ignore[attr-defined]
        _offer(self.fields["agency"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("role") and "school" in data:
            school = data["school"]
            held = RoleHeld(Role(data["role"]), str(school.pk) if school else "", agency=data.get("agency", ""))
            for found in (role_place(held), role_agency(held)):
                if not found.met:
                    self.add_error(found.field, say(found.reason))
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The role ends before it starts."))
        return data
