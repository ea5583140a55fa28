"""The policy as the front page shows it: every sentence in order, with the standing of each obligation it carries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from accord.catalogue import Obligation
from accord.decision import Finding
from accord.documents.model import Document, Note, Sentence
from accord.facts import Status
from accord.rules import policies as rule
from accord.rules.controls import Standing
from accord.web.policies import catalogues, facts
from accord.web.policies.models import Version


@dataclass(frozen=True)
class Filters:
    """What a reader narrows the page to; "" is everything."""

    actor: str = ""
    status: str = ""
    section: str = ""

    def __bool__(self) -> bool:
        return bool(self.actor or self.status or self.section)


@dataclass(frozen=True)
class Chip:
    """An obligation with its standing. `again` where the lead-in above already says the same."""

    obligation: Obligation
    standing: Standing
    again: bool = False


@dataclass
class Node:
    """A sentence with what it carries, what it cites (None: not resolved), the notes before it, its list items."""

    sentence: Sentence
    chips: tuple[Chip, ...]
    suggested: tuple[str, ...]
    citations: tuple[tuple[str, str | None], ...]
    notes: tuple[Note, ...]
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """A section of the policy; the text before the first heading has none."""

    title: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Page:
    """Everything the front page shows. `summary` counts the policy's own obligations by status, `total` in all."""

    version: Version
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    summary: Mapping[Status, int]
    total: int
    uncarried: tuple[Chip, ...]
    bound: Finding
    actors: tuple[str, ...]
    sections: tuple[str, ...]
    shown: int
    all: int


def choices(version: Version) -> tuple[frozenset[str], frozenset[str]]:
    """The actors and the sections that a version can be narrowed to."""
    document = facts.document(version)
    return frozenset(_actors(document)), frozenset(_sections(document))


def page(version: Version, standings: Mapping[str, Standing], filters: Filters) -> Page:
    """Lay out a version with the standings of a day. One query, for its bindings."""
    document = facts.document(version)
    adopted = facts.adopted(version)
    own = {one.id: one for one in catalogues.of(version.policy).obligations if not one.is_note}
    tied = {one.id: one for one in adopted.sentences}
    nodes: dict[str, Node] = {}
    for sentence in document.sentences:
        bound = tied[sentence.id]
        above = {chip.obligation.id for chip in nodes[sentence.parent].chips} if sentence.parent in nodes else set()
        ids = [one for one in bound.obligations if one in own] if bound.confirmed else []
        chips = tuple(Chip(own[one], standings[one], one in above) for one in sorted(ids))
        suggested = () if bound.confirmed else tuple(sorted(set(bound.obligations) & set(own)))
        nodes[sentence.id] = Node(
            sentence, chips, suggested, _cited(document, sentence), _before(document, sentence.id)
        )
    carried = {chip.obligation.id for node in nodes.values() for chip in node.chips}
    kept = {one: node for one, node in nodes.items() if _matches(node, filters)}
    return Page(
        version=version,
        parts=tuple(_parts(document, nodes, _with_leads(kept, nodes))),
        notes=tuple(note for note in document.notes if note.before not in nodes),
        summary=Counter(standings[one].status for one in own),
        total=len(own),
        uncarried=tuple(Chip(own[one], standings[one]) for one in own if one not in carried),
        bound=rule.is_bound(adopted),
        actors=_actors(document),
        sections=_sections(document),
        shown=len(kept),
        all=len(nodes),
    )


def _actors(document: Document) -> tuple[str, ...]:
    return tuple(sorted({one.actor for one in document.sentences if one.actor}))


def _sections(document: Document) -> tuple[str, ...]:
    return tuple(one for one in document.sections if one)


def _cited(document: Document, sentence: Sentence) -> tuple[tuple[str, str | None], ...]:
    known = {one.text: one.resolved for one in document.citations}
    return tuple((text, known.get(text)) for text in sentence.citations)


def _before(document: Document, sentence: str) -> tuple[Note, ...]:
    return tuple(note for note in document.notes if note.before == sentence)


def _matches(node: Node, filters: Filters) -> bool:
    return (
        filters.actor in ("", node.sentence.actor)
        and filters.section in ("", node.sentence.section)
        and (not filters.status or any(chip.standing.status == filters.status for chip in node.chips))
    )


def _with_leads(kept: Iterable[str], nodes: Mapping[str, Node]) -> set[str]:
    """The sentences that match, and the lead-ins without which they would hang in the air."""
    shown: set[str] = set()
    for one in kept:
        current = one
        while current in nodes and current not in shown:
            shown.add(current)
            current = nodes[current].sentence.parent or ""
    return shown


def _parts(document: Document, nodes: Mapping[str, Node], shown: set[str]) -> Iterator[Part]:
    """Sections in the order of the text, list items under their lead-in."""
    tops: defaultdict[str, list[Node]] = defaultdict(list)
    for identity, node in nodes.items():
        if identity not in shown:
            continue
        parent = node.sentence.parent or ""
        if parent in nodes:
            nodes[parent].items.append(node)
        else:
            tops[node.sentence.section].append(node)
    return (Part(title, tuple(found)) for title, found in tops.items())
