"""Students as the district's student system records them, and every import of a roster.

Other parts know a student by `uid`, a random number that says nothing. Names are the most secret thing Accord holds:
they are kept for finding a student and for warning that a name stands in a narrative, and only where the district
chooses to keep them. No field can hold where someone was born or what papers they have.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.facts import Disability, EnglishLearner, Grade, Hispanic, Race, RaceAnswers, RaceCode, Sex, StateRace
from accord.rules.people import Scope
from accord.web.people.models import School, User

CODE = 40
"""The longest code of a closed list, in characters."""


class Students(models.QuerySet["Student"]):
    """Students, as far as somebody reaches them."""

    def visible_to(self, scope: Scope) -> Students:
        """Only the students within the scope; what is outside is not there."""
        if scope.district:
            return self
        return self.filter(school__in=[int(one) for one in scope.schools])

    def enrolled(self, on: date) -> Students:
        """Those enrolled on a day, as clause students.enrolled says."""
        entered = models.Q(entered_on__isnull=True) | models.Q(entered_on__lte=on)
        left = models.Q(left_on__isnull=True) | models.Q(left_on__gte=on)
        return self.filter(entered & left)

    def called(self, text: str) -> Students:
        """Those with this number, or with names that begin with each of these words."""
        words = name_key(text).split()
        named = self.filter(*(models.Q(name_key__contains=f" {word}") for word in words)) if words else self.none()
        return self.filter(models.Q(local_id__iexact=text.strip()) | models.Q(pk__in=named.values("pk")))


def name_key(*names: str) -> str:
    """Names as they are searched: lower case, without accents, a space before each word."""
    plain = unicodedata.normalize("NFKD", " ".join(names)).casefold()
    kept = "".join(letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
    return "".join(f" {word}" for word in kept.split())


class Student(models.Model):
    """A student. `race` and `state_race` are rolled up from the answers, which are kept as given.

    `school_stated` is the school as the roster has it, where the district has none of that name or code.
    `digest` tells whether a later roster says anything new.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    local_id = models.CharField(_("student number"), max_length=64, unique=True)
    ssid = models.CharField(_("statewide identifier"), max_length=20, blank=True, db_index=True)
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    school_stated = models.CharField(max_length=120, blank=True)
    grade = models.CharField(_("grade"), max_length=CODE, choices=Grade.choices())
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=CODE, choices=Sex.choices())
    hispanic = models.CharField(max_length=CODE, choices=Hispanic.choices())
    race_codes = models.JSONField(default=list)
    several_races = models.BooleanField(default=False)
    race = models.CharField(_("race and ethnicity"), max_length=CODE, choices=Race.choices())
    state_race = models.CharField(max_length=CODE, choices=StateRace.choices())
    disability = models.CharField(_("disability service"), max_length=CODE, choices=Disability.choices())
    english_learner = models.CharField(_("English learner"), max_length=CODE, choices=EnglishLearner.choices())
    given_name = models.CharField(_("given name"), max_length=120, blank=True)
    family_name = models.CharField(_("family name"), max_length=120, blank=True)
    name_key = models.CharField(max_length=600, blank=True)
    entered_on = models.DateField(_("entered"), null=True, blank=True)
    left_on = models.DateField(_("left"), null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    updated_at = models.DateTimeField()

    objects = Students.as_manager()

    class Meta:
        ordering = ["family_name", "given_name", "local_id"]
        indexes = [models.Index(fields=["school", "left_on"], name="student_school_left")]

    def answers(self) -> RaceAnswers:
        """What the family answered on race and ethnicity."""
        return RaceAnswers(Hispanic(self.hispanic), codes(self.race_codes), self.several_races)


def codes(stored: Iterable[str]) -> tuple[RaceCode, ...]:
    """Race codes from how they are stored."""
    return tuple(RaceCode(code) for code in stored)


class RosterImport(models.Model):
    """One import of a roster: by whom, from which bytes, and how many students it touched. Written once."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    format = models.CharField(max_length=20)
    file_digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    imported = models.PositiveIntegerField()
    updated = models.PositiveIntegerField()
    left = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    unplaced = models.PositiveIntegerField()
    dropped_columns = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-id"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RuntimeError(f"Import {self.uid} is on file and never changed.")
        super().save(*args, **kwargs)
