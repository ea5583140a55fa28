"""Where each record stands with the state: ready, sent, accepted, rejected, to be sent again.

The states and what moves them are one table. A file of receipts holds one event a line, and is only ever added to;
the standing of every record is what its events add up to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from accord.decision import BadInput
from accord.exchange.ripa_json import as_json
from accord.facts.coded import Coded
from accord.facts.stop_codes import Transaction
from accord.facts.stops import Stop


class Filed(Coded):
    """Where a record stands with the state."""

    READY = "ready", "Ready to be sent"
    SENT = "sent", "Sent, no answer yet"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected: to be corrected"
    AGAIN = "again", "Corrected: to be sent again"


class Step(Coded):
    """What happens to a record on its way."""

    SEND = "send", "Sent"
    ACCEPT = "accept", "Accepted by the state"
    REJECT = "reject", "Rejected by the state"
    CORRECT = "correct", "Corrected in the log"


MOVES: dict[tuple[Filed, Step], Filed] = {
    (Filed.READY, Step.SEND): Filed.SENT,
    (Filed.READY, Step.CORRECT): Filed.READY,
    (Filed.SENT, Step.ACCEPT): Filed.ACCEPTED,
    (Filed.SENT, Step.REJECT): Filed.REJECTED,
    (Filed.REJECTED, Step.CORRECT): Filed.AGAIN,
    (Filed.ACCEPTED, Step.CORRECT): Filed.AGAIN,
    (Filed.AGAIN, Step.CORRECT): Filed.AGAIN,
    (Filed.AGAIN, Step.SEND): Filed.SENT,
}
"""Every move there is. A correction waits for the answer to what was sent."""


_ANSWERED = (Filed.ACCEPTED, Filed.REJECTED)


@dataclass(frozen=True)
class Problem:
    """What the state finds wrong in a record: its code and words."""

    code: str
    message: str


@dataclass(frozen=True)
class Receipt:
    """One event of one record. `digest` is the SHA-256 of the record as sent, "" for other steps."""

    record: str
    step: Step
    at: datetime
    batch: str = ""
    digest: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Filing:
    """Where one record stands, what was last sent, and whether the state holds it already."""

    state: Filed = Filed.READY
    digest: str = ""
    problems: tuple[Problem, ...] = ()
    held: bool = False

    @property
    def transaction(self) -> Transaction:
        """A record the state has accepted before is an update from then on."""
        return Transaction.UPDATE if self.held else Transaction.INSERT


def after(filing: Filing, receipt: Receipt) -> Filing:
    """Where a record stands after an event.

    Raises:
        BadInput: when the event cannot follow, such as an answer to something never sent.
    """
    state = MOVES.get((filing.state, receipt.step))
    if state is None:
        raise BadInput(
            f"The record is “{filing.state}”; “{receipt.step}” cannot follow.",
            where=receipt.record,
            mend="Send a record before its answer, and correct a rejected one before sending it again.",
        )
    return Filing(
        state=state,
        digest=receipt.digest if receipt.step is Step.SEND else filing.digest,
        problems=receipt.problems if receipt.step is Step.REJECT else (),
        held=filing.held or receipt.step is Step.ACCEPT,
    )


def standing(receipts: Iterable[Receipt]) -> dict[str, Filing]:
    """Where every record stands after all events, by record."""
    filings: dict[str, Filing] = {}
    for receipt in receipts:
        filings[receipt.record] = after(filings.get(receipt.record, Filing()), receipt)
    return filings


def digest(stop: Stop) -> str:
    """The SHA-256 of what a record says, whichever batch it goes in and whether it is new or an update."""
    said = as_json(replace(stop, transaction=Transaction.INSERT, batch_id=""))
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def is_due(stop: Stop, filing: Filing) -> bool:
    """Does this record go out? What is new or corrected does; what awaits an answer or stands as it is does not."""
    if filing.state in _ANSWERED:
        return digest(stop) != filing.digest
    return filing.state is not Filed.SENT


def sent(stops: Iterable[Stop], filings: Mapping[str, Filing], *, batch: str, at: datetime) -> list[Receipt]:
    """The receipts of a batch that goes out; a correction is noted before what it corrects is sent again."""
    found = []
    for stop in stops:
        if filings.get(stop.record_id, Filing()).state in _ANSWERED:
            found.append(Receipt(stop.record_id, Step.CORRECT, at))
        found.append(Receipt(stop.record_id, Step.SEND, at, batch, digest(stop)))
    return found


def append(path: Path, receipts: Iterable[Receipt]) -> None:
    """Add events to the end of a file of receipts.

    Raises:
        BadInput: when the file cannot be written.
    """
    try:
        with path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(_plain(receipt), ensure_ascii=False) + "\n" for receipt in receipts)
    except OSError as error:
        mend = "Give a file that can be written."
        raise BadInput(error.strerror or "cannot be written", where=str(path), mend=mend) from error


def read(path: Path) -> list[Receipt]:
    """The events of a file of receipts; none when there is no such file yet.

    Raises:
        BadInput: for a line that is no receipt, with its number.
    """
    if not path.exists():
        return []
    mend = "Give the file that `accord ripa export --receipts` wrote."
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("The file cannot be read.", where=str(path), mend=mend) from error
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            if line:
                found.append(_receipt(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput("This line is no receipt.", where=f"{path}, line {number}", mend=mend) from error
    return found


def _plain(receipt: Receipt) -> dict[str, Any]:
    return {
        "record": receipt.record,
        "step": receipt.step.value,
        "at": receipt.at.isoformat(),
        "batch": receipt.batch,
        "digest": receipt.digest,
        "problems": [{"code": one.code, "message": one.message} for one in receipt.problems],
    }


def _receipt(plain: dict[str, Any]) -> Receipt:
    return Receipt(
        record=str(plain["record"]),
        step=Step(plain["step"]),
        at=datetime.fromisoformat(plain["at"]),
        batch=str(plain.get("batch", "")),
        digest=str(plain.get("digest", "")),
        problems=tuple(Problem(str(one["code"]), str(one["message"])) for one in plain.get("problems", ())),
    )
