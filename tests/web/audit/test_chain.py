"""Events follow from each other; every way of tampering is found, with the first bad event named."""

import json
import random
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from accord.web.audit import chain
from accord.web.audit.content import CONTENT, Kind
from accord.web.audit.models import Event
from accord.web.audit.record import record
from accord.web.audit.verify import verify

AT = datetime(2026, 11, 24, 18, tzinfo=UTC)


def links(count: int = 40) -> list[chain.Link]:
    made: list[chain.Link] = []
    previous = chain.GENESIS
    for seq in range(1, count + 1):
        body = chain.canonical({"verb": "tests.done", "n": seq})
        made.append(chain.Link(seq, body, previous, chain.digest(seq, previous, body)))
        previous = made[-1].digest
    return made


def rewritten(made: list[chain.Link], seq: int, body: str) -> list[chain.Link]:
    """The chain an owner of the database would forge: one body changed, every later hash made anew."""
    forged = made[: seq - 1]
    previous = forged[-1].digest if forged else chain.GENESIS
    for link in made[seq - 1 :]:
        text = body if link.seq == seq else link.body
        forged.append(chain.Link(link.seq, text, previous, chain.digest(link.seq, previous, text)))
        previous = forged[-1].digest
    return forged


def test_an_untouched_chain_is_whole_and_so_is_an_empty_one():
    assert chain.first_bad(links()) is None
    assert chain.first_bad([]) is None


def test_any_flipped_bit_is_found_at_its_event():
    rng, made = random.Random(7), links()
    for _ in range(2000):
        index = rng.randrange(len(made))
        link = made[index]
        name = rng.choice(["body", "previous", "digest"])
        raw = bytearray(getattr(link, name).encode())
        raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(7)
        changed = chain.Link(**{**link.__dict__, name: raw.decode("latin-1")})
        bad = chain.first_bad([*made[:index], changed, *made[index + 1 :]])
        assert bad is not None
        assert bad[0] == link.seq


@pytest.mark.parametrize("seq", [1, 2, 20, 40])
def test_a_deleted_event_is_found_unless_it_was_the_last(seq: int):
    made = links()
    bad = chain.first_bad(made[: seq - 1] + made[seq:])
    assert bad == ((seq, bad[1]) if seq < 40 else None)


def test_swapped_and_repeated_events_are_found():
    made = links()
    assert chain.first_bad([made[0], made[2], made[1], *made[3:]])[0] == 2
    assert chain.first_bad([made[0], made[0], *made[1:]])[0] == 2


def test_a_chain_cut_short_is_found_with_a_checkpoint():
    made = links()
    assert chain.first_bad(made[:30]) is None
    assert chain.first_bad(made[:30], head=made[39])[0] == 31
    assert chain.first_bad([], head=made[39])[0] == 1


def test_a_chain_rewritten_as_a_whole_is_found_with_a_checkpoint():
    made = links()
    forged = rewritten(made, 5, chain.canonical({"verb": "tests.forged"}))
    assert chain.first_bad(forged) is None
    assert chain.first_bad(forged, head=made[39])[0] == 40


def test_a_hash_in_capitals_is_not_the_hash():
    made = links(3)
    shouted = chain.Link(3, made[2].body, made[2].previous, made[2].digest.upper())
    assert chain.first_bad([*made[:2], shouted])[0] == 3


@pytest.mark.django_db
def test_an_event_holds_no_content_only_a_commitment_to_it():
    with transaction.atomic():
        event = record("tests.done", by="alice", at=AT, target="tests.thing:1", content={"name": "a child's name"})
    assert "child" not in event.body
    assert json.loads(event.body)["commitment"]


@pytest.mark.django_db
def test_a_change_to_a_committed_row_is_found(monkeypatch):
    stored = {"1": {"grade": "09"}}
    kind = Kind(lambda ids: {one: stored[one] for one in ids if one in stored}, lambda: stored)
    monkeypatch.setitem(CONTENT, "tests.thing", kind)
    with transaction.atomic():
        record("tests.done", by="alice", at=AT, target="tests.thing:1", content=stored["1"])
    assert verify().first_bad is None
    stored["1"] = {"grade": "10"}
    assert verify().first_bad == 1
    stored.clear()
    assert verify().first_bad == 1


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_an_event(how: str):
    with transaction.atomic():
        record("tests.done", by="alice", at=AT, target="tests.thing:1")
    events = Event.objects.filter(seq=1)
    with pytest.raises(DatabaseError, match="never"), transaction.atomic():
        events.update(verb="tests.undone") if how == "update" else events.delete()
    assert Event.objects.get(seq=1).verb == "tests.done"


@pytest.mark.django_db
def test_the_applications_own_role_cannot_change_events_on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles; its triggers are tested above")
    from accord.web.audit.grants import grant

    with transaction.atomic():
        record("tests.done", by="alice", at=AT, target="tests.thing:1")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE accord_app_test")
        grant("accord_app_test")
        cursor.execute("SET LOCAL ROLE accord_app_test")
        cursor.execute("SELECT count(*) FROM audit_event")
        assert cursor.fetchone() == (1,)
        for statement in (
            "UPDATE audit_event SET verb = 'x'",
            "DELETE FROM audit_event",
            "TRUNCATE audit_event CASCADE",
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("RESET ROLE")


@pytest.mark.django_db
def test_an_event_outside_a_transaction_is_refused():
    connection.in_atomic_block = False  # the test itself runs in one
    try:
        with pytest.raises(RuntimeError, match="transaction"):
            record("tests.done", by="alice", at=AT, target="tests.thing:1")
    finally:
        connection.in_atomic_block = True
