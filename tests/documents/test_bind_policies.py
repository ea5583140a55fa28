"""Policies worded quite differently, with keys written by hand: nothing is said to be there that is not."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.documents.policies import HERE, check, document, not_missing, saying, sentence
from tests.documents.policies import rows as rows_of

from accord.documents.bind import suggest
from accord.documents.model import Document, Sentence

POLICIES = sorted((HERE / "other_policies").glob("*.toml"))
EACH = pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
RECALL_AT_LEAST = 0.9
RECALL_OF_EACH_AT_LEAST = 0.75


def read(path: Path) -> tuple[Document, dict[str, str], list[dict[str, Any]]]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    sentences: list[Sentence] = []
    for n, row in enumerate(data["sentence"]):
        lead = next((one.id for one in sentences if "under" in row and one.text.startswith(row["under"])), None)
        sentences.append(sentence(f"s{n}", row["text"], lead))
    key = {id: status for row in data["sentence"] for id, status in row.get("carries", {}).items()}
    return document(sentences, data["title"]), key, data["sentence"]


@EACH
def test_nothing_is_said_to_be_there_that_the_key_does_not_say(path: Path) -> None:
    policy, key, _ = read(path)
    said = not_missing(policy)
    assert {id for id, status in said.items() if status == "found"} <= {
        id for id, status in key.items() if status == "found"
    }
    assert said.keys() <= key.keys()


@EACH
def test_most_of_what_is_there_is_seen(path: Path) -> None:
    policy, key, _ = read(path)
    said = not_missing(policy)
    seen = sum(said.get(id) == status for id, status in key.items())
    assert seen / len(key) >= RECALL_OF_EACH_AT_LEAST, {
        id: (status, said.get(id)) for id, status in key.items() if said.get(id) != status
    }


def test_nearly_all_that_is_there_is_seen_over_all_policies() -> None:
    keyed = [(key, not_missing(policy)) for policy, key, _ in map(read, POLICIES)]
    seen = [said.get(id) == status for key, said in keyed for id, status in key.items()]
    assert sum(seen) / len(seen) >= RECALL_AT_LEAST


@EACH
def test_each_obligation_is_bound_to_the_sentence_of_the_key_and_its_lead_in(path: Path) -> None:
    policy, _, rows = read(path)
    for held in check(policy).obligations:
        for id in held.sentences:
            row = rows[int(id[1:])]
            is_lead_in = any(one.parent == id for one in policy.sentences)
            assert is_lead_in or held.id in row.get("carries", {}) or held.id in row.get("adds_to", []), (
                held.id,
                row["text"],
            )


PARAPHRASES = rows_of("paraphrases.toml")


@pytest.mark.parametrize("row", PARAPHRASES, ids=lambda row: row["text"][:60])
def test_other_words_never_carry_more_than_they_say(row: dict[str, str]) -> None:
    said = not_missing(saying(row["text"]))
    assert said.keys() <= {row["obligation"]}
    assert row["status"] == "found" or "found" not in said.values()


def test_most_other_words_are_understood() -> None:
    understood = [not_missing(saying(row["text"])) == {row["obligation"]: row["status"]} for row in PARAPHRASES]
    assert sum(understood) / len(understood) >= RECALL_AT_LEAST


def test_a_restrictive_permission_says_the_same_as_a_prohibition() -> None:
    assert not_missing(saying("SROs may see student records only with the written consent of the parent.")) == {
        "P20": "found"
    }
    assert not_missing(saying("SROs may see student records only on weekdays.")) == {}


def test_what_somebody_makes_sure_of_binds_those_it_is_about() -> None:
    assert not_missing(saying("The Superintendent shall ensure that SROs use de-escalation techniques.")) == {
        "P10": "found"
    }
    assert not_missing(saying("The Superintendent may ensure that SROs use de-escalation techniques.")) == {}


def test_an_exception_that_the_law_does_not_make_costs_the_full_status() -> None:
    rule = "SROs shall not ask students about their immigration status"
    assert not_missing(saying(f"{rule}, unless required by federal law.")) == {"P22": "found"}
    assert not_missing(saying(f"{rule}, unless the principal agrees.")) == {"P22": "partly"}


def test_a_list_item_says_nothing_without_its_lead_in() -> None:
    item = "use de-escalation techniques"
    assert not_missing(document([sentence("a", "SROs shall:"), sentence("b", item, "a")])) == {"P10": "found"}
    assert not_missing(document([sentence("a", "SROs may:"), sentence("b", item, "a")])) == {}
    assert not_missing(document([sentence("b", item, "gone")])) == {}


def test_the_terms_of_an_agreement_may_be_spread_over_several_sentences() -> None:
    texts = [
        "The Board shall approve a written agreement with the police department.",
        "That agreement must set out its purpose and the roles and responsibilities of all, and supervision of each.",
        "The agreement shall describe, consistent with law, what information will be shared, and officers' hours.",
        "The agreement shall specify how officers are selected and trained, and how their work is evaluated.",
    ]
    whole = check(saying(*texts)).obligations[3]
    assert (whole.id, whole.status, whole.sentences) == ("P04", "found", ("s0", "s1", "s2", "s3"))
    for n in range(4):
        assert check(saying(*texts[:n], *texts[n + 1 :])).obligations[3].status == "partly"


def test_an_item_that_leaves_its_subject_out_does_not_show_it() -> None:
    lead = sentence("a", "The Board shall approve an agreement with the police department that includes:")
    listed = check(document([lead, sentence("b", "performance monitoring", "a")])).obligations[3]
    left_out = check(document([lead, sentence("b", "performance monitoring is not included", "a")])).obligations[3]
    assert (listed.id, listed.items[5].status, left_out.items[5].status) == ("P04", "found", "missing")
    assert listed.status == left_out.status == "partly"


def test_suggestions_put_the_sure_ones_first_and_keep_the_near_ones_below_a_half() -> None:
    policy = saying(
        "SROs shall use de-escalation techniques.", "SROs may use de-escalation techniques.", "Lunch is at noon."
    )
    best, *others = [one for one in suggest(policy) if one.obligation == "P10"]
    assert (best.sentence, best.status, best.score) == ("s0", "found", 1.0)
    assert [(one.sentence, one.status) for one in others] == [("s1", "missing")]
    assert 0.3 <= others[0].score < 0.5
