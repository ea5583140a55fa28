"""Requests of every role that may ask, for the sweep over all routes: one that waits and one that was released."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from accord.facts import Role
from accord.facts import records as facts
from accord.facts.records import Purpose, RecordKind
from accord.web.people.models import User
from accord.web.records import actions, asking, confirming, keeping
from accord.web.records.models import Copy, Held, Link
from accord.web.records.models_requests import Released, Request
from accord.web.records.steps import Act
from tests.web.records import factories

ASKS = (Role.SUPERINTENDENT, Role.PRINCIPAL, Role.STAFF, Role.SRO, Role.AGENCY_SUPERVISOR, Role.CUSTODIAN)
BUTTONS = {"records:withdraw", "records:end", "records:open", "records:confirm_link"}
"""Buttons alone, or what only a request with a release offers."""
POSTED_ON = {
    "records:confirm": "records:read",
    "records:decide": "records:read",
    "records:withdraw": "records:read",
    "records:end": "records:read",
    "records:confirm_link": "records:links",
}
READ_ONLY = {"records:list", "records:read", "records:student", "records:links", "records:on_file"}
OPENED = {"records:open", "records:copy"}
"""Routes that answer a form with the record itself."""


def add(users: Mapping[Role, User], *, at: datetime, on: date) -> None:
    """Two requests of each role that may ask, about the child of the demo's parent."""
    link = Link.objects.filter(user=users[Role.PARENT]).select_related("user", "student").first()
    factories.paper_consent(link, by=users[Role.CUSTODIAN], party=users[Role.AGENCY_SUPERVISOR], at=at)
    copy = keeping.keep(
        by=users[Role.CUSTODIAN], at=at, on=on, student=link.student, kind=RecordKind.HEALTH, title="Health",
        said=facts.Record(), name="copy.txt", data=b"Nothing of note.",
    )  # fmt: skip
    for role in ASKS:
        _asked(users[role], at=at, on=on)
        other = Role.SUPERINTENDENT if role is Role.CUSTODIAN else Role.CUSTODIAN
        released = _asked(users[role], at=at, on=on)
        body = {"student": str(link.student.uid), "copies": [str(copy.uid)]}
        who = {"by": users[other], "at": at, "on": on, "request": released}
        actions.note(**who, number=0, act=Act.IDENTIFIED, body=body)
        for number, claim in enumerate(confirming.by_hand(released)):
            confirming.confirm(**who, number=number, claim=claim, yes=True, source="Asked the principal.")
        actions.decide(**who, number=1, given=[str(copy.uid)])


def _asked(by: User, *, at: datetime, on: date) -> Request:
    stated = facts.Request(
        asker=asking.own_party(by, on=on), purpose=Purpose.SCHOOL_DUTY, records=(facts.Record(kind=RecordKind.HEALTH),)
    )
    words = {"about": "The child", "wanted": "Health of this term", "interest": "To help at school"}
    return actions.ask(by=by, at=at, on=on, key=uuid4().hex, stated=stated, **words)


def addresses(users: Mapping[Role, User], role: Role | None) -> dict[str, dict[str, Any]]:
    """What each route needs in its address for a role: what it reaches where it reaches any."""
    asker = users[role if role in ASKS else Role.CUSTODIAN]
    waits = Request.objects.filter(asker=asker, decision__isnull=True).order_by("id").last()
    released = Released.objects.filter(decision__request__asker=asker).order_by("id").last()
    others = Request.objects.exclude(asker=asker).filter(steps__isnull=True).order_by("id").last()
    link = Link.objects.filter(user=users[Role.PARENT]).first()
    one = {"uid": (others if role in (Role.SUPERINTENDENT, Role.CUSTODIAN) else waits).uid}
    student = {"uid": link.student.uid}
    return {
        "records:read": one,
        "records:find": one,
        "records:confirm": one,
        "records:decide": one,
        "records:end": one,
        "records:withdraw": {"uid": waits.uid},
        "records:open": {"uid": released.decision.request.uid, "copy": released.copy.uid},
        "records:student": student,
        "records:keep": student,
        "records:propose": student,
        "records:copy": {"uid": Copy.objects.latest("id").uid},
        "records:confirm_link": {"uid": link.uid},
        "records:end_link": {"uid": link.uid},
        "records:put": {"kind": "notice"},
        "records:end_paper": {"uid": Held.objects.filter(kind="notice").first().uid},
    }
