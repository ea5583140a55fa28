"""Requests by immigration enforcement: every combination of facts, held against what the law allows."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from accord.facts.immigration import Area, Demand, EnforcementRequest, Known, Paper, StaffMay, Wanted
from accord.rules import immigration_requests as rule

ON = date(2026, 11, 24)
OPENED = (StaffMay.AS_PAPER_SAYS, StaffMay.LIKE_ANYONE)
DEMANDS = [Demand(*each) for each in product(Wanted, Paper, Known, Known, Area, Known)]
"""Every demand there can be."""


def may(demand: Demand, on: date = ON) -> StaffMay:
    return rule.answer(demand, on=on).may


def test_every_demand_has_an_answer_whose_finding_says_the_same():
    for demand in DEMANDS:
        answer = rule.answer(demand, on=ON)
        assert answer.finding.met is (answer.may in OPENED)
        assert answer.finding.clause.startswith("immigration.")


def test_nothing_opens_but_by_paper_that_a_judge_signed_and_that_names_it():
    opened = [one for one in DEMANDS if one.wanted is not Wanted.PRESENCE and may(one) is StaffMay.AS_PAPER_SAYS]
    assert opened
    for one in opened:
        assert one.paper.judicial
        assert (one.signed, one.covers) == (Known.YES, Known.YES)
        assert one.cleared is Known.YES or (one.paper is Paper.JUDICIAL_WARRANT and one.wanted is Wanted.ENTRY)


def test_only_a_place_that_is_public_is_like_anyone_s():
    like = {(one.wanted, one.area) for one in DEMANDS if may(one) is StaffMay.LIKE_ANYONE}
    assert like == {(Wanted.ENTRY, Area.PUBLIC), *((Wanted.PRESENCE, area) for area in Area)}


@pytest.mark.parametrize("field", ["signed", "covers", "cleared"])
def test_what_is_not_known_never_opens_more_than_a_yes(field: str):
    for one in DEMANDS:
        unknown = replace(one, **{field: Known.NOT_KNOWN})
        if may(unknown) in OPENED:
            assert may(replace(one, **{field: Known.YES})) in OPENED
        if may(replace(one, **{field: Known.NO})) in OPENED:
            assert may(unknown) in OPENED


def test_a_paper_that_is_not_known_opens_nothing_and_neither_does_a_place():
    for one in DEMANDS:
        if one.wanted is Wanted.PRESENCE or one.area is Area.PUBLIC:
            continue
        assert may(replace(one, paper=Paper.NOT_KNOWN)) is StaffMay.NO
        assert may(replace(one, area=Area.NOT_KNOWN)) is may(replace(one, area=Area.NONPUBLIC))


def test_ab_49_begins_on_its_day():
    no_paper = Demand(Wanted.ENTRY, Paper.NONE, area=Area.NONPUBLIC)
    assert may(no_paper, date(2025, 9, 19)) is StaffMay.AFTER_COUNSEL
    assert may(no_paper, date(2025, 9, 20)) is StaffMay.NO
    asked = Demand(Wanted.INFORMATION, Paper.ADMINISTRATIVE_WARRANT)
    assert may(asked, date(2025, 9, 19)) is StaffMay.NO


def test_an_earlier_day_never_opens_more():
    for one in DEMANDS:
        if may(one, date(2025, 9, 19)) in OPENED:
            assert may(one) in OPENED


def test_what_was_opened_against_the_rule_is_found():
    told = EnforcementRequest(
        wanted=(Wanted.ENTRY,), paper=Paper.ADMINISTRATIVE_WARRANT, signed=Known.NO, entered=Known.YES,
        informed=Known.YES, officer_helped=Known.NO,
    )  # fmt: skip
    found = {one.demand.wanted for one in rule.opened(told, Known.NOT_KNOWN, on=ON)}
    assert found == {Wanted.ENTRY, Wanted.INFORMATION}
    warrant = replace(told, paper=Paper.JUDICIAL_WARRANT, signed=Known.YES, covers=Known.YES, informed=Known.NO)
    assert rule.opened(warrant, Known.NOT_KNOWN, on=ON) == ()
