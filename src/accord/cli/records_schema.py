"""The JSON Schema of a request for records and of its answer, from the facts that the rule reads."""

from __future__ import annotations

import inspect
import types
import typing
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from accord.cli.records_read import NEEDED, File
from accord.facts import records
from accord.facts.coded import Coded

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: dict[str, Any] = {"type": "string"}


def request() -> dict[str, Any]:
    """The schema of what `accord records decide` reads."""
    found: dict[str, Any] = {}
    body = _object(File, found)
    head = {"$schema": DIALECT, "title": "A request for student records", "description": "What is not stated is no."}
    return {**head, **body, "required": ["request"], "$defs": dict(sorted(found.items()))}


def answer() -> dict[str, Any]:
    """The schema of what `accord records decide --json` prints."""
    properties = {
        "decision": _codes(records.Ruling),
        "basis": {**TEXT, "description": "The clause that the answer rests on."},
        "citation": {**TEXT, "description": "Where the law of that clause stands."},
        "on": {**TEXT, "format": "date", "description": "The day whose law and numbers were used."},
        "records": _rows(record=TEXT, decision=_codes(records.Ruling), basis=TEXT),
        "findings": _rows(clause=TEXT, met={"type": "boolean"}, reason=TEXT, citation=TEXT, field=TEXT),
        "wanted": _rows(clause=TEXT, record=TEXT, fact=TEXT, citation=TEXT),
        "log": _closed(
            required={"type": "boolean"},
            sealed={"type": "boolean"},
            why=TEXT,
            holds={"type": "object", "additionalProperties": TEXT},
        ),
        "duties": _rows(what=TEXT, who=TEXT, due=TEXT),
        "limits": {"type": "array", "items": TEXT},
        "rule_version": TEXT,
    }
    return {"$schema": DIALECT, "title": "The answer to a request for student records", **_closed(**properties)}


def _closed(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": sorted(properties),
        "properties": properties,
    }


def _rows(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _closed(**properties)}


def _codes(kind: type[Coded]) -> dict[str, Any]:
    """A closed list: each code with its label."""
    return {"oneOf": [{"const": member.value, "title": member.label} for member in kind]}


def _of(kind: Any, found: dict[str, Any]) -> dict[str, Any]:
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        inner = next(part for part in typing.get_args(kind) if part is not type(None))
        return {"anyOf": [_of(inner, found), {"type": "null"}]}
    if typing.get_origin(kind) is tuple:
        return {"type": "array", "items": _of(typing.get_args(kind)[0], found)}
    if kind in (date, datetime):
        return {**TEXT, "format": "date" if kind is date else "date-time"}
    if kind in (str, bool):
        return TEXT if kind is str else {"type": "boolean"}
    name = kind.__name__
    if name not in found:
        found[name] = {}
        found[name] = {**_said(kind), **_codes(kind)} if issubclass(kind, Coded) else _object(kind, found)
    return {"$ref": f"#/$defs/{name}"}


def _object(kind: type, found: dict[str, Any]) -> dict[str, Any]:
    hints, needed = typing.get_type_hints(kind), NEEDED.get(kind, ())
    return {
        **_said(kind),
        "type": "object",
        "additionalProperties": False,
        "required": list(needed),
        "properties": {one.name: _stated(_of(hints[one.name], found), one.name in needed) for one in fields(kind)},
    }


def _stated(schema: dict[str, Any], needed: bool) -> dict[str, Any]:
    """A needed text or list is not empty, and nothing needed is null."""
    if not needed:
        return schema
    if "anyOf" in schema:
        return next(one for one in schema["anyOf"] if one != {"type": "null"})
    least = {"string": "minLength", "array": "minItems"}.get(schema.get("type", ""))
    return {**schema, least: 1} if least else schema


def _said(kind: type) -> dict[str, str]:
    return {"description": " ".join((inspect.getdoc(kind) or "").split())}
