"""For which agency a paper about an officer counts: the one that their role on file names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accord.decision import BadInput
from accord.rules.people import police_roles
from accord.web.people.models import User, same_agency
from accord.web.records.asking import is_uid
from accord.web.records.models import HeldKind

OF_OFFICER = (HeldKind.ACKNOWLEDGEMENT, HeldKind.DESIGNATION)
"""An officer's word to keep the limits, and their name as the agency submitted it."""


def for_agency(body: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """The body of such a paper with its agency; of whoever holds no police role, now or later, as it is.

    Raises:
        BadInput: when no role of the officer names an agency, or none names this one.
    """
    stated = same_agency(str(body.get("agency", "")))
    told = {**body, "agency": stated} if stated else dict(body)
    person = str(body.get("person") or body.get("officer") or "")
    account = User.objects.filter(uid=person).first() if is_uid(person) else None
    roles = account.facts().roles if account else ()
    police = [one for one in roles if one.role in police_roles() and (one.ends_on is None or on <= one.ends_on)]
    if not police:
        return told
    named = {one.agency for one in police if one.agency}
    if not named:
        raise BadInput(
            _("It is not on file which agency this officer serves."),
            where="agency",
            mend=_("The program administrator files it with the role, on the page of the account."),
        )
    if stated and stated not in named:
        raise BadInput(
            _("No role of this officer names that agency."),
            where="agency",
            mend=_("It is one of: %(agencies)s.") % {"agencies": "; ".join(sorted(named))},
        )
    if not stated and len(named) > 1:
        raise BadInput(
            _("This officer serves several agencies."),
            where="agency",
            mend=_("Say for which it counts: %(agencies)s.") % {"agencies": "; ".join(sorted(named))},
        )
    return {**told, "agency": stated or named.pop()}
