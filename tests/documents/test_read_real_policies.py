"""Properties that hold for every real policy, whatever its layout."""

import re
import unicodedata
from pathlib import Path

import pytest
from tests.shared import SHARED, needs_shared

from accord.documents.model import Document
from accord.documents.read import read_file

pytestmark = needs_shared

POLICIES = SHARED / "data" / "policies"


@pytest.fixture(scope="module")
def documents() -> dict[Path, Document]:
    paths = (path for path in sorted(POLICIES.rglob("*")) if path.suffix in (".txt", ".md"))
    return {path: read_file(path) for path in paths if path.name != "README.md" and "LICENSE" not in path.name}


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKC", text).lower())


def test_ids_are_unique_and_parents_come_before(documents: dict[Path, Document]) -> None:
    for document in documents.values():
        seen: set[str] = set()
        for sentence in document.sentences:
            assert sentence.id not in seen
            assert sentence.parent is None or sentence.parent in seen
            seen.add(sentence.id)


def test_sections_are_those_of_the_sentences(documents: dict[Path, Document]) -> None:
    for document in documents.values():
        assert {sentence.section for sentence in document.sentences} <= {"", *document.sections}


def test_sentences_say_what_the_file_says(documents: dict[Path, Document]) -> None:
    """Nearly every sentence stands in its file letter by letter; a page number or a struck line broke the rest."""
    total = found = 0
    for path, document in documents.items():
        source = _letters(path.read_text(encoding="utf-8"))
        total += len(document.sentences)
        found += sum(_letters(sentence.text) in source for sentence in document.sentences)
    assert total > 10_000
    assert found / total > 0.99


def test_few_sentences_begin_in_the_middle(documents: dict[Path, Document]) -> None:
    free = [sentence for document in documents.values() for sentence in document.sentences if not sentence.parent]
    torn = [sentence.text for sentence in free if sentence.text[0].islower()]
    assert len(torn) / len(free) < 0.005


@pytest.mark.parametrize(
    "pattern",
    [
        r"eboardsolutions\.com/SU",
        r"Board Policy Manual\b",
        r"^(?:Ed|Gov|Pen)\. Code \d",
        r"Website - ",
        r"^\(cf\. ",
        r"See PDF on the next page",
        r"^Page \d",
        r"={5}",
        r"Original Adopted Date",
    ],
)
def test_what_is_printed_with_a_policy_is_no_sentence(documents: dict[Path, Document], pattern: str) -> None:
    printed = re.compile(pattern)
    rows = [row.text for document in documents.values() for row in document.sentences if printed.search(row.text)]
    assert rows == []


def test_every_law_of_a_reference_list_is_cited(documents: dict[Path, Document]) -> None:
    """Lines "  - Ed. Code 49076 - ..." of the manual give exactly their sections, as stated."""
    checked = 0
    for path, document in documents.items():
        stated = re.findall(r"^  - Ed\. Code ([\d.]+(?:-[\d.]+)?) - ", path.read_text(encoding="utf-8"), re.MULTILINE)
        cited = {citation.section for citation in document.citations if citation.text.startswith("Education Code ")}
        assert set(stated) <= cited, path.name
        checked += len(stated)
    assert checked > 1000


def test_most_sentences_that_bind_say_whom(documents: dict[Path, Document]) -> None:
    active = [
        sentence
        for document in documents.values()
        for sentence in document.sentences
        if re.match(
            r"The (?:Superintendent|Board|district|principal)(?: or designee)? (?:shall|may) (?!be\b)", sentence.text
        )
    ]
    assert len(active) > 300
    assert all(sentence.actor in ("Superintendent", "Board", "District", "Principal") for sentence in active)
    assert all(sentence.modality in ("shall", "shall not", "may") for sentence in active)
