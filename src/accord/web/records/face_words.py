"""What a copy that leaves carries on its face: to whom, when, for what, on which ground, and its limits."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accord import clauses
from accord.decision import Say
from accord.facts import from_plain
from accord.facts import records as facts
from accord.web.base.templatetags.accord import label, say, shown
from accord.web.records.asking import is_uid
from accord.web.records.face import Face
from accord.web.records.models_requests import Request
from accord.web.records.plain import answer_of

_LAW = "34 CFR 99.33"


def of(row: Request, basis: str, *, at: datetime) -> Face:
    """The face of a copy that a decision let go on a ground, and that is opened at an instant."""
    stated: facts.Request = from_plain(facts.Request, row.body)
    ground, made = clauses.clause(basis), row.decision
    limits = [say(one) for one in limits_of(row)] or [_("Use it only for what it was released for.")]
    to, opened = recipient(row, stated), str(shown(at))
    facts_of = [
        (_("Released to"), to),
        (_("For"), label(stated.purpose)),
        (_("Released on"), str(shown(made.on))),
        (_("Opened"), opened),
        (_("On the ground"), f"{label(ground.title)} ({ground.id})"),
        (_("Source:"), ground.source),
        (_("Reference"), row.reference),
    ]
    sheet = [f"{name.rstrip(':')}: {told}" for name, told in facts_of]
    said = _("Released to %(to)s, opened %(at)s") % {"to": to, "at": opened}
    return Face(
        sheet=(*sheet, "", *limits, "", _LAW),
        foot=(f"{row.reference} · {said}", f"{' '.join(limits)} {_LAW}"),
    )


def limits_of(row: Request) -> tuple[Say, ...]:
    """What may not be done with what was released."""
    return answer_of(row.decision.answer).limits


def recipient(row: Request, stated: facts.Request) -> str:
    """Who received it: whoever opens it, for whom if it is for somebody else, in what capacity, for which agency."""
    party = stated.asker
    other = "" if is_uid(party.id) else party.id
    for_whom = _("for %(name)s") % {"name": other} if other else ""
    return ", ".join(one for one in (row.asker.name, for_whom, label(party.capacity), party.agency) if one)
