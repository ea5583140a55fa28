"""A person named in a form: by the address of an account, or someone without an account by name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.web.people.models import User, same_name


class AccountField(forms.CharField):
    """The address of an account in use. Gives the account."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "email"})
        super().__init__(max_length=150, widget=widget, **more)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = User.objects.filter(username=same_name(text), is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("No account in use has this address. Ask the program administrator for it."))
        return found


class PersonField(AccountField):
    """The address of an account, or the name of someone without one. Gives the id that a rule knows them by."""

    def clean(self, value: Any) -> str:
        text = forms.CharField.clean(self, value)
        return str(super().clean(text).uid) if text and "@" in text else str(text).strip()
