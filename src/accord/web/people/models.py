"""Schools, accounts, and the roles that accounts hold for a time."""

from __future__ import annotations

import unicodedata
import uuid
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.facts import Asker, Role, RoleHeld


def same_name(username: str) -> str:
    """The one spelling of a user name: whoever types it in capitals or with spaces around it is the same person."""
    return unicodedata.normalize("NFKC", username).strip().lower()


def same_agency(text: str) -> str:
    """The one spelling of an agency: spaces between and around its words do not make another of it."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


class School(models.Model):
    """A school of the district. `cds` is California's 14-digit code: county 2, district 5, school 7."""

    cds = models.CharField(_("CDS code"), max_length=14, unique=True)
    name = models.CharField(_("name"), max_length=120)
    level = models.CharField(_("level"), max_length=40)
    active = models.BooleanField(_("open"), default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Accounts(BaseUserManager["User"]):
    """Looks accounts up by user name, letter case aside."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=same_name(username or ""))


class User(AbstractBaseUser):
    """An account. `uid` is what other tables and the history call the person; names stay out of the history.

    `must_change_password` is set while the password is one that somebody else chose.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(_("user name"), max_length=150, unique=True)
    name = models.CharField(_("name"), max_length=150)
    is_active = models.BooleanField(_("in use"), default=True)
    must_change_password = models.BooleanField(_("must choose a password"), default=False)
    created_at = models.DateTimeField(_("opened"))

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = Accounts()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def facts(self) -> Asker:
        """Who this is to the rules: opaque id and roles, no name. One query, or none when prefetched."""
        held = [grant.facts() for grant in self.grants.all() if grant.ended_at is None]
        return Asker(str(self.uid), self.is_active, tuple(held))

    def check_password(self, raw_password: str | None) -> bool:
        """Is this the password? Never stores anything: Django would quietly replace a hash made the old way."""
        return check_password(raw_password, self.password)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username = same_name(self.username)
        super().save(*args, **kwargs)


class RoleGrant(models.Model):
    """A role given to an account, for one school or (school empty) the whole district, from a day to a day.

    Whoever ends it before its last day sets `ended_at`; from that instant it is not held. Nothing is deleted.
    `agency` is whom somebody with the police serves, filed by whoever grants the role, or later where the role is older
    than that; "" is not on file. It is written once: another agency is another role.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices())
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("school"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.CharField(max_length=64)
    granted_at = models.DateTimeField()
    agency = models.CharField(_("agency"), max_length=120, blank=True)
    agency_by = models.CharField(max_length=64, blank=True)
    agency_at = models.DateTimeField(_("agency filed"), null=True, blank=True)
    ended_by = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        ordering = ["role", "school__name", "id"]
        constraints = [
            models.CheckConstraint(
                name="role_grant_ends_after_it_starts",
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="role_grant_ended_as_a_whole",
                condition=models.Q(ended_at__isnull=True, ended_by="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_by="")),
            ),
            models.CheckConstraint(
                name="role_grant_agency_filed_as_a_whole",
                condition=models.Q(agency="", agency_by="", agency_at__isnull=True)
                | (models.Q(agency_at__isnull=False) & ~models.Q(agency="") & ~models.Q(agency_by="")),
            ),
        ]

    def facts(self) -> RoleHeld:
        return RoleHeld(Role(self.role), str(self.school_id or ""), self.starts_on, self.ends_on, self.agency)

    def in_force(self, on: date) -> bool:
        return self.ended_at is None and self.facts().in_force(on)
