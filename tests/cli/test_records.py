"""`accord records decide`: a request from a file, the answer with every finding, and what is no request named."""

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from accord import clauses
from accord.cli import records_read, records_schema
from accord.cli.records_read import File
from accord.decision import BadInput
from tests.house.tree import ROOT
from tests.rules.records_requests import CASES, having, without

ACCORD = Path(sys.executable).parent / "accord"
REFERENCE = ROOT / "docs" / "reference"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ACCORD), "records", *map(str, arguments)], capture_output=True, encoding="utf-8", check=False
    )


def document(name: str) -> dict[str, Any]:
    """The request of the worked case whose name begins so, as a file holds it."""
    given = next(case.given for case in CASES if case.clause == "records.decision" and case.name.startswith(name))
    return copy.deepcopy({key: given[key] for key in ("request", "on_file") if key in given})


@pytest.fixture
def saved(tmp_path: Path):
    def save(plain: Any) -> Path:
        file = tmp_path / "request.json"
        file.write_text(json.dumps(plain), encoding="utf-8")
        return file

    return save


def fits(schema: dict[str, Any], value: Any, whole: dict[str, Any]) -> bool:
    """Does a value fit a schema? As much of JSON Schema as the two schemas use."""
    if "$ref" in schema:
        return fits(whole["$defs"][schema["$ref"].rpartition("/")[2]], value, whole)
    if "anyOf" in schema:
        return any(fits(one, value, whole) for one in schema["anyOf"])
    if "oneOf" in schema:
        return value in [one["const"] for one in schema["oneOf"]]
    kind = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}[schema["type"]]
    if not isinstance(value, kind):
        return False
    if isinstance(value, list):
        return len(value) >= schema.get("minItems", 0) and all(fits(schema["items"], one, whole) for one in value)
    if not isinstance(value, dict):
        return len(value) >= schema.get("minLength", 0) if isinstance(value, str) else True
    known, more = schema.get("properties", {}), schema["additionalProperties"]
    return set(schema.get("required", ())) <= set(value) and all(
        fits(known[key], one, whole) if key in known else bool(more) and fits(more, one, whole)
        for key, one in value.items()
    )


@pytest.mark.parametrize(
    ("name", "decision", "basis", "code"),
    [
        ("Fixture 1:", "deny", "records.no-ground", 1),
        ("Fixture 5:", "release", "records.consent", 0),
        ("Fixture 15:", "not an education record", "records.unit-record", 1),
        ("Fixture 18: a judicial", "counsel review", "records.court-paper", 1),
        ("A warrant that names one", "release in part", "records.court-paper", 1),
    ],
)
def test_only_a_whole_release_ends_with_exit_code_0(saved, name: str, decision: str, basis: str, code: int):
    done = run("decide", saved(document(name)), "--json")
    assert done.returncode == code, done.stderr
    found = json.loads(done.stdout)
    assert (found["decision"], found["basis"]) == (decision, basis)
    schema = records_schema.answer()
    assert fits(schema, found, schema)
    assert [one for one in found["findings"] if not one["citation"]] == []


def test_a_denial_says_in_words_what_would_be_needed(saved):
    done = run("decide", saved(document("Fixture 6:")))
    assert done.returncode == 1
    assert done.stdout.startswith("Deny: ")
    assert "Needed for records.consent, r1: The consent states a purpose." in done.stdout


def test_what_the_file_states_is_on_file_but_for_what_it_names_a_claim(saved):
    case = next(one for one in CASES if one.name == "Somebody found the interest legitimate")
    plain = {key: copy.deepcopy(case.given[key]) for key in ("request", "on_file")}
    assert run("decide", saved(plain)).returncode == 0
    del plain["on_file"]["confirmations"]
    told = json.loads(run("decide", saved(plain), "--json").stdout)
    assert told["decision"] == "deny"
    [word] = [one["reason"] for one in told["findings"] if one["clause"] == "records.confirmed"]
    assert word.startswith("Nobody but whoever asks says so")
    del plain["request"]["claims"]
    assert run("decide", saved(plain)).returncode == 0


def test_the_day_decides_which_law_is_used(saved):
    file = saved(document("A parent's consent for it"))
    assert run("decide", file).returncode == 0
    after = run("decide", file, "--on", "2025-09-20", "--json")
    assert after.returncode == 1
    assert json.loads(after.stdout)["basis"] == "records.immigration"


@pytest.mark.parametrize(
    ("path", "value", "where", "what"),
    [
        (("request", "purpse"), "court", "request.purpse", "unknown"),
        (("request", "asker", "capicity"), "sro", "request.asker.capicity", "unknown"),
        (("on_file", "consents", 0, "revoked"), "2026-03-01", "on_file.consents[0].revoked", "unknown"),
        (("notes",), "x", "notes", "unknown"),
        (("request", "purpose"), "curiosity", "request.purpose", "should be"),
        (("request", "made_at"), "2026-03-02T10:00:00", "request.made_at", "offset"),
        (("request", "student", "born_on"), "04/05/2010", "request.student.born_on", "a day"),
        (("request", "student", "opted_out"), "no", "request.student.opted_out", "true or false"),
        (("request", "records"), {}, "request.records", "a list"),
        (("request", "records"), [], "request.records", "missing"),
        (("request", "decided_by"), "", "request.decided_by", "missing"),
        (("request", "student", "id"), "", "request.student.id", "No student"),
        (("request", "claims"), ["statute"], "request.claims[0]", "does not state it"),
        (("on_file", "confirmations"), [{"yes": True}], "on_file.confirmations[0].claim", "missing"),
        (("request", "whole_group"), True, "request.whole_group", "one student and about a whole group"),
        (("on_file", "consents", 0, "expires_on"), "2025-01-01", "on_file.consents[0].expires_on", "before signed_on"),
        (("on_file", "holders", 0, "ends_on"), "2001-01-01", "on_file.holders[0].ends_on", "before starts_on"),
        (
            ("request", "paper"),
            {"kind": "administrative_warrant", "signed_by_judge": True},
            "request.paper",
            "not signed by a judge",
        ),
        (
            ("request", "records"),
            [{"id": "r1", "kind": "academic"}, {"id": "r1", "kind": "health"}],
            "request.records",
            "Two of them",
        ),
    ],
)
def test_what_is_no_request_is_named_with_its_place(saved, path: tuple[Any, ...], value: Any, where: str, what: str):
    with pytest.raises(BadInput) as caught:
        records_read.load(saved(having(document("Fixture 5:"), path, value)))
    assert caught.value.where == where
    assert what in caught.value.what


@pytest.mark.parametrize("key", records_read.NEEDED[records_read.records.Request])
def test_a_needed_fact_that_is_left_out_is_named_on_two_lines(saved, key: str):
    done = run("decide", saved(without(document("Fixture 5:"), ("request", key))))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 2
    assert f"request.{key}: This fact is missing." in done.stderr


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{", '{"request": 3}', '{"request": {}, "request": {}}', "[" * 9000]
)
def test_a_file_that_holds_no_request_is_bad_input(tmp_path: Path, text: str):
    file = tmp_path / "request.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput):
        records_read.load(file)


def test_a_file_that_is_not_there_or_not_utf8_is_bad_input(tmp_path: Path):
    damaged = tmp_path / "damaged.json"
    damaged.write_bytes(b'{"request": "\xff"}')
    for file in (damaged, tmp_path / "none.json", tmp_path):
        with pytest.raises(BadInput):
            records_read.load(file)


def test_the_schemas_in_the_reference_are_those_of_the_command():
    for side in ("request", "answer"):
        written = (REFERENCE / f"records-{side}.schema.json").read_text(encoding="utf-8")
        assert run("schema", side).stdout == written


def test_the_example_in_the_reference_is_released_in_part_and_names_what_the_rest_needs():
    done = run("decide", REFERENCE / "records-request.example.json")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("Release in part")
    assert "Needed for records.consent, copy-2" in done.stdout


@pytest.mark.parametrize("case", clauses.cases("records"), ids=lambda case: case.name)
def test_the_schema_and_the_reader_agree_on_every_worked_case(case: clauses.Case):
    given = case.given if isinstance(case.given, dict) else {}
    plain = {key: given[key] for key in ("request", "on_file") if key in given}
    schema = records_schema.request()
    try:
        records_read.read(File, plain, "")
        read = True
    except BadInput:
        read = False
    assert fits(schema, plain, schema) == read
