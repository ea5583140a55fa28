"""/interactions/quick/: a contact that needs no more telling, in six taps."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accord.facts import Action, ConductClass, InitiatedBy, Kind, Outcome, PersonKind, PersonRole, Role, TriedFirst
from accord.web.audit.models import Event
from accord.web.interactions import again, models, quick
from accord.web.interactions.models_drafts import Draft
from accord.web.interactions.recorded import SCHOOL_RECORDED
from accord.web.interactions.times import written
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.test_guard import CANARY, UNCLEAN, everywhere
from tests.web.interactions.typed import chosen, now, text

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
QUICK = "/interactions/quick/"
RECORDED = {"grade": "07", "race": "black", "sex": "female", "disability": "none", "english_learner": "no"}


def tapped(**answers: Any) -> dict[str, Any]:
    """What a browser sends: five tiles tapped, File, and what stood there from the start."""
    usual = {
        "do": "file",
        "key": "the-key-of-this-form-0001",
        "school": str(make.school().pk),
        "occurred_at": written(now()),
        "duration_minutes": "5",
        "initiated_by": "officer",
        "about": "greeting",
        "location": "yard",
        "who": "student",
        "outcomes": ["no_action"],
    }
    return usual | answers


def checked(page: str, name: str) -> list[str]:
    """The values of the tiles that are tapped."""
    return re.findall(rf'name="{name}" value="(\w+)"[^>]* checked', page)


def version() -> models.Version:
    return models.Version.objects.get(is_current=True)


def test_it_begins_with_now_the_only_school_a_student_and_nothing_else(as_bob: Client) -> None:
    page = as_bob.get(QUICK).content.decode()
    assert chosen(page, make.school().pk)
    assert checked(page, "who") == ["student"]
    for name in ("initiated_by", "about", "location", "outcomes", "tried_first"):
        assert checked(page, name) == []
    assert 'name="duration_minutes" value="5"' in page


def test_of_several_schools_the_last_one_is_preselected(as_bob: Client) -> None:
    elm = make.school("Elm High")
    bob = make.bob(elm)
    assert not chosen(as_bob.get(QUICK).content.decode(), elm.pk)
    make.contact(bob, where=elm)
    assert chosen(as_bob.get(QUICK).content.decode(), elm.pk)


def test_a_greeting_is_filed_with_what_its_tile_means(as_bob: Client) -> None:
    answer = as_bob.post(QUICK, tapped())
    filed = version()
    assert answer["Location"] == f"{QUICK}?filed={filed.interaction.uid}"
    assert (filed.kind, filed.conduct, filed.tried_first) == (
        Kind.NON_STOP_CONTACT,
        ConductClass.NOT_CONDUCT,
        [TriedFirst.NOT_NEEDED],
    )
    person = filed.people.get()
    assert (person.kind, person.role) == (PersonKind.STUDENT, PersonRole.PARTICIPANT)
    assert (person.actions, person.outcomes) == ([Action.TALKED], [Outcome.NO_ACTION])
    assert Event.objects.filter(verb="interactions.logged").count() == 1


def test_an_officer_leaves_to_the_school_what_the_school_records(as_bob: Client) -> None:
    assert 'name="race"' not in as_bob.get(QUICK).content.decode()
    as_bob.post(QUICK, tapped(**RECORDED))
    assert {getattr(version().people.get(), name) for name in SCHOOL_RECORDED} == {"unknown"}


def test_a_principal_is_asked_what_the_school_records_and_answers_it(as_alice: Client) -> None:
    refused = as_alice.post(QUICK, tapped())
    assert refused.status_code == 422
    assert 'id="id_grade_error"' in refused.content.decode()
    assert as_alice.post(QUICK, tapped(**RECORDED)).status_code == 302
    assert {name: getattr(version().people.get(), name) for name in RECORDED} == RECORDED


def test_what_only_a_student_has_is_filed_of_nobody_else(as_alice: Client) -> None:
    page = as_alice.post(QUICK, tapped(who="parent", **RECORDED), follow=True)
    assert "Left out: grade" in text(page.content)
    assert {getattr(version().people.get(), name) for name in SCHOOL_RECORDED} == {""}


@pytest.mark.parametrize(("about", "role"), [("victim", PersonRole.VICTIM), ("witness", PersonRole.WITNESS)])
def test_help_to_a_victim_or_witness_says_what_was_tried_first(as_bob: Client, about: str, role: PersonRole) -> None:
    refused = as_bob.post(QUICK, tapped(about=about))
    assert refused.status_code == 400
    assert 'id="id_tried_first_error"' in refused.content.decode()
    assert as_bob.post(QUICK, tapped(about=about, tried_first=["counseling"])).status_code == 302
    assert (version().conduct, version().people.get().role) == (ConductClass.VICTIM_OR_WITNESS, role)


def test_a_class_names_nobody_and_a_greeting_names_somebody(as_bob: Client) -> None:
    refused = as_bob.post(QUICK, tapped(who="group"))
    assert refused.status_code == 422
    assert 'id="id_who_error"' in refused.content.decode()
    assert as_bob.post(QUICK, tapped(who="group", about="activity", outcomes=[])).status_code == 302
    assert (version().kind, version().people.count()) == (Kind.PREVENTION, 0)


@pytest.mark.parametrize("name", ["school", "occurred_at", "duration_minutes", "initiated_by", "about", "location",
                                  "who", "outcomes"])  # fmt: skip
def test_what_is_missing_is_said_beside_its_tiles_and_kept_as_a_draft(as_bob: Client, name: str) -> None:
    answer = as_bob.post(QUICK, tapped(**{name: ""}))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'id="id_{name}_error"' in page
    assert f'<a href="#id_{name}">' in page
    assert not models.Interaction.objects.exists()
    assert Draft.objects.get().data["location"] == ["" if name == "location" else "yard"]


def test_what_no_tile_offers_is_refused(as_bob: Client) -> None:
    for wrong in ({"about": "stop"}, {"outcomes": ["arrest"]}, {"who": "dog"}, {"tried_first": ["not_needed"]}):
        assert as_bob.post(QUICK, tapped(**wrong)).status_code == 400
    assert as_bob.post(QUICK, tapped(school=str(make.school("Elm High").pk))).status_code == 400
    assert not models.Interaction.objects.exists()


def test_what_a_rule_refuses_stands_beside_its_tiles(as_bob: Client) -> None:
    cases: list[tuple[str, dict[str, Any]]] = [
        ("occurred_at", {"occurred_at": written(now() + timedelta(hours=2))}),
        ("late_reason", {"occurred_at": written(now() - timedelta(days=3))}),
        ("duration_minutes", {"duration_minutes": "0"}),
        ("outcomes", {"outcomes": ["no_action", "warning"]}),
        ("tried_first", {"tried_first": ["nothing", "counseling"]}),
        ("narrative", {"narrative": "Mr. Jones came by."}),
    ]
    for field, wrong in cases:
        answer = as_bob.post(QUICK, tapped(**wrong))
        assert answer.status_code == 422, field
        assert f'id="id_{field}_error"' in answer.content.decode()
    assert not models.Interaction.objects.exists()


def test_a_text_that_the_law_keeps_out_is_refused_and_kept_nowhere(as_bob: Client) -> None:
    answer = as_bob.post(QUICK, tapped(narrative=UNCLEAN))
    assert answer.status_code == 422
    assert "<mark" in answer.content.decode()
    assert 'name="keep"' not in answer.content.decode()
    assert CANARY not in everywhere()


def test_a_draft_of_the_quick_form_goes_on_in_it(as_bob: Client) -> None:
    as_bob.post(QUICK, tapped(about=""))
    onward = f"{QUICK}?draft={Draft.objects.get().uid}"
    assert f'href="{onward}"' in as_bob.get("/interactions/").content.decode()
    assert as_bob.get(onward).status_code == 200


def test_sent_twice_it_is_filed_once_and_its_draft_is_gone(as_bob: Client) -> None:
    as_bob.post(QUICK, tapped(about=""))
    first, second = (as_bob.post(QUICK, tapped())["Location"] for _ in range(2))
    assert first == second
    assert models.Interaction.objects.count() == 1
    assert not Draft.objects.exists()


def test_a_form_without_a_key_is_given_one_and_can_be_filed(as_bob: Client) -> None:
    page = as_bob.post(QUICK, tapped(key="short", about="")).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    assert as_bob.post(QUICK, tapped(key=key[1])).status_code == 302


def test_another_contact_from_the_same_form_is_not_thrown_away(as_bob: Client) -> None:
    as_bob.post(QUICK, tapped())
    answer = as_bob.post(QUICK, tapped(location="office"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert checked(page, "location") == ["office"]
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    known = re.findall(r'name="another" value="([^"]+)"', page)
    assert as_bob.post(QUICK, tapped(location="office", key=key[1], another=known)).status_code == 302
    assert models.Interaction.objects.count() == 2


def test_a_contact_that_may_be_on_file_is_asked_about_and_filed_when_it_is_another(as_bob: Client) -> None:
    as_bob.post(QUICK, tapped())
    asked = as_bob.post(QUICK, tapped(key="the-key-of-this-form-0002", location="office"))
    page = asked.content.decode()
    reference = version().interaction.reference
    assert asked.status_code == 409
    assert f'name="another" value="{reference}"' in page
    assert checked(page, "location") == ["office"]
    again_sent = tapped(key="the-key-of-this-form-0002", location="office", another=[reference])
    assert as_bob.post(QUICK, again_sent).status_code == 302
    assert models.Interaction.objects.count() == 2


@pytest.mark.parametrize("word", ["another", "again"])
def test_who_logs_another_or_the_same_again_is_not_asked(as_bob: Client, word: str) -> None:
    as_bob.post(QUICK, tapped())
    filed = version().interaction
    page = as_bob.get(QUICK, {word: str(filed.uid)}).content.decode()
    known = re.findall(r'name="another" value="([^"]+)"', page)
    assert known == [filed.reference]
    assert as_bob.post(QUICK, tapped(key="the-key-of-this-form-0002", another=known)).status_code == 302
    assert 'name="another"' not in as_bob.get(QUICK).content.decode()


def test_after_filing_it_says_in_a_sentence_what_was_filed_and_what_comes_next(as_bob: Client) -> None:
    page = as_bob.post(QUICK, tapped(), follow=True).content.decode()
    uid = version().interaction.uid
    assert "Greeting or talk with Student" in text(page.encode())
    for address in (f"{QUICK}?another={uid}", f"{QUICK}?again={uid}", f"/interactions/{uid}/correct/"):
        assert f'href="{address}"' in page


@pytest.mark.parametrize("name", ["filed", "again"])
def test_the_contact_of_another_is_not_there(as_bob: Client, as_alice: Client, name: str) -> None:
    filed = make.contact()
    assert as_bob.get(QUICK, {name: str(filed.uid)}).status_code in (200, 302)
    for uid in (str(filed.uid), "00000000-0000-4000-8000-000000000000", "x", ""):
        assert as_alice.get(QUICK, {name: uid}).status_code == 404


@pytest.mark.parametrize("button", ["conduct:serious_crime", "conduct:code_of_conduct", "kind:stop", "1"])
def test_another_occasion_goes_on_in_the_full_form_with_everything_chosen(as_bob: Client, button: str) -> None:
    sent = tapped(full=button, about="greeting" if button == "1" else "", narrative="Half a sentence.")
    sent.pop("do")
    answer = as_bob.post(QUICK, sent)
    draft = Draft.objects.get()
    assert answer["Location"] == f"/interactions/new/?draft={draft.uid}"
    kept = {name: values for name, values in draft.data.items() if any(values)}
    field, _, code = button.partition(":")
    expected = {field: [code]} if code else {"kind": ["non_stop_contact"], "conduct": ["not_conduct"]}
    expected |= {"location": ["yard"], "initiated_by": ["officer"], "narrative": ["Half a sentence."]}
    expected |= {"people-0-kind": ["student"], "people-0-outcomes": ["no_action"], "people-0-race": ["school"]}
    assert {name: kept.get(name) for name in expected} == expected
    assert "Half a sentence." in as_bob.get(answer["Location"]).content.decode()
    assert not models.Interaction.objects.exists()


def test_same_again_carries_what_was_chosen_and_not_what_was_told(as_bob: Client) -> None:
    as_bob.post(QUICK, tapped(who="staff", duration_minutes="12", narrative="Talked of the weather."))
    page = as_bob.get(QUICK, {"again": str(version().interaction.uid)}).content.decode()
    assert [checked(page, name) for name in ("initiated_by", "about", "location", "who", "outcomes")] == [
        ["officer"], ["greeting"], ["yard"], ["staff"], ["no_action"]
    ]  # fmt: skip
    assert 'name="duration_minutes" value="12"' in page
    assert "weather" not in page
    assert f'name="key" value="{version().interaction.key}"' not in page


def test_same_again_of_what_the_quick_form_cannot_say_leads_to_the_full_form(as_bob: Client) -> None:
    filed = make.contact()
    assert as_bob.get(QUICK, {"again": str(filed.uid)})["Location"] == f"/interactions/new/?again={filed.uid}"


def test_the_last_ten_of_ones_own_stand_on_the_page(as_bob: Client) -> None:
    mine = [make.contact(at=make.AT + timedelta(minutes=number)) for number in range(12)]
    foreign = make.contact(make.alice())
    page = as_bob.get(QUICK).content.decode()
    offered = re.findall(r"again=([0-9a-f-]{36})", page)
    assert offered == [str(one.uid) for one in reversed(mine[2:])]
    assert str(foreign.uid) not in page


def test_every_occasion_of_the_log_stands_somewhere_on_the_page(as_bob: Client) -> None:
    page = as_bob.get(QUICK).content.decode()
    tiles = {meaning.conduct for meaning in quick.MEANING.values()}
    buttons = set(re.findall(r'value="conduct:(\w+)"', page))
    assert buttons | tiles == {one.value for one in ConductClass}
    assert not buttons & tiles


def test_what_is_filed_again_is_what_was_filed_before() -> None:
    for about, meaning in quick.MEANING.items():
        filed = make.contact(
            kind=meaning.kind,
            conduct=meaning.conduct,
            initiated_by=InitiatedBy.OFFICER,
            tried_first=meaning.tried or (TriedFirst.COUNSELING,),
            people=(make.student(role=meaning.role, outcomes=(Outcome.NO_ACTION,)),),
        )
        known = quick.initial(again.of_version(filed.versions.get()))
        assert known
        assert known["about"] == about


@pytest.mark.parametrize("role", [Role.STAFF, Role.BOARD, Role.CLERK, Role.PROGRAM_ADMIN, Role.CUSTODIAN, Role.PARENT])
def test_other_roles_log_nothing(sign_in: SignIn, role: Role) -> None:
    browser = sign_in(make.account("Grace", role, at=make.school()))
    assert browser.get(QUICK).status_code == browser.post(QUICK, tapped()).status_code == 403
    assert not models.Interaction.objects.exists()


def test_other_methods_and_signed_out(as_bob: Client, client: Client) -> None:
    assert as_bob.put(QUICK).status_code == 405
    assert client.get(QUICK)["Location"].startswith("/people/sign-in/")
