"""How long it took to enter a contact. Nothing here leads to the contact or to who entered it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.facts import Kind


class EntryPath(models.TextChoices):
    """By which form a contact was entered."""

    QUICK = "quick", _("Quick form")
    FULL = "full", _("Full form")


class EntryTime(models.Model):
    """One entry: by which form, of what kind, on which day of the district, and the seconds of it and of its steps."""

    path = models.CharField(max_length=8, choices=EntryPath.choices)
    kind = models.CharField(max_length=40, choices=Kind.choices())
    seconds = models.PositiveIntegerField()
    steps = models.JSONField(default=dict)
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["day", "path", "seconds"], name="entry_time_figures")]
