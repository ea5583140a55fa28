"""The drafts of one person as a list shows them to that person: since when, of which school, and where to go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from accord.facts import Kind
from accord.rules import people
from accord.web.base.templatetags.accord import label
from accord.web.interactions import drafts, quick
from accord.web.interactions.models import Interaction
from accord.web.interactions.models_drafts import Draft
from accord.web.people.models import School, User


@dataclass(frozen=True)
class Shown:
    """A draft, the kind and the school where they were chosen, the contact it corrects, and whether it is old."""

    draft: Draft
    onward: str
    kind: str
    school: str
    corrects: str
    is_old: bool


def onward(draft: Draft) -> str:
    """The address of the form with what was kept in its fields: the quick one where it can say all of it."""
    correction = drafts.corrects(draft.key)
    form = reverse("interactions:correct", args=[correction[0]]) if correction else _form(draft)
    return f"{form}?draft={draft.uid}"


def _form(draft: Draft) -> str:
    sent = drafts.sent(draft)
    is_quick = "step" not in sent and any(quick.of_full(sent, own=own) is not None for own in (True, False))
    return reverse("interactions:quick") if is_quick else reverse("interactions:new")


def of(user: User, *, at: datetime, on: date) -> list[Shown]:
    """All drafts of a person, the newest first. Three queries, or one where there is none."""
    held = list(Draft.objects.of(user))
    return list(_shown(user, held, old=drafts.old_before(at, on=on), on=on)) if held else []


def _shown(user: User, held: list[Draft], *, old: datetime, on: date) -> Iterator[Shown]:
    corrected = {draft.key: found[0] for draft in held if (found := drafts.corrects(draft.key))}
    reached = Interaction.objects.visible_to(people.scope(user.facts(), "interactions.read", on=on), user)
    contacts = {one.uid: one for one in reached.filter(uid__in=corrected.values()).select_related("school")}
    schools = {str(pk): name for pk, name in School.objects.values_list("pk", "name")}
    for draft in held:
        contact = contacts.get(corrected.get(draft.key))
        chosen = str((draft.data.get("school") or [""])[0])
        school = contact.school.name if contact else schools.get(chosen, "")
        yield Shown(
            draft, onward(draft), _kind(draft), school, contact.reference if contact else "", draft.updated_at < old
        )


def _kind(draft: Draft) -> str:
    chosen = (draft.data.get("kind") or [""])[0]
    return label(Kind(chosen)) if chosen in {kind.value for kind in Kind} else ""
