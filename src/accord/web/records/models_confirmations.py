"""What somebody other than whoever asks filed of what a request says."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.facts.records import Claim
from accord.web.audit.filed import Filed
from accord.web.people.models import User
from accord.web.records.models import CODE, Rows
from accord.web.records.models_requests import Request


class Confirmation(Filed):
    """One word on one claim of a request: is it so, and how does whoever files it know?

    The last one counts. `number` is its place among those of the request, so that two at once are found out.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="confirmations")
    number = models.PositiveSmallIntegerField()
    claim = models.CharField(_("what is claimed"), max_length=CODE, choices=Claim.choices())
    yes = models.BooleanField(_("is it so"))
    source = models.TextField(_("how it is known"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ["request_id", "number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="confirmation_number_once")]
