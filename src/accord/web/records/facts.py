"""Rows to the facts that `rules/records` reads: the request, and all that is on file about its student on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from accord.facts import Disability, from_plain
from accord.facts import records as facts
from accord.facts.records_codes import SignerRole
from accord.web.interactions.times import district_day
from accord.web.records.models import Copy, Held, HeldKind, LinkStep
from accord.web.records.models_consents import Consent
from accord.web.records.models_emergencies import Recipient
from accord.web.records.models_requests import Request, Step
from accord.web.records.steps import Act
from accord.web.students.models import Student

_Fact = TypeVar("_Fact")


def student(row: Student, *, opted_out: bool | None) -> facts.Student:
    """A student, as far as a rule on records asks. What the roster does not tell is not known."""
    served = {Disability.IDEA: True, Disability.SECTION_504: True, Disability.NONE: False}
    return facts.Student(
        id=str(row.uid),
        born_on=row.birth_date,
        opted_out=opted_out,
        with_disability=served.get(Disability(row.disability)),
    )


def found(steps: Iterable[Step], about: Student | None) -> list[Copy]:
    """The copies that whoever decides last found for a request: of the student found alone. One query at most."""
    named = _last(steps, Act.IDENTIFIED)
    if named is None or about is None:
        return []
    return list(Copy.objects.filter(uid__in=named["copies"], student=about).defer("content"))


def is_found(copy: Copy, steps: Iterable[Step], about: Student | None) -> bool:
    """Is this copy among those found for a request?"""
    named = _last(steps, Act.IDENTIFIED)
    return named is not None and about is not None and copy.student_id == about.pk and str(copy.uid) in named["copies"]


def request(
    row: Request,
    steps: Iterable[Step],
    about: Student | None,
    copies: Iterable[Copy],
    papers: Iterable[Held],
    *,
    decided_by: str,
) -> facts.Request:
    """The request as it stands with what was done about it. `about` is the student found, `papers` what is held now.

    One query where an emergency is stated.
    """
    done = list(steps)
    stated: facts.Request = from_plain(facts.Request, row.body)
    found = _last(done, Act.IDENTIFIED)
    why: dict[str, str] = found.get("why", {}) if found else {}
    return replace(
        stated,
        id=row.reference,
        made_at=row.at,
        decided_by=decided_by,
        student=student(about, opted_out=_opted_out(about, papers)) if about else facts.Student(),
        records=tuple(record(one, interest=why.get(str(one.uid), row.interest)) for one in copies),
        paper=paper(stated.paper, done),
        emergency=stated.emergency if stated.emergency and _determined(row) else None,
    )


def identified(steps: Iterable[Step]) -> Student | None:
    """The student whom whoever decides last found a request to be about. One query where one was found."""
    found = _last(steps, Act.IDENTIFIED)
    return next(iter(Student.objects.filter(uid=found["student"]).order_by()), None) if found else None


def _determined(row: Request) -> bool:
    """Did an administrator determine the emergency here? What whoever asks says of one is only said."""
    return Recipient.objects.filter(request=row).exists()


def record(copy: Copy, *, interest: str) -> facts.Record:
    """One copy, with why this very one is needed."""
    said: facts.Record = from_plain(facts.Record, copy.facts())
    return replace(said, interest=interest)


def paper(shown: facts.Paper | None, steps: Iterable[Step]) -> facts.Paper | None:
    """The paper shown, if any, as counsel read it, with the days on which counsel read it and the family was told.

    Only what was done since the paper was received counts, never what whoever shows it says was done: until it is on
    file nobody knows that a judge signed it. Once counsel has read it, it names the copies that were checked against it
    and no others.
    """
    every = list(steps)
    begun = _number(every, Act.PAPER_RECEIVED)
    done = [one for one in every if begun and one.number > begun]
    received, read = _last(every, Act.PAPER_RECEIVED), _last(done, Act.COUNSEL_READ)
    one: facts.Paper | None = from_plain(facts.Paper, _told(received, _PAPER)) if received else shown
    if one is None:
        return None
    if not received:
        one = replace(one, signed_by_judge=None, notice_excused_by_court=False)
    found = replace(one, **_told(from_counsel(read), OF_COUNSEL)) if read else one
    checked = _last(done, Act.SCOPE_CHECKED) or {}
    return replace(
        found,
        names_records=tuple(sorted(checked.get("named", ()))) if read else found.names_records,
        counsel_reviewed_on=_day(done, Act.COUNSEL_READ),
        parent_told_on=_day(done, Act.PARENT_TOLD),
        pupil_told_on=_day(done, Act.PUPIL_TOLD),
        objection_pending=_number(done, Act.OBJECTED) > _number(done, Act.OBJECTION_OVER),
    )


_PAPER = tuple(one.name for one in fields(facts.Paper))
OF_COUNSEL = ("kind", "signed_by_judge", "non_disclosure", "notice_excused_by_court")
"""What counsel finds of a paper, whatever was written down when it was received."""


def _told(body: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: body[name] for name in names if name in body}


def from_counsel(body: Mapping[str, Any]) -> dict[str, Any]:
    """What counsel found, as the paper's fact holds it."""
    return {**body, "kind": facts.PaperKind(body["kind"])} if "kind" in body else dict(body)


def _last(steps: Iterable[Step], act: Act) -> dict[str, Any] | None:
    return next((step.body for step in sorted(steps, key=lambda one: -one.number) if step.act == act), None)


def _number(steps: Iterable[Step], act: Act) -> int:
    return max((step.number for step in steps if step.act == act), default=0)


def _day(steps: Iterable[Step], act: Act) -> date | None:
    """The first day something was done: a notice runs from when it was first given."""
    days = (date.fromisoformat(step.body["on"]) for step in steps if step.act == act and step.body.get("on"))
    return min(days, default=None)


def on_file(about: Student | None, papers: Iterable[Held], *, at: datetime) -> facts.OnFile:
    """All that the district holds at an instant which bears on requests about a student. Two queries at most.

    A paper filed by a clock that is a little ahead opens nothing yet; a court's bar closes from the start.
    """
    every = list(papers)
    held = [one for one in every if one.at <= at]
    notices = [_fact(facts.AnnualNotice, one) for one in held if one.kind == HeldKind.NOTICE]
    units = [one.body.get("on") for one in held if one.kind == HeldKind.UNIT]
    bars = [bar for bar in _facts(facts.CourtBar, every, HeldKind.BAR) if about and bar.student == str(about.uid)]
    return facts.OnFile(
        consents=tuple(_taken_back(one, district_day(at)) for one in consents(about)) if about else (),
        holders=tuple(holders(about, barred={one.person for one in bars})) if about else (),
        notice=max(notices, key=lambda one: one.given_on or date.min, default=facts.AnnualNotice()),
        agreements=_facts(facts.Agreement, held, HeldKind.AGREEMENT),
        acknowledgements=_facts(facts.Acknowledgement, held, HeldKind.ACKNOWLEDGEMENT),
        designations=_facts(facts.Designation, held, HeldKind.DESIGNATION),
        unit_designated_on=min((date.fromisoformat(day) for day in units if day), default=None),
        bars=tuple(bars),
    )


def _taken_back(consent: facts.Consent, on: date) -> facts.Consent:
    """What is on file as taken back is, though the clock of whoever took it back was already past midnight."""
    return replace(consent, revoked_on=min(consent.revoked_on, on)) if consent.revoked_on else consent


def held_now() -> list[Held]:
    """Papers that nobody has ended, whatever a clock said. One query."""
    return list(Held.objects.filter(end__isnull=True).only("kind", "body", "at").order_by("at", "id"))


def _fact(kind: type[_Fact], held: Held) -> _Fact:
    fact: _Fact = from_plain(kind, held.body)
    return fact


def _facts(kind: type[_Fact], held: Iterable[Held], of: HeldKind) -> tuple[_Fact, ...]:
    return tuple(_fact(kind, one) for one in held if one.kind == of)


def _opted_out(about: Student, papers: Iterable[Held]) -> bool:
    """Is a refusal of directory information on file? Whether the time for it has passed is for the rule to ask."""
    return any(one.kind == HeldKind.OPT_OUT and one.body.get("student") == str(about.uid) for one in papers)


def holders(about: Student, *, barred: Collection[str]) -> Iterable[facts.RightsHolder]:
    """Who was confirmed to hold the rights to a student's records, with the days of each.

    A link that was ended counts no more on the whole of that day; nor does that of somebody whom a court keeps from
    the records (`barred`), so that no consent of theirs opens anything. One query.
    """
    columns = ("link", "kind", "at", "link__user__uid", "link__starts_on", "link__ends_on")
    steps = LinkStep.objects.filter(link__student=about).order_by("-link__at", "-link")
    links: dict[int, dict[str, Any]] = {}
    for link, kind, at, user, starts_on, ends_on in steps.values_list(*columns):
        links.setdefault(link, {"user": str(user), "days": (starts_on, ends_on)})[kind] = at
    for link in links.values():
        if "confirmed" not in link or link["user"] in barred:
            continue
        starts_on, ends_on = link["days"]
        ended = district_day(link["ended"]) - timedelta(days=1) if "ended" in link else None
        ends = min((day for day in (ends_on, ended) if day), default=None)
        yield facts.RightsHolder(link["user"], str(about.uid), starts_on, ends)


def consents(about: Student) -> Iterable[facts.Consent]:
    """Every consent for a student. An adult student's signature is the student's own, whatever the account."""
    for row in Consent.objects.filter(student=about).values(*_OF_CONSENT):
        own, revoked = row["role"] == SignerRole.STUDENT, row["revocation__at"]
        yield facts.Consent(
            id=str(row["uid"]),
            student=str(about.uid),
            signer=str(about.uid if own else row["signer__uid"]),
            signer_role=SignerRole(row["role"]),
            signed_on=district_day(row["signed_at"]),
            authenticated=row["authenticated_by"] in AUTHENTICATED,
            records=tuple(row["records"]),
            purpose=facts.Purpose(row["purpose"]),
            party=row["party"],
            expires_on=row["expires_on"],
            revoked_on=district_day(revoked) if revoked else None,
            copy_requested=row["copy_requested"],
        )


_OF_CONSENT = (
    "uid",
    "signer__uid",
    "role",
    "signed_at",
    "authenticated_by",
    "records",
    "purpose",
    "party",
    "expires_on",
    "revocation__at",
    "copy_requested",
)


AUTHENTICATED = frozenset({"password", "paper"})
"""Ways of signing that show who signed: the password typed again, or paper that a custodian compared."""
