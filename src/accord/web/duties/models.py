"""Duties, the steps taken on them, and the days of the district calendar.

A duty is written once; only the mark `is_current` of a duty that a correction replaced ever changes. What became of it
stands in its steps, the newest of which counts.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accord.facts import Coded, DayKind, DutyKind, Role, Timing
from accord.facts.duties import OF_RECORDS, REPEATED
from accord.rules.people import Scope
from accord.web.people.models import School, User

CODE = 40
"""The longest code of a closed list, in characters."""
NAME = 120
"""The longest name of a calendar day, in characters."""


class StepKind(Coded):
    """What happened to a duty."""

    DONE = "done", "Done"
    REOPENED = "reopened", "Opened again"
    SUPERSEDED = "superseded", "No longer owed"


class Duties(models.QuerySet[Any]):
    """Duties, as far as somebody reaches them."""

    def visible_to(self, scope: Scope) -> Duties:
        """Only the duties at schools within the scope; what is outside is not there.

        What follows from a request for records is no business of a school. Whoever reaches what is their own sees what
        the custodian owes: no other role reaches tasks so.
        """
        if scope.district:
            return self
        at_school = Q(school__in=[int(one) for one in scope.schools]) & ~Q(kind__in=OF_RECORDS)
        return self.filter(at_school | Q(owner=Role.CUSTODIAN)) if scope.own_anywhere else self.filter(at_school)

    def with_last_step(self) -> Duties:
        """Each with `step` and `done_at`: what its newest step was, and when the duty was done by it."""
        newest = Step.objects.filter(duty=OuterRef("pk")).order_by("-number")
        ready: Duties = self.annotate(
            step=Subquery(newest.values("kind")[:1], output_field=models.CharField(null=True)),
            done_at=Subquery(newest.values("done_at")[:1], output_field=models.DateTimeField(null=True)),
        )
        return ready

    def open(self) -> Duties:
        """Those still to be done. Asks for `with_last_step`."""
        return self.filter(Q(step__isnull=True) | Q(step=StepKind.REOPENED))


class Duty(models.Model):
    """Something owed after a contact. `interaction` is the contact's opaque id, `reference` what people call it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    interaction = models.CharField(max_length=64, db_index=True)
    reference = models.CharField(_("contact"), max_length=40, blank=True)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name=_("school"))
    kind = models.CharField(_("what"), max_length=CODE, choices=DutyKind.choices())
    clause = models.CharField(max_length=60)
    owner = models.CharField(_("for"), max_length=CODE, choices=Role.choices())
    timing = models.CharField(max_length=CODE, choices=Timing.choices())
    since = models.DateTimeField()
    due_at = models.DateTimeField(_("due"), null=True)
    late_at = models.DateTimeField(null=True, db_index=True)
    certain = models.BooleanField(default=True)
    raised_at = models.DateTimeField(db_index=True)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_current = models.BooleanField(default=True)

    objects = Duties.as_manager()

    class Meta:
        ordering = ["raised_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["interaction", "kind"],
                condition=Q(is_current=True) & ~Q(kind__in=[one.value for one in REPEATED]),
                name="duty_kind_current_once",
            )
        ]


class Step(models.Model):
    """What somebody did about a duty, in order. `done_at` is when they say it was done, `at` when it was recorded."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=CODE, choices=StepKind.choices())
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["duty_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "number"], name="duty_step_number_once"),
            models.CheckConstraint(
                name="duty_step_done_says_when",
                condition=Q(kind=StepKind.DONE, done_at__isnull=False)
                | (~Q(kind=StepKind.DONE) & Q(done_at__isnull=True)),
            ),
        ]


class CalendarDay(models.Model):
    """One day of the district calendar. A new import replaces a school year."""

    school_year = models.CharField(_("school year"), max_length=7, db_index=True)
    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=CODE, choices=DayKind.choices())
    name = models.CharField(_("name"), max_length=NAME, blank=True)

    class Meta:
        ordering = ["day"]
