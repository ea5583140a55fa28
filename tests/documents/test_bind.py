"""The adopted policy: every obligation found in the sentence that carries it, and lost with that sentence alone."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.documents.policies import begins, check, rows, seed, statuses
from tests.shared import BP_3515_31, needs_shared

from accord.documents.model import Document
from accord.documents.read import read_file

pytestmark = needs_shared
KEY = rows("bp_3515_31_bindings.toml")
BY_BEGIN = pytest.mark.parametrize("row", KEY, ids=lambda row: row["begins"])


def test_all_obligations_and_all_their_items_are_found() -> None:
    answer = check(seed())
    assert len(answer.obligations) == 23
    assert {held.status for held in answer.obligations} == {"found"}
    assert {held.score for held in answer.obligations} == {1.0}
    items = [item for held in answer.obligations for item in held.items]
    assert len(items) == 22
    assert {item.status for item in items} == {"found"}


@BY_BEGIN
def test_the_right_sentence_carries_exactly_what_the_key_says(row: dict[str, list[str]]) -> None:
    (mine,) = [one.id for one in seed().sentences if begins(one.text, str(row["begins"]))]
    answer = check(seed())
    assert [held.id for held in answer.obligations if mine in held.sentences] == row["carries"]
    assert [item.id for held in answer.obligations for item in held.items if mine in item.sentences] == row.get(
        "items", []
    )


def test_every_sentence_of_the_key_is_bound_and_no_other() -> None:
    bound = {id for held in check(seed()).obligations for id in held.sentences}
    texts = [one.text for one in seed().sentences if one.id in bound]
    assert len(texts) == len(KEY)
    assert all(any(begins(text, row["begins"]) for row in KEY) for text in texts)
    assert set(check(seed()).unbound) == {one.id for one in seed().sentences} - bound


@BY_BEGIN
def test_cutting_a_sentence_from_the_document_loses_what_it_carried_and_nothing_else(row: dict[str, list[str]]) -> None:
    cut = replace(seed(), sentences=tuple(one for one in seed().sentences if not begins(one.text, str(row["begins"]))))
    assert len(cut.sentences) == len(seed().sentences) - 1
    _only_these_are_lost(cut, row)


@BY_BEGIN
def test_cutting_a_sentence_from_the_file_loses_what_it_carried_and_nothing_else(
    row: dict[str, list[str]], tmp_path: Path
) -> None:
    (gone,) = [one for one in seed().sentences if begins(one.text, str(row["begins"]))]
    source = BP_3515_31.read_text(encoding="utf-8")
    cut_text = _without(source, gone.text)
    cut_file = tmp_path / "policy.txt"
    cut_file.write_text(cut_text, encoding="utf-8")
    cut = read_file(cut_file)
    assert gone.id not in {one.id for one in cut.sentences}
    _only_these_are_lost(cut, row)


def _only_these_are_lost(cut: Document, row: dict[str, list[str]]) -> None:
    after = statuses(cut)
    assert sorted(id for id, status in after.items() if status != "found") == row["carries"]
    lost = {item.id for held in check(cut).obligations for item in held.items if item.status != "found"}
    expected = set(row.get("items", [])) | set(row.get("leads", []))
    assert lost == expected


def _without(source: str, text: str) -> str:
    """The file without a sentence, in both of its copies: its words in a row, whatever space stands between them."""
    between = r"(?:\s|&nbsp;)+"
    words = [re.escape(word).replace("'", "(?:'|&#39;)") for word in text.split()]
    cut, times = re.subn(between.join(words), "", source)
    assert times >= 2, f"{text!r} stands {times} times in the file"
    return cut
