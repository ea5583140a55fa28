"""Accounts for the tests of accounts. Alice is a principal, Bob an officer, Dana opens and closes accounts."""

from datetime import UTC, date, datetime

from django.test import Client

from accord.facts import Role
from accord.web.people.models import RoleGrant, School, User

AT = datetime(2026, 7, 1, 15, tzinfo=UTC)
SINCE = date(2026, 7, 1)
BACKEND = "django.contrib.auth.backends.ModelBackend"
PASSWORD = "a long enough password"


def school(name: str = "Cedar Middle", cds: str = "99999990100011") -> School:
    return School.objects.get_or_create(cds=cds, defaults={"name": name, "level": "Middle"})[0]


def account(name: str = "Alice", role: Role | None = None, at: School | None = None) -> User:
    user = User(username=f"{name.lower()}@example.org", name=name, created_at=AT)
    user.set_password(PASSWORD)
    user.save()
    if role:
        RoleGrant.objects.create(user=user, role=role.value, school=at, starts_on=SINCE, granted_by="t", granted_at=AT)
    return user


def dana() -> User:
    return account("Dana", Role.PROGRAM_ADMIN)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client
