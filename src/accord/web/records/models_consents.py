"""Consents to disclose records, and their revocation."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.facts.records import Purpose, SignerRole
from accord.web.audit.filed import Filed
from accord.web.people.models import User
from accord.web.records.models import CODE, Rows
from accord.web.students.models import Student


class Consent(Filed):
    """A consent as signed. `records` holds ids or kinds, `party` an id, an agency or a capacity.

    `text` is what was read and signed, word for word; `authenticated_by` says how the signature shows who signed
    (`password`: typed again at signing; `paper`: a scan that a custodian compared, pinned by `digest`).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=64, unique=True)
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+", verbose_name=_("student"))
    signer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("signed by"))
    role = models.CharField(_("signed as"), max_length=CODE, choices=SignerRole.choices())
    signature = models.CharField(_("signature"), max_length=150)
    signed_at = models.DateTimeField(_("signed"))
    authenticated_by = models.CharField(max_length=CODE)
    records = models.JSONField()
    purpose = models.CharField(_("purpose"), max_length=CODE, choices=Purpose.choices())
    party = models.CharField(_("who may receive it"), max_length=120)
    expires_on = models.DateField(_("until"), null=True, blank=True)
    copy_requested = models.BooleanField(default=False)
    language = models.CharField(max_length=10)
    text = models.TextField()
    scan = models.BinaryField(default=b"")
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ["student_id", "-signed_at", "-id"]


class Revocation(Filed):
    """A consent taken back: it counts from this moment on."""

    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="revocation")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    objects = Rows.as_manager()
