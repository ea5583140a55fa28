"""The first account of an installation, which nobody inside could open."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accord.facts import Role
from accord.web.people.content import record_user
from accord.web.people.models import RoleGrant, User


@transaction.atomic
def open_first_administrator(*, username: str, name: str, password: str, at: datetime) -> User:
    """Open the account and grant the role, as long as nobody holds it.

    Raises:
        ValueError: when there is an administrator already, or the password is too weak.
    """
    if RoleGrant.objects.filter(role=Role.PROGRAM_ADMIN.value, user__is_active=True).exists():
        raise ValueError("This installation has a program administrator, who opens every other account.")
    try:
        validate_password(password)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
    user = User(username=username, name=name, created_at=at)
    user.set_password(password)
    user.save()
    day = timezone.localdate(at)
    RoleGrant.objects.create(
        user=user, role=Role.PROGRAM_ADMIN.value, starts_on=day, granted_by="system", granted_at=at
    )
    record_user("people.opened", user, by="system", at=at, detail={"role": "program_admin"})
    return user
