"""Stops as an agency reports them to the state: what the officer perceived, apart from what the school records.

A record is written once; the same record reported again with another content is a further version of it.
"""

from __future__ import annotations

import uuid

from django.db import models

from accord.web.interactions.models import Filed, FiledRows


class StopRows(FiledRows):
    """Imports and records: written once."""


class StopImport(Filed):
    """One taking in of an agency's records. `by` is the opaque id of the account, "system" for a command."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = StopRows.as_manager()


class StopRecord(Filed):
    """One version of a reported stop. `body` is the record of the state's collection (`exchange/ripa_json`)."""

    taken = models.ForeignKey(StopImport, on_delete=models.PROTECT, related_name="records")
    record_id = models.CharField(max_length=120)
    number = models.PositiveSmallIntegerField()
    on = models.DateField(db_index=True)
    body = models.JSONField()

    objects = StopRows.as_manager()

    class Meta:
        ordering = ["on", "record_id", "number"]
        constraints = [models.UniqueConstraint(fields=["record_id", "number"], name="stop_record_number_once")]
