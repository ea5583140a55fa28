"""A field that could hold immigration information stops the build."""

import gc
from collections.abc import Iterator
from dataclasses import fields, make_dataclass
from types import ModuleType

import pytest
from django import forms
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from accord import clauses
from accord.exchange.ripa_json import as_json
from accord.facts import Perceived, PersonDetails, PersonStopped, Stop
from accord.facts.details import ContactDetails
from accord.rules.immigration import suspicious_name
from accord.web.base.immigration_fields import (
    column_names,
    every_name,
    form_names,
    model_names,
    no_field_can_hold_immigration_information,
    record_names,
)
from accord.web.students import columns
from tests.exchange.stops import AT_SCHOOL


@pytest.fixture(autouse=True)
def planted_forms_are_forgotten() -> Iterator[None]:
    """A form class stays among its parent's children until it is collected."""
    yield
    gc.collect()


def test_no_field_of_accord_asks_for_it():
    assert no_field_can_hold_immigration_information() == []


def test_importers_drop_every_column_that_the_rule_refuses():
    refused = clauses.table("immigration")["names"]["refused"]
    assert len(refused) > 100
    assert [name for name in refused if not columns.drops(name.replace(" ", "_"))] == []


def test_models_forms_facts_and_columns_are_all_walked():
    walked = {where for where, _ in every_name()}
    for expected in ("interactions.Version.narrative", "fact Interaction.narrative", "column occurred_on"):
        assert expected in walked
    assert any(where.startswith("accord.web.interactions.forms.") for where in walked)
    assert any(where.startswith("accord.web.reports.forms.") for where in walked)
    for kept_as_json in (PersonDetails, ContactDetails, Stop, PersonStopped, Perceived):
        for field in fields(kept_as_json):
            assert f"fact {kept_as_json.__name__}.{field.name}" in walked
    for module in ("plain_csv", "edfi_students", "edfi_discipline", "ripa_json"):
        assert any(where.startswith(f"accord.exchange.{module}.") for where in walked)


def test_no_key_of_the_states_record_of_a_stop_asks_for_it():
    def keys(held: object) -> Iterator[str]:
        for one in held if isinstance(held, list) else ():
            yield from keys(one)
        for key, value in held.items() if isinstance(held, dict) else ():
            yield key
            yield from keys(value)

    found = set(keys(as_json(AT_SCHOOL, wrapped=True)))
    assert len(found) > 40
    assert [key for key in found if suspicious_name(key)] == []


def test_a_planted_record_is_named():
    module = ModuleType("planted")
    module.Planted = make_dataclass("Planted", [("birth_country", str), ("said", str)])
    module.Planted.__module__ = "planted"
    module.COLUMNS = {"grade": ("gradelevel",), "visa_type": ("visa",)}
    assert [where for where, name in record_names(module, "fact") if suspicious_name(name)] == [
        "fact Planted.birth_country"
    ]
    assert len([where for where, name in column_names(module) if suspicious_name(name)]) == 2


def test_a_planted_form_field_is_named():
    class Planted(forms.Form):
        birth_country = forms.CharField()
        answer = forms.CharField(label="Visa status of the parent")
        narrative = forms.CharField(label="What happened")

    named = [error.msg for error in no_field_can_hold_immigration_information() if "Planted." in error.msg]
    assert {message.split()[0].rpartition(".")[2] for message in named} == {"birth_country", "answer"}
    assert {name for _, name in form_names(Planted)} >= {"birth_country", "Visa status of the parent"}


@isolate_apps("accord.web.base")
def test_a_planted_model_field_is_named(monkeypatch):
    class Planted(models.Model):
        code = models.CharField("citizenship", max_length=3)

        class Meta:
            app_label = "base"

    assert ("base.Planted.code", "citizenship") in set(model_names(Planted))
    monkeypatch.setattr(apps, "get_models", lambda: [Planted])
    assert [
        error.msg.split()[0] for error in no_field_can_hold_immigration_information() if "Planted" in error.msg
    ] == ["base.Planted.code"]
