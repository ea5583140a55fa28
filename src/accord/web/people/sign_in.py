"""Signing in and out, and failing to: each leaves an event. What was typed never enters one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import login, logout
from django.db import transaction

from accord.web.audit.record import record
from accord.web.people.models import User, same_name

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@transaction.atomic
def enter(request: Any, user: User, *, at: datetime) -> None:
    """Begin a session."""
    login(request, user, backend=_BACKEND)
    record("people.signed_in", by=str(user.uid), at=at, target=f"people.user:{user.uid}")


@transaction.atomic
def leave(request: Any, *, at: datetime) -> None:
    """End the session. Nobody was signed in: nothing happens."""
    if request.user.is_authenticated:
        uid = str(request.user.uid)
        record("people.signed_out", by=uid, at=at, target=f"people.user:{uid}")
    logout(request)


@transaction.atomic
def failed(request: Any, *, at: datetime, username: str) -> None:
    """Note a failed sign-in, and that it closed sign-in from there.

    Only failures that were counted are noted: while sign-in is closed nothing is checked and nothing is written, so
    that a stranger cannot fill the disk. An unknown user name is not kept: people type passwords into that field.
    """
    if getattr(request, "axes_failures_since_start", None) is None:
        return
    user = User.objects.filter(username=same_name(username)).first()
    target = f"people.user:{user.uid if user else 'unknown'}"
    record("people.sign_in_failed", by="", at=at, target=target)
    if request.axes_locked_out:
        record("people.locked_out", by="", at=at, target=target)
