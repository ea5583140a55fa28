"""The rule on student records: decisions a second with every finding, beside Cedar and casbin on the same requests.

Cedar answers the policies of `tests/rules/cedar`, which state the same grounds; its questions are prepared before the
clock starts. casbin is given every need already answered and only has to put the grounds together. All of it is timed
in CPU seconds of one thread, in rounds that alternate, so that whatever else the machine does falls on all alike.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import casbin
import cedarpy
from tests.rules.records_cedar import Cedar
from tests.rules.records_requests import CASES, held, made_up

from accord.facts.records import Asked, Ruling
from accord.rules import records
from accord.rules.records_bars import OF_RECORD, OF_REQUEST, OUTSIDE
from accord.rules.records_basis import way
from accord.rules.records_door import door
from accord.rules.records_look import grounds
from bench.figure import Figure

SEED = 20_260_302
TWINS = 20_000
REQUESTS = 10_000
SLOWER = 200
ROUNDS = 5

MODEL = """
[request_definition]
r = asked
[policy_definition]
p = rule, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = eval(p.rule)
"""


def decide(asked: Asked) -> int:
    """One decision; how many findings it holds."""
    found = records.decide(asked.request, asked.on_file, on=asked.on, parameters=asked.numbers)
    return len(found.bars) + sum([len(one.findings) for one in found.records])


def of_cedar(asked: Asked) -> list[tuple[Any, ...]]:
    """The questions that Cedar is asked for one request, prepared."""
    heard: list[tuple[Any, ...]] = []

    def listen(*question: Any) -> list[cedarpy.AuthzResult]:
        heard.append(question)
        return cedarpy.is_authorized_batch(*question)

    Cedar(answers=listen).verdicts(asked)
    return heard


def ask_cedar(questions: list[tuple[Any, ...]]) -> None:
    """Ask them again."""
    for question in questions:
        cedarpy.is_authorized_batch(*question)


def enforcer() -> casbin.Enforcer:
    """The grounds and the bars as casbin policies, over needs that are already answered."""
    model = casbin.Model()
    model.load_model_from_text(MODEL)
    made = casbin.Enforcer(model)
    for basis in records.BASES:
        made.add_policy(f"r.asked.{_name(basis.clause)}_open && {_conjunction(basis)}", "allow")
    for place in range(len(OF_RECORD + OF_REQUEST + OUTSIDE)):
        made.add_policy(f"r.asked.bar_{place}", "deny")
    return made


def _name(clause: str) -> str:
    return clause.removeprefix("records.").replace("-", "_")


def _conjunction(basis: Any) -> str:
    return " && ".join(f"r.asked.need_{bit.bit_length()}" for bit in _bits(basis))


def _bits(basis: Any) -> list[int]:
    return [need.bit for part in basis.parts for need in getattr(part, "needs", (part,))]


def of_casbin(asked: Asked) -> SimpleNamespace:
    """One request for casbin: which grounds are for it, which needs are on file, which bars stand."""
    at = door(asked)
    usable = {basis.clause for basis in grounds(at) if basis.applies.fits(at)}
    lacking = way(at, grounds(at)).lacking(asked)
    facts = {f"need_{bit.bit_length()}": not bit & lacking for basis in records.BASES for bit in _bits(basis)}
    facts |= {f"{_name(basis.clause)}_open": basis.clause in usable for basis in records.BASES}
    stands = [not bar(asked).met for bar in (*OF_RECORD, *OF_REQUEST)] + [outside(asked).met for outside in OUTSIDE]
    return SimpleNamespace(**facts, **{f"bar_{place}": one for place, one in enumerate(stands)})


def per_second(act: Callable[[Any], Any], given: Sequence[Any]) -> float:
    """How many of these are done in a CPU second."""
    began = time.process_time()
    for one in given:
        act(one)
    return len(given) / (time.process_time() - began)


def disagreements(count: int) -> int:
    """Copies of made-up requests on which the rule and the Cedar policies differ: let go or not."""
    cedar, found = Cedar(), 0
    for asked in map(held, made_up(SEED, count)):
        answer = records.decide(asked.request, asked.on_file, on=asked.on, parameters=asked.numbers)
        for ruled, verdict in zip(answer.records, cedar.verdicts(asked), strict=True):
            found += (ruled.ruling is Ruling.RELEASE) is not verdict.released
    return found


def figures() -> list[Figure]:
    """Throughput as ratios in alternating rounds, and whether all three gave the same answers."""
    asked = [held(given) for given in (*(case.given for case in CASES), *made_up(SEED, REQUESTS))]
    asked = [one for one in asked if len(one.request.records) == 1]
    few = asked[:: len(asked) // SLOWER]
    questions, flat, engine = (
        [of_cedar(one) for one in few],
        [of_casbin(records.settled(one)) for one in few],
        enforcer(),
    )
    same = sum(engine.enforce(one) is _released(each) for one, each in zip(flat, few, strict=True))
    rounds = [
        (per_second(decide, asked), per_second(ask_cedar, questions), per_second(engine.enforce, flat))
        for _ in range(ROUNDS)
    ]
    return [
        Figure("decisions with all findings, best round", max(own for own, _, _ in rounds), "/s", at_least=100_000),
        Figure("the same, median round", statistics.median(own for own, _, _ in rounds), "/s"),
        Figure("findings of a decision, mean", statistics.mean(map(decide, asked)), ""),
        Figure("against Cedar", statistics.median(own / cedar for own, cedar, _ in rounds), "x", at_least=10),
        Figure("against casbin", statistics.median(own / other for own, _, other in rounds), "x", at_least=10),
        Figure("requests that casbin answers otherwise", len(few) - same, "", at_most=0),
        Figure(f"copies of {TWINS} requests that Cedar answers otherwise", disagreements(TWINS), "", at_most=0),
    ]


def _released(asked: Asked) -> bool:
    found = records.decide(asked.request, asked.on_file, on=asked.on, parameters=asked.numbers)
    return found.ruling is Ruling.RELEASE
