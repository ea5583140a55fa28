"""Contacts that somebody began to write down and has not filed."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from accord.web.people.models import User


class Drafts(models.QuerySet[Any]):
    """Drafts, each its author's alone."""

    def of(self, user: User) -> Drafts:
        return self.filter(author=user)


class Draft(models.Model):
    """What stood in the fields of a form when it was last sent. `key` is the form's random key."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    data = models.JSONField()
    updated_at = models.DateTimeField()

    objects = Drafts.as_manager()

    class Meta:
        ordering = ["-updated_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["author", "key"], name="interaction_draft_once")]
