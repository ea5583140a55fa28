"""What the district holds: copies of records, who holds the rights to them, and the papers that bear on a request.

All of it is filed: written once. What ends, ends by a row of its own that says who ended it, when and why.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accord.facts import Coded
from accord.facts.records import RecordKind, SignerRole
from accord.web.audit.filed import Filed, FiledRows
from accord.web.people.models import User
from accord.web.students.models import Student

CODE = 40
"""The longest code of a closed list, in characters."""


class Rows(FiledRows):
    """Rows of this app: written once."""


class HeldKind(Coded):
    """What a paper on file is."""

    NOTICE = "notice", "Annual notice to parents"
    AGREEMENT = "agreement", "Written agreement"
    ACKNOWLEDGEMENT = "acknowledgement", "Signed word to keep the limits"
    DESIGNATION = "designation", "Officer named in writing by the agency"
    UNIT = "unit", "Designation of the law enforcement unit"
    BAR = "bar", "Court order that keeps a person out"
    OPT_OUT = "opt_out", "Directory information refused"
    PAPER = "paper", "Paper of a court or an agency that asks for records"


class Held(Filed):
    """A paper on file that bears on requests. `body` holds its fact (`facts.records`) as plain values.

    `digest` is the SHA-256 of the scan, "" where no scan was filed; `party` names whom it concerns, for finding it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=CODE, choices=HeldKind.choices())
    body = models.JSONField()
    title = models.CharField(_("title"), max_length=200)
    scan = models.BinaryField(default=b"")
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ["kind", "-at", "-id"]


class HeldEnd(Filed):
    """A paper that counts no more from a moment on."""

    held = models.OneToOneField(Held, on_delete=models.PROTECT, related_name="end")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()

    objects = Rows.as_manager()


class Links(FiledRows):
    """Links between accounts and students."""

    def standing(self, on: date) -> Links:
        """Confirmed by a second person, begun, and not ended."""
        begun = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        confirmed = self.filter(begun, steps__kind=LinkStepKind.CONFIRMED)
        return confirmed.exclude(pk__in=LinkStep.objects.filter(kind=LinkStepKind.ENDED).values("link"))


class Link(Filed):
    """Somebody who holds the rights to a student's records: proposed by one person, confirmed by another.

    `limits` says in words what a court order keeps from this person; `seen` is the paper that shows the relation.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("account"))
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+", verbose_name=_("student"))
    role = models.CharField(_("relation"), max_length=CODE, choices=SignerRole.choices())
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    may_sign = models.BooleanField(_("may sign consents"), default=True)
    seen = models.CharField(_("paper seen"), max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Links.as_manager()

    class Meta:
        ordering = ["student_id", "-at", "-id"]


class LinkStepKind(Coded):
    """What became of a proposed link."""

    CONFIRMED = "confirmed", "Confirmed"
    ENDED = "ended", "Ended"


class LinkStep(Filed):
    """A link confirmed, refused (ended before it was confirmed) or ended; each happens at most once."""

    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=CODE, choices=LinkStepKind.choices())
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ["link_id", "at", "id"]
        constraints = [models.UniqueConstraint(fields=["link", "kind"], name="link_step_once")]


class Copy(Filed):
    """One copy of a record of a student, with what was said of it when it was filed (`facts.records.Record`).

    The content is the file as it came; its name is never shown to whoever may not read it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+", verbose_name=_("student"))
    kind = models.CharField(_("kind"), max_length=CODE, choices=RecordKind.choices())
    title = models.CharField(_("title"), max_length=200)
    said = models.JSONField(default=dict)
    content = models.BinaryField()
    media_type = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ["student_id", "kind", "title", "id"]

    def facts(self) -> dict[str, Any]:
        """What is said of the copy, as the fact `Record` holds it in plain values."""
        return {**self.said, "id": str(self.uid), "kind": self.kind}
