"""The rule and its second writing agree, on the worked cases and on made-up requests that reach every ground."""

from collections import Counter

from accord.facts.records import Ruling
from accord.rules import records
from tests.rules.records_oracle import answer
from tests.rules.records_requests import CASES, decide, made_up, numbers

SEED, COUNT = 9937, 3000


def test_both_agree_on_every_worked_case():
    given = [case.given for case in CASES]
    assert [one for one in given if decide(one).ruling.value != answer(one, numbers(one))] == []


def test_both_agree_on_made_up_requests_of_every_answer_and_ground():
    answers: Counter[str] = Counter()
    reached = set()
    for given in made_up(SEED, COUNT):
        found = decide(given)
        answers[found.ruling.value] += 1
        reached |= {one.basis for one in found.records if one.ruling is Ruling.RELEASE}
        assert found.ruling.value == answer(given, numbers(given)), given
    assert set(answers) == {ruling.value for ruling in Ruling}
    assert reached == {basis.clause for basis in records.BASES}
