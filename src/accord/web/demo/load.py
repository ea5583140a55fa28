"""Loads the invented district through the same actions that people use, in the order of time."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from importlib.resources import files
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from accord.facts import Interaction, PersonContacted, Role
from accord.facts.school_years import school_year
from accord.rules.controls import add_months
from accord.web.demo import (
    asked,
    calendar,
    contacts,
    district,
    enforcement,
    families,
    gate,
    kept,
    links,
    roster,
    stops,
    urgent,
)
from accord.web.demo.acts import LOCAL, Act, instant
from accord.web.demo.cast import Cast, office, sites
from accord.web.demo.papers import papers
from accord.web.demo.tasks import follow_up
from accord.web.interactions import actions as interactions
from accord.web.interactions.enrollment_actions import import_enrollment
from accord.web.interactions.models import Interaction as Filed
from accord.web.interactions.places import Place
from accord.web.interactions.reviewing import review
from accord.web.people.content import record_school
from accord.web.people.models import School, User
from accord.web.policies import actions as policies
from accord.web.policies import bindings
from accord.web.reports import actions as reports
from accord.web.reports.periods import offered

SEED = 351531
MONTHS = 18

_PLACES = list(Place)
_FORGOTTEN = 0.04
"""The share of contacts after which nobody did what was owed."""


@dataclass(frozen=True)
class Town:
    """What the acts of the loader share."""

    schools: dict[int, district.InventedSchool]
    rows: dict[int, School]
    office: dict[Role, User]
    principals: dict[int, User]
    officers: dict[int, User]
    enrolled: dict[int, Counter[district.Student]]
    rng: random.Random
    perceived: random.Random
    """Draws what officers perceive, apart from everything else."""
    told: random.Random
    """Draws why police were asked, and the roster, apart from everything else."""


def load(*, now: datetime | None = None, share: float = 1.0, say: Callable[[str], object] = lambda line: None) -> bool:
    """Load the district into an empty database. Gives False, and does nothing, when there are accounts already.

    Args:
        now: the instant the district is made for; contacts end the day before.
        share: how much of the contacts to make, from 0 to 1; tests take a little.
        say: told what goes on, a line at a time.
    """
    if User.objects.exists():
        return False
    at = now or timezone.now()
    say(f"Loading {district.NAME}: {len(district.SCHOOLS)} schools, {MONTHS} months of contacts")
    with transaction.atomic():
        town = _town(at)
        acts = [
            *_policy(town),
            *_enrollment(town, at),
            *calendar.acts(town.office[Role.PROGRAM_ADMIN], first=_start(at), today=at.astimezone(LOCAL).date()),
            *papers(town.office[Role.SUPERINTENDENT], today=at.astimezone(LOCAL).date()),
            *_enforcement(town, at),
            *stops.profiles(
                list(dict.fromkeys(town.officers.values())),
                town.office[Role.AGENCY_SUPERVISOR],
                on=_start(at) - timedelta(days=1),
                rng=town.perceived,
            ),
            *_contacts(town, at, share),
            *kept.acts(*_first_officer(town), at=at),
            *_family(town, today=at.astimezone(LOCAL).date()),
            *_gate(town, today=at.astimezone(LOCAL).date()),
            *_urgent(town, today=at.astimezone(LOCAL).date()),
            *_reports(town, at),
        ]
        for _, act in sorted(acts, key=lambda one: one[0]):
            act()
    say("Loaded.")
    return True


def _start(at: datetime) -> date:
    return add_months(at.astimezone(LOCAL).date(), -MONTHS)


def _town(at: datetime) -> Town:
    rng = random.Random(SEED)  # noqa: S311 - an invented district, not a secret
    since = _start(at) - timedelta(days=30)
    rows = [
        School.objects.create(cds=district.CDS_PREFIX + one.code, name=one.name, level=one.level)
        for one in district.SCHOOLS
    ]
    cast = Cast(rng, at=instant(since), since=since)
    people = office(cast)
    principals, officers = sites(cast, rows, rng)
    everyone = [*people.values(), *principals.values(), *officers.values()]
    for row in rows:
        record_school("people.school_added", row, by="system", at=instant(since))
    cast.record()
    prefetch_related_objects(everyone, "grants")
    return Town(
        schools={row.pk: one for row, one in zip(rows, district.SCHOOLS, strict=True)},
        rows={row.pk: row for row in rows},
        office=people,
        principals=principals,
        officers=officers,
        enrolled={row.pk: district.students(one, rng) for row, one in zip(rows, district.SCHOOLS, strict=True)},
        rng=rng,
        perceived=random.Random(SEED + 1),  # noqa: S311 - as above
        told=random.Random(SEED + 2),  # noqa: S311 - as above
    )


def _policy(town: Town) -> list[Act]:
    """The Superintendent brings the policy in and confirms the bindings; the clerk puts it in force."""
    data = (files("accord.web.demo") / "bp-3515.31.txt").read_bytes()
    superintendent, clerk = town.office[Role.SUPERINTENDENT], town.office[Role.CLERK]
    brought, adopted = date(2025, 8, 13), date(2025, 8, 19)

    def bring_in() -> None:
        imported = policies.import_document(
            by=superintendent, at=instant(brought), on=brought, data=data, name="bp-3515.31.txt"
        )
        bindings.confirm_all(
            by=superintendent, at=instant(brought, 10), on=brought, version=imported.version, least=0.0
        )
        policies.put_in_force(
            by=clerk,
            at=instant(adopted, 20),
            on=adopted,
            version=imported.version,
            in_force_from=adopted,
            meeting_on=adopted,
        )

    return [(instant(brought), bring_in)]


def _enrollment(town: Town, at: datetime) -> list[Act]:
    """Counts of every school year that the contacts touch, each brought in at the start of the year or now."""
    first, today = _start(at), at.astimezone(LOCAL).date()
    years = range(first.year - (first.month < 7), today.year - (today.month < 7) + 1)
    acts: list[Act] = []
    for year in years:
        counted = max(date(year, 9, 5), first)
        if counted < today:
            text = _enrollment_csv(town, f"{year}-{(year + 1) % 100:02}")
            by = town.office[Role.PROGRAM_ADMIN]
            act = partial(import_enrollment, by=by, at=instant(counted), on=counted, text=text, as_of=counted)
            acts.append((instant(counted), act))
    return acts


def _enrollment_csv(town: Town, school_year: str) -> str:
    lines = ["school,school_year,grade,race,sex,disability,english_learner,count"]
    for key, groups in town.enrolled.items():
        cds = town.rows[key].cds
        lines += [f"{cds},{school_year},{','.join(group)},{count}" for group, count in sorted(groups.items())]
    return "\n".join(lines) + "\n"


def _enforcement(town: Town, at: datetime) -> list[Act]:
    """One request at the first school, and the officers' signatures."""
    first = next(iter(town.rows))
    officers = list(dict.fromkeys(town.officers.values()))
    who = (town.office[Role.SUPERINTENDENT], town.principals[first], town.rows[first], officers)
    return enforcement.acts(*who, today=at.astimezone(LOCAL).date())


def _contacts(town: Town, at: datetime, share: float) -> list[Act]:
    """Officers and principals log; principals review officers, the Superintendent reviews principals."""
    made = contacts.contacts(town.schools, town.enrolled, start=_start(at), now=at, rng=town.rng)
    acts: list[Act] = []
    met: list[links.Met] = []
    for number, one in enumerate(made[:: max(1, round(1 / share))]):
        by_principal = one.entry["initiated_by"].value == "administrator" and number % 2
        author = town.principals[one.school] if by_principal else town.officers[one.school]
        reviewer = town.office[Role.SUPERINTENDENT] if by_principal else town.principals[one.school]
        filed: list[Filed] = []
        acts.append((one.filed_at, partial(_log, town, one, author, number, filed)))
        met.append(links.Met(one, filed))
        followed = one.filed_at + timedelta(hours=2)
        if followed < at and town.rng.random() > _FORGOTTEN:
            acts.append((followed, partial(_follow_up, town.principals[one.school], filed, followed)))
        if one.reviewed_at:
            acts.append((one.reviewed_at, partial(_review, one, reviewer, filed)))
    return [*acts, *_links(town, met, today=at.astimezone(LOCAL).date())]


def _links(town: Town, met: list[links.Met], *, today: date) -> list[Act]:
    """The roster of this school year, and who of the students in its contacts was linked to it."""
    this_year = [one for one in met if school_year(one.contact.occurred_at.date()) == school_year(today)]
    counted = [one for one in this_year if any(roster.counts(who, one.contact) for who in one.contact.entry["people"])]
    cds = {key: row.cds for key, row in town.rows.items()}
    began = int(school_year(today)[:4])
    invented = roster.invent([one.contact for one in counted], town.enrolled, cds, town.told, year=began)
    return links.acts(
        counted,
        invented,
        principals=town.principals,
        superintendent=town.office[Role.SUPERINTENDENT],
        admin=town.office[Role.PROGRAM_ADMIN],
        today=today,
    )


def _first_officer(town: Town) -> tuple[User, School]:
    key = next(iter(town.officers))
    return town.officers[key], town.rows[key]


def _family(town: Town, *, today: date) -> list[Act]:
    officer, school = _first_officer(town)
    office = town.office
    custodian, superintendent = office[Role.CUSTODIAN], office[Role.SUPERINTENDENT]
    return families.acts(families.Family(office[Role.PARENT], custodian, superintendent, officer, school), today=today)


def _urgent(town: Town, *, today: date) -> list[Act]:
    key, office = next(iter(town.officers)), town.office
    cast = urgent.Urgent(
        principal=town.principals[key],
        custodian=office[Role.CUSTODIAN],
        superintendent=office[Role.SUPERINTENDENT],
        officer=town.officers[key],
        parent=office[Role.PARENT],
        school=town.rows[key],
    )
    return urgent.acts(cast, today=today)


def _gate(town: Town, *, today: date) -> list[Act]:
    officer, school = _first_officer(town)
    return gate.acts(gate.Gate(town.office[Role.CUSTODIAN], officer, school), today=today)


def _log(town: Town, one: contacts.InventedContact, author: User, number: int, filed: list[Filed]) -> None:
    entry = dict(one.entry)
    people = tuple(PersonContacted(**person) for person in entry.pop("people"))
    school, place = town.rows[one.school], _PLACES[number % 4]
    told = Interaction(recorded_at=one.filed_at, people=people, **entry)
    stop = stops.record(told, school, place, author, town.perceived)
    interaction = interactions.log(
        by=author,
        at=one.filed_at,
        on=one.filed_at.astimezone(LOCAL).date(),
        key=str(UUID(int=town.rng.getrandbits(128))),
        school=school,
        place=place,
        entry=stops.apart(told) if stop else told,
        details=asked.details(told.conduct, told.initiated_by, town.told),
        stop=stop,
    )
    filed.append(interaction)


def _follow_up(principal: User, filed: list[Filed], at: datetime) -> None:
    follow_up(filed[0], principal, at=at)


def _review(one: contacts.InventedContact, reviewer: User, filed: list[Filed]) -> None:
    if one.reviewed_at is None:
        return
    on = one.reviewed_at.astimezone(LOCAL).date()
    review(by=reviewer, at=one.reviewed_at, on=on, interaction=filed[0], number=1, **one.review)


def _reports(town: Town, at: datetime) -> list[Act]:
    """Every finished period is published three weeks later, but for the newest: that one is left to draft."""
    today = at.astimezone(LOCAL).date()
    superintendent, clerk = town.office[Role.SUPERINTENDENT], town.office[Role.CLERK]
    acts: list[Act] = []
    for period in offered(today)[1:]:
        if period.start < _start(at):
            continue
        day = period.end + timedelta(days=24)

        def publish(period: object = period, day: date = day) -> None:
            key = UUID(int=town.rng.getrandbits(128))
            draft = reports.draft(by=superintendent, at=instant(day), on=day, period=period, key=key)  # type: ignore[arg-type]
            reports.publish(by=clerk, at=instant(day, 15), on=day, edition=draft, seen=draft.digest)

        acts.append((instant(day), publish))
    return acts
