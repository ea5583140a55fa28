"""Adopted documents by version, and which obligation each of their sentences carries."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.facts import Coded
from accord.web.people.models import User


class State(Coded):
    """Where a binding stands. Accord suggests; only a person confirms, rejects or adds."""

    SUGGESTED = "suggested", "Suggested"
    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Rejected"
    ADDED = "added", "Added by hand"


ACCEPTED = (State.CONFIRMED.value, State.ADDED.value)
"""The states in which a person stands behind a binding."""


class Policy(models.Model):
    """A policy by its code. `catalogue` holds its obligations when it brought a file of its own, else nothing."""

    code = models.CharField(_("code"), max_length=100, unique=True)
    title = models.TextField(_("title"))
    catalogue = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["code"]


class Version(models.Model):
    """One document of a policy, exactly as it was read. `document` is `Document.as_json()` and never changes."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    kind = models.CharField(_("kind"), max_length=100, blank=True)
    code = models.CharField(_("code"), max_length=100)
    title = models.TextField(_("title"))
    status = models.CharField(_("status"), max_length=100, blank=True)
    adopted_on = models.DateField(_("adopted"), null=True, blank=True)
    revised_on = models.DateField(_("revised"), null=True, blank=True)
    reviewed_on = models.DateField(_("reviewed"), null=True, blank=True)
    document = models.JSONField()
    source_name = models.TextField(_("file"))
    source_sha256 = models.CharField(max_length=64)
    imported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(_("brought in"))
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    in_force_at = models.DateTimeField(null=True, blank=True)
    meeting_on = models.DateField(_("Board meeting"), null=True, blank=True)

    class Meta:
        ordering = ["policy__code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["policy", "source_sha256"], name="version_file_once"),
            models.CheckConstraint(
                name="version_in_force_is_whole",
                condition=models.Q(
                    in_force_from__isnull=True,
                    in_force_by__isnull=True,
                    in_force_at__isnull=True,
                    meeting_on__isnull=True,
                )
                | models.Q(
                    in_force_from__isnull=False,
                    in_force_by__isnull=False,
                    in_force_at__isnull=False,
                    meeting_on__isnull=False,
                ),
            ),
        ]


class Binding(models.Model):
    """A sentence and an obligation it may carry. `score` is the binder's, from 0 to 1; 1 when a person added it."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="bindings")
    sentence_id = models.CharField(max_length=64)
    obligation = models.CharField(max_length=40)
    score = models.FloatField()
    state = models.CharField(max_length=12, choices=State.choices())
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "sentence_id", "obligation"], name="binding_once"),
            models.CheckConstraint(
                name="binding_decided_by_a_person",
                condition=models.Q(state=State.SUGGESTED.value) | models.Q(by__isnull=False),
            ),
        ]

    @property
    def accepted(self) -> bool:
        return self.state in ACCEPTED
