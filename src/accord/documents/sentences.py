"""How do the blocks of a policy become its sentences, notes and citations, each with an id that lasts?"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from accord.documents.blocks import Block
from accord.documents.citations import citations
from accord.documents.modality import asked, hedges
from accord.documents.model import Citation, Modality, Note, Sentence
from accord.documents.references import CF, of_cross_references, of_references
from accord.documents.split import sentences as split

_STRAIGHT = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "\u00a0": " "}
)
_ID_LENGTH = 10
_FOLLOWING = re.compile(r"\b(?:following|below|these|as follows|include|includes|including)\b", re.IGNORECASE)
_LEAD_END = re.compile(r"[:—–]\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)\s*)*$")
_WORD = re.compile(r"[A-Za-z]{2}")


def stable_id(prefix: str, text: str, seen: Counter[str]) -> str:
    """An id that depends on the words alone: not on white space, line breaks, curly quotes or position.

    The same words for the second time get "-2".
    """
    # White space goes first and last: a mark of one word must not meet the next word only where no space stood between.
    plain = unicodedata.normalize("NFKC", "".join(text.split())).translate(_STRAIGHT).casefold()
    name = prefix + hashlib.sha256("".join(plain.split()).encode()).hexdigest()[:_ID_LENGTH]
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


@dataclass
class _List:
    """A list that is open: its marker style and the sentence it hangs from."""

    style: str
    lead: Sentence | None


@dataclass
class Reading:
    """What has been read so far."""

    sections: dict[str, None] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    citations: dict[str, Citation] = field(default_factory=dict)
    _seen: Counter[str] = field(default_factory=Counter)
    _lists: list[_List] = field(default_factory=list)
    _section: str = ""
    _notes_placed: int = 0
    _lead: Sentence | None = None
    _previous_actor: str = ""

    def cite(self, found: Iterable[Citation]) -> tuple[str, ...]:
        """Enter citations in the document and return their texts, each once."""
        texts = []
        for citation in found:
            self.citations.setdefault(citation.text, citation)
            texts.append(citation.text)
        return tuple(dict.fromkeys(texts))

    def take(self, block: Block) -> None:
        """Read one block after the others."""
        if block.kind == "heading":
            self._open_section(block.text)
        elif block.kind == "note":
            self._take_note(block)
        elif block.kind == "paragraph":
            self._take_paragraph(block.text)
        elif block.kind == "item":
            self._take_item(block)

    def _open_section(self, title: str) -> None:
        self._section = title.strip().rstrip(":").strip()
        self.sections.setdefault(self._section)
        self._lists.clear()
        self._lead, self._previous_actor = None, ""

    def _take_note(self, block: Block) -> None:
        note_id = stable_id("n", block.text, self._seen)
        self.notes.append(Note(note_id, block.author, block.written_at, block.text, None))
        self.cite(citations(block.text))

    def _take_paragraph(self, text: str) -> None:
        for sentence in split(text):
            made = self._enter(sentence, None)
            self._lead = made or self._lead

    def _take_item(self, block: Block) -> None:
        lead = self._list_for(block).lead
        last: Sentence | None = None
        for sentence in split(block.text):
            last = self._enter(sentence, lead) or last
        self._lead = last or self._lead

    def _list_for(self, block: Block) -> _List:
        """The list that an item belongs to: an open one of its style, or a new one under the last sentence."""
        at = next((at for at, held in enumerate(self._lists) if held.style == block.style), None)
        if at is not None and not block.first:
            del self._lists[at + 1 :]
            return self._lists[at]
        if at is not None:
            del self._lists[at:]
        opened = _List(block.style, self._lead if self._leads(self._lead, block) else None)
        self._lists.append(opened)
        return opened

    @staticmethod
    def _leads(lead: Sentence | None, block: Block) -> bool:
        if lead is None:
            return False
        if _LEAD_END.search(lead.text) or lead.text[-1:] not in ".!?)":
            return True
        return bool(_FOLLOWING.search(lead.text)) or not asked(block.text).own

    def _enter(self, text: str, lead: Sentence | None) -> Sentence | None:
        if not _WORD.search(text):
            return None
        what = asked(text, self._previous_actor)
        modality, actor = what.modality, what.actor
        if lead is not None:
            modality = modality if what.own else lead.modality
            actor = (actor or lead.actor) if what.own else lead.actor
        made = Sentence(
            id=stable_id("s", text, self._seen),
            section=self._section,
            text=text,
            modality=modality,
            actor=actor,
            hedges=hedges(text),
            citations=self.cite(citations(text)),
            parent=lead.id if lead else None,
        )
        self.sentences.append(made)
        self._previous_actor = actor or self._previous_actor
        for at in range(self._notes_placed, len(self.notes)):
            self.notes[at] = replace(self.notes[at], before=made.id)
        self._notes_placed = len(self.notes)
        return made


def read_blocks(blocks: Iterable[Block]) -> Reading:
    """Read blocks into sections, sentences, notes and citations, in order."""
    reading = Reading()
    references: list[str] = []
    for block in blocks:
        if block.kind == "reference":
            references.append(block.text)
            continue
        if references:
            reading.cite(_of_reference_lines(references))
            references = []
        reading.take(block)
    reading.cite(_of_reference_lines(references))
    return reading


def _of_reference_lines(lines: list[str]) -> list[Citation]:
    found: list[Citation] = []
    rest = []
    for line in lines:
        crossed = list(CF.finditer(line))
        for match in crossed:
            found.extend(of_cross_references(match["inside"]))
        if not crossed:
            rest.append(line)
    return [*found, *of_references(rest)]


def is_normative(sentence: Sentence) -> bool:
    """Does a sentence bind, permit, advise or declare an intent?"""
    return sentence.modality is not Modality.STATEMENT
