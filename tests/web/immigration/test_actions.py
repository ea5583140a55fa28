"""Filing, telling the rest, reviewing, clearing: who may, what is refused, what is owed, and what stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from accord.decision import BadInput, NotAllowed
from accord.facts import DutyKind, Role
from accord.facts.immigration import Known, Paper, Wanted
from accord.web.audit.models import Event
from accord.web.duties import actions as duties
from accord.web.duties.models import Duty
from accord.web.immigration import actions
from accord.web.immigration.models import Entry, Scan, Version
from tests.web import factories as make
from tests.web.immigration import factories as register

pytestmark = pytest.mark.django_db

OWED = {
    DutyKind.ENFORCEMENT_ALERT: "superintendent",
    DutyKind.COUNSEL_TOLD: "superintendent",
    DutyKind.FAMILY_TOLD: "principal",
    DutyKind.JUSTICE_TOLD: "superintendent",
    DutyKind.BOARD_TOLD: "superintendent",
}


def owed(entry: Entry) -> dict[str, str]:
    return dict(Duty.objects.filter(interaction=str(entry.uid), is_current=True).values_list("kind", "owner"))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PARENT])
def test_everyone_on_the_staff_reports_whoever_they_are(role: Role):
    at = make.school() if role in (Role.PRINCIPAL, Role.STAFF, Role.SRO) else None
    entry = register.filed(make.account("Somebody", role, at=at))
    assert owed(entry) == {kind.value: owner for kind, owner in OWED.items()}


def test_a_parent_reports_nothing():
    with pytest.raises(NotAllowed):
        register.filed(make.account("Heidi", Role.PARENT))
    assert not Entry.objects.exists()


def test_a_report_is_whole_or_not_there():
    make.frank(), make.school()
    make.lose_the_history()
    with pytest.raises(DatabaseError), transaction.atomic():
        register.filed()
    assert not Entry.objects.exists()
    assert not Duty.objects.exists()


def test_the_same_form_twice_is_one_request_and_somebody_else_s_is_refused():
    one = register.filed(key="k")
    assert register.filed(key="k") == one
    with pytest.raises(BadInput):
        register.filed(make.alice(), key="k")
    assert Version.objects.count() == 1
    assert Duty.objects.count() == len(OWED)


def test_nothing_wanted_is_no_report():
    with pytest.raises(NotAllowed, match="Say what they want"):
        register.filed(wanted=())


def test_the_superintendent_is_told_by_the_filing_itself():
    entry = register.again(register.filed())
    assert entry.newest.facts().superintendent_told_at == make.AT
    alert = Duty.objects.get(kind=DutyKind.ENFORCEMENT_ALERT)
    assert (alert.owner, alert.due_at, alert.school) == ("superintendent", make.AT, entry.school)


def test_a_confirmed_presence_calls_for_a_notice_and_nobody_asked_about_for_none():
    entry = register.whole()
    assert set(owed(entry)) == {*OWED, DutyKind.PRESENCE_TOLD} - {DutyKind.FAMILY_TOLD}
    notice = Duty.objects.get(kind=DutyKind.PRESENCE_TOLD)
    assert (notice.since, notice.owner) == (make.AT + timedelta(hours=1), "principal")


def test_what_was_filed_stays_and_a_later_version_says_why():
    entry = register.filed()
    with pytest.raises(NotAllowed, match="Say why you file this version"):
        register.completed(entry, reason=" ")
    register.completed(entry)
    first, second = register.again(entry).versions.all()
    assert first.facts().wanted == (Wanted.ENTRY,)
    assert (second.number, second.reason) == (2, "The rest.")


def test_who_comes_second_finds_a_conflict():
    entry = register.filed()
    register.completed(entry)
    with pytest.raises(actions.Conflict):
        register.completed(entry, number=1)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("asked_for", "They said the student is undocumented."),
        ("scope", "A green card of the mother."),
        ("further_acts", "Wrote down 523-41-9987."),
        ("officers", "Asked where the girl was born, in Honduras"),
    ],
)
def test_no_status_of_anybody_is_stored(field: str, text: str):
    entry = register.filed()
    with pytest.raises(NotAllowed, match="nothing of it was stored"):
        register.completed(entry, **{field: text})
    assert Version.objects.count() == 1
    assert text not in "".join(Event.objects.values_list("body", flat=True))


def test_what_officers_of_an_agency_did_may_be_told():
    entry = register.filed()
    register.completed(entry, asked_for="Two ICE agents asked for a list of a class.", response="Told them to wait.")
    assert Version.objects.count() == 2


def test_a_name_in_a_text_is_refused_until_the_writer_says_why_it_stays():
    entry = register.filed()
    with pytest.raises(NotAllowed):
        register.completed(entry, asked_for="They asked for Maria Lopez.")
    register.completed(entry, response="Told by Principal Alice Moreno.", name_kept_because="She is the principal.")


@pytest.mark.parametrize("who", [make.carol, make.bob])
def test_only_who_reaches_an_entry_tells_more(who):
    entry = register.filed()
    with pytest.raises(NotAllowed):
        register.completed(entry, who())


def test_an_officer_never_reviews_even_one_who_is_a_principal_as_well():
    both = make.account("Both", Role.SRO, at=make.school())
    both = make.account("Both", Role.PRINCIPAL, at=make.school())
    entry = register.whole()
    with pytest.raises(NotAllowed, match="officer never reviews"):
        register.reviewed(entry, both)
    with pytest.raises(NotAllowed):
        register.reviewed(entry, make.bob())


def test_nobody_reviews_their_own_and_an_unfinished_one_waits():
    mine = register.filed(make.alice())
    with pytest.raises(NotAllowed, match="second person"):
        register.reviewed(mine, make.alice(), number=1)
    with pytest.raises(NotAllowed, match="Still to be told"):
        register.reviewed(mine, make.eve(), number=1)


def test_a_review_is_of_the_version_that_was_read():
    entry = register.whole()
    register.completed(entry, number=2, reason="A badge came in.", badges="12")
    with pytest.raises(actions.Conflict):
        register.reviewed(entry, number=2)
    register.reviewed(entry, number=3)
    with pytest.raises(actions.Conflict):
        register.reviewed(entry, make.eve(), number=3)


def test_that_a_paper_binds_takes_paper_judge_and_superintendent():
    judicial = {"paper": Paper.JUDICIAL_SUBPOENA, "signed": Known.YES, "covers": Known.YES}
    entry = register.whole(**judicial)
    with pytest.raises(NotAllowed, match="copy of the paper"):
        register.cleared(entry)
    register.scan(entry)
    for other in (make.alice(), make.bob(), make.frank()):
        with pytest.raises(NotAllowed):
            register.cleared(entry, by=other)
    register.cleared(entry)
    assert register.again(entry).cleared is Known.YES
    register.cleared(entry, binds=Known.NO)
    assert register.again(entry).cleared is Known.NO


def test_an_administrative_warrant_is_never_cleared():
    entry = register.whole()
    register.scan(entry)
    with pytest.raises(NotAllowed, match="no paper that a judge"):
        register.cleared(entry)


def test_a_kept_paper_is_pinned_and_opened_only_by_who_reviews_with_an_event():
    entry = register.filed()
    kept = register.scan(entry)
    assert register.scan(entry) == kept
    for other in (make.bob(), make.frank(), make.carol()):
        with pytest.raises(NotAllowed):
            actions.open_scan(by=other, at=make.AT, on=make.ON, scan=kept)
    assert not Event.objects.filter(verb="immigration.paper_opened").exists()
    assert bytes(actions.open_scan(by=make.alice(), at=make.AT, on=make.ON, scan=kept).content) == register.PDF
    assert Event.objects.filter(verb="immigration.paper_opened", by=str(make.alice().uid)).count() == 1


def test_a_paper_that_cannot_be_logged_is_not_opened():
    kept = register.scan(register.filed())
    make.alice()
    make.lose_the_history()
    with pytest.raises(DatabaseError), transaction.atomic():
        actions.open_scan(by=make.alice(), at=make.AT, on=make.ON, scan=kept)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("entry", "key"), ("version", "reason"), ("scan", "digest"), ("review", "note"), ("clearance", "why"),
        ("acknowledgement", "text"), ("whomtocall", "counsel_name"),
    ],
)  # fmt: skip
def test_the_database_itself_keeps_what_was_filed(table: str, column: str):
    register.everything()
    for statement in (f"UPDATE immigration_{table} SET {column} = 'x'", f"DELETE FROM immigration_{table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_history_is_whole_and_notices_a_changed_entry():
    entry = register.everything()
    assert make.verify().whole
    version = entry.newest
    make.unguard("immigration_version")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE immigration_version SET reason = 'Nothing happened.' WHERE id = %s", [version.pk])
    assert make.verify().reason.startswith(f"immigration.version:{entry.uid}/2")


def test_a_task_after_a_request_may_name_the_agency_but_nobody_s_status():
    register.filed()
    duty = Duty.objects.get(kind=DutyKind.COUNSEL_TOLD)
    act = {"by": make.eve(), "at": make.AT + timedelta(minutes=9), "on": make.ON, "duty": duty}
    done = {"done_at": make.AT + timedelta(minutes=5)}
    with pytest.raises(NotAllowed):
        duties.complete(**act, **done, note="Told counsel that the family is undocumented.")
    duties.complete(**act, **done, note="Told counsel that ICE agents are here.")
    assert duty.steps.get().kind == "done"


def test_no_row_has_a_place_for_a_student():
    columns = {field.name for model in (Entry, Version, Scan) for field in model._meta.get_fields()}
    assert not {name for name in columns | set(vars(register.WHOLE)) if "student" in name or "pupil" in name}
    assert replace(register.WHOLE).about_family in Known


def test_a_file_of_plain_words_is_no_copy_of_a_paper_and_keeps_what_no_text_may_tell():
    entry = register.filed()
    words = b"They asked for Maria, who is undocumented."
    with pytest.raises(BadInput, match="no scan"):
        actions.keep_scan(by=make.frank(), at=make.AT, on=make.ON, entry=entry, name="paper.txt", data=words)
    assert not entry.scans.exists()
