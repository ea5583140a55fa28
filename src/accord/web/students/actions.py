"""Bringing in a roster: all of it or nothing, with one event; and searching it, which leaves an event too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision, Say
from accord.exchange import bundle, roster_files
from accord.exchange.roster import Choices, Rejected
from accord.rules import people
from accord.rules import students as rules
from accord.web.audit.record import record
from accord.web.people.models import User
from accord.web.students import content, rows
from accord.web.students.columns import drops
from accord.web.students.models import RosterImport, Student

BATCH = 500
"""Students compared and stored at a time."""
FOUND = 50
"""Students shown for one search."""
_LOCK = 3515_33
_UPDATED = [*(name.removesuffix("_id") for name in rows.FIELDS), "name_key", "digest", "updated_at"]


@dataclass
class Imported:
    """What a roster holds and what came of it.

    `imported` and `updated` count students new and changed; in a dry run, those that would be. With rejected rows,
    and unless bad rows are skipped, nothing is stored and both are 0. `unknown_schools` names schools the district
    does not have; their students are stored without a school.
    """

    format: str
    dry_run: bool
    digest: str
    rows: int = 0
    imported: int = 0
    updated: int = 0
    left: int = 0
    unplaced: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    dropped_columns: list[str] = field(default_factory=list)
    unknown_schools: list[str] = field(default_factory=list)
    warnings: list[Say] = field(default_factory=list)
    stored: bool = False


@transaction.atomic
def import_roster(
    *,
    by: User,
    at: datetime,
    on: date,
    source: Path | IO[bytes],
    name: str = "",
    format: str = "",
    dry_run: bool = False,
    keep_names: bool = True,
    skip_bad_rows: bool = False,
    complete: bool = False,
    checked: str = "",
    tick: Callable[[int], object] = lambda students: None,
) -> Imported:
    """Bring in a roster, or with `dry_run` say what would come of it.

    Args:
        source: a file, zip or folder, or an open file; `name` is what an open file was called.
        format: oneroster, edfi, sds or csv; found out when left empty.
        keep_names: keep given and family names; without, those on file are blanked.
        skip_bad_rows: store the other rows where some are rejected; otherwise nothing is stored then.
        complete: the roster names everyone enrolled, so whoever is on file and not in it has left today.
        checked: the digest a dry run gave; another file is refused.
        tick: told how many students were gone through since last told.

    Raises:
        NotAllowed: when this person may bring in no roster.
        BadInput: when the roster cannot be read, or is not the one that was checked.
    """
    decision = people.may(by.facts(), "students.import", on=on).require()
    digest = _digest(source)
    if checked and checked != digest:
        raise BadInput(
            _("This is another file than the one that was checked."), where="file", mend=_("Check this file first.")
        )
    done = look(
        at=at, on=on, source=source, name=name, format=format, keep_names=keep_names, complete=complete,
        skip_bad_rows=skip_bad_rows, digest=digest, write=not dry_run, tick=tick,
    )  # fmt: skip
    if not done.stored:
        return done
    row = _filed(done, by, at)
    record(
        "students.imported",
        by=str(by.uid),
        at=at,
        target=content.target(row),
        detail={"format": row.format, **content.counts(row)},
        content=content.roster_import(row),
        decision=decision,
    )
    return done


def look(
    *,
    at: datetime,
    on: date,
    source: Path | IO[bytes],
    name: str = "",
    format: str = "",
    keep_names: bool = True,
    skip_bad_rows: bool = False,
    complete: bool = False,
    digest: str = "",
    write: bool = False,
    tick: Callable[[int], object] = lambda students: None,
) -> Imported:
    """Go through a roster and hold it against what is on file; `write` stores it. Asks nobody's permission."""
    choices = Choices(on=on, ssid_digits=rules.ssid_digits(on=on), keep_names=keep_names, drops=drops)
    with transaction.atomic(), roster_files.opened(source, choices, format=format, name=name) as (reading, students):
        done = Imported(reading.format, dry_run=not write, digest=digest)
        if write:
            _take_turns()
        seen = _upsert(map(rows.maker(at=at, on=on), students), done, write=write, tick=tick)
        done.rows, done.rejected = reading.rows, reading.rejected
        done.dropped_columns, done.warnings = reading.dropped_columns, reading.warnings
        refused = bool(done.rejected) and not skip_bad_rows
        if complete and not refused:
            done.left = _leavers(seen, on=on, at=at, write=write)
        if refused:
            done.imported = done.updated = 0
            if write:
                transaction.set_rollback(True)
        done.stored = write and not refused
    return done


def _digest(source: Path | IO[bytes]) -> str:
    try:
        return bundle.digest(source)
    except OSError as error:
        mend = _("Check the path and who may read it.")
        raise BadInput(f"{error.strerror}.", where=str(source), mend=mend) from error


def _take_turns() -> None:
    """Wait until no other roster is being stored. SQLite's writers already take turns."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _batches(students: Iterable[Student]) -> Iterator[list[Student]]:
    walk = iter(students)
    while batch := list(islice(walk, BATCH)):
        yield batch


def _upsert(students: Iterable[Student], done: Imported, *, write: bool, tick: Callable[[int], object]) -> set[str]:
    """Store who is new or changed. Gives the numbers of all students of the roster."""
    seen: set[str] = set()
    unknown: dict[str, None] = {}
    for batch in _batches(students):
        numbers = [row.local_id for row in batch]
        known = dict(Student.objects.filter(local_id__in=numbers).values_list("local_id", "digest"))
        new = [row for row in batch if row.local_id not in known]
        changed = [row for row in batch if known.get(row.local_id, row.digest) != row.digest]
        if write:
            # Apart from each other: a plain insert is several times faster than one that may meet a row on PostgreSQL.
            Student.objects.bulk_create(new)
            Student.objects.bulk_create(
                changed, update_conflicts=True, unique_fields=["local_id"], update_fields=_UPDATED
            )
        done.imported += len(new)
        done.updated += len(changed)
        done.unplaced += sum(row.school_id is None for row in batch)
        unknown |= {row.school_stated: None for row in batch if row.school_stated}
        seen.update(numbers)
        tick(len(batch))
    done.unknown_schools = sorted(unknown)
    return seen


def _leavers(seen: set[str], *, on: date, at: datetime, write: bool) -> int:
    """Let those leave whom a complete roster no longer names. Gives how many."""
    there = Student.objects.filter(left_on__isnull=True).values_list("pk", "local_id")
    gone = [pk for pk, number in there.iterator(chunk_size=5000) if number not in seen]
    for start in range(0, len(gone) if write else 0, BATCH):
        # Without a digest, a later roster that names them again changes them back.
        Student.objects.filter(pk__in=gone[start : start + BATCH]).update(left_on=on, digest="", updated_at=at)
    return len(gone)


def _filed(done: Imported, by: User, at: datetime) -> RosterImport:
    return RosterImport.objects.create(
        by=by,
        at=at,
        format=done.format,
        file_digest=done.digest,
        rows=done.rows,
        imported=done.imported,
        updated=done.updated,
        left=done.left,
        rejected=len({(one.file, one.row) for one in done.rejected}),
        unplaced=done.unplaced,
        dropped_columns=done.dropped_columns,
    )


@transaction.atomic
def search(*, by: User, at: datetime, on: date, text: str) -> list[Student]:
    """The students within reach that have this number or these names, at most FOUND. Leaves an event with the count.

    Raises:
        NotAllowed: when this person may read no student's data.
    """
    asker = by.facts()
    decision = people.may(asker, "students.read", on=on).require()
    reached = Student.objects.visible_to(people.scope(asker, "students.read", on=on))
    found = list(reached.called(text).select_related("school")[:FOUND])
    _read(by, at, len(found), decision)
    return found


@transaction.atomic
def reveal(*, by: User, at: datetime, on: date, uids: Iterable[object]) -> dict[object, Student]:
    """The students with these ids within reach, about to be shown, by id. Leaves an event with the count, if any.

    Raises:
        NotAllowed: when this person may read no student's data.
    """
    asker = by.facts()
    decision = people.may(asker, "students.read", on=on).require()
    reached = Student.objects.visible_to(people.scope(asker, "students.read", on=on))
    found: dict[object, Student] = {one.uid: one for one in reached.filter(uid__in=list(uids)).select_related("school")}
    if found:
        _read(by, at, len(found), decision)
    return found


def _read(by: User, at: datetime, count: int, decision: Decision) -> None:
    target = f"people.user:{by.uid}"
    record("students.read", by=str(by.uid), at=at, target=target, detail={"count": count}, decision=decision)
