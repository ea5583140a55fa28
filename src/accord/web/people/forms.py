"""Signing in, opening an account, granting a role."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accord.facts import Role
from accord.web.people.models import School, User

_BY_SCHOOL = {Role.PRINCIPAL.value, Role.SRO.value, Role.STAFF.value}


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


class OpenAccountForm(forms.Form):
    """A new account. The first password is given to its holder by hand."""

    name = forms.CharField(label=_("Name"), max_length=150)
    username = forms.CharField(label=_("User name"), max_length=150, help_text=_("Usually the work e-mail address."))
    password = forms.CharField(
        label=_("First password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 15 characters."),
    )

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"].strip().lower()
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(_("There is an account with this user name."))
        return username

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password)
        return password


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

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("role") in _BY_SCHOOL and not data.get("school"):
            self.add_error("school", _("Choose the school this role is held at."))
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The role ends before it starts."))
        return data
