"""The form of a contact step by step: every page holds everything, and errors lead to the step they stand at."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accord.facts import Action, Outcome
from accord.web.interactions import models, steps
from accord.web.interactions.forms import CorrectForm, LogForm, OfficersPersonForm
from accord.web.interactions.models_drafts import Draft
from tests.web import factories as make
from tests.web.interactions.typed import form, held, person, text

pytestmark = pytest.mark.django_db
NEW = "/interactions/new/"
UNSEEN = {"key", "opened", "number", "was"}
"""Answers of the form that nobody is asked for."""

ASKED = {
    "when": {"kind": "call_for_police", "initiated_by": "staff", "conduct": "other_crime", "location": "yard"},
    "asked": {"asked_by": "teacher", "bases": ["D2"], "tried_first": ["counseling"], "offences": "13001"},
    "people": {
        f"people-0-{name}": value
        for name, value in {
            "actions": ["talked"],
            "outcomes": ["transport"],
            "grade": "07",
            "race": "black",
            "sex": "female",
            "disability": "none",
            "english_learner": "no",
        }.items()
    },
    "acts": {"people-0-school_told": "no"},
    "told": {"narrative": "A talk about a borrowed bicycle."},
    "check": {},
}


def press(client: Client, page: Any, do: str, **answers: Any) -> Any:
    """Press a button of the page, after changing these answers in its fields."""
    return client.post(NEW, {**held(page.content), **answers, "do": do})


def heading(page: Any) -> str:
    return str(text(page.content.partition(b"<h2 id=")[2].partition(b"</h2>")[0]).partition(">")[2]).strip()


def shown(page: Any) -> str:
    """The step that a page shows."""
    return held(page.content)["step"][0]


def walked(client: Client, until: str) -> Any:
    """The page of a step, reached by answering those before it."""
    page = client.get(NEW)
    for name, answers in ASKED.items():
        assert shown(page) == name
        if name == until:
            return page
        page = press(client, page, "next", **answers)
        assert page.status_code == 200, text(page.content)
    raise AssertionError(f"There is no step {until}")


def test_every_question_is_asked_at_one_step() -> None:
    of_contact = [name for step in steps.STEPS for name in step.names]
    of_person = [name for step in steps.STEPS for name in step.person_names]
    assert sorted(of_contact) == sorted({*LogForm.base_fields, *CorrectForm.base_fields} - UNSEEN)
    assert sorted(of_person) == sorted(set(OfficersPersonForm.base_fields) - UNSEEN)


def test_steps_lead_to_a_contact_that_holds_every_answer(as_bob: Client) -> None:
    page = walked(as_bob, "check")
    said = text(page.content)
    assert "Step 6 of 6: Check your answers" in said
    assert "Who on the staff asked for the officer Teacher" in said
    assert "Race and ethnicity Black or African American" in said
    assert "A talk about a borrowed bicycle." in said
    answer = press(as_bob, page, "file")
    assert answer.status_code == 302
    version = models.Version.objects.get()
    row = version.people.get()
    assert (version.kind, version.location, version.tried_first) == ("call_for_police", "yard", ["counseling"])
    assert (version.details["asked_by"], version.details["offences"]) == ("teacher", ["13001"])
    assert (row.actions, row.outcomes, row.race) == ([Action.TALKED], [Outcome.TRANSPORT], "black")
    assert row.details["report"]["told"] == "no"
    assert version.narrative == "A talk about a borrowed bicycle."
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", ASKED)
def test_back_and_forth_loses_nothing(as_bob: Client, name: str) -> None:
    page = walked(as_bob, name)
    before = held(page.content)
    there = press(as_bob, page, "back", narrative="Typed & <kept>") if name == "told" else press(as_bob, page, "back")
    for step in ("check", "when", name):
        there = press(as_bob, there, f"go-{step}")
    after = held(there.content)
    drop = {"opened", "checked", "narrative", "seal", "csrfmiddlewaretoken"}
    assert {key: value for key, value in after.items() if value != [""] and key not in drop} == {
        key: value for key, value in before.items() if value != [""] and key not in drop
    }
    assert name != "told" or after["narrative"] == ["Typed & <kept>"]


def test_tapping_next_twice_or_reloading_shows_the_same_step_and_keeps_one_draft(as_bob: Client) -> None:
    page = walked(as_bob, "asked")
    pages = [press(as_bob, page, "next", **ASKED["asked"]) for _ in range(2)]
    assert [shown(one) for one in pages] == ["people", "people"]
    assert Draft.objects.get().data["bases"] == ["D2"]


def test_a_step_is_left_only_when_it_can_be_read_and_the_rules_let_it(as_bob: Client) -> None:
    page = walked(as_bob, "when")
    unread = press(as_bob, page, "next", **(ASKED["when"] | {"kind": "", "occurred_at": "soon"}))
    assert (unread.status_code, shown(unread)) == (400, "when")
    assert 'href="#id_kind"' in unread.content.decode()
    assert "tried_first" not in unread.content.decode()
    future = press(as_bob, page, "next", **(ASKED["when"] | {"occurred_at": "2099-01-05T10:00"}))
    assert (future.status_code, shown(future)) == (422, "when")
    assert 'id="id_occurred_at_error"' in future.content.decode()
    asked = walked(as_bob, "asked")
    both = press(as_bob, asked, "next", **(ASKED["asked"] | {"tried_first": ["nothing", "counseling"]}))
    assert (both.status_code, shown(both)) == (422, "asked")
    people = press(as_bob, walked(as_bob, "people"), "next", **(ASKED["people"] | {"people-0-race": ""}))
    assert (people.status_code, shown(people)) == (422, "people")
    assert 'id="id_people-0-race_error"' in people.content.decode()


def test_what_is_to_be_mended_is_told_in_the_order_of_the_page(as_bob: Client) -> None:
    left = dict.fromkeys(("kind", "initiated_by", "conduct", "location"), "")
    answer = as_bob.post(NEW, form(make.school(), step="when", do="next", **left))
    assert [one.href for one in answer.context["page"].problems] == [f"id_{name}" for name in left]


def test_going_back_asks_for_nothing(as_bob: Client) -> None:
    page = press(as_bob, walked(as_bob, "people"), "back", **{"people-0-kind": ""})
    assert (page.status_code, shown(page)) == (200, "asked")
    assert "usa-error-message" not in page.content.decode()


def test_an_answer_that_calls_for_a_further_question_of_the_step_is_asked_it_first(as_bob: Client) -> None:
    sent = ASKED["when"] | {"occurred_at": "2026-01-12T10:00"}
    page = press(as_bob, walked(as_bob, "when"), "next", **sent)
    assert (page.status_code, shown(page)) == (200, "when")
    assert "Your answers call for one more question here Why it is entered late" in text(page.content)
    assert "usa-error-message" not in page.content.decode()
    silent = press(as_bob, page, "next")
    assert (silent.status_code, shown(silent)) == (422, "when")
    assert shown(press(as_bob, silent, "next", late_reason="On leave.")) == "asked"


@pytest.mark.parametrize("sent", [{"step": "nonsense"}, {"step": ""}, {"step": "'; --"}, {"step": "x" * 5000}])
@pytest.mark.parametrize("do", ["next", "back", "go-", "go-nonsense", "nothing", "remove-", "go-stop"])
def test_steps_that_are_none_lead_to_a_page_that_holds_everything(as_bob: Client, do: str, sent: dict) -> None:
    answer = as_bob.post(NEW, form(make.school(), do=do, **sent))
    assert answer.status_code == 200
    assert held(answer.content)["narrative"] == ["A talk about a borrowed bicycle."]
    assert shown(answer) in {"when", "asked", "people"}


def test_what_cannot_be_filed_opens_the_first_step_to_mend_and_leads_to_the_others(as_bob: Client) -> None:
    answer = as_bob.post(NEW, form(make.school(), person(0, race=""), tried_first=["nothing", "counseling"]))
    page = answer.content.decode()
    assert (answer.status_code, shown(answer)) == (422, "asked")
    assert '<a href="#id_tried_first">' in page
    assert 'value="go-people" formaction="/interactions/new/#id_people-0-race"' in page
    there = press(as_bob, answer, "go-people")
    assert shown(there) == "people"
    assert 'id="id_people-0-race_error"' in there.content.decode()
    assert 'value="go-asked" formaction="/interactions/new/#id_tried_first"' in there.content.decode()


def test_the_last_step_says_what_the_rules_say_before_anything_is_filed(as_bob: Client) -> None:
    answer = as_bob.post(NEW, form(make.school(), person(0, actions=["force"]), do="go-check"))
    assert (answer.status_code, shown(answer)) == (200, "check")
    assert "say what was done to avoid it" in text(answer.content)
    assert not models.Interaction.objects.exists()


def test_the_last_step_says_what_a_reviewer_will_look_at_and_files_it_all_the_same(as_bob: Client) -> None:
    told = person(0, outcomes=["transport"], school_told="yes")
    page = as_bob.post(NEW, form(make.school(), told, do="go-check"))
    assert "The reviewer will look at this" in text(page.content)
    assert "The school was told: say when." in text(page.content)
    assert press(as_bob, page, "file").status_code == 302


def test_a_contact_that_may_be_on_file_is_asked_about_before_it_is_filed(as_bob: Client) -> None:
    as_bob.post(NEW, form(make.school()))
    first = models.Interaction.objects.get()
    asked = as_bob.post(NEW, form(make.school(), key="the-key-of-this-form-0002", narrative="Another talk."))
    assert asked.status_code == 409
    assert f'href="/interactions/{first.uid}/"' in asked.content.decode()
    assert held(asked.content)["another"] == [first.reference]
    assert press(as_bob, press(as_bob, asked, "go-told"), "go-check").status_code == 200
    assert press(as_bob, asked, "file").status_code == 302
    assert models.Interaction.objects.count() == 2


def test_a_person_is_added_and_removed_at_the_people_step(as_bob: Client) -> None:
    page = walked(as_bob, "people")
    two = press(as_bob, page, "add", **ASKED["people"])
    assert (shown(two), held(two.content)["people"]) == ("people", ["2"])
    one = press(as_bob, two, "remove-0")
    assert held(one.content)["people"] == ["1"]
    assert held(one.content)["people-0-race"] == ["school"]


def test_all_steps_stand_on_one_page_for_those_who_want_it(as_bob: Client) -> None:
    page = press(as_bob, walked(as_bob, "people"), "all", **ASKED["people"])
    sent = held(page.content)
    assert "step" not in sent
    assert sent["view"] == ["all"]
    assert sent["people-0-race"] == ["black"]
    refused = press(as_bob, page, "file", tried_first=[])
    assert refused.status_code == 400
    assert held(refused.content)["view"] == ["all"]
    assert press(as_bob, page, "file").status_code == 302
    assert shown(press(as_bob, page, "steps")) == "when"
    assert held(as_bob.get(NEW, {"view": "all"}).content)["view"] == ["all"]


def test_a_correction_goes_the_same_steps_and_tells_why_at_the_last(as_bob: Client) -> None:
    filed = make.contact()
    address = f"/interactions/{filed.uid}/correct/"
    page = as_bob.get(address)
    assert shown(page) == "when"
    last = as_bob.post(address, {**held(page.content), "do": "go-check", "duration_minutes": "25"})
    assert shown(last) == "check"
    assert 'id="id_reason"' in last.content.decode()
    done = as_bob.post(address, {**held(last.content), "do": "file", "reason": "It took longer."})
    assert done.status_code == 302
    current = models.Version.objects.get(is_current=True)
    assert (current.number, current.duration_minutes, current.people.get().race) == (2, 25, "hispanic")


@pytest.mark.parametrize("do", ["next", "go-check", "file"])
def test_questions_to_the_database_do_not_grow_with_the_people(as_bob: Client, do: str) -> None:
    school, counts = make.school(), []
    for number in (1, 12):
        people = [person(i, race="") for i in range(number)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            as_bob.post(NEW, form(school, *people, do=do, step="people", key=f"the-key-of-this-form-{number:04}"))
        counts.append(len(queries))
    assert counts[0] == counts[1], counts
