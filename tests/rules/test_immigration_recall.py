"""How much is found, and how often harmless text is flagged: at least 95 % and at most 3 %.

First runs, before anything was mended after looking: held out of the first 411 and 435 texts, 98 of 100 found and 0 of
100 flagged; but the patterns were written by whoever wrote the texts, and in the same hour. Texts written afterwards
with the aim to slip through are the better witness: round 2, 70 found and 4 flagged of 100 each; round 3, 77 and 6;
round 4, 52 of 60 found and 3 of 60
flagged. Then each round was mended and stays here so that nothing found is lost again.
"""

import pytest

from accord.rules.immigration import find
from tests.rules.immigration_texts import (
    HARMLESS,
    HARMLESS_HELD_OUT,
    ROUNDS,
    SPEAKING,
    SPEAKING_HELD_OUT,
    officers_own_texts,
)
from tests.shared import needs_shared


def missed(texts: list[str]) -> list[str]:
    return [text for text in texts if not find(text)]


def flagged(texts: list[str]) -> list[str]:
    return [text for text in texts if find(text)]


@pytest.mark.parametrize("texts", [SPEAKING, SPEAKING_HELD_OUT, *(table["held"] for table in ROUNDS.values())], ids=len)
def test_at_least_95_of_100_texts_that_tell_are_found(texts: list[str]):
    assert len(missed(texts)) <= 0.05 * len(texts), missed(texts)


@pytest.mark.parametrize(
    "texts", [HARMLESS, HARMLESS_HELD_OUT, *(table["harmless"] for table in ROUNDS.values())], ids=len
)
def test_at_most_3_of_100_harmless_texts_are_flagged(texts: list[str]):
    assert len(flagged(texts)) <= 0.03 * len(texts), flagged(texts)


def test_there_are_enough_texts_and_none_is_on_both_sides():
    assert len(set(SPEAKING)) >= 400
    assert len(set(HARMLESS)) >= 400
    assert not set(SPEAKING) & set(HARMLESS)


@needs_shared
def test_what_officers_really_write_is_not_flagged():
    texts = officers_own_texts()
    assert len(texts) > 3000
    assert len(flagged(texts)) <= 0.001 * len(texts), flagged(texts)
