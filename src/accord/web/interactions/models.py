"""Contacts, their versions and reviews, and enrollment counts.

What is filed stays: a row is written once, and only the mark `is_current` of a former version ever changes.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.facts import (
    ConductClass,
    Disability,
    EnglishLearner,
    FollowUp,
    Grade,
    Handler,
    InitiatedBy,
    Kind,
    PersonKind,
    PersonRole,
    Race,
    Role,
    Sex,
)
from accord.facts import Review as Found
from accord.rules.people import Scope
from accord.web.audit.filed import Filed as Filed
from accord.web.audit.filed import FiledRowError as FiledRowError
from accord.web.audit.filed import FiledRows as FiledRows
from accord.web.interactions.places import Place
from accord.web.people.models import School, User
from accord.web.students.models import Student

CODE = 40
"""The longest code of a closed list, in characters."""


class Rows(FiledRows):
    """Rows of this app: written once."""


class Interactions(FiledRows):
    """Contacts, as far as somebody reaches them."""

    def visible_to(self, scope: Scope, user: User) -> Interactions:
        """Only the contacts within the scope; what is outside is not there."""
        if scope.district:
            return self
        own = models.Q(author=user)
        if not scope.own_anywhere:
            own &= models.Q(school__in=[int(one) for one in scope.own_schools])
        return self.filter(models.Q(school__in=[int(one) for one in scope.schools]) | own)


class Interaction(Filed):
    """A contact between an officer and people at a school. What happened stands in its versions.

    `key` is the random key of the form it was filed with, so that sending twice files once.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name=_("school"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("logged by"))
    filed_at = models.DateTimeField(_("logged"), db_index=True)
    key = models.CharField(max_length=64, unique=True)
    reference = models.CharField(_("reference"), max_length=12, unique=True)

    objects = Interactions.as_manager()

    class Meta:
        ordering = ["-filed_at", "-id"]
        indexes = [models.Index(fields=["school", "author"], name="interaction_school_author")]

    def __str__(self) -> str:
        return self.reference


class Versions(FiledRows):
    """Versions; a former one loses its mark and nothing else."""

    def retire(self) -> int:
        """Take the mark of the current version away. Gives the number of rows that had it."""
        return models.QuerySet.update(self.filter(is_current=True), is_current=False)

    def current(self) -> Versions:
        return self.filter(is_current=True)


class Version(Filed):
    """What was filed about a contact: first by its author, then by each correction.

    `stop` is the record of the state's collection (`exchange/ripa_json`), what the officer perceived included; None
    for a contact that was no stop. What the school records stands in `Person` and is never mixed with it.
    `filled_by` says of the answers that a school alone records (`withheld.OF_CONTACT`) whose account filled them in.
    `links_only`: does it only link people to the roster, or the contact to another (`linking.py`)?
    """

    interaction = models.ForeignKey(Interaction, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(_("reason for the correction"), blank=True)
    kind = models.CharField(_("kind"), max_length=CODE, choices=Kind.choices())
    occurred_at = models.DateTimeField(_("when"), db_index=True)
    duration_minutes = models.PositiveSmallIntegerField(_("minutes"))
    initiated_by = models.CharField(_("started by"), max_length=CODE, choices=InitiatedBy.choices())
    conduct = models.CharField(_("what it was about"), max_length=CODE, choices=ConductClass.choices())
    location = models.CharField(_("where"), max_length=CODE, choices=Place.choices())
    tried_first = models.JSONField(_("tried first"), default=list)
    de_escalation = models.JSONField(_("de-escalation"), default=list)
    late_reason = models.TextField(_("why late"), blank=True)
    narrative = models.TextField(_("what happened"), blank=True)
    kept_because = models.TextField(_("why a name stays in the narrative"), blank=True)
    details = models.JSONField(default=dict)
    stop = models.JSONField(null=True, default=None)
    filled_by = models.JSONField(default=dict)
    links_only = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)

    objects = Versions.as_manager()

    class Meta:
        ordering = ["interaction_id", "number"]
        indexes = [
            models.Index(
                fields=["-occurred_at", "-id"], condition=models.Q(is_current=True), name="version_current_newest"
            ),
            models.Index(
                fields=["at", "id", "by", "interaction"],
                condition=models.Q(is_current=True),
                name="version_current_filed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["interaction", "number"], name="interaction_version_number_once"),
            models.UniqueConstraint(
                fields=["interaction"], condition=models.Q(is_current=True), name="interaction_version_current_once"
            ),
        ]


class Person(Filed):
    """A person contacted, by part and never by name. Demographics are the school's record; blank for non-students.

    `filled_by` says for each of them, and for the answers of `withheld.FIELDS`, whose account filled it in, as an
    officer is shown only what is the officer's own.
    `student` links to the roster; `details` holds `facts.PersonDetails`.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="people")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=CODE, choices=PersonKind.choices())
    role = models.CharField(max_length=CODE, choices=PersonRole.choices())
    actions = models.JSONField(default=list)
    outcomes = models.JSONField(default=list)
    grade = models.CharField(max_length=CODE, blank=True, choices=Grade.choices())
    race = models.CharField(max_length=CODE, blank=True, choices=Race.choices())
    sex = models.CharField(max_length=CODE, blank=True, choices=Sex.choices())
    disability = models.CharField(max_length=CODE, blank=True, choices=Disability.choices())
    english_learner = models.CharField(max_length=CODE, blank=True, choices=EnglishLearner.choices())
    filled_by = models.JSONField(default=dict)
    student = models.ForeignKey(Student, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    details = models.JSONField(default=dict)

    objects = Rows.as_manager()

    class Meta:
        ordering = ["version_id", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="interaction_person_position_once")]


class Review(Filed):
    """What a second person found about one version, and what follow-up it asks for, of whom and by when.

    A later version waits for a review of its own.
    """

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="review")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    found = models.CharField(max_length=CODE, choices=Found.choices())
    better_handled_by = models.CharField(max_length=CODE, blank=True, choices=Handler.choices())
    note = models.TextField(blank=True)
    follow_up = models.CharField(_("to be done"), max_length=CODE, blank=True, choices=FollowUp.choices())
    follow_up_by = models.CharField(max_length=CODE, blank=True, choices=Role.choices())
    follow_up_due = models.DateField(null=True, blank=True)
    follow_up_note = models.TextField(blank=True)

    objects = Rows.as_manager()


class Enrollment(models.Model):
    """Students enrolled who share school, grade and demographics, counted on a day. A new import replaces a year."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=7)
    grade = models.CharField(max_length=CODE, choices=Grade.choices())
    race = models.CharField(max_length=CODE, choices=Race.choices())
    sex = models.CharField(max_length=CODE, choices=Sex.choices())
    disability = models.CharField(max_length=CODE, choices=Disability.choices())
    english_learner = models.CharField(max_length=CODE, choices=EnglishLearner.choices())
    count = models.PositiveIntegerField()
    as_of = models.DateField()
    imported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_year", "school", "grade", "race", "sex", "disability", "english_learner"],
                name="enrollment_group_once",
            )
        ]
