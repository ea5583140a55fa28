"""Views of the list of contacts that a person keeps: a name, and what it asks."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.web.people.models import User

LONGEST_NAME = 60
LONGEST_QUERY = 400


class SavedView(models.Model):
    """A narrowed list under a name, for the person who saved it alone. `query` holds codes, ids and days only."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name of the view"), max_length=LONGEST_NAME)
    query = models.CharField(max_length=LONGEST_QUERY)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name
