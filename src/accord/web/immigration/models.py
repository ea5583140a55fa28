"""The register of requests by immigration enforcement. It has no place for a student: no key, no name, no number.

All of it is filed: written once, and the database refuses anything else. What is told later is a new version.
"""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.facts import from_plain
from accord.facts.immigration import EnforcementRequest, Kept, Known
from accord.rules.people import Scope
from accord.web.audit.filed import Filed, FiledRows
from accord.web.people.models import School, User

CODE = 40
"""The longest code of a closed list, in characters."""


class Rows(FiledRows):
    """Rows of this app: written once."""


class Entries(FiledRows):
    """Requests on the register, as far as somebody reaches them."""

    def visible_to(self, scope: Scope, user: User) -> Entries:
        """Those at schools within the scope, and whatever this person filed. What is outside is not there."""
        if scope.district:
            return self
        own = models.Q(author=user) if scope.own_schools or scope.own_anywhere or scope.schools else models.Q(pk=None)
        return self.filter(own | models.Q(school__in=[int(one) for one in scope.schools]))

    def told(self) -> Entries:
        """Each with all that is told of it, in a fixed number of queries."""
        ready: Entries = self.select_related("school", "author").prefetch_related(
            "versions__by", "versions__review__by", "clearances__by"
        )
        return ready


class Entry(Filed):
    """One request, from its first report on. `reference` is what people call it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=64, unique=True)
    reference = models.CharField(max_length=20, unique=True)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name=_("school"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(db_index=True)

    objects = Entries.as_manager()

    class Meta:
        ordering = ["-filed_at", "-id"]

    @property
    def newest(self) -> Version:
        """The version that counts. Reads the versions at hand, where they were fetched with the entry."""
        newest: Version = max(self.versions.all(), key=lambda one: one.number)
        return newest

    @property
    def cleared(self) -> Known:
        """Does the paper bind the district, as the Superintendent last put on file?"""
        return next((Known(one.binds) for one in self.clearances.all()), Known.NOT_KNOWN)


class Version(Filed):
    """What is told of a request: the whole of it, in each version. `body` holds the fact in plain values."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    body = models.JSONField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ["entry_id", "number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="enforcement_version_once")]

    def facts(self) -> EnforcementRequest:
        """What is told, as the rules read it."""
        return cast(EnforcementRequest, from_plain(EnforcementRequest, self.body))


class Scan(Filed):
    """A copy of the paper that was shown. Its name is not kept; only whoever reviews requests may open it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="scans")
    content = models.BinaryField()
    media_type = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ["entry_id", "id"]


class Review(Filed):
    """What a second person found in a version. A later version waits for a review of its own."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="review")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    found = models.CharField(_("found"), max_length=CODE, choices=Kept.choices())
    note = models.TextField(blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ["version_id"]


class Clearance(Filed):
    """Whether the paper binds the district, as the Superintendent put on file. The newest counts."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="clearances")
    binds = models.CharField(max_length=CODE, choices=Known.choices())
    why = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ["-at", "-id"]


class Acknowledgement(Filed):
    """An officer's signature under the duties. `text` is what was read, word for word, in the officer's language."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    signature = models.CharField(max_length=150)
    language = models.CharField(max_length=10)
    text = models.TextField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ["officer_id", "-at", "-id"]


class WhomToCall(Filed):
    """Whom staff call at once. Each change is a row; the newest counts."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    superintendent_phone = models.CharField(_("telephone of the Superintendent"), max_length=40)
    counsel_name = models.CharField(_("counsel"), max_length=120)
    counsel_phone = models.CharField(_("telephone of counsel"), max_length=40)
    counsel_mail = models.EmailField(_("e-mail of counsel"), blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ["-at", "-id"]


def whom_to_call() -> WhomToCall | None:
    """Whom staff call now; None while nobody put it on file."""
    found: Any = WhomToCall.objects.first()
    return cast("WhomToCall | None", found)
