"""What follows from a decision becomes a task with its role, clause and time; the rest does not."""

from datetime import timedelta

import pytest

from accord.facts import DutyKind
from accord.facts import records as facts
from accord.facts.records import Capacity, Party, Purpose
from accord.web.duties.models import Duty
from tests.web import factories as make
from tests.web.records import factories as kept

pytestmark = pytest.mark.django_db


def owed():
    """What follows from the request; the week is looked over whatever was asked for."""
    return Duty.objects.exclude(kind=DutyKind.WEEK_REVIEW)


def test_after_a_release_in_a_truancy_case_the_parent_is_told_within_a_day():
    copy = kept.copy()
    judge = Party("judge-1", Capacity.JUDGE, "Juvenile Court", identity_verified=True)
    word = facts.Certification("judge-1", make.ON, no_redisclosure=True)
    request = kept.asked(by=kept.grace(), asker=judge, purpose=Purpose.TRUANCY_PETITION, certification=word)
    kept.identified(request, copy)
    kept.decided(request, [copy], by=make.eve())
    duty = owed().get()
    assert (duty.kind, duty.owner, duty.clause) == (DutyKind.TRUANCY_PARENT, "custodian", "duties.truancy-parent")
    assert duty.late_at == make.AT + timedelta(hours=24)


@pytest.mark.parametrize(("wants", "kinds"), [(True, [DutyKind.SIGNER_COPY]), (False, [])])
def test_whoever_signed_gets_a_copy_only_when_they_asked_for_one(wants, kinds):
    kept.link()
    kept.consent(copy_requested=wants)
    copy = kept.copy()
    kept.decided(kept.identified(kept.asked(), copy), [copy])
    assert list(owed().values_list("kind", flat=True)) == kinds


def test_a_consent_for_something_else_by_whoever_wants_a_copy_leaves_no_task():
    kept.link()
    kept.consent()
    kept.consent(copy_requested=True, purpose=Purpose.CRIMINAL_INVESTIGATION)
    kept.consent(copy_requested=True, party=str(make.frank().uid))
    kept.revoke(kept.consent(copy_requested=True))
    copy = kept.copy()
    kept.decided(kept.identified(kept.asked(), copy), [copy])
    assert not owed().exists()


def test_a_denied_request_leaves_no_task():
    kept.decided(kept.identified(kept.asked(), kept.copy()))
    assert not owed().exists()
