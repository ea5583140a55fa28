"""Filing a contact and correcting it. Reviewing and reading are in `reviewing.py`. Every act leaves an event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision, Finding
from accord.facts import Interaction, Stop
from accord.facts.details import ContactDetails
from accord.rules import interactions as rule
from accord.rules import people
from accord.web.interactions import alike, facts, models, references, texts
from accord.web.interactions.alike import Likely as Likely
from accord.web.interactions.completeness import complete as complete
from accord.web.interactions.completeness import without_idle_reason
from accord.web.interactions.filing import NOTHING_MORE as NOTHING_MORE
from accord.web.interactions.filing import Carried, Filing, filed_as, put_on_file
from accord.web.interactions.places import Place
from accord.web.people.models import School, User


class Conflict(Exception):  # noqa: N818 - the name is what the page says
    """Something else is on file where this was to go: a newer version, or another contact under the key of this form.

    `filed` is that other contact, when it is one. The web answers 409 and keeps what was typed.
    """

    def __init__(self, filed: models.Interaction | None = None) -> None:
        super().__init__()
        self.filed = filed


@transaction.atomic
def log(
    *,
    by: User,
    at: datetime,
    on: date,
    key: str,
    school: School,
    place: Place,
    entry: Interaction,
    details: ContactDetails = NOTHING_MORE,
    stop: Stop | None = None,
    knowing_of: frozenset[str] | None = None,
) -> models.Interaction:
    """File a contact. `key` is the form's random key: sent again by the same person, it leads to what was filed.

    The server's clock says when it was recorded, whatever `entry.recorded_at` holds.

    Args:
        knowing_of: references of contacts that may seem to be this one, and that the author says are others. None where
            nobody is there to be asked, as when entries are brought in.

    Raises:
        Conflict: when another contact was filed with this key, as from a page that the browser kept and showed again.
        Likely: when the contact is perhaps on file already and the author did not say that it is another.
    """
    granted = people.may(by.facts(), "interactions.log", on=on, school=str(school.pk)).require()
    references.take_turns()
    entry = without_idle_reason(replace(entry, recorded_at=at), school=school, on=on)
    again: models.Interaction | None = models.Interaction.objects.filter(key=key).first()
    if again is not None:
        if again.author_id != by.pk:
            raise BadInput(
                _("This form was sent by someone else."), mend=_("Open a new form and log the contact there.")
            )
        if not _same_contact(again, school=school, filing=Filing(place, entry, details, stop)):
            raise Conflict(again)
        return again
    stands = complete(entry, details, school=school, on=on, stop=stop).require()
    decision = Decision.of(granted.findings, stands.findings)
    others: tuple[str, ...] = ()
    if knowing_of is not None:
        others = alike.ask(by=by, school=school, occurred_at=entry.occurred_at, on=on, knowing_of=knowing_of)
    interaction: models.Interaction = models.Interaction.objects.create(
        school=school, author=by, filed_at=at, key=key, reference=references.next_reference(on)
    )
    filed = Filing(place, entry, details, stop)
    detail = {"not_the_same_as": list(others)} if others else {}
    put_on_file(
        interaction, 1, filed, by=by, at=at, on=on, decision=decision, verb="interactions.logged", detail=detail
    )
    return interaction


def _same_contact(filed: models.Interaction, *, school: School, filing: Filing) -> bool:
    """Is this what the contact was first filed with?"""
    first = models.Version.objects.select_related("interaction").get(interaction=filed, number=1)
    typed = replace(filing, entry=replace(filing.entry, recorded_at=filed.filed_at))
    return filed.school_id == school.pk and filed_as(first) == typed


@transaction.atomic
def correct(
    *,
    by: User,
    at: datetime,
    on: date,
    interaction: models.Interaction,
    number: int,
    reason: str,
    place: Place,
    entry: Interaction,
    details: ContactDetails = NOTHING_MORE,
    stop: Stop | None = None,
    carried: Carried = (),
) -> models.Version:
    """File a new version of a contact. `number` is the version the correction was made from; sent twice files once.

    `carried` says for each person which school-recorded answers stay as somebody else filled them in, and who did.
    What the contact follows from stays as the school linked it (`linking.py`), whatever `details` holds.

    Whether the entry was late is asked of the day the contact was first filed.

    Raises:
        Conflict: when the contact has a newer version by now.
    """
    granted = people.may(
        by.facts(),
        "interactions.correct",
        on=on,
        school=str(interaction.school_id),
        author=str(interaction.author.uid),
    ).require()
    references.take_turns()
    versions = models.Version.objects.filter(interaction=interaction)
    current: models.Version = versions.select_related("interaction").get(is_current=True)
    school = interaction.school
    entry = without_idle_reason(replace(entry, recorded_at=interaction.filed_at), school=school, on=on)
    details = replace(details, follows=facts.details(current).follows)
    filing = Filing(place, entry, details, stop)
    if current.number != number:
        same = (current.by_id, current.reason, filed_as(current)) == (by.pk, reason.strip(), filing)
        if current.number == number + 1 and same:
            return current
        raise Conflict
    stands = complete(entry, details, school=school, on=on, stop=stop)
    decision = Decision.of(granted.findings, _says_why(reason, school, on=on), stands.findings).require()
    versions.retire()
    return put_on_file(
        interaction,
        number + 1,
        filing,
        by=by,
        at=at,
        on=on,
        decision=decision,
        reason=reason.strip(),
        verb="interactions.corrected",
        before=current,
        carried=carried,
    )


def _says_why(reason: str, school: School, *, on: date) -> list[Finding]:
    why = {"reason": reason}
    return [rule.correction_says_why(reason), *texts.clean(why), *texts.no_names(why, school=school, on=on)]
