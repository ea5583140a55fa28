"""Weeks of looks at student records that somebody looked over."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.web.audit.filed import Filed
from accord.web.people.models import User
from accord.web.records.models import Rows


class WeekReview(Filed):
    """A week, by its Monday, that was looked over. `shown` is how many people and what stood out on the page then."""

    monday = models.DateField(unique=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    notes = models.TextField(_("what you found"))
    shown = models.JSONField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ["-monday"]
