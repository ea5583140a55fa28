"""The log of stops: the contacts of our own that were stops, and an agency's records, taken in version by version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision, Finding
from accord.exchange import reconcile, ripa_json, ripa_json_read
from accord.facts import Stop
from accord.rules import immigration
from accord.web.audit.content import CONTENT, Kind, instant
from accord.web.audit.record import record
from accord.web.interactions import own_stops, references
from accord.web.interactions.models_stops import StopImport, StopRecord

_AT_ONCE = 500
"""How many records are looked up in one query."""


def stops(*, start: date, end: date) -> list[Stop]:
    """Every stop from one day to another, both included, each as it stands now; the oldest first. Two queries.

    The log's own stops stand beside the agency's records that were taken in. A record that came back under the
    reference of a contact is that contact's, and the log's own words stand.
    """
    newest = StopRecord.objects.filter(record_id=OuterRef("record_id")).order_by("-number").values("number")[:1]
    rows = StopRecord.objects.filter(on__gte=start, on__lte=end, number=Subquery(newest))
    taken = [ripa_json_read.read(body) for body in rows.values_list("body", flat=True)]
    ours = own_stops.own(start=start, end=end)
    known = {stop.record_id for stop in ours}
    every = [*ours, *(stop for stop in taken if stop.record_id not in known)]
    return sorted(every, key=lambda stop: (stop.date, stop.record_id))


def contacts(*, start: date, end: date) -> list[reconcile.Contact]:
    """The log's own contacts that were stops, to be held against an agency's records; none that were taken in."""
    return own_stops.contacts(start=start, end=end)


@transaction.atomic
def store(taken: Sequence[Stop], *, by: str = "system", at: datetime | None = None) -> int:
    """Take an agency's records in, and give how many said anything new. The same records again change nothing.

    Args:
        by: the opaque id of the account; "system" for a command.
        at: when it is stored; the server's clock where nothing is given.

    Raises:
        BadInput: for a record that the state's form does not hold whole, or that stands there twice.
        NotAllowed: when a text tells of immigration or citizenship; nothing of any record is stored then.
    """
    _once(taken)
    decision = Decision.of([immigration.text_is_clean(""), *_unclean(taken)]).require()
    references.take_turns()
    known = _newest(stop.record_id for stop in taken)
    bodies = [(stop, _body(stop)) for stop in taken]
    new = [(stop, body) for stop, body in bodies if known.get(stop.record_id, (0, None))[1] != body]
    if not new:
        return 0
    batch = StopImport.objects.create(by=by, at=at or timezone.now())
    StopRecord.objects.bulk_create(
        StopRecord(
            taken=batch,
            record_id=stop.record_id,
            number=known.get(stop.record_id, (0, None))[0] + 1,
            on=stop.date,
            body=body,
        )
        for stop, body in new
    )
    record(
        "interactions.stops_taken",
        by=by,
        at=batch.at,
        target=f"interactions.stops:{batch.uid}",
        detail={"records": len(new)},
        content=_content(batch, StopRecord.objects.filter(taken=batch)),
        decision=decision,
    )
    return len(new)


def _once(taken: Sequence[Stop]) -> None:
    seen: set[str] = set()
    for stop in taken:
        if stop.record_id in seen:
            raise BadInput(
                _("The same record stands there twice."), where=stop.record_id, mend=_("Keep the one that counts.")
            )
        seen.add(stop.record_id)


def _unclean(taken: Iterable[Stop]) -> Iterator[Finding]:
    for stop in taken:
        for field, text in _texts(stop):
            finding = immigration.text_is_clean(text)
            if not finding.met:
                yield replace(finding, field=f"{stop.record_id}.{field}")


def _texts(stop: Stop) -> Iterator[tuple[str, str]]:
    """What somebody wrote in own words, by the field it stands in."""
    place = stop.location
    for field in ("block", "street", "cross_street_1", "cross_street_2", "highway", "exit", "other", "city"):
        yield field, getattr(place, field)
    yield "assignment_other", stop.officer.assignment_other
    for person in stop.people:
        yield "narrative", person.reason.narrative
        yield "search_explanation", person.search_explanation


def _body(stop: Stop) -> dict[str, Any]:
    body = ripa_json.as_json(stop)
    if not stop.record_id or ripa_json_read.read_record(body).stop != stop:
        raise BadInput(
            _("This record does not hold together, so it cannot be kept as it is."),
            where=stop.record_id,
            mend=_("See what is wrong with `accord ripa check`, and mend it at the agency."),
        )
    return body


def _newest(record_ids: Iterable[str]) -> dict[str, tuple[int, Any]]:
    """The number and content of the newest version of each record on file."""
    wanted = list(record_ids)
    found: dict[str, tuple[int, Any]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = StopRecord.objects.filter(record_id__in=wanted[start : start + _AT_ONCE]).order_by("number")
        found |= {one.record_id: (one.number, one.body) for one in rows}
    return found


def _content(batch: StopImport, rows: Iterable[StopRecord]) -> dict[str, Any]:
    """All that one taking in put on file."""
    records = sorted([row.record_id, row.number, row.on.isoformat(), row.body] for row in rows)
    return {"by": batch.by, "at": instant(batch.at), "records": records}


def _imports(identities: list[str]) -> dict[str, Any]:
    found = StopImport.objects.filter(uid__in=identities).prefetch_related("records")
    return {str(batch.uid): _content(batch, batch.records.all()) for batch in found}


def _import_ids() -> Iterable[str]:
    return (str(uid) for uid in StopImport.objects.values_list("uid", flat=True))


CONTENT["interactions.stops"] = Kind(_imports, _import_ids)
