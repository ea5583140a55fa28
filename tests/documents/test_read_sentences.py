"""How text becomes sentences: where they end, what hangs from what, and ids that last."""

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from accord.documents.model import Document
from accord.documents.read import read_bytes
from accord.documents.sentences import stable_id
from accord.documents.split import sentences


def _read(text: str, name: str = "policy.txt") -> Document:
    return read_bytes(text.encode(), name)


@pytest.mark.parametrize(
    "whole",
    [
        "Services, e.g. counseling, shall be offered.",
        "The law (Ch. 24, Statutes of 2020) binds the U.S. Department of Education too.",
        "See Sec. 4 and No. 12 of the plan, i.e. the plan of Dr. Vega.",
        "Calls are answered from 8 a.m. to 4 p.m. on school days.",
        "The case New Hill v. T.L.O. sets the measure.",
        "Version 2.1 of the form is on www.example.org and is used.",
        "Staff shall keep a list. (Education Code 49076; 34 CFR 99.1)",
        "Staff shall keep a list. (Government Code 7286(b))",
    ],
)
def test_abbreviations_and_authorities_do_not_end_a_sentence(whole: str) -> None:
    assert sentences(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Keep it. Read it.", ["Keep it.", "Read it."]),
        ("Keep it. (Penal Code 245) Read it.", ["Keep it. (Penal Code 245)", "Read it."]),
        ("Is it kept? It is.", ["Is it kept?", "It is."]),
        ('They say "keep." Others read.', ['They say "keep."', "Others read."]),
        ("Bring pens, etc. The office has more.", ["Bring pens, etc.", "The office has more."]),
        ("Come at 3 p.m. The door is open.", ["Come at 3 p.m.", "The door is open."]),
        ("Go to the office.Staff help there.", ["Go to the office.", "Staff help there."]),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet="ab .AB(),;:\n", max_size=200))
def test_no_word_is_lost_or_made_up(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_items_hang_from_the_lead_in_and_take_its_duty() -> None:
    document = _read(
        "BP 1234\nVisits\n\nThe principal shall keep a list of visitors which holds:\n\n"
        "1. The name of each visitor\n\n2. The hour of the visit. Staff may add a remark.\n\n3. The purpose\n\n"
        "Visitors should wear a badge.\n"
    )
    lead, *items, last = document.sentences
    assert [item.parent for item in items] == [lead.id] * 4
    assert [(item.modality, item.actor) for item in items if item.text.startswith("The")] == [
        ("shall", "Principal")
    ] * 3
    assert next((item.modality, item.actor) for item in items if item.text.startswith("Staff")) == ("may", "Staff")
    assert last.parent is None


def test_lists_in_lists_hang_from_their_own_lead_in_and_the_outer_list_goes_on() -> None:
    document = _read(
        "BP 1234\nVisits\n\nThe plan shall hold:\n1. Rules on visits, including:\na. Day visits\nb. Evening visits\n"
        "2. Rules on badges\n"
    )
    text = {sentence.id: sentence.text for sentence in document.sentences}
    parents = {sentence.text: text.get(sentence.parent or "") for sentence in document.sentences}
    assert parents["Day visits"] == parents["Evening visits"] == "Rules on visits, including:"
    assert parents["Rules on badges"] == "The plan shall hold:"


def test_a_cross_reference_between_items_does_not_break_the_list() -> None:
    document = _read(
        "BP 1234\nVisits\n\nThe plan shall hold:\n\n1. Rules on visits\n\n(cf. 1250 - Visitors)\n\n2. Rules on badges\n"
    )
    assert [bool(sentence.parent) for sentence in document.sentences] == [False, True, True]
    assert [citation.text for citation in document.citations] == ["Policy 1250"]


def test_wrapped_lines_page_numbers_and_running_heads_leave_no_trace() -> None:
    page = "                                                                                        {}\n"
    head = "                                                            Hill Unified School District\n"
    document = _read(
        f"{head}\nBP 1234\nVisits\n\n"
        "The Superintendent or designee shall publish the rules on visits at the start of each\n"
        f"school year and shall send them to the parents or guardians of every student who is\n\n{page.format(1)}"
        f"{head}\nenrolled in the district.\n\nSigning In\n\nEach visitor shall sign in.\n{page.format(2)}"
    )
    assert [sentence.text for sentence in document.sentences] == [
        "The Superintendent or designee shall publish the rules on visits at the start of each school year and shall "
        "send them to the parents or guardians of every student who is enrolled in the district.",
        "Each visitor shall sign in.",
    ]
    assert document.sections == ("Signing In",)
    assert document.sentences[1].section == "Signing In"


def test_headings_without_blank_lines_are_found() -> None:
    document = _read(
        "BP 1234\nVisits\n\n"
        "The Board of Education values visits of parents and neighbors to its schools and asks all of them\n"
        "to follow the rules.\nBadges and Keys\n"
        "The principal shall hand each visitor a badge with a number, and shall keep a\nlist of the numbers.\n"
    )
    assert document.sections == ("Badges and Keys",)
    assert [sentence.section for sentence in document.sentences] == ["", "Badges and Keys"]


def test_reference_sections_are_citations_and_not_sentences() -> None:
    document = _read(
        "BP 1234\nVisits\n\nThe principal shall keep a list.\n\nLegal Reference:\nEDUCATION CODE\n"
        "32211 Threatened disruption\n44810-44811 Disturbance\nUNITED STATES CODE, TITLE 20\n1232g Privacy\n"
        "CODE OF FEDERAL REGULATIONS, TITLE 34\n"
        "99.1-99.67 Privacy\nCOURT DECISIONS\nHill v. Vale, (2001) 12 Cal.App.4th 34\n"
    )
    assert len(document.sentences) == 1
    assert [citation.text for citation in document.citations] == [
        "Education Code 32211",
        "Education Code 44810-44811",
        "20 USC 1232g",
        "34 CFR 99.1-99.67",
        "Hill v. Vale, (2001) 12 Cal.App.4th 34",
    ]


def test_ids_do_not_depend_on_layout_or_place() -> None:
    one = _read("BP 1\n\nThe Board shall “meet”. Staff shall\nattend.\n")
    two = _read('<h1>Any</h1><p>Staff  shall attend.</p><p>The Board shall "meet".</p>', "policy.html")
    assert {sentence.id for sentence in one.sentences} == {sentence.id for sentence in two.sentences}


def test_the_same_sentence_twice_has_two_ids_and_an_edit_changes_one() -> None:
    before = _read("# Rules\n\nStaff shall sign. Staff shall sign. The Board shall vote.", "policy.md")
    after = _read("# Rules\n\nStaff must sign. Staff shall sign. The Board shall vote.", "policy.md")
    assert len({sentence.id for sentence in before.sentences}) == 3
    old, new = (Counter(sentence.id for sentence in document.sentences) for document in (before, after))
    assert sum((old - new).values()) == sum((new - old).values()) == 1


def test_the_id_of_an_item_does_not_depend_on_its_lead_in() -> None:
    text = "The Board shall set:\n\n- the fee\n- the hours\n"
    before, after = _read(text, "policy.md"), _read(text.replace("shall set", "may set"), "policy.md")
    assert [sentence.id for sentence in before.sentences[1:]] == [sentence.id for sentence in after.sentences[1:]]
    assert before.sentences[0].id != after.sentences[0].id


@example("\u0339 \u0334", " ")
@given(st.text(min_size=1), st.sampled_from([" ", "\n", "\t", "  "]))
def test_white_space_never_changes_an_id(text: str, space: str) -> None:
    spread = space.join(text.split())
    assert stable_id("s", spread, Counter()) == stable_id("s", "".join(text.split()), Counter())
