"""Filing a contact: the action."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from accord.decision import BadInput, NotAllowed
from accord.facts import Role
from accord.web.audit.models import Event
from accord.web.interactions import actions, facts, models, reviewing
from accord.web.interactions.models import FiledRowError
from accord.web.interactions.places import Place
from tests.web import factories as make

pytestmark = pytest.mark.django_db


def test_a_contact_is_filed_with_its_event() -> None:
    filed = make.contact()
    event = Event.objects.get(verb="interactions.logged")
    assert event.target == f"interactions.version:{filed.uid}/1"
    assert event.by == str(make.bob().uid)
    assert models.Version.objects.get(interaction=filed).is_current


def test_what_is_filed_reads_back_as_the_facts_that_were_given() -> None:
    given = make.entry(people=(make.student(), make.visitor()))
    filed = make.contact(people=given.people)
    version = models.Version.objects.select_related("interaction").get(interaction=filed)
    assert facts.entry(version, version.people.all()) == given


def test_the_event_holds_nothing_about_the_people() -> None:
    make.contact(narrative="Canary 4711 sang.")
    body = Event.objects.get(verb="interactions.logged").body
    assert "4711" not in body
    assert "hispanic" not in body


def test_references_run_on_within_a_year() -> None:
    assert [make.contact().reference for _ in range(3)] == ["2026-00001", "2026-00002", "2026-00003"]


def test_references_begin_again_with_the_year() -> None:
    make.contact()
    later = make.AT + timedelta(days=60)
    assert make.contact(at=later, on=later.date()).reference == "2027-00001"


def test_the_same_form_sent_twice_files_once() -> None:
    first = make.contact(key="one form")
    assert make.contact(key="one form") == first
    assert Event.objects.filter(verb="interactions.logged").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"narrative": "Another talk."},
        {"place": Place.OFF_CAMPUS},
        {"occurred_at": make.AT - timedelta(hours=2)},
        {"people": (make.student(), make.visitor())},
        {"where": "Elm High"},
    ],
)
def test_another_contact_with_the_same_key_is_a_conflict_and_never_lost(changes: dict[str, Any]) -> None:
    first = make.contact(key="one form")
    if "where" in changes:
        changes = {
            "where": make.school(changes["where"]),
            "by": make.account("Bob", Role.SRO, at=make.school("Elm High")),
        }
    with pytest.raises(actions.Conflict) as conflict:
        make.contact(**{"key": "one form", **changes})
    assert conflict.value.filed == first
    assert models.Interaction.objects.count() == 1


def test_the_same_form_sent_again_after_a_correction_is_still_the_same() -> None:
    first = make.contact(key="one form")
    make.corrected(first, occurred_at=make.AT - timedelta(hours=3))
    assert make.contact(key="one form") == first


def test_a_form_sent_again_by_someone_else_is_refused() -> None:
    make.contact(key="one form")
    with pytest.raises(BadInput):
        make.contact(make.alice(), key="one form")


def test_an_incomplete_entry_leaves_nothing_behind() -> None:
    with pytest.raises(NotAllowed) as refused:
        make.contact(tried_first=())
    assert [one.field for one in refused.value.decision.unmet] == ["tried_first"]
    assert not models.Interaction.objects.exists()
    assert not Event.objects.exists()


def test_an_officer_logs_nothing_at_another_school() -> None:
    make.bob()
    with pytest.raises(NotAllowed):
        make.contact(make.bob(), where=make.school("Elm High"))


def test_whoever_holds_no_role_any_more_logs_nothing() -> None:
    past = make.account("Grace", Role.SRO, at=make.school(), until=make.ON - timedelta(days=1))
    with pytest.raises(NotAllowed):
        make.contact(past)


def test_the_server_says_when_it_was_recorded() -> None:
    with pytest.raises(NotAllowed, match="future"):
        make.contact(recorded_at=make.AT + timedelta(days=9), occurred_at=make.AT + timedelta(minutes=1))


def test_a_failing_event_takes_the_contact_with_it() -> None:
    make.bob()
    make.lose_the_history()
    with pytest.raises(DatabaseError):
        make.contact()
    assert not models.Interaction.objects.exists()


def test_a_filed_row_is_never_saved_again_or_deleted() -> None:
    version = models.Version.objects.get(interaction=make.contact())
    version.narrative = "Nothing happened."
    for act in (version.save, version.delete, version.interaction.delete, version.people.all().delete):
        with pytest.raises(FiledRowError):
            act()
    with pytest.raises(FiledRowError):
        models.Version.objects.update(narrative="Nothing happened.")


def test_verification_finds_a_row_changed_behind_our_back() -> None:
    make.contact()
    assert make.verify().first_bad is None
    with connection.cursor() as cursor:
        cursor.execute("UPDATE interactions_person SET race = 'white'")
    assert make.verify().first_bad == 1


# --- Corrections


def test_a_correction_is_a_new_version_and_the_former_stays() -> None:
    filed = make.contact()
    make.corrected(filed, duration_minutes=25, place=Place.YARD)
    rows = models.Version.objects.filter(interaction=filed).order_by("number")
    assert [(one.number, one.duration_minutes, one.location, one.is_current) for one in rows] == [
        (1, 10, "office", False),
        (2, 25, "yard", True),
    ]
    assert make.verify().first_bad is None


def test_a_correction_without_a_reason_is_refused_and_the_former_stays_current() -> None:
    filed = make.contact()
    with pytest.raises(NotAllowed) as refused:
        make.corrected(filed, reason="  ")
    assert [one.field for one in refused.value.decision.unmet] == ["reason"]
    assert models.Version.objects.get(interaction=filed).is_current


def test_a_correction_of_a_former_version_is_a_conflict() -> None:
    filed = make.contact()
    make.corrected(filed, duration_minutes=25)
    with pytest.raises(actions.Conflict):
        make.corrected(filed, duration_minutes=30)
    assert models.Version.objects.filter(interaction=filed).count() == 2


def test_the_same_correction_sent_twice_files_once() -> None:
    filed = make.contact()
    assert make.corrected(filed, duration_minutes=25) == make.corrected(filed, duration_minutes=25)


def test_lateness_is_asked_of_the_day_of_the_first_filing() -> None:
    filed = make.contact()
    assert make.corrected(filed, at=make.AT + timedelta(days=30)).number == 2


def test_nobody_corrects_what_another_logged_without_the_permission() -> None:
    with pytest.raises(NotAllowed):
        make.corrected(make.contact(), make.alice())


# --- Reading


def test_opening_a_contact_with_a_student_leaves_one_event() -> None:
    filed = make.contact()
    reviewing.reveal(by=make.alice(), at=make.AT, on=make.ON, interaction=filed)
    event = Event.objects.get(verb="interactions.read")
    assert json.loads(event.body)["detail"] == {"reference": filed.reference}
    assert event.target == f"interactions.interaction:{filed.uid}"


def test_opening_a_contact_without_a_student_leaves_none() -> None:
    filed = make.contact(people=(make.visitor(),))
    reviewing.reveal(by=make.alice(), at=make.AT, on=make.ON, interaction=filed)
    assert not Event.objects.filter(verb="interactions.read").exists()
