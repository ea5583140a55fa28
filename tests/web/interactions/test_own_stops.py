"""The log's own stops: given out as the state's records beside an agency's, and held against them."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from accord import cli
from accord.exchange import ripa_json
from accord.facts import Kind, Stop
from accord.facts.stop_codes import Transaction
from accord.web.interactions import models, own_stops, stops
from accord.web.interactions.places import Place
from tests.exchange.stops import AT_SCHOOL
from tests.web import factories as make

pytestmark = pytest.mark.django_db

ALWAYS = {"start": date(2000, 1, 1), "end": date(9999, 12, 31)}
STARTED = make.AT - timedelta(hours=1)
STOP = replace(AT_SCHOOL, record_id="unfiled", date=date(2026, 11, 24), time=AT_SCHOOL.time.replace(hour=9, minute=0))
ACTS: dict[str, Any] = {"kind": Kind.STOP, "duration_minutes": STOP.minutes}


def filed(stop: Stop | None = STOP, **answers: Any) -> models.Interaction:
    return make.contact(stop=stop, **(ACTS | answers))


def corrected(contact: models.Interaction, stop: Stop | None, **answers: Any) -> models.Version:
    return make.corrected(contact, stop=stop, **(ACTS | {"occurred_at": STARTED} | answers))


def test_a_stop_is_given_out_under_the_reference_of_its_contact_as_a_first_report():
    contact = filed()
    assert stops.stops(**ALWAYS) == [replace(STOP, record_id=contact.reference, transaction=Transaction.INSERT)]


def test_a_corrected_stop_is_an_update_and_one_that_was_none_is_gone():
    contact = filed()
    corrected(contact, replace(STOP, minutes=20), duration_minutes=20)
    (found,) = stops.stops(**ALWAYS)
    assert (found.minutes, found.transaction) == (20, Transaction.UPDATE)
    corrected(contact, None, number=2, kind=Kind.NON_STOP_CONTACT)
    assert stops.stops(**ALWAYS) == []
    assert stops.contacts(**ALWAYS) == []


def test_the_city_of_the_last_stop_is_known_to_its_author_alone():
    assert own_stops.usual_city(make.bob()) == ""
    filed()
    assert own_stops.usual_city(make.bob()) == STOP.location.city
    assert own_stops.usual_city(make.alice()) == ""


def test_the_days_are_those_of_the_district():
    filed()
    day = STOP.date
    assert len(stops.stops(start=day, end=day)) == 1
    assert stops.stops(start=day + timedelta(days=1), end=day + timedelta(days=1)) == []
    assert stops.stops(start=day - timedelta(days=1), end=day - timedelta(days=1)) == []


def test_an_agency_s_records_stand_beside_and_one_under_our_reference_is_ours():
    contact = filed()
    stops.store([replace(AT_SCHOOL, record_id="P1"), replace(AT_SCHOOL, record_id=contact.reference)], at=make.AT)
    assert [one.record_id for one in stops.stops(**ALWAYS)] == ["P1", contact.reference]
    (ours,) = [one for one in stops.stops(**ALWAYS) if one.record_id == contact.reference]
    assert ours.date == STOP.date


def test_what_is_compared_is_our_own_and_a_stop_without_a_record_too():
    stops.store([AT_SCHOOL], at=make.AT)
    with_record = filed()
    without = make.contact(make.alice(), kind=Kind.STOP, place=Place.OFF_CAMPUS, at=make.AT + timedelta(hours=3))
    first, second = stops.contacts(**ALWAYS)
    assert (first.key, first.officer, first.school_code) == (
        with_record.reference,
        STOP.officer.uid,
        STOP.location.school_code,
    )
    assert (second.key, second.persons, second.at_school, second.officer) == (without.reference, 1, False, "")


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: object) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["accord", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    return ended.value.code or 0, said.out, said.err


def test_an_export_of_the_log_is_read_as_the_same_stops(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    filed()
    code, out, err = run(capsys, monkeypatch, "ripa", "export", "--period", "2026-fall")
    assert (code, err) == (0, "")
    assert json.loads(out) == json.loads(ripa_json.write(stops.stops(**ALWAYS)))
    assert [one["TX_Type"] for one in json.loads(out)] == ["I"]


def test_the_log_is_held_against_an_agency_s_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    contact, file = filed(), tmp_path / "theirs.json"
    late = (STOP.time.replace(minute=4), STOP.time.replace(hour=15))
    theirs = [replace(STOP, record_id=f"P{number}", time=at) for number, at in enumerate(late, 1)]
    file.write_text(ripa_json.write(theirs), encoding="utf-8")
    stops.store(theirs, at=make.AT)
    code, out, _ = run(capsys, monkeypatch, "ripa", "reconcile", file, "--json")
    answer = json.loads(out)
    assert code == 1
    assert answer["matched"] == [{"ours": contact.reference, "theirs": "P1", "minutes_apart": 4}]
    assert answer["only_ours"] == []
    assert [(one["record"], one["nearest"]) for one in answer["only_theirs"]] == [("P2", contact.reference)]
    assert "360 minutes apart" in answer["only_theirs"][0]["reasons"]
