"""Events and the salts that open their commitments."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One act. `body` holds the exact text that was hashed; the other columns repeat parts of it for searching."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=64, db_index=True)
    by = models.CharField(max_length=64, db_index=True)
    target = models.CharField(max_length=128, db_index=True)
    body = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]


class Opening(models.Model):
    """The salt of an event's commitment. Destroying it, with the row it is about, leaves the chain whole and silent."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    salt = models.CharField(max_length=64)
