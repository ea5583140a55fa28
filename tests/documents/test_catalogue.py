import re
from pathlib import Path

import pytest
from tests.shared import BP_3515_31, SHARED, needs_shared

from accord import catalogue as catalogues
from accord.catalogue import bp_3515_31
from accord.decision import BadInput
from accord.documents import bind_data

NOUNS = set("policies agreements officers training guide interactions records".split()) | set(
    "immigration prevention equity reports controls".split()
)
ACTORS = {"Board", "Superintendent", "District", "SRO", "Agency", "Staff"}
MODALITIES = {"shall", "shall not", "may", "should", "intent", "statement"}
HEDGES = {"", "periodically", "as necessary", "when possible", "when approved"}


def test_every_obligation_of_the_policy_and_its_notes_is_listed_once() -> None:
    ids = [obligation.id for obligation in bp_3515_31().obligations]
    assert ids == [f"P{n:02}" for n in range(1, 24)] + [f"N{n:02}" for n in range(1, 21)]


def test_lists_are_kept_item_by_item() -> None:
    counts = {obligation.id: len(obligation.items) for obligation in bp_3515_31().obligations if obligation.items}
    assert counts == {"P02": 4, "P04": 6, "P05": 3, "P07": 3, "P14": 3, "P17": 3, "N20": 3}
    for obligation in bp_3515_31().obligations:
        assert [item.id for item in obligation.items] == [
            f"{obligation.id}.{n}" for n in range(1, len(obligation.items) + 1)
        ]


def test_the_duties_count_as_the_study_of_the_policy_counted_them() -> None:
    policy = [obligation.modality for obligation in bp_3515_31().obligations if not obligation.is_note]
    assert sum(modality in ("shall", "shall not") for modality in policy) == 17
    assert (policy.count("may"), policy.count("intent"), policy.count("statement")) == (4, 1, 1)


def test_what_leaves_room_is_named() -> None:
    hedges = {obligation.id: obligation.hedge for obligation in bp_3515_31().obligations if obligation.hedge}
    assert {id: hedges[id] for id in ("P12", "P14", "P16", "P18", "P19")} == {
        "P12": "when approved", "P14": "when possible", "P16": "periodically",
        "P18": "as necessary", "P19": "as necessary",
    }  # fmt: skip


@pytest.mark.parametrize("obligation", bp_3515_31().obligations, ids=lambda obligation: obligation.id)
def test_a_row_uses_the_words_of_the_vocabulary(obligation: catalogues.Obligation) -> None:
    assert obligation.kept_by in NOUNS
    assert obligation.actor in ACTORS
    assert obligation.modality in MODALITIES
    assert obligation.hedge in HEDGES
    assert obligation.words.endswith(".")
    assert obligation.evidence.endswith(".")
    assert not obligation.cadence or obligation.cadence.startswith("controls.")


def test_every_obligation_of_the_policy_can_be_recognised_with_all_its_items() -> None:
    known = {row.id: [part.id for part in row.parts] for row in bind_data.bp_3515_31().obligations}
    assert known == {row.id: [item.id for item in row.items] for row in bp_3515_31().obligations if not row.is_note}


@needs_shared
def test_our_words_are_not_the_words_of_the_policy_or_of_our_study_of_it() -> None:
    def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z]+", text.lower())
        return {tuple(words[n : n + length]) for n in range(len(words) - length + 1)}

    theirs = runs(BP_3515_31.read_text(encoding="utf-8")) | runs((SHARED / "domain.md").read_text(encoding="utf-8"))
    for obligation in bp_3515_31().obligations:
        for text in (
            obligation.title,
            obligation.words,
            obligation.evidence,
            *(item.words for item in obligation.items),
        ):
            assert not runs(text) & theirs, (obligation.id, text)


def test_a_row_that_lacks_a_field_is_refused_by_its_name(tmp_path: Path) -> None:
    broken = tmp_path / "catalogue.toml"
    broken.write_text('code = "1"\ntitle = "T"\n[[obligation]]\nid = "P01"\ntitle = "T"\n', encoding="utf-8")
    with pytest.raises(BadInput, match="words"):
        catalogues.read(broken)
