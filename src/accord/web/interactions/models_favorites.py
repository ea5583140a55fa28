"""Answers of the form of a contact that a person keeps under a name, to begin the next one with."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.web.people.models import User

LONGEST_NAME = 60


class Favorite(models.Model):
    """Answers under a name, for the person who saved them alone. `answers` holds codes and numbers (`again.py`)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name of the favorite"), max_length=LONGEST_NAME)
    answers = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="favorite_name_once")]

    def __str__(self) -> str:
        return self.name
