from dataclasses import replace

from tests.documents.policies import document, saying, seed, sentence
from tests.shared import needs_shared

from accord.catalogue import bp_3515_31
from accord.documents.compare import Difference, compare
from accord.documents.model import Document

FORCE = "SROs shall use de-escalation techniques to lessen the use of force."
IMMIGRATION = "SROs shall not ask students about their immigration status."
LUNCH = "The principal shows the officer where staff eat lunch on the first day."


def between(old: Document, new: Document) -> Difference:
    return compare(old, new, bp_3515_31())


def test_a_policy_does_not_differ_from_itself() -> None:
    answer = between(saying(FORCE, LUNCH), saying(FORCE, LUNCH))
    assert answer.as_json() == {
        "added": [],
        "removed": [],
        "changed": [],
        "obligations": [],
        "controls": [],
        "status_changes": [],
    }


def test_a_sentence_that_moved_is_no_difference() -> None:
    assert (
        between(saying(FORCE, LUNCH), saying(LUNCH, FORCE)).as_json() == between(saying(FORCE), saying(FORCE)).as_json()
    )


def test_a_removed_sentence_touches_what_it_carried() -> None:
    answer = between(saying(FORCE, IMMIGRATION), saying(FORCE))
    assert [one.text for one in answer.removed] == [IMMIGRATION]
    assert (answer.added, answer.changed) == ((), ())
    assert (answer.obligations, answer.controls) == (("P22",), ("controls.P22",))
    assert answer.as_json()["status_changes"] == [{"id": "P22", "from": "found", "to": "missing"}]


def test_an_added_sentence_touches_what_it_carries() -> None:
    answer = between(saying(FORCE), saying(FORCE, IMMIGRATION))
    assert [one.text for one in answer.added] == [IMMIGRATION]
    assert answer.as_json()["status_changes"] == [{"id": "P22", "from": "missing", "to": "found"}]


def test_one_word_makes_a_changed_sentence_and_shows_what_it_cost() -> None:
    answer = between(saying(LUNCH, FORCE), saying(LUNCH, FORCE.replace("shall", "may")))
    (change,) = answer.changed
    assert (change.old.text, change.new.text) == (FORCE, FORCE.replace("shall", "may"))
    assert (change.obligations, answer.obligations) == (("P10",), ("P10",))
    assert answer.as_json()["status_changes"] == [{"id": "P10", "from": "found", "to": "missing"}]
    assert (answer.added, answer.removed) == ((), ())


def test_a_change_that_keeps_the_status_still_touches_the_control() -> None:
    answer = between(saying(FORCE), saying(FORCE.replace("lessen", "reduce")))
    assert (answer.controls, answer.status_changes) == (("controls.P10",), ())


def test_a_sentence_put_in_the_place_of_another_is_removed_and_added() -> None:
    answer = between(saying(IMMIGRATION), saying(LUNCH))
    assert ([one.text for one in answer.removed], [one.text for one in answer.added]) == ([IMMIGRATION], [LUNCH])
    assert answer.changed == ()


def test_a_change_that_carries_nothing_touches_no_control() -> None:
    assert between(saying(FORCE, LUNCH), saying(FORCE, LUNCH.replace("lunch", "supper"))).controls == ()


def test_pairs_do_not_cross() -> None:
    one, two = "Officers park at the north gate by the old gym.", "Officers park at the south gate by the new gym."
    answer = between(
        saying(one, two), saying(f"{two} Always.".replace(". A", ", a"), f"{one} Always.".replace(". A", ", a"))
    )
    assert len(answer.changed) == 1
    assert len(answer.removed) == len(answer.added) == 1


def test_a_lead_in_that_turns_round_touches_what_its_items_carried() -> None:
    item = sentence("b", "use de-escalation techniques", "a")
    answer = between(
        document([sentence("a", "Every SRO shall:"), item]),
        document([sentence("a2", "Every SRO may:"), replace(item, parent="a2")]),
    )
    assert answer.as_json()["status_changes"] == [{"id": "P10", "from": "found", "to": "missing"}]
    assert answer.controls == ("controls.P10",)


@needs_shared
def test_each_sentence_cut_from_the_adopted_policy_touches_the_obligations_that_lose_their_status() -> None:
    for gone in seed().sentences:
        answer = between(seed(), replace(seed(), sentences=tuple(one for one in seed().sentences if one.id != gone.id)))
        assert [one.id for one in answer.removed] == [gone.id]
        assert answer.changed == ()
        assert {change.id for change in answer.status_changes} == set(answer.obligations)
