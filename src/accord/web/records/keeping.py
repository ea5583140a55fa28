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
from accord.web.people.models import User
from accord.web.records import content, texts
from accord.web.records.models import Copy, Held, HeldEnd, HeldKind
from accord.web.students.models import Student

LARGEST = 10 * 2**20
"""The largest copy or scan that is kept, in bytes."""
MEDIA = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "txt": "text/plain"}
"""Kinds of file that are kept, by how their name ends: what every reader opens, and none that runs anything."""
_BEGINS = {"application/pdf": b"%PDF-", "image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}

FACT: dict[HeldKind, type[Any]] = {
    HeldKind.NOTICE: facts.AnnualNotice,
    HeldKind.AGREEMENT: facts.Agreement,
    HeldKind.ACKNOWLEDGEMENT: facts.Acknowledgement,
    HeldKind.DESIGNATION: facts.Designation,
    HeldKind.BAR: facts.CourtBar,
}
"""What the body of each kind of paper holds; the other two hold `on` and `student` alone."""


def media_type(name: str, data: bytes) -> str:
    """What kind of file this is, by its name and its first bytes.

    Raises:
        BadInput: for one that is not kept, is empty or too large, or is not what its name says.
    """
    kind = MEDIA.get(name.rpartition(".")[2].lower(), "")
    if not kind or not data.startswith(_BEGINS.get(kind, b"")):
        raise BadInput(_("Such a file is not kept."), where="file", mend=_("Give a PDF, an image or plain text."))
    if kind == "text/plain":
        try:
            data.decode()
        except UnicodeDecodeError as error:
            raise BadInput(_("This is no plain text."), where="file", mend=_("Save it as UTF-8.")) from error
    if not data or len(data) > LARGEST:
        most = LARGEST // 2**20
        raise BadInput(
            _("The file is empty or larger than %(most)s MiB.") % {"most": most},
            where="file",
            mend=_("Give a smaller scan."),
        )
    return kind


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
        BadInput: for a file that is not kept.
        NotAllowed: for words that may not be stored, the name of the file included.
    """
    may = people.may(by.facts(), "records.keep", on=on).require()
    words = {"title": title, "file": name}
    decision = Decision.of(may.findings, texts.clean(words), texts.says({"title": title})).require()
    row: Copy = Copy.objects.create(
        student=student,
        kind=kind.value,
        title=title.strip(),
        said={key: value for key, value in to_plain(said).items() if key not in ("id", "kind", "interest")},
        content=data,
        media_type=media_type(name, data),
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
) -> Held:
    """Put a paper on file that bears on requests.

    Raises:
        BadInput: when the body is none of such a paper.
    """
    may = people.may(by.facts(), "records.keep", on=on).require()
    decision = Decision.of(may.findings, texts.clean({"title": title}), texts.says({"title": title})).require()
    try:
        if kind in FACT:
            from_plain(FACT[kind], body)
    except (TypeError, ValueError) as error:
        raise BadInput(str(error), where="body", mend=_("Fill the form in again.")) from error
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
