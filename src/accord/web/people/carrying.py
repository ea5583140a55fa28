"""What was typed when the session was lost: carried through the sign-in page, and kept for its author alone.

Nothing is carried without a genuine seal, and nothing is kept for anyone but the person the seal names. The apps whose
forms bear seals say in `KEEP` how what was typed is kept as a draft, or in `PAGES` which page shows it again: then it
stands in the author's new session alone, and is gone with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.http import QueryDict

from accord.decision import NotAllowed
from accord.web.people import seals
from accord.web.people.models import User
from accord.web.people.seals import Seal

SEAL = "seal"
"""The field that holds the seal, on the form itself and on the sign-in page."""
CARRIED = "carried"
"""The field of the sign-in page that holds what was typed, as a form is sent."""
LARGEST = 200_000
"""The most that the sign-in page carries, in characters; a form of twenty people with long texts has half of it."""


@dataclass(frozen=True)
class Kept:
    """Where the author goes on with what was typed, and whether all of it was kept."""

    onward: str
    whole: bool


class Keep(Protocol):
    """Keeps what was typed into a form. None: nothing of it could be kept."""

    def __call__(self, *, by: User, at: datetime, on: date, form: str, data: QueryDict) -> Kept | None: ...


KEEP: dict[str, Keep] = {}
"""By kind of form."""


@dataclass(frozen=True)
class Page:
    """Where a form of this kind is, by its key, and which texts may be kept at all."""

    address: Callable[[str], str]
    allows: Callable[[str], bool]


PAGES: dict[str, Page] = {}
"""By kind of form, for forms that leave no draft."""
_SESSION = "typed"


@dataclass(frozen=True)
class Carried:
    """What was typed, under the seal of the form it was typed into."""

    seal: Seal
    token: str
    data: QueryDict

    @property
    def text(self) -> str:
        """What the sign-in page holds; empty when it is too long for that."""
        text = self.data.urlencode()
        return text if len(text) <= LARGEST else ""

    def is_of(self, user: Any) -> bool:
        """Is this the person who typed it?"""
        return user.is_authenticated and str(user.uid) == self.seal.by


def carried(request: Any) -> Carried | None:
    """What a request brings under a genuine seal: the form itself, or what the sign-in page holds of it."""
    token = request.POST.get(SEAL, "")
    seal = seals.opened(token, on=request.on) if token else None
    if seal is None or seal.kind not in {*KEEP, *PAGES}:
        return None
    return Carried(seal, token, _typed(request.POST))


def _typed(sent: Mapping[str, Any]) -> QueryDict:
    if CARRIED in sent:
        return QueryDict(sent[CARRIED][:LARGEST], mutable=True)
    data = QueryDict(mutable=True)
    for name, values in sent.lists():  # type: ignore[attr-defined]
        if name not in (SEAL, "csrfmiddlewaretoken"):
            data.setlist(name, values)
    return data


def kept(request: Any, one: Carried) -> Kept | None:
    """Keep it for the person signed in, when this is the one that typed it."""
    if not one.is_of(request.user) or not one.data:
        return None
    if page := PAGES.get(one.seal.kind):
        return _in_session(request, one, page)
    try:
        return KEEP[one.seal.kind](by=request.user, at=request.at, on=request.on, form=one.seal.form, data=one.data)
    except NotAllowed:
        return None


def _in_session(request: Any, one: Carried, page: Page) -> Kept | None:
    if not one.text:
        return None
    data, whole = QueryDict(mutable=True), True
    for name, values in one.data.lists():
        allowed = [value if page.allows(value) else "" for value in values]
        data.setlist(name, allowed)
        whole = whole and allowed == values
    request.session[_SESSION] = {"kind": one.seal.kind, "form": one.seal.form, "text": data.urlencode()}
    return Kept(f"{page.address(one.seal.form)}?typed=1", whole)


def typed(request: Any, kind: str, *, form: str | None = None) -> QueryDict | None:
    """What this session holds of a form, when its page is opened to go on with it; `form`: of this very one."""
    held = request.session.get(_SESSION, {}) if request.method in ("GET", "HEAD") and "typed" in request.GET else {}
    if held.get("kind") != kind or form not in (None, held["form"]):
        return None
    return QueryDict(held["text"])


def filed(request: Any) -> None:
    """The form is filed: nothing of it is held any more."""
    request.session.pop(_SESSION, None)
