"""Reading the log on a student: every line for whoever keeps the records, and what a family may see of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accord import clauses
from accord.facts import Coded
from accord.facts.records import Capacity, Purpose, RecordKind, Ruling
from accord.web.base.templatetags.accord import label
from accord.web.people.models import User
from accord.web.records import secrecy
from accord.web.records.left_out import without_addresses
from accord.web.records.models import Copy
from accord.web.records.models_requests import Disclosure, Step
from accord.web.records.steps import Act
from accord.web.students.models import Student


@dataclass(frozen=True)
class Line:
    """One line of the log in words; "" for what it does not hold. `kept_back` says why a family does not see it.

    `code` and `ruling` are the act and the answer as codes.
    """

    at: datetime
    reference: str
    code: Act
    ruling: str
    act: str
    party: str
    capacity: str
    agency: str
    purpose: str
    interest: str
    records: str
    answer: str
    basis: str
    threat: str
    recipients: str
    passed_to: str
    limits: str
    identity: str
    entered_by: str
    kept_back: str

    @classmethod
    def columns(cls) -> list[str]:
        return [one.name for one in fields(cls) if one.name not in ("code", "ruling")]


def of(student: Student, *, family: bool) -> list[Line]:
    """The log on a student, newest first; for a family without what it may not be told. Six queries at most."""
    rows = _rows(student)
    told, kinds = _namer(rows), _kinds(rows)
    lines = []
    for row in rows:
        why = secrecy.kept_back(row.request)
        if not (family and why):
            lines.append(_line(row, told, kinds, why, without_addresses if family else str))
    return lines


def _rows(student: Student) -> Sequence[Disclosure]:
    """Lines on this student, and those of the same requests from before anybody knew whom they are about."""
    requests = {*_found_to_be(student), *Disclosure.objects.filter(student=student).values_list("request", flat=True)}
    mine = Disclosure.objects.filter(Q(student=student) | Q(student__isnull=True), request__in=requests)
    related = mine.select_related("request", "copy", "by").prefetch_related("request__steps")
    return list(related.defer("copy__content"))


def _found_to_be(student: Student) -> list[int]:
    """Requests that were found, when last looked at, to be about this student."""
    about = Step.objects.filter(act=Act.IDENTIFIED, body__student=str(student.uid)).values("request")
    steps = Step.objects.filter(act=Act.IDENTIFIED, request__in=about).order_by("number")
    last = {step.request_id: step.body.get("student") for step in steps}
    return [pk for pk, found in last.items() if found == str(student.uid)]


def _line(
    row: Disclosure, told: Callable[[str], str], kinds: dict[str, str], why: str, shown: Callable[[str], str]
) -> Line:
    """The line in words. `shown` is applied to what other people wrote in words of their own."""
    held: dict[str, Any] = row.holds
    named = kinds.get(str(row.copy.uid), "") if row.copy else _listed(held, "records", lambda one: kinds.get(one, ""))
    return Line(
        at=row.at,
        reference=row.request.reference,
        code=Act(row.act),
        ruling=str(held.get("answer", "")) if row.act == Act.DECIDED else "",
        act=_label(Act, row.act),
        party=told(str(held.get("party", ""))),
        capacity=_label(Capacity, held.get("capacity")),
        agency=str(held.get("agency", "")),
        purpose=_label(Purpose, held.get("purpose")),
        interest=shown(label(row.request.interest)),
        records=named,
        answer=_label(Ruling, held.get("answer")),
        basis=_basis(str(held.get("basis", ""))),
        threat=shown(str(held.get("threat", ""))),
        recipients=_listed(held, "recipients", told),
        passed_to=_listed(held, "passed_to", told),
        limits=label(held.get("limits", "")),
        identity=shown(str(held.get("identity", ""))),
        entered_by=row.by.name,
        kept_back=why,
    )


def _label(kind: type[Coded], code: Any) -> str:
    return label(kind(code)) if code in set(kind) else ""


def _basis(clause: str) -> str:
    """The ground in words: the title of its clause."""
    titles = {one.id: one.title for one in clauses.clauses("records")}
    return label(titles[clause]) if clause in titles else ""


def _listed(held: dict[str, Any], name: str, tell: Callable[[str], str]) -> str:
    """A list in words, each thing once."""
    words = (tell(one) for one in str(held.get(name, "")).split(", ") if one)
    return ", ".join(dict.fromkeys(one for one in words if one))


def _kinds(rows: Iterable[Disclosure]) -> dict[str, str]:
    """What kind of record each copy that is named is, in words."""
    named = {one for row in rows for one in str(row.holds.get("records", "")).split(", ") if one}
    found = Copy.objects.filter(uid__in=_uids(named)).values_list("uid", "kind")
    direct = {str(row.copy.uid): row.copy.kind for row in rows if row.copy}
    return {uid: _label(RecordKind, kind) for uid, kind in (direct | {str(uid): kind for uid, kind in found}).items()}


def _namer(rows: Iterable[Disclosure]) -> Callable[[str], str]:
    """Says who is meant: an account by its name, an adult student as such, anyone else as they were entered."""
    given = {
        one
        for row in rows
        for name in ("party", "recipients", "passed_to")
        for one in str(row.holds.get(name, "")).split(", ")
    }
    uids = _uids(given)
    names = {str(one.uid): one.name for one in User.objects.filter(uid__in=uids)}
    students = {str(uid) for uid in Student.objects.filter(uid__in=uids - set(names)).values_list("uid", flat=True)}

    def told(party: str) -> str:
        if party in names:
            return names[party]
        return _("The student") if party in students else party

    return told


def _uids(texts: Iterable[str]) -> set[str]:
    return {one for one in texts if len(one) == 36 and not set(one) - set("0123456789abcdef-")}
