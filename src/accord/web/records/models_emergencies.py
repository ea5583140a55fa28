"""Determinations of a health or safety emergency, and the requests by which each recipient sees the records."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.rules.people import Scope
from accord.web.audit.filed import Filed, FiledRows
from accord.web.people.models import User
from accord.web.records.models import Rows
from accord.web.records.models_requests import Request
from accord.web.records.steps import Act
from accord.web.students.models import Student


class Determinations(FiledRows):
    """Determinations, as far as somebody reaches them."""

    def visible_to(self, scope: Scope, user: User) -> Determinations:
        """All of them for whoever reaches the district, else only one's own."""
        return self if scope.district else self.filter(by=user)


class Determination(Filed):
    """An administrator's word that someone must know something of a student, now, to keep somebody safe.

    `until` is when it ends by the clock. `endangers` says why the parent is not told; "" when the parent is.
    `key` is the form's random key, so that sending twice determines once.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=64, unique=True)
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+", verbose_name=_("student"))
    threat = models.TextField(_("threat"))
    endangers = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("determined by"))
    at = models.DateTimeField(_("determined"), db_index=True)
    until = models.DateTimeField(_("ends"))

    objects = Determinations.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def requests(self) -> list[Request]:
        """The request of each recipient, in order, with its steps."""
        rows = self.recipients.select_related("request__asker", "request__decision")
        return [one.request for one in rows.prefetch_related("request__steps__by", "request__decision__copies__copy")]


class Recipient(Filed):
    """Somebody who must know, and the request by which they see the records."""

    determination = models.ForeignKey(Determination, on_delete=models.PROTECT, related_name="recipients")
    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="emergency")

    objects = Rows.as_manager()

    class Meta:
        ordering = ["determination_id", "id"]


def ended_at(determination: Determination, requests: list[Request]) -> datetime:
    """When the access of the last recipient is or was over: by the clock, or when somebody ended it before."""
    until: datetime = determination.until
    ends: list[datetime] = [
        min([until, *(step.at for step in one.steps.all() if step.act == Act.ENDED)]) for one in requests
    ]
    return max(ends)
