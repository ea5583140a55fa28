"""Give the log's stops to the agency, hold them against the agency's, and say where each record stands."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accord.cli import show
from accord.cli.ripa import AsJson, ripa
from accord.decision import BadInput

if TYPE_CHECKING:
    from accord.exchange.reconcile import Alone, Contact, Reconciliation
    from accord.exchange.ripa_receipts import Filing, Receipt
    from accord.facts import Stop

Ours = Annotated[Path | None, typer.Option(help="The log as a file of JSON records, instead of the web app's.")]


@ripa.command()
def export(
    period: Annotated[str, typer.Option(help="2026-spring, 2026-fall, 2026, 2025-26 or 2026-01-05..2026-03-31.")],
    ours: Ours = None,
    out: Annotated[Path | None, typer.Option(help="Where to write; the terminal when left out.")] = None,
    receipts: Annotated[
        Path | None, typer.Option(help="File of receipts: what went out is added, what awaits an answer is left out.")
    ] = None,
    wrapped: Annotated[
        bool, typer.Option("--wrapped", help="Lists as filing applications put them on the wire.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON: the records are, with it or without.")] = False,
) -> None:
    """Write the stops of a period as JSON records of the state's collection.

    Race, gender, age and disability in them are what the officer perceived, never what a school recorded. A corrected
    stop goes out as an update, with --receipts only once the state has accepted it. A stop with something not met is
    left out and named.
    Exit code 0, 1 when one is left out, 2 for bad input.
    """
    from accord.exchange import ripa_json, ripa_receipts
    from accord.exchange.ripa_period import days
    from accord.rules.stops import check

    first, last = days(period)
    filings = ripa_receipts.standing(ripa_receipts.read(receipts)) if receipts else {}
    log = _log(ours, first, last)
    due = [stop for stop in log if ripa_receipts.is_due(stop, filings.get(stop.record_id, ripa_receipts.Filing()))]
    going = _as_held(due, filings, {one.key for one in _ours(ours, first, last)}) if receipts else due
    whole = [stop for stop in going if check(stop).allowed]
    _write(out, ripa_json.write(whole, wrapped=wrapped))
    if receipts:
        now = datetime.now(UTC)
        ripa_receipts.append(receipts, ripa_receipts.sent(whole, filings, batch=f"{now:%Y%m%dT%H%M%SZ}", at=now))
    for stop in going:
        for finding in check(stop).unmet:
            sys.stderr.write(f"{stop.record_id} left out: {finding.reason} ({finding.clause}, {finding.field})\n")
    raise typer.Exit(0 if len(whole) == len(going) else 1)


@ripa.command()
def reconcile(
    file: Annotated[Path, typer.Argument(help="The agency's records: JSON, or a published CSV.")],
    ours: Ours = None,
    schools: Annotated[
        Path | None, typer.Option(help="The state's table of schools, where the file names schools and has no codes.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hold an agency's records against the log's own stops: matched, only ours, only theirs, with reasons.

    What was taken in from an agency with `accord ripa import` is not ours and is left aside.
    Exit code 0 when every contact is matched, 1 otherwise, 2 when the file cannot be read.
    """
    from accord.exchange import reconcile as held
    from accord.rules.stops import limits

    theirs = _theirs(file)
    first = min((contact.date for contact in theirs), default=date.min)
    last = max((contact.date for contact in theirs), default=date.min)
    own = _ours(ours, first, last)
    if schools:
        own = _named(own, schools)
    answer = held.reconcile(own, theirs, within_minutes=limits(last).same_contact)
    if as_json:
        show(_plain(answer))
    else:
        _print(answer)
    raise typer.Exit(1 if answer.only_ours or answer.only_theirs else 0)


@ripa.command("receipts")
def receipts_(
    file: Annotated[Path, typer.Argument(help="The file of receipts that `accord ripa export` adds to.")],
    accept: Annotated[list[str] | None, typer.Option(help="A record that the state accepted.")] = None,
    reject: Annotated[
        list[str] | None, typer.Option(help="A record that the state rejected and why: RECORD=CODE words.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Note the state's answers, and say where each record stands: sent, accepted, rejected, to be sent again."""
    from accord.exchange import ripa_receipts

    if not file.exists():
        raise BadInput("There is no such file.", where=str(file), mend="Name the file given to export --receipts.")
    now = datetime.now(UTC)
    answers = [ripa_receipts.Receipt(record, ripa_receipts.Step.ACCEPT, now) for record in accept or ()]
    answers += [_rejection(words, now) for words in reject or ()]
    standing = ripa_receipts.standing([*ripa_receipts.read(file), *answers])
    ripa_receipts.append(file, answers)
    if as_json:
        show([_standing(record, filing) for record, filing in standing.items()])
        return
    for record, filing in standing.items():
        typer.echo(
            f"{record}: {filing.state.label}" + "".join(f"; {one.code} {one.message}" for one in filing.problems)
        )


def _rejection(words: str, now: datetime) -> Receipt:
    from accord.exchange import ripa_receipts

    record, _, why = words.partition("=")
    code, _, message = why.partition(" ")
    return ripa_receipts.Receipt(
        record, ripa_receipts.Step.REJECT, now, problems=(ripa_receipts.Problem(code, message),)
    )


def _standing(record: str, filing: Filing) -> dict[str, Any]:
    problems = [{"code": one.code, "message": one.message} for one in filing.problems]
    return {"record": record, "state": filing.state.value, "problems": problems}


def _log(ours: Path | None, first: date, last: date) -> list[Stop]:
    if ours is None:
        from accord.cli.ripa_log import stops

        return stops(first, last)
    from accord.exchange import ripa_json_file, ripa_json_read

    every = [ripa_json_read.read(record) for record in ripa_json_file.load(ours)]
    return [stop for stop in every if first <= stop.date <= last]


def _ours(ours: Path | None, first: date, last: date) -> list[Contact]:
    """The log's own stops, as far as they can be compared."""
    from accord.exchange import reconcile as held

    if ours is None:
        from accord.cli.ripa_log import contacts

        return contacts(first, last)
    return [held.of_stop(stop) for stop in _log(ours, first, last)]


def _as_held(stops: list[Stop], filings: dict[str, Filing], own: set[str]) -> list[Stop]:
    """The stops as new or as updates, by what the state holds already.

    Of a stop of our own the receipts tell everything; an agency's record that is in none is what the agency says.
    """
    from accord.exchange.ripa_receipts import Filing

    known = {key: filings.get(key, Filing()) for key in {*own, *filings}}
    return [
        replace(stop, transaction=known[stop.record_id].transaction) if stop.record_id in known else stop
        for stop in stops
    ]


def _write(out: Path | None, text: str) -> None:
    if out is None:
        sys.stdout.write(text)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        mend = "Give a place that can be written."
        raise BadInput(error.strerror or "cannot be written", where=str(out), mend=mend) from error


def _theirs(file: Path) -> list[Contact]:
    """What the agency's file holds; how much of it cannot be read is told."""
    from accord.exchange import reconcile as held
    from accord.exchange import ripa_csv, ripa_plan
    from accord.exchange.ripa_published import PublishedStop, RowError

    if not ripa_csv.looks_like_csv(file):
        plan = ripa_plan.plan(file)
        unread, found = len({one.row for one in plan.rejected}), [held.of_stop(stop) for stop in plan.stops]
    else:
        rows = list(ripa_csv.read(file).rows)
        unread = len({row.row for row in rows if isinstance(row, RowError)})
        found = held.of_rows(row for row in rows if isinstance(row, PublishedStop))
    if unread:
        sys.stderr.write(f"{unread} records or rows of {file.name} cannot be read and are left out; see ripa check.\n")
    return found


def _named(own: list[Contact], schools: Path) -> list[Contact]:
    from accord.exchange import school_codes

    known = school_codes.read(schools)
    return [
        replace(contact, school_name=known[contact.school_code].name) if contact.school_code in known else contact
        for contact in own
    ]


def _plain(answer: Reconciliation) -> dict[str, Any]:
    return {
        "matched": [
            {"ours": one.ours.key, "theirs": one.theirs.key, "minutes_apart": one.minutes_apart}
            for one in answer.matched
        ],
        "only_ours": [_plain_alone(one) for one in answer.only_ours],
        "only_theirs": [_plain_alone(one) for one in answer.only_theirs],
        "left_out": answer.left_out,
    }


def _plain_alone(one: Alone) -> dict[str, Any]:
    return {
        "record": one.contact.key,
        "date": one.contact.date.isoformat(),
        "time": f"{one.contact.time:%H:%M}" if one.contact.timed else None,
        "nearest": one.nearest.key if one.nearest else None,
        "reasons": [str(reason) for reason in one.reasons],
    }


def _print(answer: Reconciliation) -> None:
    for match in answer.matched:
        typer.echo(f"{match.ours.key} = {match.theirs.key}, {match.minutes_apart} minutes apart")
    for words, alone in (("only ours", answer.only_ours), ("only theirs", answer.only_theirs)):
        for one in alone:
            nearest = f", nearest {one.nearest.key}" if one.nearest else ""
            why = "; ".join(str(reason) for reason in one.reasons)
            typer.echo(f"{one.contact.key} {words}, {one.contact.date}{nearest}: {why}")
    typer.echo(
        f"{len(answer.matched)} matched, {len(answer.only_ours)} only ours, {len(answer.only_theirs)} only theirs; "
        f"{answer.left_out} of theirs are not marked as at a K-12 school."
    )
