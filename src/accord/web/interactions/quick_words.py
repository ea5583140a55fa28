"""A contact in one line and in one sentence, as its author sees it after filing and among the last ten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accord.facts import ConductClass, InitiatedBy, Outcome, PersonKind
from accord.web.base.templatetags.accord import label
from accord.web.interactions import again, quick
from accord.web.interactions.models import Version
from accord.web.interactions.models_favorites import Favorite
from accord.web.interactions.places import Place


@dataclass(frozen=True)
class Short:
    """A contact of one's own in a line; and whether the quick form can say it again."""

    uid: str
    reference: str
    at: datetime
    about: str
    place: str
    who: str
    quick: bool


def short(version: Version) -> Short:
    """The line of a contact whose interaction and people are at hand."""
    return Short(
        uid=str(version.interaction.uid),
        reference=version.interaction.reference,
        at=version.occurred_at,
        about=_about(version),
        place=label(Place(version.location)),
        who=_who(version),
        quick=quick.initial(again.of_version(version)) is not None,
    )


def last(request: Any) -> list[Short]:
    """The lines of the newest contacts of one's own."""
    return [short(one) for one in again.last_own(request)]


@dataclass(frozen=True)
class Named:
    """A favorite by its name; and whether the quick form can begin with it."""

    uid: str
    name: str
    quick: bool


def favorites(request: Any) -> list[Named]:
    """One's own favorites, by name."""
    rows = Favorite.objects.filter(user=request.user)
    return [Named(str(one.uid), one.name, quick.initial(again.kept(one)) is not None) for one in rows]


def sentence(version: Version) -> str:
    """What was filed."""
    minutes = ngettext("%(n)s minute", "%(n)s minutes", version.duration_minutes) % {"n": version.duration_minutes}
    ended = dict.fromkeys(code for one in version.people.all() for code in one.outcomes)
    told = {
        "reference": version.interaction.reference,
        "about": _about(version),
        "who": _who(version),
        "place": label(Place(version.location)),
        "starter": label(InitiatedBy(version.initiated_by)),
        "at": formats.date_format(timezone.localtime(version.occurred_at), "TIME_FORMAT"),
        "minutes": minutes,
        "ended": ", ".join(label(Outcome(code)) for code in ended) or "–",
    }
    return (
        _(
            "%(reference)s: %(about)s with %(who)s, at %(at)s for %(minutes)s; where: %(place)s; "
            "started by: %(starter)s; how it ended: %(ended)s."
        )
        % told
    )


def _about(version: Version) -> str:
    told = quick.initial(again.of_version(version))
    return label(quick.About(told["about"])) if told else label(ConductClass(version.conduct))


def _who(version: Version) -> str:
    kinds = dict.fromkeys(one.kind for one in version.people.all())
    return ", ".join(label(PersonKind(kind)) for kind in kinds) or _("nobody in particular")
