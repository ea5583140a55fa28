"""The history tells of every stored column of this app: each is changed in turn, and what is told must differ."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from accord.facts.records import SignerRole
from accord.web.records import actions, keeping, links
from accord.web.records.models import HeldKind
from accord.web.records.models_reviews import WeekReview
from tests.web import factories as make
from tests.web.audit.test_content import other, told
from tests.web.records import factories as kept
from tests.web.records import urgent

pytestmark = pytest.mark.django_db

TOLD_IN = {
    "Held": "records.held",
    "HeldEnd": "records.held",
    "Link": "records.link",
    "LinkStep": "records.link",
    "Copy": "records.copy",
    "Consent": "records.consent",
    "Revocation": "records.consent",
    "Request": "records.request",
    "Step": "records.step",
    "Decision": "records.step",
    "Released": "records.step",
    "Disclosure": "records.disclosure",
    "Confirmation": "records.confirmation",
    "Determination": "records.determination",
    "Recipient": "records.determination",
    "WeekReview": "records.weekreview",
}
"""Which kind of content tells of the rows of a model."""


def test_every_model_of_the_app_is_told_of():
    assert {model.__name__ for model in apps.get_app_config("records").get_models()} == set(TOLD_IN)


def free() -> None:
    """Rows that nothing points to yet, so that what may point to a row once can be moved there."""
    kept.held(HeldKind.OPT_OUT, {"student": "1001"})
    kept.consent()
    links.propose(
        by=kept.grace(), at=make.AT, on=make.ON, user=make.account("Judy"), student=kept.student(),
        role=SignerRole.GUARDIAN, starts_on=make.SINCE, seen="Court order",
    )  # fmt: skip
    kept.decided(kept.identified(kept.asked(), kept.copy()), because="Not now.")
    kept.asked()


@pytest.fixture
def unguarded() -> Iterator[None]:
    """At least two rows of what others point to, in a database that lets a forger's changes through."""
    if connection.vendor != "sqlite":
        pytest.skip("the columns are read by the same code on either database; SQLite lets its guards be taken off")
    kept.link()
    kept.link(kept.ivan(), kept.student("1002"), SignerRole.GUARDIAN)
    for number in ("1001", "1002"):
        paper = kept.held(HeldKind.OPT_OUT, {"student": number})
        keeping.end_paper(by=kept.grace(), at=make.AT, on=make.ON, held=paper, reason="A mistake.")
        copy = kept.copy(kept.student(number))
        kept.paper_consent(
            links.standing(kept.heidi() if number == "1001" else kept.ivan(), on=make.ON).get(),
            by=kept.grace(),
            party=make.bob(),
        )
    given, copy = kept.consent(), kept.copy()
    for _ in range(2):
        request = kept.identified(kept.asked(), copy)
        kept.decided(request, [copy])
        actions.open_copy(by=make.bob(), at=make.AT, on=make.ON, request=request, copy=copy)
    kept.revoke(given)
    kept.confirmed(request)
    urgent.determined(key="one")
    urgent.determined(key="two")
    WeekReview.objects.create(
        monday=date(2026, 11, 16), by=kept.grace(), at=make.AT, notes="Nothing.", shown={"people": 1}
    )
    free()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.parametrize("name", sorted(TOLD_IN))
def test_a_change_to_any_column_changes_what_is_told(name: str, unguarded: None):
    model = apps.get_model("records", name)
    kind, rows = TOLD_IN[name], models.QuerySet(model=model)
    before, row = told(kind), rows.order_by("-pk" if name == "Step" else "pk").first()
    silent = []
    for field in model._meta.concrete_fields:
        if field.name == "id":
            continue  # what points to a row is told with what it points to
        with transaction.atomic():
            rows.filter(pk=row.pk).update(**{field.attname: other(row, field)})
            if told(kind) == before:
                silent.append(field.name)
            transaction.set_rollback(True)
    assert silent == []
