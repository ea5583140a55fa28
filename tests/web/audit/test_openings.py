"""Salts: destroyed with an event or not at all, and nothing replaced behind the triggers."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from accord.decision import BadInput, Decision, Finding, NotAllowed, Say
from accord.web.audit.content import CONTENT, Kind
from accord.web.audit.destroy import destroy
from accord.web.audit.models import Event, Opening
from accord.web.audit.record import record
from accord.web.audit.verify import verify

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 18, tzinfo=UTC)
YES = Decision.of(Finding("people.permission", True, Say("Yes.")))
NO = Decision.of(Finding("people.permission", False, Say("No.")))


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What is on file of a kind of thing that only tests know."""
    held = {"1": "a grade"}
    kind = Kind(lambda ids: {one: held[one] for one in ids if one in held}, lambda: held)
    monkeypatch.setitem(CONTENT, "tests.thing", kind)
    with transaction.atomic():
        record("tests.done", by="alice", at=AT, target="tests.thing:1", content=held["1"])
    return held


def destroyed(**changes: object) -> Event:
    given = {"by": "alice", "at": AT, "seq": 1, "reason": "Kept for three years.", "decision": YES}
    return destroy(**(given | changes))


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", ["DELETE FROM audit_opening", "UPDATE audit_opening SET salt = 'x'"])
def test_a_salt_is_neither_deleted_nor_changed_by_hand(stored: dict[str, str], statement: str):
    with pytest.raises(DatabaseError, match="never"):
        run(statement)
    assert verify().whole


def test_a_lost_salt_is_found_even_when_the_row_was_rewritten_with_it(stored: dict[str, str]):
    bare = Event.objects.get(seq=1)
    with transaction.atomic():
        record("tests.done", by="alice", at=AT, target="tests.thing:2", content="another")
    stored["2"] = "another"
    assert verify().whole
    drop_the_guards()
    Opening.objects.filter(event=bare).delete()
    stored["1"] = "another grade"
    result = verify()
    assert (result.first_bad, result.reason) == (
        1,
        "The salt of event 1 is gone, and no event says that it was destroyed.",
    )


def drop_the_guards() -> None:
    """As the owner of the database could."""
    if connection.vendor == "postgresql":
        run("DROP TRIGGER audit_opening_destroyed ON audit_opening")
    else:
        run("DROP TRIGGER audit_opening_no_delete")


def test_a_salt_is_destroyed_with_an_event_once_its_row_is_gone(stored: dict[str, str]):
    stored.clear()
    event = destroyed()
    assert (event.verb, event.target) == ("audit.destroyed", "audit.event:1")
    assert not Opening.objects.filter(event_id=1).exists()
    assert verify().whole


def test_a_salt_is_kept_while_its_row_is(stored: dict[str, str]):
    with pytest.raises(BadInput, match="still on file"):
        destroyed()
    assert Opening.objects.filter(event_id=1).exists()
    assert Event.objects.count() == 1


def test_a_row_that_comes_back_after_its_salt_is_gone_is_found(stored: dict[str, str]):
    stored.clear()
    destroyed()
    stored["1"] = "forged"
    assert verify().first_bad == 0


@pytest.mark.parametrize(
    ("changes", "error"),
    [({"decision": NO}, NotAllowed), ({"reason": " "}, BadInput), ({"seq": 99}, BadInput)],
    ids=["without permission", "without a reason", "without a salt"],
)
def test_nothing_is_destroyed(stored: dict[str, str], changes: dict[str, object], error: type[Exception]):
    stored.clear()
    with pytest.raises(error):
        destroyed(**changes)
    assert Event.objects.count() == 1


def test_the_salt_of_a_former_state_may_go_while_the_row_stays(stored: dict[str, str]):
    stored["1"] = "another grade"
    with transaction.atomic():
        record("tests.changed", by="alice", at=AT, target="tests.thing:1", content=stored["1"])
    destroyed()
    assert verify().whole


REPLACED = [
    "INSERT OR REPLACE INTO audit_event SELECT seq, at, 'forged', by, target, body, previous, digest FROM audit_event",
    "INSERT OR REPLACE INTO audit_event (rowid, seq, at, verb, by, target, body, previous, digest)"
    " SELECT rowid, seq + 10, at, 'forged', by, target, body, previous, digest FROM audit_event",
    "INSERT OR REPLACE INTO audit_opening SELECT event_id, 'forged' FROM audit_opening",
    "INSERT OR REPLACE INTO audit_opening (rowid, event_id, salt) SELECT rowid, 77, 'forged' FROM audit_opening",
    "UPDATE OR REPLACE audit_event SET verb = 'forged'",
]


@pytest.mark.parametrize("statement", REPLACED)
def test_sqlite_replaces_neither_events_nor_salts(stored: dict[str, str], statement: str):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has OR REPLACE")
    with pytest.raises(DatabaseError, match="never"):
        run(statement)
    assert (Event.objects.get().verb, Opening.objects.get().event_id) == ("tests.done", 1)


def test_postgresql_upserts_no_event(stored: dict[str, str]):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's way is tested above")
    with pytest.raises(DatabaseError, match="never"):
        run(
            "INSERT INTO audit_event SELECT * FROM audit_event ON CONFLICT (seq) DO UPDATE SET verb = 'forged'",
        )
    assert Event.objects.get().verb == "tests.done"
