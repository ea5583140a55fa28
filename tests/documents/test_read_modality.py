"""What a sentence asks, and of whom: examples in our own words."""

import pytest

from accord.documents.modality import asked, hedges


@pytest.mark.parametrize(
    ("text", "modality", "actor"),
    [
        ("The Board shall hear the report.", "shall", "Board"),
        ("The Governing Board must approve any change.", "shall", "Board"),
        ("Staff are required to sign.", "shall", "Staff"),
        ("Officers shall be expected to greet students.", "shall", "Agency"),
        ("SROs shall be expected to greet students.", "shall", "SRO"),
        ("The district shall make a plan, which may include visits by officers.", "shall", "District"),
        ("The Superintendent, in consultation with staff, shall set the fee.", "shall", "Superintendent"),
        ("The Superintendent, attendance supervisor, or designee shall set the fee.", "shall", "Superintendent"),
        ("When a student must leave, the principal or designee shall tell the parent.", "shall", "Principal"),
        ("If an officer may be needed, staff shall call.", "shall", "Staff"),
        ("Any visitor who may need help shall ask.", "shall", ""),
        ("In order to keep order, the site administrator shall walk the yard.", "shall", "Principal"),
        ("Within two days the principal shall write to the parent.", "shall", "Principal"),
        ("Members of the Board shall attend.", "shall", "Board"),
        ("Complaints shall be decided by the Superintendent or designee.", "shall", "Superintendent"),
        ("Students shall be told of the rule.", "shall", ""),
        ("Student records shall be locked away.", "shall", ""),
        ("Board policy shall be posted.", "shall", ""),
        ("The notice to parents shall name the school.", "shall", ""),
        ("The district's chief fiscal officer shall report.", "shall", "Staff"),
        ("Parents/guardians shall sign the form.", "shall", "Parent"),
        ("The principal will notify the office.", "shall", "Principal"),
        ("The duties of the SRO shall not include hall passes.", "shall not", "SRO"),
        ("SROs shall not search lockers, unless specifically allowed by law.", "shall not", "SRO"),
        ("No student shall be turned away.", "shall not", ""),
        ("Neither the Board nor the Superintendent shall accept gifts.", "shall not", "Board"),
        ("Under no circumstances may an employee strike a student.", "shall not", "Staff"),
        ("Employees may not share passwords.", "shall not", "Staff"),
        ("Students are prohibited from entering the roof.", "shall not", "Student"),
        ("The Board prohibits smoking.", "shall not", "Board"),
        ("A coach must never leave the team alone.", "shall not", "Staff"),
        ("When approved by the principal, an SRO may speak to a class.", "may", "SRO"),
        ("The Superintendent is authorized to sign.", "may", "Superintendent"),
        ("Students may be required to wear a badge.", "may", "Student"),
        ("The district reserves the right to inspect lockers.", "may", "District"),
        ("Parents are not required to attend.", "may", "Parent"),
        ("Staff should knock first.", "should", "Staff"),
        ("Students are encouraged to ask.", "should", "Student"),
        ("The Board is committed to safe schools.", "intent", "Board"),
        ("The Board of Education believes that students should be heard.", "intent", "Board"),
        ("The district desires to be a good neighbor.", "intent", "District"),
        ("Because needs differ, the Board recognizes that staff must plan.", "intent", "Board"),
        ("The Board recognizes the value of sport and shall fund it.", "shall", "Board"),
        ("SROs are sworn officers who may carry arms.", "statement", "SRO"),
        ("A visit means any stay of a person who must sign in.", "statement", ""),
        ("May 1 is the last day.", "statement", ""),
    ],
)
def test_the_main_clause_governs(text: str, modality: str, actor: str) -> None:
    answer = asked(text)
    assert (answer.modality, answer.actor) == (modality, actor)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Such reports may include names.", "Superintendent"),
        ("They shall name the school.", "Superintendent"),
        ("They shall be dated.", ""),
        ("The reports may include names.", ""),
        ("The Board may ask for more.", "Board"),
    ],
)
def test_such_and_they_go_on_with_who_acted_before(text: str, actor: str) -> None:
    assert asked(text, "Superintendent").actor == actor


def test_the_officer_of_a_passage_on_sros_is_the_sro() -> None:
    assert asked("The officer shall knock.", "SRO").actor == "SRO"
    assert asked("The officer shall knock.", "Principal").actor == "Agency"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("As necessary, staff shall meet periodically.", ("as necessary", "periodically")),
        ("Whenever  possible, staff shall call.", ("whenever possible",)),
        ("When approved by the principal, an officer may speak.", ("when approved",)),
        (
            "Staff shall help to the extent practicable and as appropriate.",
            ("to the extent practicable", "as appropriate"),
        ),
        ("Staff shall call as soon as possible, if feasible by phone.", ("as soon as possible", "if feasible")),
        ("Staff shall sign.", ()),
    ],
)
def test_words_that_leave_room_are_found(text: str, found: tuple[str, ...]) -> None:
    assert hedges(text) == found
