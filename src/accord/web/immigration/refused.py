"""Why an act was refused, beside the fields of its form."""

from __future__ import annotations

from django import forms

from accord.decision import BadInput, NotAllowed
from accord.web.base.templatetags.accord import say


def refuse(form: forms.BaseForm, refused: NotAllowed | BadInput) -> None:
    """Show each finding beside the field it names, else above the form."""
    if isinstance(refused, BadInput):
        form.add_error(refused.where if refused.where in form.fields else None, f"{refused.what} {refused.mend}")
        return
    for finding in refused.decision.unmet:
        form.add_error(finding.field if finding.field in form.fields else None, say(finding.reason))
