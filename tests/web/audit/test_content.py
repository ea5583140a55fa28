"""What the history commits to covers every stored column: each is changed in turn, and what is told must differ."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from accord.web.audit.content import CONTENT
from accord.web.controls import actions as controls
from accord.web.controls.models import Award, Evidence, Mode, Program
from accord.web.immigration import models as register
from accord.web.interactions.enrollment_actions import import_enrollment
from accord.web.interactions.models import Enrollment, Interaction, Person, Review, Version
from accord.web.interactions.models_drafts import Draft
from accord.web.interactions.models_favorites import Favorite
from accord.web.interactions.models_officers import OfficerVersion
from accord.web.interactions.models_saved import SavedView
from accord.web.interactions.models_stops import StopImport, StopRecord
from accord.web.interactions.models_times import EntryTime
from accord.web.interactions.officers import keep
from accord.web.interactions.stops import store
from accord.web.people.models import RoleGrant, School, User
from accord.web.policies.models import Binding, Policy
from accord.web.policies.models import Version as PolicyVersion
from accord.web.reports.models import Edition
from accord.web.students.models import Student
from tests.exchange.stops import AT_SCHOOL
from tests.web import factories as make
from tests.web.controls import factories as papers
from tests.web.immigration import factories as enforcement
from tests.web.interactions.stop_typed import OFFICER
from tests.web.policies import factories as policies

pytestmark = pytest.mark.django_db

COVERED: dict[type[models.Model], str] = {
    School: "people.school",
    User: "people.user",
    RoleGrant: "people.user",
    Policy: "policies.policy",
    PolicyVersion: "policies.version",
    Binding: "policies.binding",
    Evidence: "controls.evidence",
    Program: "controls.program",
    Interaction: "interactions.version",
    Version: "interactions.version",
    Person: "interactions.version",
    Review: "interactions.review",
    Enrollment: "interactions.enrollment",
    Edition: "reports.edition",
    StopImport: "interactions.stops",
    StopRecord: "interactions.stops",
    OfficerVersion: "interactions.officer",
    register.Entry: "immigration.version",
    register.Version: "immigration.version",
    register.Scan: "immigration.scan",
    register.Review: "immigration.review",
    register.Clearance: "immigration.clearance",
    register.Acknowledgement: "immigration.acknowledgement",
    register.WhomToCall: "immigration.whom_to_call",
}
"""Which kind of content tells of the rows of a model."""

UNTOLD = {SavedView, Draft, Favorite, EntryTime}
"""Conveniences of one person, which no rule and no page of another reads; and how long entries took, of nobody."""

NOTHING_REFERS = "a number that nothing refers to"
TOLD = "what points to it is told with what it points to"
IN_TARGET = "the target of the event is made of it"
EXCEPTIONS = {
    "people.User.last_login": "set by every sign-in, which is an event of its own; no page and no rule reads it",
    "people.User.id": TOLD,
    "people.School.id": TOLD,
    "people.RoleGrant.id": NOTHING_REFERS,
    "interactions.Interaction.id": TOLD,
    "interactions.Version.id": TOLD,
    "interactions.Person.id": NOTHING_REFERS,
    "interactions.Review.id": NOTHING_REFERS,
    "interactions.Enrollment.id": NOTHING_REFERS,
    "interactions.StopImport.id": TOLD,
    "interactions.StopRecord.id": NOTHING_REFERS,
    "interactions.OfficerVersion.id": NOTHING_REFERS,
    "reports.Edition.id": NOTHING_REFERS,
    "controls.Evidence.id": NOTHING_REFERS,
    "controls.Program.id": IN_TARGET,
    "policies.Policy.id": IN_TARGET,
    "policies.Version.id": IN_TARGET,
    "policies.Binding.id": IN_TARGET,
    "immigration.Entry.id": TOLD,
    "immigration.Version.id": TOLD,
    "immigration.Review.id": NOTHING_REFERS,
    "immigration.Scan.id": NOTHING_REFERS,
    "immigration.Clearance.id": NOTHING_REFERS,
    "immigration.Acknowledgement.id": NOTHING_REFERS,
    "immigration.WhomToCall.id": NOTHING_REFERS,
}


@pytest.fixture
def world() -> None:
    """At least one row of each model."""
    make.reviewed(make.contact())
    make.contact()
    Student.objects.create(local_id="1", grade="09", updated_at=make.AT)
    policies.in_force()
    bare: dict[str, Any] = {"school": make.school(), "author": make.bob(), "filed_at": make.AT}
    Interaction.objects.create(**bare, key="bare", reference="2026-99999")
    empty = models.QuerySet(model=Version).first()
    empty.pk, empty.number, empty.is_current, empty._state.adding = None, 7, False, True
    empty.save()
    policies.imported(policies.other())
    Policy.objects.create(code="0000", title="A policy without a version")
    papers.withdrawn(papers.evidence())
    controls.describe_program(by=make.eve(), at=make.AT, on=make.ON, award=Award.NO, mode=Mode.OWN)
    import_enrollment(by=make.dana(), at=make.AT, on=make.ON, text=make.enrollment_csv(), as_of=make.ON)
    for number in ("1", "2"):
        store([replace(AT_SCHOOL, record_id=number)], by=number, at=make.AT)
    keep(by=make.bob(), at=make.AT, on=make.ON, officer=make.bob(), profile=OFFICER)
    enforcement.filed()
    enforcement.everything()
    register.Entry.objects.create(**bare, key="bare", reference="E2026-9999")
    make.school("Elm Elementary", cds="99999990100099")
    Edition.objects.create(
        key=uuid4(),
        slug="2026-spring",
        title="A draft",
        period_start=date(2026, 1, 1),
        period_end=date(2026, 6, 30),
        body="{}",
        digest="0" * 64,
        counted=1,
        unreviewed=0,
        hidden=0,
        drafted_by=make.eve(),
        drafted_at=make.AT,
    )


def other(row: models.Model, field: models.Field) -> Any:
    """A value of a field that is not the one it has."""
    value = getattr(row, field.attname)
    if isinstance(field, models.ForeignKey):
        return (
            models.QuerySet(model=field.related_model)
            .exclude(pk=value)
            .values_list("pk", flat=True)
            .order_by("-pk")
            .first()
        )
    empty = {
        models.DateField: date(2020, 1, 1),
        models.DateTimeField: make.AT + timedelta(days=3),
        models.PositiveIntegerField: 7,
        models.JSONField: {"one": 1},
    }
    if value is None:
        return empty[type(field)]
    for kind, change in CHANGE:
        if isinstance(value, kind):
            return change(value)
    raise AssertionError(f"{field} holds {value!r}, which this test does not know how to change")


CHANGE: list[tuple[type, Callable[[Any], Any]]] = [
    (bool, lambda value: not value),
    (bytes, lambda value: value + b"x"),
    (str, lambda value: value[:-1] + ("x" if value[-1:] != "x" else "y")),
    (UUID, lambda value: uuid4()),
    (datetime, lambda value: value + timedelta(microseconds=1)),
    (date, lambda value: value + timedelta(days=1)),
    (int, lambda value: value + 1),
    (float, lambda value: value + 0.125),
    (dict, lambda value: {**deepcopy(value), "one more": 1}),
    (list, lambda value: [*deepcopy(value), "one more"]),
]


def columns() -> list[tuple[type[models.Model], models.Field]]:
    return [(model, field) for model in COVERED for field in model._meta.concrete_fields]


def test_every_model_is_told_of():
    elsewhere = {"audit", "students", "duties", "records"}  # the history itself; apps whose tests hold their columns
    ours = {
        model
        for config in apps.get_app_configs()
        if config.name.startswith("accord.web.") and config.label not in elsewhere
        for model in config.get_models()
    }
    assert ours - UNTOLD == set(COVERED)
    assert set(COVERED.values()) <= set(CONTENT)


def test_every_exception_is_a_column():
    assert set(EXCEPTIONS) <= {f"{model._meta.label}.{field.name}" for model, field in columns()}


def told(kind: str) -> dict[str, Any]:
    return CONTENT[kind].read(sorted(CONTENT[kind].ids()))


@pytest.fixture
def unguarded(world: None) -> Iterator[None]:
    """A database whose constraints and triggers let a forger's changes through."""
    if connection.vendor != "sqlite":
        pytest.skip("the columns are read by the same code on either database; SQLite lets its guards be taken off")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.parametrize("model", COVERED, ids=lambda model: model._meta.label)
def test_a_change_to_any_column_changes_what_is_told(model: type[models.Model], unguarded: None):
    kind, rows = COVERED[model], models.QuerySet(model=model)
    before, row = told(kind), rows.order_by("pk").first()
    silent = []
    for field in model._meta.concrete_fields:
        if f"{model._meta.label}.{field.name}" in EXCEPTIONS:
            continue
        with transaction.atomic():
            rows.filter(pk=row.pk).update(**{field.attname: other(row, field)})
            if told(kind) == before:
                silent.append(field.name)
            transaction.set_rollback(True)
    assert silent == []
