"""Requests for records, what was done about each, the decision, and the log of who asked for and received what."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accord.facts.records import Ruling
from accord.rules.people import Scope
from accord.web.audit.filed import Filed, FiledRows
from accord.web.people.models import User
from accord.web.records.models import CODE, Copy, Rows
from accord.web.records.steps import Act
from accord.web.students.models import Student


class Requests(FiledRows):
    """Requests, as far as somebody reaches them."""

    def visible_to(self, scope: Scope, user: User) -> Requests:
        """All of them for whoever reaches the district, else only one's own."""
        return self if scope.district else self.filter(asker=user)


class Request(Filed):
    """A request as it was made. `body` is the fact `facts.records.Request` as far as the asker stated it.

    Whom it is about stands in the asker's words: an asker learns nothing from whether such a student exists.
    `key` is the form's random key, so that sending twice asks once.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=64, unique=True)
    reference = models.CharField(_("reference"), max_length=16, unique=True)
    asker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by"))
    at = models.DateTimeField(_("asked"), db_index=True)
    about = models.CharField(_("student"), max_length=200)
    wanted = models.TextField(_("records wanted"))
    interest = models.TextField(_("why they are needed"))
    body = models.JSONField()

    objects = Requests.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.reference


class Step(Filed):
    """Something that was done about a request, in order. `body` says what, as plain values (`steps.py`)."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=CODE, choices=Act.choices())
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    body = models.JSONField(default=dict)

    objects = Rows.as_manager()

    class Meta:
        ordering = ["request_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="request_step_number_once"),
            models.UniqueConstraint(
                fields=["request"], condition=Q(act__in=["decided", "withdrawn"]), name="request_settled_once"
            ),
        ]


class Decision(Filed):
    """The decision on a request: what the rule answered, on what facts, and what the custodian gave.

    `facts` holds request, what was on file, the day and the numbers, so that the answer can be worked out again.
    `released` are the copies given: never more than the rule allows. `until` ends an emergency by the clock.
    """

    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="decision")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()
    ruling = models.CharField(_("answer of the rule"), max_length=CODE, choices=Ruling.choices())
    given = models.CharField(_("decision"), max_length=CODE, choices=Ruling.choices())
    basis = models.CharField(max_length=60)
    released = models.ManyToManyField(Copy, related_name="+", through="Released")
    stricter_because = models.TextField(blank=True)
    until = models.DateTimeField(null=True)
    facts = models.JSONField()
    answer = models.JSONField()
    rule_version = models.CharField(max_length=12)

    objects = Rows.as_manager()


class Released(Filed):
    """A copy that a decision lets go, and the clause it rests on."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="copies")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=60)

    objects = Rows.as_manager()

    class Meta:
        ordering = ["decision_id", "id"]
        constraints = [models.UniqueConstraint(fields=["decision", "copy"], name="released_once")]


class Disclosure(Filed):
    """One line of the log that 34 CFR 99.32 and Education Code 49064 ask for; kept as long as the record.

    `holds` carries what the law names: parties, interests, the threat, onward parties. Written before anything leaves.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="log")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, null=True, related_name="+")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=CODE, choices=Act.choices())
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    holds = models.JSONField()
    sealed = models.BooleanField(default=False)

    objects = Rows.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
