"""Keeping copies of records, and the papers that bear on requests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.facts import from_plain, to_plain
from accord.facts import records as facts
from accord.facts.records import RecordKind
from accord.rules import people
from accord.web.audit.record import record
from accord.web.base.scans import media_type, scan_type
from accord.web.people.models import User
from accord.web.records import asking, content, face, texts
from accord.web.records.models import Copy, Held, HeldEnd, HeldKind
from accord.web.records.of_agency import OF_OFFICER, for_agency
from accord.web.students.models import Student

FACT: dict[HeldKind, type[Any]] = {
    HeldKind.NOTICE: facts.AnnualNotice,
    HeldKind.AGREEMENT: facts.Agreement,
    HeldKind.ACKNOWLEDGEMENT: facts.Acknowledgement,
    HeldKind.DESIGNATION: facts.Designation,
    HeldKind.BAR: facts.CourtBar,
}
"""What the body of each kind of paper holds; the other two hold `on` and `student` alone."""


@transaction.atomic
def keep(
    *,
    by: User,
    at: datetime,
    on: date,
    student: Student,
    kind: RecordKind,
    title: str,
    said: facts.Record,
    name: str,
    data: bytes,
) -> Copy:
    """File a copy of a record of a student. `said` says who made it, why, and who keeps this copy.

    Raises:
        BadInput: for a file that is not kept, or that cannot carry its limits once it is released.
        NotAllowed: for words that may not be stored, the name of the file included.
    """
    may = people.may(by.facts(), "records.keep", on=on).require()
    words = {"title": title, "file": name, "items": "\n".join(said.items)}
    decision = Decision.of(may.findings, texts.clean(words), texts.says({"title": title})).require()
    kind_of_file = media_type(name, data)
    face.takes(kind_of_file, data)
    row: Copy = Copy.objects.create(
        student=student,
        kind=kind.value,
        title=title.strip(),
        said={key: value for key, value in to_plain(said).items() if key not in ("id", "kind", "interest")},
        content=data,
        media_type=kind_of_file,
        digest=sha256(data).hexdigest(),
        by=by,
        at=at,
    )
    target = f"records.copy:{row.uid}"
    record("records.kept", by=str(by.uid), at=at, target=target, content=content.copy(row), decision=decision)
    return row


@transaction.atomic
def put_on_file(
    *,
    by: User,
    at: datetime,
    on: date,
    kind: HeldKind,
    title: str,
    body: Mapping[str, Any],
    scan: bytes = b"",
    name: str = "",
) -> Held:
    """Put a paper on file that bears on requests.

    Raises:
        BadInput: when the body is none of such a paper, or the file named so no scan.
    """
    may = people.may(by.facts(), "records.keep", on=on).require()
    body = for_agency(body, on=on) if kind in OF_OFFICER else body
    clean = texts.clean({"title": title, **_words(body)})
    decision = Decision.of(may.findings, clean, texts.says({"title": title})).require()
    try:
        if kind in FACT:
            from_plain(FACT[kind], body)
    except (TypeError, ValueError) as error:
        raise BadInput(str(error), where="body", mend=_("Fill the form in again.")) from error
    if scan:
        scan_type(name, scan)
    row: Held = Held.objects.create(
        kind=kind.value,
        body=dict(body),
        title=title.strip(),
        scan=scan,
        digest=sha256(scan).hexdigest() if scan else "",
        by=by,
        at=at,
    )
    target = f"records.held:{row.uid}"
    record("records.put_on_file", by=str(by.uid), at=at, target=target, content=content.held(row), decision=decision)
    return row


def _words(body: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the body in words of whoever filed it, by field."""
    told = {name: str(body.get(name, "")) for name in ("party", "person", "officer", "agency")}
    words = {name: text for name, text in told.items() if not asking.is_uid(text)}
    return words | {"directory_items": "\n".join(body.get("directory_items", ()))}


@transaction.atomic
def end_paper(*, by: User, at: datetime, on: date, held: Held, reason: str) -> Held:
    """Say that a paper counts no more, from this moment on.

    Raises:
        BadInput: when it was ended before.
    """
    may = people.may(by.facts(), "records.keep", on=on).require()
    decision = Decision.of(may.findings, texts.clean({"reason": reason}), texts.says({"reason": reason})).require()
    try:
        with transaction.atomic():
            HeldEnd.objects.create(held=held, by=by, at=at, reason=reason.strip())
    except IntegrityError as error:
        raise BadInput(_("Somebody did this meanwhile."), mend=_("Look at the paper as it stands now.")) from error
    told: Held = Held.objects.select_related("by", "end__by").get(pk=held.pk)
    target = f"records.held:{held.uid}"
    record("records.paper_ended", by=str(by.uid), at=at, target=target, content=content.held(told), decision=decision)
    return told
