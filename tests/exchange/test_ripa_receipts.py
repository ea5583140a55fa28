"""Where a record stands with the state: every move that is allowed, and none besides."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest

from accord.decision import BadInput
from accord.exchange import ripa_receipts as receipts
from accord.exchange.ripa_receipts import Filed, Filing, Problem, Receipt, Step
from accord.facts.stop_codes import Transaction
from tests.exchange.stops import AT_SCHOOL

AT = datetime(2026, 4, 1, 8, tzinfo=UTC)
RECORD = AT_SCHOOL.record_id


def walk(*steps: Step) -> Filing:
    return receipts.standing(Receipt(RECORD, step, AT, digest="d") for step in steps).get(RECORD, Filing())


@pytest.mark.parametrize(
    ("steps", "state", "transaction"),
    [
        ([], Filed.READY, Transaction.INSERT),
        ([Step.SEND], Filed.SENT, Transaction.INSERT),
        ([Step.SEND, Step.ACCEPT], Filed.ACCEPTED, Transaction.UPDATE),
        ([Step.SEND, Step.REJECT], Filed.REJECTED, Transaction.INSERT),
        ([Step.SEND, Step.REJECT, Step.CORRECT], Filed.AGAIN, Transaction.INSERT),
        ([Step.SEND, Step.REJECT, Step.CORRECT, Step.SEND, Step.ACCEPT], Filed.ACCEPTED, Transaction.UPDATE),
        ([Step.SEND, Step.ACCEPT, Step.CORRECT, Step.SEND], Filed.SENT, Transaction.UPDATE),
        ([Step.SEND, Step.ACCEPT, Step.CORRECT, Step.SEND, Step.REJECT], Filed.REJECTED, Transaction.UPDATE),
    ],
)
def test_a_record_stands_where_its_events_lead(steps: list[Step], state: Filed, transaction: Transaction):
    filing = walk(*steps)
    assert (filing.state, filing.transaction) == (state, transaction)


@pytest.mark.parametrize(("state", "step"), [pair for pair in product(Filed, Step) if pair not in receipts.MOVES])
def test_no_other_move_is_allowed(state: Filed, step: Step):
    with pytest.raises(BadInput, match="cannot follow"):
        receipts.after(Filing(state), Receipt(RECORD, step, AT))


def test_an_accepted_record_goes_out_again_only_when_it_changed():
    sent = receipts.sent([AT_SCHOOL], {}, batch="b1", at=AT)
    accepted = receipts.standing([*sent, Receipt(RECORD, Step.ACCEPT, AT)])
    assert not receipts.is_due(AT_SCHOOL, receipts.standing(sent)[RECORD])
    assert not receipts.is_due(replace(AT_SCHOOL, transaction=Transaction.UPDATE, batch_id="b2"), accepted[RECORD])
    changed = replace(AT_SCHOOL, minutes=13)
    assert receipts.is_due(changed, accepted[RECORD])
    again = receipts.sent([changed], accepted, batch="b2", at=AT)
    assert [one.step for one in again] == [Step.CORRECT, Step.SEND]
    assert receipts.standing([*sent, Receipt(RECORD, Step.ACCEPT, AT), *again])[RECORD].state is Filed.SENT


def test_receipts_come_back_from_their_file_and_are_only_added_to(tmp_path: Path):
    file = tmp_path / "receipts.jsonl"
    assert receipts.read(file) == []
    events = [
        *receipts.sent([AT_SCHOOL], {}, batch="b1", at=AT),
        Receipt("R 2\u2028", Step.SEND, AT),
        Receipt(RECORD, Step.REJECT, AT, problems=(Problem("E17", "No such school"),)),
    ]
    receipts.append(file, events[:1])
    receipts.append(file, events[1:])
    assert receipts.read(file) == events
    assert receipts.standing(events)[RECORD].problems == (Problem("E17", "No such school"),)


@pytest.mark.parametrize(
    "line", ["x", "{}", "[]", '{"record":"1","step":"burn","at":"2026-01-01"}', '{"record":"1","step":"send","at":5}']
)
def test_a_line_that_is_no_receipt_is_named(tmp_path: Path, line: str):
    file = tmp_path / "receipts.jsonl"
    receipts.append(file, [Receipt(RECORD, Step.SEND, AT)])
    with file.open("a") as more:
        more.write(line + "\n")
    with pytest.raises(BadInput) as caught:
        receipts.read(file)
    assert caught.value.where.endswith("line 2")
