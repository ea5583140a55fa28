"""How findings, statuses and days are shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from accord.clauses import Parameter
from accord.decision import Say
from accord.facts import Coded, Status

register = template.Library()

_MARK = {
    Status.MET: "✓",
    Status.DUE: "◷",
    Status.NOT_MET: "✗",
    Status.NO_EVIDENCE: "○",
    Status.NEEDS_JUDGEMENT: "?",
    Status.DOES_NOT_APPLY: "–",
}


@register.filter
def say(value: object) -> str:
    """A sentence of a rule in the reader's language, with what fills its gaps."""
    if not isinstance(value, Say):
        return "" if value is None else str(value)
    return gettext(value.template).format_map({key: shown(item) for key, item in value.values.items()})


def shown(value: object) -> object:
    """A value inside a sentence: days and nested sentences in the reader's language."""
    if isinstance(value, Say):
        return say(value)
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    return value


@register.filter
def label(value: object) -> str:
    """The label of a member of a closed list, in the reader's language."""
    if isinstance(value, Coded):
        return gettext(value.label)
    return gettext(str(value)) if value else ""


@register.filter
def quantity(number: Parameter) -> str:
    """A number of the rules with its unit. What is a yes or no, or a list of words, is said without one."""
    if isinstance(number.value, bool):
        return gettext("Yes") if number.value else gettext("No")
    if isinstance(number.value, list | tuple):
        return ", ".join(map(str, number.value))
    return f"{formats.localize(number.value)} {gettext(number.unit)}"


@register.simple_tag
def chip(status: Status) -> SafeString:
    """The status of a control: a mark, a word and a colour, so that none stands alone."""
    return format_html(
        '<span class="chip chip--{}"><span aria-hidden="true">{}</span> {}</span>',
        status.value.replace("_", "-"),
        _MARK[status],
        gettext(status.label),
    )


@register.filter
def item(mapping: Mapping[Any, Any], key: object) -> object:
    """A value of a mapping by a key held in a variable."""
    return mapping.get(key)
