"""Weeks of looks at student records that somebody looked over."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.web.audit.filed import Filed
from accord.web.people.models import User
from accord.web.records.models import Rows


class WeekReview(Filed):
    """A week, by its Monday, that was looked over: first (`number` 1), and by a second person (2).

    `shown` is how many people and what stood out on the page then, and whether whoever looked was among them.
    """

    monday = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    notes = models.TextField(_("what you found"))
    shown = models.JSONField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ["-monday", "number"]
        constraints = [
            models.UniqueConstraint(fields=["monday", "number"], name="week_review_number_once"),
            models.UniqueConstraint(fields=["monday", "by"], name="week_review_person_once"),
        ]

    @property
    def own_looks(self) -> bool:
        """Did whoever looked it over look at records in it themselves? A review that does not say counts as yes."""
        return self.shown.get("own") is not False
