"""Fields that have to be answered and may come empty: a rule says whether, and its finding is shown beside them."""

from __future__ import annotations

from typing import Any

from django import forms


class Ruled(forms.Field):
    """A field that may come empty: a rule says whether it may stay so."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class RuledText(Ruled, forms.CharField):
    """Text that a rule watches."""


class RuledChoice(Ruled, forms.ChoiceField):
    """One of a closed list, watched by a rule."""


class RuledDay(Ruled, forms.DateField):
    """A day that a rule watches."""


class RuledFile(Ruled, forms.FileField):
    """A file that a rule watches."""


class RuledChoices(Ruled, forms.MultipleChoiceField):
    """Some of a closed list, watched by a rule."""
