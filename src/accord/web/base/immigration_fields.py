"""A field that could hold immigration information stops the build, wherever it stands.

Read at every start and by every check: models, forms, every record of facts and of the exchange (models keep some of
them as JSON, under the names of their fields), the columns that importers read, and the columns of the data dictionary.
Importers drop columns by the same rule (`accord.web.students.columns`).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import ModuleType

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import Model
from django.forms import BaseForm

import accord.web
from accord import exchange, facts
from accord.rules.immigration import suspicious_name
from accord.stats import schema

Named = tuple[str, str]
"""Where a name stands, and the name."""


@register()
def no_field_can_hold_immigration_information(**kwargs: object) -> list[CheckMessage]:
    """Hold the name and the label of every field against the clause `immigration.field`."""
    return [
        Error(
            f"{where} asks for what Education Code 234.7 keeps a school from collecting.",
            hint="Take the field out. Rules and names: accord/rules/immigration.toml.",
            id="immigration.E001",
        )
        for where in sorted({where for where, name in every_name() if suspicious_name(name)})
    ]


def every_name() -> Iterator[Named]:
    """Every name and label under which Accord could keep something."""
    load_forms()
    for model in apps.get_models():
        yield from model_names(model)
    for form in _descendants(BaseForm):
        yield from form_names(form)
    for package, what in ((facts, "fact"), (exchange, "exchanged")):
        for module in _modules(package):
            yield from record_names(module, what)
    for module in _modules(exchange):
        yield from column_names(module)
    for column in (*schema.EVENTS, *schema.ENROLLMENT, *schema.ROSTER):
        yield f"column {column.name}", column.name


def model_names(model: type[Model]) -> Iterator[Named]:
    """The fields of one model: code name, column and label."""
    where = f"{model._meta.label}."
    for field in model._meta.get_fields():
        for name in (field.name, getattr(field, "column", "") or "", str(getattr(field, "verbose_name", ""))):
            yield where + field.name, name


def record_names(module: ModuleType, what: str) -> Iterator[Named]:
    """The fields of the records that a module defines."""
    for kind in vars(module).values():
        if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__:
            yield from ((f"{what} {kind.__name__}.{field.name}", field.name) for field in fields(kind))


def column_names(module: ModuleType) -> Iterator[Named]:
    """The columns and elements that a module of the exchange reads or writes under their published names."""
    for table in ("COLUMNS", "WANTED", "INNER"):
        for name in _texts(getattr(module, table, ())):
            yield f"{module.__name__}.{table} {name}", name


def _texts(table: object) -> Iterator[str]:
    """Every text in a nest of tables and lists."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, Mapping):
        yield from _texts((*table.keys(), *table.values()))
    elif isinstance(table, Iterable):
        for one in table:
            yield from _texts(one)


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(module.name)


def form_names(form: type[BaseForm]) -> Iterator[Named]:
    """The fields of one form: code name and label."""
    for name, field in getattr(form, "base_fields", {}).items():
        where = f"{form.__module__}.{form.__qualname__}.{name}"
        yield from ((where, name), (where, str(field.label or "")))


def load_forms() -> None:
    """Import every module of the web shell whose name speaks of forms, so that no form is overlooked."""
    for module in pkgutil.walk_packages(accord.web.__path__, "accord.web."):
        if "form" in module.name.rpartition(".")[2] and ".migrations." not in module.name:
            importlib.import_module(module.name)


def _descendants(kind: type[BaseForm]) -> Iterator[type[BaseForm]]:
    for child in kind.__subclasses__():
        yield child
        yield from _descendants(child)
