"""What the state's record of a stop says of the officer who filed it, kept for each account of an officer.

A profile is written once; a change is a further version of it. It is shown to the officer and the agency alone.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.facts.stop_codes import OfficerAssignment
from accord.web.audit.filed import Filed, FiledRows
from accord.web.interactions.models import CODE
from accord.web.people.models import User


class OfficerRows(FiledRows):
    """Versions of profiles: written once."""


class OfficerVersion(Filed):
    """One version of an officer's profile. `key` is the agency's opaque key; `since` when the service began."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(_("key"), max_length=20)
    since = models.DateField(_("peace officer since"))
    assignment = models.CharField(_("assignment"), max_length=CODE, choices=OfficerAssignment.choices())
    assignment_other = models.CharField(_("which assignment"), max_length=80, blank=True)
    races = models.JSONField(_("race or ethnicity"), default=list)
    ori = models.CharField(_("ORI of the agency"), max_length=9)

    objects = OfficerRows.as_manager()

    class Meta:
        ordering = ["user_id", "number"]
        constraints = [models.UniqueConstraint(fields=["user", "number"], name="officer_version_number_once")]
