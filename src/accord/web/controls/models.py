"""How the program is run, and the evidence on file for each obligation. No status is stored: it is worked out."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.facts import Coded
from accord.web.people.models import User


class Award(Coded):
    """Whether the agency holds a federal hiring grant for this program."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Nobody said yet"


class Mode(Coded):
    """How the district comes to have officers at its schools."""

    AGREEMENT = "agreement", "An agency provides officers under an agreement"
    OWN = "own", "The district employs officers of its own"
    BOTH = "both", "Both"
    UNKNOWN = "unknown", "Nobody said yet"


class Program(models.Model):
    """How the program is run, as described at a time. The newest counts; earlier ones tell what was known then."""

    award = models.CharField(_("federal hiring grant"), max_length=10, choices=Award.choices())
    mode = models.CharField(_("officers"), max_length=20, choices=Mode.choices())
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["-set_at", "-id"]


class Evidence(models.Model):
    """A document or record that shows an obligation, or one item of it, for its own days.

    Two clocks: `effective_on` to `expires_on` is what it is about, `recorded_at` to `withdrawn_at` is when it was on
    file. It is withdrawn, never deleted. `reference` says where the document is kept.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    obligation = models.CharField(_("obligation"), max_length=40, db_index=True)
    item = models.CharField(_("part"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=200)
    reference = models.TextField(_("where it is kept"), blank=True)
    effective_on = models.DateField(_("shows it from"))
    expires_on = models.DateField(_("until"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["obligation", "-effective_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="evidence_expires_after_it_begins",
                condition=models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=models.F("effective_on")),
            ),
            models.CheckConstraint(
                name="evidence_withdrawn_with_a_reason",
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~models.Q(withdrawn_reason="")),
            ),
        ]
