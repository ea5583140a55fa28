"""/interactions/: contacts this person reaches, with their state in words."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accord.facts import ConductClass, InitiatedBy, Kind, Outcome, Role, TriedFirst
from accord.rules.interactions import officers_work
from accord.web.interactions import listing
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.typed import text

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LIST = "/interactions/"


def _shown(client: Client, **asked: str) -> set[str]:
    """The references on the page."""
    return {row.version.interaction.reference for row in client.get(LIST, asked).context["rows"]}


def test_an_empty_list_says_what_to_do_next(as_alice: Client) -> None:
    assert "log it here" in text(as_alice.get(LIST).content)


def test_each_contact_stands_with_its_state_in_words(as_alice: Client) -> None:
    make.contact()
    make.contact(conduct=ConductClass.CODE_OF_CONDUCT)
    make.reviewed(make.contact())
    page = text(as_alice.get(LIST).content)
    for words in ("2026-00001 Needs review", "2026-00002 Flagged, needs review", "2026-00003 Reviewed: Appropriate"):
        assert words in page


@pytest.mark.parametrize(
    ("state", "references"),
    [
        ("needs_review", {"2026-00001", "2026-00002"}),
        ("flagged", {"2026-00002"}),
        ("reviewed", {"2026-00003"}),
        ("", {"2026-00001", "2026-00002", "2026-00003"}),
    ],
)
def test_the_list_is_narrowed_by_state(as_alice: Client, state: str, references: set[str]) -> None:
    make.contact()
    make.contact(conduct=ConductClass.MENTAL_HEALTH)
    make.reviewed(make.contact(conduct=ConductClass.MENTAL_HEALTH))
    assert _shown(as_alice, state=state) == references


def test_the_list_is_narrowed_by_kind_and_school(as_eve: Client) -> None:
    make.contact(kind=Kind.STOP)
    make.contact(make.bob(make.school("Elm High")), where=make.school("Elm High"))
    assert _shown(as_eve, kind="stop") == {"2026-00001"}
    assert _shown(as_eve, school=str(make.school("Elm High").pk)) == {"2026-00002"}


def test_days_are_days_in_district_time_first_and_last_included(as_alice: Client) -> None:
    last_evening = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    make.contact(at=last_evening + timedelta(hours=1), occurred_at=last_evening)
    assert _shown(as_alice, since="2026-10-31", until="2026-10-31") == {"2026-00001"}
    assert _shown(as_alice, since="2026-11-01") == set()
    assert _shown(as_alice, until="2026-10-30") == set()


def test_the_list_is_narrowed_by_officer_outcome_and_who_started_it(as_alice: Client) -> None:
    make.contact(initiated_by=InitiatedBy.OFFICER)
    make.contact(make.alice(), people=(make.student(), make.student(outcomes=(Outcome.SUPPORT, Outcome.ARREST))))
    assert _shown(as_alice, officer=str(make.bob().uid)) == {"2026-00001"}
    assert _shown(as_alice, started="officer") == {"2026-00001"}
    assert _shown(as_alice, outcome="arrest") == {"2026-00002"}
    assert _shown(as_alice, outcome="citation") == set()
    assert _shown(as_alice, outcome="warning") == {"2026-00001", "2026-00002"}


def test_what_the_list_is_narrowed_to_is_said_in_words(as_alice: Client) -> None:
    make.contact()
    asked = {"school": str(make.school().pk), "officer": str(make.bob().uid), "state": "flagged", "since": "2026-11-01"}
    page = text(as_alice.get(LIST, asked).content)
    assert "School: Cedar Middle Logged by: Bob State: Flagged, needs review From: Nov. 1, 2026 Show all" in page
    assert "Show all" not in text(as_alice.get(LIST).content)


def test_only_what_the_current_version_says_is_looked_at(as_alice: Client) -> None:
    make.corrected(make.contact(kind=Kind.STOP, people=(make.student(outcomes=(Outcome.ARREST,)),)))
    assert _shown(as_alice, outcome="arrest") == _shown(as_alice, kind="stop") == set()
    assert _shown(as_alice, outcome="warning") == {"2026-00001"}


@pytest.mark.parametrize("tried", [TriedFirst.NOTHING, TriedFirst.NOTHING_DANGER])
@pytest.mark.parametrize("conduct", ConductClass)
def test_the_choice_flagged_shows_what_the_rule_flags(
    as_alice: Client, conduct: ConductClass, tried: TriedFirst
) -> None:
    entry = {"conduct": conduct, "tried_first": (tried,)}
    make.contact(**entry)
    flagged = not officers_work(make.entry(**entry)).met
    assert _shown(as_alice, state="flagged") == ({"2026-00001"} if flagged else set())


def test_the_oldest_can_come_first(as_alice: Client) -> None:
    for days in (1, 3, 2):
        make.contact(occurred_at=make.AT - timedelta(days=days), late_reason="Out sick.")
    newest = [row.version.occurred_at for row in as_alice.get(LIST).context["rows"]]
    assert newest == sorted(newest, reverse=True)
    oldest = [row.version.occurred_at for row in as_alice.get(LIST, {"order": "oldest"}).context["rows"]]
    assert oldest == newest[::-1]


def test_a_choice_of_officers_names_those_whose_contacts_are_shown_and_nobody_else(
    sign_in: SignIn, as_alice: Client
) -> None:
    elm = make.school("Elm High")
    make.contact(make.account("Heidi", Role.SRO, at=elm), where=elm)
    contact = make.contact()
    assert [one.name for one in as_alice.get(LIST).context["form"].fields["officer"].queryset] == ["Bob"]
    assert "Heidi" not in as_alice.get(LIST).content.decode()
    foreign = as_alice.get(LIST, {"officer": str(make.account("Heidi").uid)})
    nobody = as_alice.get(LIST, {"officer": "00000000-0000-4000-8000-000000000000"})
    assert foreign.status_code == nobody.status_code == 400
    assert [row.version.interaction_id for row in foreign.context["rows"]] == [contact.pk]


def test_counts_tell_nothing_of_contacts_out_of_reach(as_alice: Client) -> None:
    elm = make.school("Elm High")
    for _ in range(3):
        make.contact(make.account("Heidi", Role.SRO, at=elm), where=elm)
    make.contact()
    page = as_alice.get(LIST)
    assert page.context["page"].paginator.count == 1
    assert page.context["waiting"].count == 1


def test_beyond_the_limit_it_is_said_that_there_are_more(as_alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST", 30)
    for _ in range(30):
        make.contact()
    assert "30 contacts" in text(as_alice.get(LIST).content)
    assert "More than" not in text(as_alice.get(LIST).content)
    make.contact()
    page = as_alice.get(LIST, {"page": "99"})
    assert "More than 30 contacts." in text(page.content)
    assert (page.context["page"].number, len(page.context["rows"])) == (2, 5)


@pytest.mark.parametrize(
    "asked",
    [
        {"since": "never"},
        {"until": "0001-01-01"},
        {"since": "2026-11-02", "until": "2026-11-01"},
        {"kind": "brawl"},
        {"school": "x"},
        {"officer": "x"},
        {"outcome": "prize"},
        {"started": "nobody"},
        {"state": "lost"},
        {"order": "random"},
    ],
)
def test_a_choice_that_is_none_is_said_to_be(as_alice: Client, asked: dict[str, str]) -> None:
    assert as_alice.get(LIST, asked).status_code == 400


def test_a_page_number_out_of_range_shows_a_page(as_alice: Client) -> None:
    make.contact()
    assert _shown(as_alice, page="99") == _shown(as_alice, page="x") == {"2026-00001"}


def test_an_officer_sees_own_entries_only(as_bob: Client) -> None:
    make.contact()
    make.contact(make.alice())
    assert _shown(as_bob) == {"2026-00001"}


def test_a_principal_sees_own_schools_only(sign_in: SignIn) -> None:
    make.contact()
    elsewhere = sign_in(make.account("Grace", Role.PRINCIPAL, at=make.school("Elm High")))
    assert _shown(elsewhere) == set()
    assert "Cedar Middle" not in elsewhere.get(LIST).content.decode()
    assert "wait" not in text(elsewhere.get(LIST).content)


def test_an_officer_who_moved_no_longer_sees_entries_at_the_former_school(sign_in: SignIn) -> None:
    moved = make.account("Grace", Role.SRO, at=make.school())
    make.contact(moved)
    moved.grants.update(ends_on=make.SINCE)
    make.account("Grace", Role.SRO, at=make.school("Elm High"))
    assert _shown(sign_in(moved)) == set()


def test_thirty_contacts_cost_no_more_questions_than_one(as_alice: Client) -> None:
    asked = []
    for more in (1, 29):
        for _ in range(more):
            make.reviewed(make.contact(people=(make.student(), make.visitor())), make.alice())
        as_alice.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            as_alice.get(LIST)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_pages_keep_what_was_asked(as_alice: Client) -> None:
    for _ in range(26):
        make.contact()
    page = as_alice.get(LIST, {"kind": "non_stop_contact"}).content.decode()
    assert "?kind=non_stop_contact&amp;page=2" in page
    assert len(_shown(as_alice, kind="non_stop_contact", page="2")) == 1


def test_wrong_method_wrong_role_and_signed_out(as_alice: Client, as_dana: Client, client: Client) -> None:
    assert as_alice.post(LIST).status_code == 405
    assert as_dana.get(LIST).status_code == 403
    assert client.get(LIST)["Location"].startswith("/people/sign-in/")
