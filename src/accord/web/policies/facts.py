"""Rows of this app as the facts that rules read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from accord.documents.model import Document, Sentence
from accord.facts import Adopted, SentenceBound, from_plain
from accord.web.policies import catalogues
from accord.web.policies.models import ACCEPTED, Binding, State, Version

BP_3515_31 = "3515.31"


def in_force(code: str = BP_3515_31, *, on: date) -> Version | None:
    """The version of a policy in force on a day: the one whose day came last, of two with one day the later act.

    One query.
    """
    return (
        Version.objects.select_related("policy")
        .filter(policy__code=code, in_force_from__lte=on)
        .order_by("-in_force_from", "-in_force_at")
        .first()
    )


def document(version: Version) -> Document:
    """The document as it was read."""
    return from_plain(Document, version.document)  # type: ignore[no-any-return]


def adopted(version: Version) -> Adopted:
    """A version and its bindings to the rules. One query, none when the bindings are prefetched."""
    return adopted_with(version, version.bindings.all())


def adopted_with(version: Version, bindings: Iterable[Binding]) -> Adopted:
    """The same from bindings already at hand. A rejected binding ties nothing."""
    accepted: defaultdict[str, list[str]] = defaultdict(list)
    suggested: defaultdict[str, list[str]] = defaultdict(list)
    for binding in bindings:
        if binding.state in ACCEPTED:
            accepted[binding.sentence_id].append(binding.obligation)
        elif binding.state == State.SUGGESTED:
            suggested[binding.sentence_id].append(binding.obligation)
    sentences = tuple(
        SentenceBound(
            id=row["id"],
            modality=row["modality"],
            obligations=tuple(accepted[row["id"]] or suggested[row["id"]]),
            confirmed=bool(accepted[row["id"]]),
        )
        for row in version.document["sentences"]
    )
    return Adopted(version.code, version.status, version.adopted_on, sentences)


@dataclass(frozen=True)
class Carried:
    """A version in force with a sentence that a person tied to an obligation: the days it counts for (`ends_on` None:
    until now), and the time during which that was what Accord knew (`known_until` None: still)."""

    obligation: str
    title: str
    starts_on: date
    ends_on: date | None
    known_from: datetime
    known_until: datetime | None = None


def carried(obligations: Collection[str]) -> list[Carried]:
    """Every version ever put in force that carries one of these obligations. Two queries, which read no document."""
    order = ("policy_id", "in_force_from", "in_force_at")
    versions = list(Version.objects.filter(in_force_at__isnull=False).defer("document").order_by(*order))
    following = {one.id: later for one, later in pairwise(versions) if one.policy_id == later.policy_id}
    tied = Binding.objects.filter(version__in_force_at__isnull=False, state__in=ACCEPTED, obligation__in=obligations)
    first: dict[tuple[int, str], datetime] = {}
    for version_id, obligation, at in tied.order_by("-at").values_list("version_id", "obligation", "at"):
        first[version_id, obligation] = at
    by_id = {one.id: one for one in versions}
    return [
        part
        for (version_id, obligation), at in first.items()
        for part in _carried(by_id[version_id], following.get(version_id), obligation, at)
    ]


def _carried(version: Version, later: Version | None, obligation: str, tied_at: datetime) -> Iterator[Carried]:
    """Before a later version was put in force nobody knew the end; from then on the days end with the day before it."""
    if version.in_force_from is None or version.in_force_at is None:
        return
    title = f"{version.code} {version.title}, {version.number}"
    known = max(version.in_force_at, tied_at)
    if later is None or later.in_force_from is None or later.in_force_at is None:
        yield Carried(obligation, title, version.in_force_from, None, known)
        return
    if known < later.in_force_at:
        yield Carried(obligation, title, version.in_force_from, None, known, later.in_force_at)
    last = later.in_force_from - timedelta(days=1)
    if last >= version.in_force_from:
        yield Carried(obligation, title, version.in_force_from, last, max(known, later.in_force_at))


def sentences_carrying(obligation: str, *, on: date) -> list[Sentence]:
    """The sentences in force on a day that a person tied to an obligation, in their order. Three queries."""
    version = in_force(catalogues.code_of(obligation), on=on)
    if version is None:
        return []
    tied = version.bindings.filter(obligation=obligation, state__in=ACCEPTED).values_list("sentence_id", flat=True)
    ids = set(tied)
    return [sentence for sentence in document(version).sentences if sentence.id in ids]
