"""A wrong "found" tells a Board that it is covered when it is not."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.documents.policies import check, document, not_missing, rows, saying, seed, sentence, statuses
from tests.shared import SHARED, needs_shared

from accord.documents.model import Document
from accord.documents.read import read_file

NEAR_MISSES = rows("near_misses.toml")
POLICIES = SHARED / "data" / "policies"
ABOUT_POLICE = ("law_enforcement_pages", "5145.11", "5145.12", "5145.13", "3515")


def policies_about_other_things() -> list[Path]:
    """Every third policy file, in the order of names, whose name does not tell of police."""
    files = sorted(path for path in POLICIES.rglob("*") if path.suffix in (".txt", ".md"))
    named = [path for path in files if path.name not in ("README.md", "LICENSE.txt")]
    return [path for path in named if not any(word in str(path) for word in ABOUT_POLICE)][::3]


@pytest.mark.parametrize("row", NEAR_MISSES, ids=lambda row: row["text"][:60])
def test_the_right_words_in_the_wrong_sense_do_not_bind(row: dict[str, str]) -> None:
    answer = not_missing(saying(row["text"]))
    assert "found" not in answer.values()
    assert answer.get(row["near"], "missing") in {"missing", row.get("at_most", "missing")}


def test_there_are_enough_near_misses_for_most_obligations() -> None:
    assert len(NEAR_MISSES) >= 40
    assert len({row["near"] for row in NEAR_MISSES}) >= 18


@needs_shared
@pytest.mark.parametrize("path", policies_about_other_things(), ids=lambda path: path.name)
def test_policies_about_other_things_carry_nothing(path: Path) -> None:
    assert not_missing(read_file(path)) == {}


@needs_shared
def test_there_are_at_least_fifty_such_policies() -> None:
    assert len(policies_about_other_things()) >= 50


@needs_shared
@pytest.mark.parametrize("path", policies_about_other_things()[::4], ids=lambda path: path.name)
def test_even_under_the_title_of_the_policy_they_are_not_found(path: Path) -> None:
    other = replace(read_file(path), title="School Resource Officers")
    assert "found" not in not_missing(other).values()


@needs_shared
@pytest.mark.parametrize("path", sorted((POLICIES / "law_enforcement_pages").glob("*.txt")), ids=lambda path: path.stem)
def test_pages_on_police_that_ask_none_of_it_carry_nothing(path: Path) -> None:
    assert not_missing(read_file(path)) == {}


@needs_shared
@pytest.mark.parametrize("path", sorted((SHARED / "data" / "mous").glob("*_*.txt")), ids=lambda path: path.stem)
def test_agreements_are_not_mistaken_for_the_policy(path: Path) -> None:
    assert "found" not in not_missing(read_file(path)).values()


DUTIES_TURNED = {
    "permitted": lambda text: re.sub(r"\bshall(?: not)?\b", "may", text),
    "turned round": lambda text: re.sub(r"\bshall( not)?\b", lambda found: "shall" if found[1] else "shall not", text),
    "left open": lambda text: re.sub(r"\bshall(?: not)?\b", "shall not be required to", text),
    "advised": lambda text: re.sub(r"\bshall\b", "should", text),
    "at their wish": lambda text: re.sub(r"\bshall\b", "shall, if they wish,", text),
    "somebody else's": lambda text: re.sub(r"(?:An? |an )?\bSROs? (?=shall|may|are)", "Custodians ", text),
}
FRAMES = [
    "Formerly, {}",
    "It is not true that {}",
    "The Board discussed whether {}",
    "Nothing in this policy means that {}",
    "In neighboring districts, {}",
    "Until 2018, {}",
]


@needs_shared
@pytest.mark.parametrize("turn", DUTIES_TURNED.values(), ids=DUTIES_TURNED)
def test_a_duty_turned_into_something_else_is_not_found(turn: Callable[[str], str]) -> None:
    assert _each_turned(turn) >= 9


@needs_shared
@pytest.mark.parametrize("frame", FRAMES)
def test_another_time_or_place_or_a_denial_is_not_found(frame: str) -> None:
    assert _each_turned(frame.format) >= 20


def _each_turned(turn: Callable[[str], str]) -> int:
    """Turn each bound sentence, one at a time: what it carried is not found any more, all else is. Counts them."""
    before = check(seed())
    turned = 0
    for one in seed().sentences:
        carried = {held.id for held in before.obligations if one.id in held.sentences}
        text = turn(one.text)
        if not carried or text == one.text:
            continue
        changed = tuple(replace(other, text=text) if other.id == one.id else other for other in seed().sentences)
        after = statuses(replace(seed(), sentences=changed))
        assert {id for id, status in after.items() if status != "found"} == carried, text
        turned += 1
    return turned


def _lakeside(*extra: str) -> Document:
    return document(
        [
            sentence("a", "Officers shall use de-escalation techniques."),
            *(sentence(f"x{n}", text) for n, text in enumerate(extra)),
        ]
    )


def test_a_policy_that_does_not_speak_of_officers_carries_nothing() -> None:
    policy = saying(
        "The Board is committed to protecting the safety of students and staff and district property.", title="Safety"
    )
    assert not_missing(policy) == {}


def test_the_same_sentence_carries_the_commitment_in_a_policy_on_officers() -> None:
    assert not_missing(
        saying("The Board is committed to protecting the safety of students and staff and district property.")
    ) == {"P01": "found"}


def test_bare_officers_are_school_officers_only_in_a_policy_about_them() -> None:
    assert not_missing(_lakeside()) == {"P10": "found"}
    assert not_missing(replace(_lakeside(), title="Emergencies")) == {}
    assert not_missing(replace(_lakeside("The principal greets the SRO."), title="Emergencies")) == {}
