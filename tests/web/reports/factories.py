"""A district with contacts and enrollment, and editions of it. Eve (superintendent) drafts, Carol (clerk) publishes."""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.test import Client

from accord.facts import Action, InitiatedBy, Kind, Outcome, PersonKind, PersonRole, Role
from accord.facts import Review as Found
from accord.web.audit.content import CONTENT
from accord.web.audit.models import Event
from accord.web.audit.record import record
from accord.web.audit.verify import Verified
from accord.web.audit.verify import verify as verify_all
from accord.web.interactions import models
from accord.web.people.models import RoleGrant, School, User
from accord.web.reports import actions, periods
from accord.web.reports.models import Edition

AT = datetime(2026, 11, 24, 18, tzinfo=UTC)
ON = date(2026, 11, 24)
SPRING = periods.Period("2026-spring", date(2026, 1, 1), date(2026, 6, 30))
FALL = periods.Period("2025-fall", date(2025, 7, 1), date(2025, 12, 31))
BACKEND = "django.contrib.auth.backends.ModelBackend"

_RACES = {"hispanic": 50, "american_indian": 1, "asian": 9, "black": 12, "white": 22, "two_or_more": 6}
_GRADES = {
    "Elm Elementary": ["03", "04", "05"],
    "Cedar Middle": ["06", "07", "08"],
    "Oak High": ["09", "10", "11", "12"],
}


def account(name: str, role: Role | None = None, at: School | None = None) -> User:
    user = User.objects.filter(name=name).first() or User(username=f"{name}@example.org", name=name, created_at=AT)
    if user.pk is None:
        user.set_unusable_password()
        user.save()
        if role:
            RoleGrant.objects.create(
                user=user, role=role.value, school=at, starts_on=date(2020, 7, 1), granted_by="t", granted_at=AT
            )
    return user


def eve() -> User:
    return account("Eve", Role.SUPERINTENDENT)


def carol() -> User:
    return account("Carol", Role.CLERK)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def schools() -> list[School]:
    return [
        School.objects.get_or_create(cds=f"9999999010001{i}", defaults={"name": name, "level": name.split()[1]})[0]
        for i, name in enumerate(_GRADES)
    ]


def enrollment(year: str = "2025-26", each: int = 3000) -> None:
    """About `each` students at every school, in the shares of the district."""
    rows = [
        models.Enrollment(
            school=school,
            school_year=year,
            grade=grade,
            race=race,
            sex=sex,
            disability=disability,
            english_learner=learner,
            count=round(each / len(_GRADES[school.name]) * share / 100 / 2 * special * english),
            as_of=date(2025, 10, 1),
            imported_by=eve(),
            imported_at=AT,
        )
        for school in schools()
        for grade in _GRADES[school.name]
        for race, share in _RACES.items()
        for sex in ("female", "male")
        for disability, special in (("none", 0.85), ("idea", 0.15))
        for learner, english in (("yes", 0.25), ("no", 0.75))
    ]
    models.Enrollment.objects.bulk_create(rows)


def contacts(count: int = 400, *, seed: int = 1, reviewed: bool = True, period: periods.Period = SPRING) -> None:
    """So many contacts of a period, one student each, logged by Bob and reviewed by Alice."""
    chance, bob, places = random.Random(seed), account("Bob"), schools()
    filed = models.Interaction.objects.bulk_create(
        models.Interaction(
            school=chance.choice(places), author=bob, filed_at=AT, key=str(uuid4()), reference=uuid4().hex[:12]
        )
        for _ in range(count)
    )
    versions = models.Version.objects.bulk_create(_version(one, bob, chance, period) for one in filed)
    models.Person.objects.bulk_create(_person(one, chance) for one in versions)
    if reviewed:
        alice = account("Alice")
        models.Review.objects.bulk_create(
            models.Review(version=one, by=alice, at=AT, found=Found.APPROPRIATE.value) for one in versions
        )


def _version(
    interaction: models.Interaction, by: User, chance: random.Random, period: periods.Period
) -> models.Version:
    day = period.start + timedelta(days=chance.randrange(150))
    return models.Version(
        interaction=interaction,
        number=1,
        by=by,
        at=AT,
        kind=chance.choice([Kind.STOP, Kind.NON_STOP_CONTACT, Kind.CALL_FOR_POLICE]).value,
        occurred_at=datetime(day.year, day.month, day.day, 19, tzinfo=UTC),
        duration_minutes=10,
        initiated_by=chance.choice(list(InitiatedBy)).value,
        conduct="other_crime",
        location="classroom",
    )


def _person(version: models.Version, chance: random.Random) -> models.Person:
    outcomes = {Outcome.ARREST: 0.05, Outcome.REFERRAL_FOR_PROSECUTION: 0.06, Outcome.REPORT_TO_SCHOOL: 0.2}
    return models.Person(
        version=version,
        position=0,
        kind=PersonKind.STUDENT.value,
        role=PersonRole.SUBJECT.value,
        actions=[Action.SEARCHED_PERSON.value] if chance.random() < 0.1 else [Action.TALKED.value],
        outcomes=[outcome.value for outcome, share in outcomes.items() if chance.random() < share],
        grade=chance.choice(_GRADES[version.interaction.school.name]),
        race=chance.choices(list(_RACES), [40, 2, 8, 25, 20, 5])[0],
        sex=chance.choices(["female", "male"], [35, 65])[0],
        disability=chance.choices(["none", "idea"], [70, 30])[0],
        english_learner=chance.choices(["yes", "no"], [30, 70])[0],
    )


def draft(period: periods.Period = SPRING, *, count: int = 400) -> Edition:
    """A draft by Eve of a period that is filled first, unless it has contacts already."""
    if not models.Enrollment.objects.exists():
        enrollment()
    if count:
        contacts(count, period=period)
    return actions.draft(by=eve(), at=AT, on=ON, period=period, key=uuid4())


def published(period: periods.Period = SPRING, *, count: int = 400) -> Edition:
    """A draft that Carol published."""
    one = draft(period, count=count)
    return actions.publish(by=carol(), at=AT, on=ON, edition=one, seen=one.digest)


def verify() -> Verified:
    """Is the history whole? It is first told of everything but editions that factories stored without an action."""
    told = set(Event.objects.values_list("target", flat=True))
    with transaction.atomic():
        for name, kind in CONTENT.items():
            planted = [one for one in kind.ids() if f"{name}:{one}" not in told and name != "reports.edition"]
            for one, held in kind.read(planted).items():
                record("test.planted", by="test", at=AT, target=f"{name}:{one}", content=held)
    return verify_all()
