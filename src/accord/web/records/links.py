"""Who holds the rights to a student's records: said by one person, confirmed by another, ended by either."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.facts.records import SignerRole
from accord.rules import people
from accord.web.audit.record import record
from accord.web.people.models import User
from accord.web.records import content, texts
from accord.web.records.models import Link, Links, LinkStep, LinkStepKind
from accord.web.students.models import Student


@transaction.atomic
def propose(
    *,
    by: User,
    at: datetime,
    on: date,
    user: User,
    student: Student,
    role: SignerRole,
    starts_on: date,
    seen: str,
    ends_on: date | None = None,
    may_sign: bool = True,
) -> Link:
    """Say that an account holds the rights to a student's records. It counts once a second person confirms it.

    Raises:
        BadInput: for oneself, for days that end before they begin, and for a link that stands already.
    """
    may = people.may(by.facts(), "records.link", on=on).require()
    decision = Decision.of(may.findings, texts.clean({"seen": seen}), texts.says({"seen": seen})).require()
    if ends_on is not None and ends_on < starts_on:
        raise BadInput(_("The last day lies before the first."), where="ends_on", mend=_("Mend one of the days."))
    if user.pk == by.pk:
        raise BadInput(_("This is your own account."), where="user", mend=_("Somebody else says this of you."))
    if standing(user, on=on).filter(student=student, role=role.value).exists():
        raise BadInput(_("This link stands already."), where="user", mend=_("End the one on file first."))
    made: Link = Link.objects.create(
        user=user,
        student=student,
        role=role.value,
        starts_on=starts_on,
        ends_on=ends_on,
        may_sign=may_sign,
        seen=seen.strip(),
        by=by,
        at=at,
    )
    _tell("records.link_proposed", made, by=by, at=at, decision=decision)
    return made


@transaction.atomic
def confirm(*, by: User, at: datetime, on: date, link: Link) -> Link:
    """Confirm, as a second person, that an account holds the rights to a student's records.

    Raises:
        NotAllowed: for whoever proposed it, and for the account it is about.
        BadInput: when it was confirmed or ended meanwhile.
    """
    may = people.may(by.facts(), "records.link", on=on).require()
    others = [people.other_person(people.Pair(str(one.uid), str(by.uid))) for one in (link.by, link.user)]
    decision = Decision.of(may.findings, others).require()
    return _step(link, LinkStepKind.CONFIRMED, "", by=by, at=at, decision=decision)


@transaction.atomic
def end(*, by: User, at: datetime, on: date, link: Link, reason: str) -> Link:
    """End a link, or refuse one that waits. It counts no more from this day on.

    Raises:
        BadInput: when it was ended before.
    """
    may = people.may(by.facts(), "records.link", on=on).require()
    decision = Decision.of(may.findings, texts.clean({"reason": reason}), texts.says({"reason": reason})).require()
    return _step(link, LinkStepKind.ENDED, reason.strip(), by=by, at=at, decision=decision)


def _step(link: Link, kind: LinkStepKind, reason: str, *, by: User, at: datetime, decision: Decision) -> Link:
    done = set(LinkStep.objects.filter(link=link).values_list("kind", flat=True))
    if kind in done or LinkStepKind.ENDED in done:
        raise BadInput(_("Somebody did this meanwhile."), mend=_("Look at the link as it stands now."))
    try:
        with transaction.atomic():
            LinkStep.objects.create(link=link, kind=kind.value, by=by, at=at, reason=reason)
    except IntegrityError as error:
        raise BadInput(_("Somebody did this meanwhile."), mend=_("Look at the link as it stands now.")) from error
    _tell(f"records.link_{kind.value}", link, by=by, at=at, decision=decision)
    return link


def _tell(verb: str, link: Link, *, by: User, at: datetime, decision: Decision) -> None:
    told = Link.objects.select_related("user", "student", "by").prefetch_related("steps__by").get(pk=link.pk)
    target = f"records.link:{link.uid}"
    record(verb, by=str(by.uid), at=at, target=target, content=content.link(told), decision=decision)


def standing(user: User, *, on: date) -> Links:
    """The links of an account that stand on a day."""
    found: Links = Link.objects.standing(on).filter(user=user).select_related("student")
    return found
