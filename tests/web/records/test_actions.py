"""Asking, deciding and opening: never more than the rule, never by oneself, and always written down."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, OperationalError, ProgrammingError, connection, transaction
from django.db.models import QuerySet

from accord.decision import NotAllowed
from accord.facts.records import Capacity, MadeFor, Party, Purpose, RecordKind
from accord.rules import immigration
from accord.web.audit.filed import Filed
from accord.web.people.models import User
from accord.web.records import actions, keeping
from accord.web.records.models import HeldKind
from accord.web.records.models_requests import Decision, Disclosure, Request
from accord.web.records.models_reviews import WeekReview
from accord.web.records.steps import State
from tests.web import factories as make
from tests.web.records import factories as kept
from tests.web.records import urgent

pytestmark = pytest.mark.django_db


def open_it(request, copy, *, by=None, at=make.AT):
    return actions.open_copy(by=by or make.bob(), at=at, on=make.ON, request=request, copy=copy)


def released():
    """The attendance, let go to the officer by a consent of the parent."""
    kept.link()
    consent = kept.consent()
    copy = kept.copy()
    request = kept.identified(kept.asked(), copy)
    kept.decided(request, [copy])
    return request, copy, consent


def test_without_a_ground_the_rule_denies_and_no_custodian_can_give():
    copy = kept.copy()
    request = kept.identified(kept.asked(), copy)
    with pytest.raises(NotAllowed, match="does not let this record go"):
        kept.decided(request, [copy], because="The officer is a friend.")
    assert actions.settled(request) is State.OPEN
    assert kept.decided(request).given == "deny"
    with pytest.raises(NotAllowed):
        open_it(request, copy)


def test_with_a_consent_the_record_it_names_opens_and_no_other():
    request, copy, _ = released()
    other = kept.copy(kind=RecordKind.DISCIPLINE)
    assert open_it(request, copy).text == "attendance of a student"
    with pytest.raises(NotAllowed, match="No decision lets this record go"):
        open_it(request, other)
    assert list(Disclosure.objects.order_by("id").values_list("act", flat=True)) == [
        "asked", "decided", "opened", "refused"
    ]  # fmt: skip


def test_a_consent_taken_back_closes_the_record_at_the_next_request():
    request, copy, consent = released()
    open_it(request, copy)
    kept.revoke(consent)
    with pytest.raises(NotAllowed, match="no longer stands"):
        open_it(request, copy)


def test_nobody_opens_what_was_let_go_to_somebody_else():
    request, copy, _ = released()
    for one in (make.eve(), kept.grace(), make.alice()):
        with pytest.raises(NotAllowed):
            open_it(request, copy, by=one)


def test_a_custodian_may_give_less_with_a_reason_only():
    kept.link()
    kept.consent()
    copy = kept.copy()
    request = kept.identified(kept.asked(), copy)
    with pytest.raises(NotAllowed, match="say why"):
        kept.decided(request)
    assert kept.decided(request, because="The consent was meant for another year.").given == "deny"


def test_nobody_decides_their_own_request():
    request = kept.asked(by=kept.grace())
    with pytest.raises(NotAllowed, match="second person"):
        kept.decided(request)


def test_two_who_decide_at_once_leave_one_decision():
    request = kept.asked()
    seen = request.steps.count()
    kept.decided(request)
    with pytest.raises(actions.Conflict):
        actions.decide(by=make.eve(), at=make.AT, on=make.ON, request=request, number=seen, given=[])


def test_a_request_for_immigration_enforcement_is_denied_whatever_the_consent():
    kept.link()
    kept.consent()
    copy = kept.copy()
    request = kept.identified(kept.asked(purpose=Purpose.IMMIGRATION), copy)
    with pytest.raises(NotAllowed):
        kept.decided(request, [copy])


def test_what_is_passed_on_to_the_own_agency_without_a_basis_is_denied():
    kept.link()
    kept.consent()
    copy = kept.copy()
    chief = Party("chief", Capacity.PEACE_OFFICER, "city-police")
    request = kept.identified(kept.asked(passed_to=(chief,)), copy)
    with pytest.raises(NotAllowed):
        kept.decided(request, [copy])


def test_if_the_log_cannot_be_written_nothing_is_opened():
    request, copy, _ = released()
    make.lose_the_history()
    with pytest.raises((OperationalError, ProgrammingError)), transaction.atomic():
        open_it(request, copy)


def test_the_same_form_sent_twice_asks_once():
    twice = {"by": make.bob(), "at": make.AT, "on": make.ON, "key": "k" * 20, "about": "a", "wanted": "b"}
    first = actions.ask(**twice, interest="c", stated=kept.stated())
    assert actions.ask(**twice, interest="c", stated=kept.stated()) == first
    assert Request.objects.count() == 1


def test_words_that_tell_of_immigration_are_not_stored():
    with pytest.raises(NotAllowed):
        actions.ask(
            by=make.bob(), at=make.AT, on=make.ON, key="k" * 20, about="Student 1", wanted="Attendance",
            interest="He is undocumented and ICE asked", stated=kept.stated(),
        )  # fmt: skip
    assert not Request.objects.exists()


def test_access_ended_by_the_custodian_is_over():
    request, copy, _ = released()
    actions.end(
        by=kept.grace(), at=make.AT, on=make.ON, request=request, number=request.steps.count(), reason="Done with."
    )
    with pytest.raises(NotAllowed, match="was ended"):
        open_it(request, copy, at=make.AT + timedelta(seconds=1))


def test_a_court_bar_closes_though_the_clock_that_filed_it_was_a_little_ahead():
    request, copy, _ = released()
    body = {"person": str(make.bob().uid), "student": str(kept.student().uid)}
    ahead = make.AT + timedelta(seconds=1)
    keeping.put_on_file(by=kept.grace(), at=ahead, on=make.ON, kind=HeldKind.BAR, title="Order", body=body)
    with pytest.raises(NotAllowed, match="no longer stands"):
        open_it(request, copy)


def test_a_page_that_was_read_before_a_decision_changed_is_asked_afresh():
    request, copy, _ = released()
    assert not request.steps.filter(act="ended").exists()
    stale = Request.objects.prefetch_related("steps", "decision__copies").get(pk=request.pk)
    number = request.steps.count()
    actions.end(by=kept.grace(), at=make.AT, on=make.ON, request=request, number=number, reason="Done with.")
    with pytest.raises(NotAllowed, match="was ended"):
        open_it(stale, copy)


def test_the_history_holds_a_request_its_decision_and_its_log():
    request, copy, consent = released()
    open_it(request, copy)
    kept.revoke(consent)
    assert make.verify().whole
    make.unguard("records_decision")
    QuerySet(model=Decision).update(given="deny")
    assert not make.verify().whole


FILED = sorted(
    model._meta.db_table for model in apps.get_app_config("records").get_models() if issubclass(model, Filed)
)


@pytest.mark.parametrize("table", FILED)
def test_the_database_itself_keeps_what_the_gate_filed(table: str):
    request, copy, consent = released()
    open_it(request, copy)
    kept.confirmed(request)
    kept.revoke(consent)
    urgent.determined(key="one")
    number = request.steps.count()
    actions.end(by=kept.grace(), at=make.AT, on=make.ON, request=request, number=number, reason="Done with.")
    paper = kept.held(HeldKind.UNIT, {"on": "2020-01-01"})
    keeping.end_paper(by=kept.grace(), at=make.AT, on=make.ON, held=paper, reason="It ended.")
    WeekReview.objects.create(monday=date(2026, 11, 16), by=kept.grace(), at=make.AT, notes="Nothing.", shown={})
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_an_account_whose_id_looks_like_words_of_immigration_by_chance_asks_like_any_other():
    chance = UUID("a45b4729-d1e7-4c9e-a761-00441eed5fb2")
    assert not immigration.text_is_clean(str(chance)).met
    User.objects.filter(pk=make.bob().pk).update(uid=chance)
    assert kept.asked().body["asker"]["id"] == str(chance)


def test_a_report_of_the_unit_that_goes_while_the_rest_is_refused_is_no_denial_in_the_log():
    kept.held(HeldKind.UNIT, {"on": "2020-01-01"})
    unit = {"made_by_unit": True, "made_for": MadeFor.LAW_ENFORCEMENT, "kept_by_unit": True}
    report, attendance = kept.copy(kind=RecordKind.POLICE_REPORT, **unit), kept.copy()
    made = kept.decided(kept.identified(kept.asked(), report, attendance), [report])
    assert (made.ruling, made.given) == ("deny", "release in part")
    assert Disclosure.objects.get(act="decided").holds["answer"] == "release in part"


def test_no_paper_on_file_and_no_copy_holds_words_that_may_not_be_stored():
    with pytest.raises(NotAllowed):
        kept.held(HeldKind.NOTICE, {"directory_items": ["name", "citizenship status"]})
    with pytest.raises(NotAllowed):
        kept.held(HeldKind.AGREEMENT, {"party": "Undocumented students office"})
    with pytest.raises(NotAllowed):
        kept.copy(kind=RecordKind.DIRECTORY, items=("name", "citizenship status"))
