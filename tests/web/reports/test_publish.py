"""reports:publish and reports:discard. A second person, safe figures, a free period; what is published stays."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from accord.decision import NotAllowed
from accord.facts import Role
from accord.stats import attack, board_report
from accord.stats.edition import canonical, digest_of
from accord.web.audit.models import Event
from accord.web.reports import actions, facts
from accord.web.reports.models import Edition
from accord.web.reports.snapshots import snapshot
from tests.web.reports.factories import (
    AT,
    FALL,
    ON,
    SPRING,
    account,
    carol,
    contacts,
    draft,
    enrollment,
    eve,
    published,
    schools,
    signed_in,
    verify,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-24T18:00:00+00:00", tick=False)


def press(client: Client, edition: Edition, button: str = "publish", digest: str | None = None):
    return client.post(f"/reports/{edition.slug}/{button}/", {"digest": edition.digest if digest is None else digest})


def copied(edition: Edition, **changes: object) -> Edition:
    """A draft stored beside the real one, as somebody with the database in hand could store it."""
    names = [field.attname for field in Edition._meta.concrete_fields if field.name not in ("id", "uid", "key", "slug")]
    values = {name: getattr(edition, name) for name in names}
    return Edition.objects.create(**{**values, "slug": "copied", "key": uuid4(), **changes})


def test_a_second_person_publishes_exactly_what_was_drafted():
    one = draft()
    assert press(signed_in(carol()), one).status_code == 302
    now = Edition.objects.get()
    assert (now.published_by, now.published_on, now.body) == (carol(), ON, one.body)
    event = Event.objects.get(verb="reports.published")
    assert one.digest in event.body
    assert '["reports.two-people",true]' in event.body
    assert verify().first_bad is None


def test_whoever_drafted_does_not_publish_and_is_told_why():
    one = draft(count=100)
    client = signed_in(eve())
    page = client.get(f"/reports/{one.slug}/").content.decode()
    assert "You drafted this report. A second person publishes it." in page
    assert "disabled" in page
    response = press(client, one)
    assert response.status_code == 422
    assert b"You drafted this report" in response.content
    assert not Edition.objects.published().exists()
    assert not Event.objects.filter(verb="reports.published").exists()


def test_the_database_itself_refuses_one_person_for_both():
    one = draft(count=60)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=one.pk).update(published_by=eve(), published_at=AT, published_on=ON)


def test_two_publishers_at_once_one_wins_and_the_other_is_told():
    one = draft(count=100)
    frank = account("Frank", Role.SUPERINTENDENT)
    first, second = press(signed_in(carol()), one), press(signed_in(frank), one)
    assert (first.status_code, second.status_code) == (302, 409)
    assert Edition.objects.get().published_by == carol()
    assert Event.objects.filter(verb="reports.published").count() == 1


def test_a_draft_made_anew_is_not_published_from_the_old_page():
    old = draft(count=100)
    press(signed_in(eve()), old, "discard")
    contacts(30, seed=8)
    draft(count=0)
    assert press(signed_in(carol()), old).status_code == 409
    assert not Edition.objects.published().exists()


def test_a_period_that_overlaps_a_published_one_is_refused():
    one = published(count=100)
    body = json.loads(one.body)
    body["period"]["end"] = "2026-07-01"
    body["digest"] = digest_of(body)
    over = copied(
        one,
        period_end=date(2026, 7, 1),
        body=canonical(body).decode(),
        digest=body["digest"],
        published_by_id=None,
        published_at=None,
        published_on=None,
    )
    response = press(signed_in(carol()), over)
    assert response.status_code == 422
    assert b"A published report already covers days" in response.content


def test_too_many_unreviewed_contacts_hold_a_report_back():
    enrollment()
    contacts(20, reviewed=False, seed=4)
    one = draft(count=100)
    response = press(signed_in(carol()), one)
    assert response.status_code == 422
    assert b"20 of 120 contacts are not reviewed yet" in response.content


def test_a_draft_that_shows_a_small_figure_is_not_published():
    one = draft()
    body = json.loads(one.body)
    table = body["tables"][1]
    groups = [row for row in table["rows"] if row["id"] != "all"]
    row, code = next((row, code) for row in groups for code, cell in row["cells"].items() if cell == "*")
    row["cells"][code] = 3
    body["digest"] = digest_of(body)
    leaky = copied(one, body=canonical(body).decode(), digest=body["digest"])
    with pytest.raises(NotAllowed) as refused:
        actions.publish(by=carol(), at=AT, on=ON, edition=leaky, seen=leaky.digest)
    assert {finding.clause for finding in refused.value.decision.unmet} == {"reports.safe"}


def test_a_draft_whose_text_was_exchanged_is_not_published():
    one = draft(count=100)
    changed = copied(one, body=one.body.replace('"figures":', '"figures":1'))
    with pytest.raises(NotAllowed, match="not what was drafted"):
        actions.publish(by=carol(), at=AT, on=ON, edition=changed, seen=changed.digest)


def test_what_was_drafted_under_a_laxer_number_is_held_to_the_one_in_force():
    one = draft()
    rows = snapshot(SPRING)
    lax = board_report.edition(
        rows.events, rows.enrollment, period_start=SPRING.start, period_end=SPRING.end, threshold=3, width=2
    )
    assert attack.verify(lax.as_json()).safe, "by its own numbers nothing is wrong with it"
    laxer = copied(one, body=lax.to_bytes().decode(), digest=lax.digest)
    with pytest.raises(NotAllowed, match="is printed and small"):
        actions.publish(by=carol(), at=AT, on=ON, edition=laxer, seen=laxer.digest)


@pytest.mark.parametrize(
    "change",
    [{"body": "{}"}, {"digest": "0" * 64}, {"period_end": date(2026, 6, 29)}, {"title": "Other"}, {"hidden": 0}],
)
def test_the_database_refuses_to_change_what_was_published(change):
    one = published(count=100)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=one.pk).update(**change)


def test_the_database_refuses_to_delete_or_unpublish():
    one = published(count=100)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=one.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=one.pk).update(published_by=None, published_at=None, published_on=None)


def test_a_text_exchanged_behind_the_triggers_is_found_in_the_history():
    one = published(count=60)
    assert verify().first_bad is None
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in ("published", "frozen"):
                cursor.execute(f"DROP TRIGGER reports_edition_{name}")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE reports_edition DISABLE TRIGGER USER")
        cursor.execute("UPDATE reports_edition SET body = %s", [one.body.replace("2025-26", "2025-27")])
    event = Event.objects.get(verb="reports.published")
    assert verify().first_bad == event.seq


def test_the_text_of_a_draft_never_changes_either():
    one = draft(count=60)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=one.pk).update(body="{}")


def test_a_discarded_draft_is_gone_and_its_period_free():
    one = draft(count=60)
    client = signed_in(eve())
    assert press(client, one, "discard").status_code == 302
    assert client.get(f"/reports/{one.slug}/").status_code == 404
    assert Event.objects.get(verb="reports.discarded").target == f"reports.edition:{one.uid}"
    assert verify().first_bad is None
    assert b'value="2026-spring"' in client.get("/reports/draft/").content
    assert press(client, one, "discard").status_code == 404


def test_a_published_report_is_not_discarded():
    one = published(count=60)
    assert press(signed_in(eve()), one, "discard").status_code == 409
    assert Edition.objects.published().count() == 1


@pytest.mark.parametrize("button", ["publish", "discard"])
@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.SRO, Role.BOARD, Role.PROGRAM_ADMIN, Role.STAFF])
def test_nobody_else_decides(button, role):
    one = draft(count=60)
    school = schools()[0] if role in (Role.PRINCIPAL, Role.SRO, Role.STAFF) else None
    assert press(signed_in(account("Mallory", role, school)), one, button).status_code == 403
    assert Edition.objects.drafts().count() == 1


def test_the_clerk_publishes_but_does_not_discard():
    assert press(signed_in(carol()), draft(count=60), "discard").status_code == 403


@pytest.mark.parametrize("button", ["publish", "discard"])
def test_signed_out_or_by_get_nothing_happens(button):
    one = draft(count=60)
    assert press(Client(), one, button).url.startswith("/people/sign-in/")
    assert signed_in(eve()).get(f"/reports/{one.slug}/{button}/").status_code == 405
    assert Edition.objects.drafts().count() == 1


def test_published_editions_are_facts_from_their_day_on():
    published(FALL)
    one = published()
    (earlier, later) = facts.editions(on=ON)
    assert (earlier.period_start, later.period_start) == (FALL.start, one.period_start)
    assert later.sections == ("P17.1", "P17.2", "P17.3")
    assert "Race: Black or African American" in later.disparities
    assert "Race: White" not in later.disparities
    assert facts.editions(on=date(2026, 11, 23)) == ()


def test_facts_cost_one_question_and_no_text(django_assert_num_queries):
    published(count=100)
    with django_assert_num_queries(1) as asked:
        facts.editions(on=ON)
    assert '"body"' not in asked[0]["sql"]


def test_a_draft_is_no_fact():
    draft(count=60)
    assert facts.editions(on=ON) == ()
