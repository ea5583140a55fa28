"""People, schools and contacts for tests of the web. Plain functions; what a test does not name has a usual value.

Alice is a principal, Bob an officer, Carol the Board's clerk, Dana the program administrator, Eve the superintendent,
Frank a teacher. All hold their roles since 2020.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.test import Client

from accord.facts import (
    Action,
    ConductClass,
    Disability,
    EnglishLearner,
    Grade,
    Handler,
    InitiatedBy,
    Interaction,
    Kind,
    Outcome,
    PersonContacted,
    PersonKind,
    PersonRole,
    Race,
    Review,
    Role,
    Sex,
    Stop,
    TriedFirst,
)
from accord.facts.details import ContactDetails
from accord.facts.person_codes import Answer, Extent, Injury, RestraintDevice, Searcher, Standard, Witness
from accord.facts.person_details import Force, PersonDetails, Questioning, Search, Seizure
from accord.facts.stop_codes import Contraband, ForceAction, PropertyType, SearchBasis, SeizureBasis
from accord.rules.people import police_roles
from accord.web.audit.models import Event
from accord.web.audit.verify import Verified
from accord.web.audit.verify import verify as verify_all
from accord.web.interactions import actions, models, reviewing
from accord.web.interactions.places import Place
from accord.web.people.content import record_school, record_user
from accord.web.people.models import RoleGrant, School, User

SINCE = date(2020, 7, 1)
AT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
"""A Tuesday morning at ten in the district."""
ON = date(2026, 11, 24)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def school(name: str = "Cedar Middle", *, cds: str = "", active: bool = True) -> School:
    """A school, the same for the same name."""
    code = cds or f"999999901{sum(map(ord, name)) % 100_000:05d}"
    return School.objects.get_or_create(name=name, defaults={"cds": code, "level": "Middle", "active": active})[0]


AGENCY = "city-police"
"""Whom officers serve when nothing else is said, as filed on the day their roles began."""
FILED = datetime(2020, 7, 1, 18, 0, tzinfo=UTC)


def account(
    name: str, role: Role | None = None, *, at: School | None = None, until: date | None = None, agency: str = AGENCY
) -> User:
    """The account of that name, opened when it is first asked for; given the role when one is named.

    A role with the police is held for the agency; "" is one of which none is on file.
    """
    user = User.objects.filter(name=name).first()
    if user is None:
        user = User(username=f"{name.lower()}@example.org", name=name, created_at=AT)
        user.set_unusable_password()
        user.save()
    if role and not user.grants.filter(role=role, school=at).exists():
        filed = {"agency": agency, "agency_by": "test", "agency_at": FILED} if agency and role in police_roles() else {}
        RoleGrant.objects.create(
            user=user, role=role, school=at, starts_on=SINCE, ends_on=until, granted_by="test", granted_at=AT, **filed
        )
    return user


def alice(at: School | None = None) -> User:
    """A principal, of Cedar Middle when nothing else is said."""
    return account("Alice", Role.PRINCIPAL, at=at or school())


def bob(at: School | None = None) -> User:
    """A school resource officer, at Cedar Middle when nothing else is said."""
    return account("Bob", Role.SRO, at=at or school())


def carol() -> User:
    """The Board's clerk."""
    return account("Carol", Role.CLERK)


def dana() -> User:
    """The program administrator."""
    return account("Dana", Role.PROGRAM_ADMIN)


def eve() -> User:
    """The superintendent."""
    return account("Eve", Role.SUPERINTENDENT)


def frank(at: School | None = None) -> User:
    """A teacher, at Cedar Middle when nothing else is said."""
    return account("Frank", Role.STAFF, at=at or school())


def signed_in(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def lose_the_history() -> None:
    """From here to the end of the test no event can be written: its table is gone."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event RENAME TO audit_event_gone")


def unguard(table: str) -> None:
    """From here to the end of the test the database lets a forger change filed rows of a table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {table}_no_update")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


@transaction.atomic
def verify() -> Verified:
    """Is the history whole? It is first told of the accounts and schools that factories stored without an action."""
    told = set(Event.objects.exclude(verb__in=["students.read", "records.file_read"]).values_list("target", flat=True))
    for user in User.objects.order_by("pk"):
        if f"people.user:{user.uid}" not in told:
            record_user("people.opened", user, by="test", at=AT)
    for one in School.objects.order_by("pk"):
        if f"people.school:{one.cds}" not in told:
            record_school("people.school_added", one, by="test", at=AT)
    return verify_all()


def told_of(*actions: Action) -> PersonDetails:
    """What has to be told of these acts toward a person: nobody was hurt, nothing was found."""
    acts = set(actions)
    searched = acts & {Action.SEARCHED_PERSON, Action.SEARCHED_PROPERTY}
    hurt = {"person_hurt": Injury.NONE, "officer_hurt": Injury.NONE} if acts & {Action.FORCE, Action.RESTRAINED} else {}
    search = Search(
        by=(Searcher.SCHOOL_OFFICER,),
        bases=(SearchBasis.WEAPONS,),
        standard=Standard.REASONABLE_SUSPICION,
        extent=(Extent.OUTER_CLOTHING,),
        witnesses=(Witness.STAFF_SAME_GENDER,),
        found=(Contraband.NONE,),
    )
    return PersonDetails(
        questioning=Questioning(custodial=Answer.NO) if Action.QUESTIONED in acts else Questioning(),
        search=search if searched else Search(),
        force=Force(
            types=(ForceAction.PHYSICAL,) if Action.FORCE in acts else (),
            devices=(RestraintDevice.HANDCUFFS,) if Action.RESTRAINED in acts else (),
            **hurt,
        ),
        seizure=Seizure(what=(PropertyType.OTHER,), why=(SeizureBasis.SCHOOL_POLICY,))
        if Action.SEIZED_PROPERTY in acts
        else Seizure(),
    )


def student(**answers: Any) -> PersonContacted:
    """A student whom the contact was about, with what has to be told of what the officer did."""
    answers.setdefault("details", told_of(*answers.get("actions", ())))
    usual: dict[str, Any] = {
        "kind": PersonKind.STUDENT,
        "role": PersonRole.SUBJECT,
        "actions": (Action.TALKED,),
        "outcomes": (Outcome.WARNING,),
        "grade": Grade.G07,
        "race": Race.HISPANIC,
        "sex": Sex.MALE,
        "disability": Disability.NONE,
        "english_learner": EnglishLearner.NO,
    }
    return PersonContacted(**(usual | answers))


def visitor(**answers: Any) -> PersonContacted:
    """A grown-up who is no student."""
    answers.setdefault("details", told_of(*answers.get("actions", ())))
    usual: dict[str, Any] = {
        "kind": PersonKind.VISITOR,
        "role": PersonRole.SUBJECT,
        "actions": (Action.TALKED,),
        "outcomes": (Outcome.REMOVED_FROM_CAMPUS,),
    }
    return PersonContacted(**(usual | answers))


def entry(**answers: Any) -> Interaction:
    """A complete entry: staff called the officer for a possible crime, an hour before AT."""
    usual: dict[str, Any] = {
        "kind": Kind.NON_STOP_CONTACT,
        "occurred_at": AT - timedelta(hours=1),
        "recorded_at": AT,
        "initiated_by": InitiatedBy.STAFF,
        "conduct": ConductClass.OTHER_CRIME,
        "tried_first": (TriedFirst.ADMINISTRATOR_RESPONSE,),
        "people": (student(),),
        "duration_minutes": 10,
        "narrative": "A talk in the office.",
    }
    return Interaction(**(usual | answers))


def contact(
    by: User | None = None,
    *,
    at: datetime = AT,
    on: date = ON,
    where: School | None = None,
    place: Place = Place.OFFICE,
    key: str = "",
    details: ContactDetails = actions.NOTHING_MORE,
    stop: Stop | None = None,
    **answers: Any,
) -> models.Interaction:
    """A contact logged by Bob at Cedar Middle, through the action that the page calls."""
    answers.setdefault("occurred_at", at - timedelta(hours=1))
    return actions.log(
        by=by or bob(where),
        at=at,
        on=on,
        key=key or uuid4().hex,
        school=where or school(),
        place=place,
        entry=entry(**answers),
        details=details,
        stop=stop,
    )


def corrected(
    interaction: models.Interaction,
    by: User | None = None,
    *,
    at: datetime = AT + timedelta(hours=1),
    number: int = 1,
    reason: str = "The wrong grade was entered.",
    place: Place = Place.OFFICE,
    details: ContactDetails = actions.NOTHING_MORE,
    stop: Stop | None = None,
    **answers: Any,
) -> models.Version:
    """A new version of a contact, filed by its author."""
    return actions.correct(
        by=by or interaction.author,
        at=at,
        on=ON,
        interaction=interaction,
        number=number,
        reason=reason,
        place=place,
        entry=entry(**answers),
        details=details,
        stop=stop,
    )


def reviewed(
    interaction: models.Interaction,
    by: User | None = None,
    *,
    at: datetime = AT + timedelta(hours=2),
    number: int = 1,
    found: Review = Review.APPROPRIATE,
    better: Handler | None = None,
    note: str = "",
) -> models.Review:
    """A review of a contact, by Eve when nobody else is said."""
    return reviewing.review(
        by=by or eve(),
        at=at,
        on=ON,
        interaction=interaction,
        number=number,
        found=found,
        better_handled_by=better,
        note=note,
    )


def enrollment_csv(*rows: str, year: str = "2026-27") -> str:
    """An enrollment file with these rows, or with two groups of Cedar Middle. `YEAR` in a row is the school year."""
    head = "school,school_year,grade,race,sex,disability,english_learner,count"
    usual = ("Cedar Middle,YEAR,07,hispanic,male,none,no,120", "Cedar Middle,YEAR,08,white,female,idea,yes,15")
    return "\n".join([head, *(row.replace("YEAR", year) for row in rows or usual)]) + "\n"
