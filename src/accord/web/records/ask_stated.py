"""From the answers of the form to the request as the rule reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from accord.facts.records import (
    AuthorityShown,
    Capacity,
    Certification,
    Kidnapping,
    Paper,
    PaperKind,
    Party,
    Purpose,
    Record,
    RecordKind,
    Request,
)
from accord.web.people.models import User
from accord.web.records import asking


def party(data: Mapping[str, Any], by: User, *, outside: bool, on: date) -> Party:
    """Who asks: the account itself, or someone outside by name."""
    if not outside:
        return asking.own_party(by, on=on, agency=data.get("agency", ""))
    verified = data.get("verified") if data.get("identity", "").strip() else None
    return Party(data["name"].strip(), Capacity(data["capacity"]), data.get("party_agency", "").strip(), verified)


def stated(data: Mapping[str, Any], by: User, *, outside: bool, on: date) -> Request:
    """The request as far as whoever asks states it. What was not asked or not answered is not known.

    Args:
        data: the cleaned answers of an `AskForm`.
    """
    asker = party(data, by, outside=outside, on=on)
    return Request(
        asker=asker,
        whole_group=bool(data.get("whole_group")),
        records=tuple(Record(kind=RecordKind(one)) for one in data["kinds"]),
        purpose=Purpose(data["purpose"]),
        passed_to=_onward(data, asker),
        consent=str(data.get("consent") or ""),
        paper=_paper(data, asker),
        certification=_certification(data, asker, on=on),
        kidnapping=_kidnapping(data),
        enrolls_there=data.get("enrolls_there"),
        parent_started_it=data.get("parent_started_it"),
        aid_applied_for=data.get("aid_applied_for"),
        statute=data.get("statute", ""),
        before_adjudication=data.get("before_adjudication"),
        program=data.get("program", ""),
        reported_crime=data.get("reported_crime"),
        teaches_student=data.get("teaches_student"),
    )


def _onward(data: Mapping[str, Any], asker: Party) -> tuple[Party, ...]:
    if data["onward"] == "agency":
        return (Party(capacity=Capacity.PEACE_OFFICER, agency=asker.agency),)
    if data["onward"] != "others":
        return ()
    capacity = Capacity(data["passed_capacity"])
    return (Party(data.get("passed_name", "").strip(), capacity, data.get("passed_agency", "").strip()),)


def _paper(data: Mapping[str, Any], asker: Party) -> Paper | None:
    if not data.get("paper"):
        return None
    return Paper(
        kind=PaperKind(data["paper"]),
        signed_by_judge=data.get("paper_signed"),
        issued_on=data.get("paper_issued"),
        expires_on=data.get("paper_expires"),
        names_records=tuple(data.get("paper_names", ())),
        recipient=asker.id if data.get("paper_recipient") else "",
        non_disclosure=data.get("paper_secret"),
    )


def _certification(data: Mapping[str, Any], asker: Party, *, on: date) -> Certification | None:
    if data.get("certified") is None:
        return None
    signed = data.get("certified_on") if "certified_on" in data else on
    return Certification(by=asker.id, signed_on=signed, no_redisclosure=data["certified"])


def _kidnapping(data: Mapping[str, Any]) -> Kidnapping | None:
    if "probable_cause" not in data:
        return None
    shows = AuthorityShown(data["shows"]) if data.get("shows") else None
    return Kidnapping(data["probable_cause"], data.get("investigation_active"), data.get("may_be_enrolled"), shows)
