"""What holds for any mixture of sentences."""

from dataclasses import replace
from functools import cache
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.policies import document, rows, sentence, statuses
from tests.documents.test_bind_policies import POLICIES, read

from accord.documents.model import Sentence

RANK = {"missing": 0, "partly": 1, "found": 2}
UNRELATED = [
    "The Superintendent shall keep a list of library books.",
    "Students may ride bicycles to school.",
    "The Board shall approve the budget before the first of July.",
    "Employees shall not discriminate on the basis of race, color, religion, sex, age or disability.",
    "Parents shall have access to the records of their children.",
    "The nurse shall report illnesses to the county.",
]


@cache
def pool() -> list[Sentence]:
    """Sentences of the test policies with their lead-ins, the near misses, and sentences about other things."""
    pooled: list[Sentence] = []
    for path in POLICIES:
        for one in read(path)[0].sentences:
            pooled.append(replace(one, id=f"{path.stem}{one.id}", parent=one.parent and f"{path.stem}{one.parent}"))
    texts = [row["text"] for row in rows("near_misses.toml")] + UNRELATED
    return pooled + [sentence(f"n{n}", text) for n, text in enumerate(texts)]


mixtures = st.lists(st.integers(0, 499), min_size=1, max_size=30, unique=True).map(
    lambda chosen: [pool()[n] for n in chosen if n < len(pool())]
)
few = settings(max_examples=40, deadline=None)


@few
@given(mixtures, st.randoms(use_true_random=False))
def test_the_order_of_the_sentences_does_not_matter(mixture: list[Sentence], chance: Random) -> None:
    shuffled = list(mixture)
    chance.shuffle(shuffled)
    assert statuses(document(mixture)) == statuses(document(shuffled))


@few
@given(mixtures, st.integers(0, 29))
def test_a_sentence_less_never_improves_a_status(mixture: list[Sentence], gone: int) -> None:
    fewer = [one for n, one in enumerate(mixture) if n != gone % len(mixture)] if mixture else []
    for title in ("School Resource Officers", "Safety"):
        before, after = statuses(document(mixture, title)), statuses(document(fewer, title))
        assert all(RANK[after[id]] <= RANK[before[id]] for id in before)


@few
@given(mixtures, st.lists(st.sampled_from(UNRELATED), max_size=6))
def test_sentences_about_other_things_never_change_a_status(mixture: list[Sentence], others: list[str]) -> None:
    more = [*mixture, *(sentence(f"u{n}", text) for n, text in enumerate(others))]
    assert statuses(document(more)) == statuses(document(mixture))


def test_the_pool_has_what_the_properties_need() -> None:
    assert len(pool()) >= 120
    assert "found" in statuses(document(pool())).values()
