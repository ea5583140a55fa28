"""The adopted policy and the demo district's own: each obligation where its sentence is, and lost with that alone."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from tests.documents.policies import begins, check, rows, statuses
from tests.shared import BP_3515_31

import accord.web.demo
from accord.documents.model import Document, Sentence
from accord.documents.read import read_file


@dataclass(frozen=True)
class Keyed:
    """A policy and the key to it that was written by hand."""

    path: Path
    key: list[dict[str, Any]]

    @cached_property
    def policy(self) -> Document:
        return read_file(self.path)

    def named(self, row: dict[str, Any]) -> Sentence:
        (one,) = [one for one in self.policy.sentences if begins(one.text, str(row["begins"]))]
        return one


KEYED = {
    "adopted": Keyed(BP_3515_31, rows("bp_3515_31_bindings.toml")),
    "demo": Keyed(Path(accord.web.demo.__file__).parent / "bp-3515.31.txt", rows("demo_bindings.toml")),
}
THERE = {name: pytest.mark.skipif(not one.path.exists(), reason=f"{name} is not there") for name, one in KEYED.items()}
EACH = pytest.mark.parametrize("keyed", [pytest.param(one, id=name, marks=THERE[name]) for name, one in KEYED.items()])
EACH_ROW = pytest.mark.parametrize(
    ("keyed", "row"),
    [
        pytest.param(one, row, id=f"{name}: {row['begins']}", marks=THERE[name])
        for name, one in KEYED.items()
        for row in one.key
    ],
)


@EACH
def test_all_obligations_and_all_their_items_are_found(keyed: Keyed) -> None:
    answer = check(keyed.policy)
    assert len(answer.obligations) == 23
    assert {held.status for held in answer.obligations} == {"found"}
    assert {held.score for held in answer.obligations} == {1.0}
    items = [item for held in answer.obligations for item in held.items]
    assert len(items) == 22
    assert {item.status for item in items} == {"found"}


@EACH
def test_every_sentence_carries_exactly_what_the_key_says_and_no_other_is_bound(keyed: Keyed) -> None:
    answer = check(keyed.policy)
    named = {keyed.named(row).id: row for row in keyed.key}
    for id, row in named.items():
        assert [held.id for held in answer.obligations if id in held.sentences] == row["carries"], row["begins"]
        shown = [item.id for held in answer.obligations for item in held.items if id in item.sentences]
        assert shown == row.get("items", []), row["begins"]
    assert {id for held in answer.obligations for id in held.sentences} == named.keys()
    assert set(answer.unbound) == {one.id for one in keyed.policy.sentences} - named.keys()


@EACH_ROW
def test_cutting_a_sentence_from_the_document_loses_what_it_carried_and_nothing_else(
    keyed: Keyed, row: dict[str, Any]
) -> None:
    gone = keyed.named(row)
    cut = replace(keyed.policy, sentences=tuple(one for one in keyed.policy.sentences if one.id != gone.id))
    _only_these_are_lost(cut, row)


@EACH_ROW
def test_cutting_a_sentence_from_the_file_loses_what_it_carried_and_nothing_else(
    keyed: Keyed, row: dict[str, Any], tmp_path: Path
) -> None:
    gone = keyed.named(row)
    cut_file = tmp_path / "policy.txt"
    cut_file.write_text(_without(keyed.path.read_text(encoding="utf-8"), gone.text), encoding="utf-8")
    cut = read_file(cut_file)
    assert gone.id not in {one.id for one in cut.sentences}
    _only_these_are_lost(cut, {"carries": []} if row.get("relisted") else row)


def _only_these_are_lost(cut: Document, row: dict[str, Any]) -> None:
    assert sorted(id for id, status in statuses(cut).items() if status != "found") == row["carries"]
    lost = {item.id for held in check(cut).obligations for item in held.items if item.status != "found"}
    assert lost == set(row.get("items", [])) | set(row.get("leads", []))


def _without(source: str, text: str) -> str:
    """The file without a sentence, in both of its copies: its words in a row, whatever space stands between them."""
    between = r"(?:\s|&nbsp;)+"
    words = [re.escape(word).replace("'", "(?:'|&#39;)") for word in text.split()]
    cut, times = re.subn(between.join(words), "", source)
    assert times >= 2, f"{text!r} stands {times} times in the file"
    return cut
