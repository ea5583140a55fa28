"""BP 3515.31 as exported from Simbli, held against a key that was written by hand before the reader was."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from tests.shared import BP_3515_31, needs_shared

from accord.documents.model import Document, Sentence
from accord.documents.read import read_bytes, read_file

pytestmark = needs_shared

KEY = tomllib.loads(Path(__file__).with_name("bp_3515_31_key.toml").read_text(encoding="utf-8"))["sentence"]
TEXT_PART_ONLY = "## HTML Content"


@pytest.fixture(scope="module")
def policy() -> Document:
    return read_file(BP_3515_31)


@pytest.fixture(scope="module")
def from_text() -> Document:
    """The same policy from its text part alone."""
    text = BP_3515_31.read_text(encoding="utf-8").partition(TEXT_PART_ONLY)[0]
    return read_bytes(text.encode(), "policy.txt")


def _for(entry: dict[str, str], policy: Document) -> Sentence:
    found = [sentence for sentence in policy.sentences if sentence.text.startswith(entry["starts"])]
    assert len(found) == 1, entry["starts"]
    return found[0]


def test_the_key_names_every_sentence_and_the_reader_finds_no_other(policy: Document) -> None:
    assert [_for(entry, policy).id for entry in KEY] == [sentence.id for sentence in policy.sentences]


@pytest.mark.parametrize("layout", ["policy", "from_text"])
def test_modality_and_actor_agree_with_the_key(layout: str, request: pytest.FixtureRequest) -> None:
    policy: Document = request.getfixturevalue(layout)
    wrong = [
        (entry["starts"], sentence.modality, sentence.actor)
        for entry in KEY
        if (entry["modality"], entry["actor"]) != ((sentence := _for(entry, policy)).modality, sentence.actor)
    ]
    assert 1 - len(wrong) / len(KEY) >= 0.95, wrong


def test_list_items_hang_from_the_sentence_that_leads_in(policy: Document) -> None:
    leads = {sentence.id: sentence for sentence in policy.sentences}
    for entry in KEY:
        sentence = _for(entry, policy)
        assert bool(sentence.parent) is entry.get("list", False)
        if sentence.parent:
            assert leads[sentence.parent].text.endswith("at a minimum:")


def test_the_head_is_read(policy: Document) -> None:
    assert (policy.kind, policy.code, policy.title) == ("BP", "3515.31", "School Resource Officers")
    assert policy.status == "ADOPTED"
    assert policy.adopted_on is not None
    assert policy.adopted_on.isoformat() == "2021-06-01"
    assert (policy.revised_on, policy.reviewed_on) == (None, None)
    assert policy.sections == ("Duties", "Qualifications of Officers", "Nondiscrimination", "Access to Records")


def test_no_note_is_a_sentence_and_every_note_is_kept(policy: Document, from_text: Document) -> None:
    source = BP_3515_31.read_text(encoding="utf-8")
    written = source.partition(TEXT_PART_ONLY)[0].count("CSBA NOTE:")
    for document in (policy, from_text):
        assert len(document.notes) == written
        body = " ".join(sentence.text for sentence in document.sentences)
        assert "NOTE" not in body
        assert all(note.text[:60] not in body for note in document.notes)


def test_notes_carry_author_time_and_the_sentence_they_stand_before(policy: Document) -> None:
    starts = ("The Governing Board", "The Board shall", "Job duties", "SROs shall be", "Prior to")
    by_id = {sentence.id: sentence.text for sentence in policy.sentences}
    for note, start in zip(policy.notes, starts, strict=True):
        assert note.author == "CSBA NOTE"
        assert note.written_at is not None
        assert note.written_at.isoformat().startswith("2021-06-14T20:")
        assert note.before is not None
        assert by_id[note.before].startswith(start)
        assert "\ufffd" not in note.text
        assert "%" not in note.text


def test_text_and_html_give_the_same_ids(policy: Document, from_text: Document) -> None:
    for document in (policy, read_file(BP_3515_31)):
        assert [sentence.id for sentence in from_text.sentences] == [sentence.id for sentence in document.sentences]
        assert [sentence.parent for sentence in from_text.sentences] == [row.parent for row in document.sentences]
        assert [(note.id, note.before) for note in from_text.notes] == [
            (note.id, note.before) for note in document.notes
        ]


def test_one_edited_sentence_changes_one_id(policy: Document) -> None:
    source = BP_3515_31.read_text(encoding="utf-8")
    edited = read_bytes(source.replace("which includes, at a minimum:", "which holds, at a minimum:").encode(), "a.txt")
    before, after = Counter(row.id for row in policy.sentences), Counter(row.id for row in edited.sentences)
    assert sum((before - after).values()) == sum((after - before).values()) == 1


def test_hedges_are_kept(policy: Document) -> None:
    hedges = [hedge for sentence in policy.sentences for hedge in sentence.hedges]
    assert hedges == ["when approved", "when possible", "periodically", "as necessary"]


def test_citations_are_normal_resolved_and_bills_stay_bills(policy: Document) -> None:
    by_text = {citation.text: citation for citation in policy.citations}
    for text in ("Education Code 49076", "34 CFR 99.1", "34 USC 10389", "Government Code 7286", "Penal Code 13651"):
        assert by_text[text].resolved
    bill = by_text["SB 98 (Ch. 24, Statutes of 2020)"]
    assert (bill.kind, bill.section) == ("bill", "98")
    records = next(row for row in policy.sentences if row.text.startswith("SROs shall not have"))
    assert records.citations == ("Education Code 49076", "34 CFR 99.1")
    assert records.text.endswith("99.1)")
