"""How a figure of an edition is shown: a number, a hidden figure, or one that is not defined."""

from __future__ import annotations

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from accord.stats.protected import MARK, Suppressed

register = template.Library()


@register.filter
def figure(value: object, places: int = 0) -> str | SafeString:
    """A count, rate or ratio with so many decimal places. Hidden and undefined ones are said, not only drawn."""
    if isinstance(value, Suppressed):
        return _said(MARK, gettext("hidden"))
    if isinstance(value, int | float):
        return formats.number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
    return _said("–", gettext("not defined"))


def _said(mark: str, words: str) -> SafeString:
    return format_html('<span aria-hidden="true">{}</span><span class="usa-sr-only">{}</span>', mark, words)
