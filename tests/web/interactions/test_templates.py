"""Favorites: answers that one person keeps to begin a contact with, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accord.facts import Action, ConductClass, Ground, Outcome, ReferralBasis, TriedFirst
from accord.facts.details import AskedBy, ContactDetails
from accord.web.audit.models import Event
from accord.web.interactions import again, favorites, models
from accord.web.interactions.models_drafts import Draft
from accord.web.interactions.models_favorites import Favorite
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.test_quick import QUICK, checked, tapped
from tests.web.interactions.typed import chosen, form, person, text

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LIST, SAVE, REMOVE = "/interactions/favorites/", "/interactions/favorites/save/", "/interactions/favorites/remove/"
MISSING = "00000000-0000-4000-8000-000000000000"


def _save(client: Client, name: str = "Gate in the morning", contact: models.Interaction | None = None):
    contact = contact or models.Interaction.objects.first() or make.contact()
    return client.post(SAVE, {"again": str(contact.uid), "favorite_name": name})


def _verbs() -> list[str]:
    return list(Event.objects.filter(verb__startswith="interactions.favorite").values_list("verb", flat=True))


def test_nothing_is_carried_that_is_told_of_a_person_or_in_words_or_that_followed() -> None:
    told = ContactDetails(
        asked_by=AskedBy.TEACHER,
        bases=(ReferralBasis.D1,),
        grounds=(next(iter(Ground)),),
        offences=("13001",),
        special_needs=True,
        dhs_contacted_at=make.AT - timedelta(minutes=5),
    )
    filed = make.contact(details=told, narrative="Words.", tried_first=(TriedFirst.COUNSELING,))
    known = again.of_version(filed.versions.get())
    assert known.main == {
        "kind": "non_stop_contact",
        "initiated_by": "staff",
        "conduct": ConductClass.OTHER_CRIME,
        "location": "office",
        "school": filed.school_id,
        "duration_minutes": 10,
        "tried_first": [TriedFirst.COUNSELING],
        "asked_by": AskedBy.TEACHER,
        "bases": [ReferralBasis.D1],
        "grounds": [told.grounds[0].value],
        "offences": "13001",
    }
    assert known.people == (
        {"kind": "student", "role": "subject", "actions": [Action.TALKED], "outcomes": [Outcome.WARNING]},
    )


def test_a_favorite_of_a_contact_is_kept_used_and_removed(as_bob: Client) -> None:
    as_bob.post(QUICK, tapped(location="perimeter"))
    assert _save(as_bob)["Location"] == LIST
    kept = Favorite.objects.get()
    assert "Gate in the morning" in as_bob.get(LIST).content.decode()
    assert f'href="{QUICK}?template={kept.uid}"' in as_bob.get(QUICK).content.decode()
    assert checked(as_bob.get(QUICK, {"template": str(kept.uid)}).content.decode(), "location") == ["perimeter"]
    assert [as_bob.post(REMOVE, {"favorite": str(kept.uid)}).status_code for _ in range(2)] == [302, 302]
    assert not Favorite.objects.exists()
    assert _verbs() == ["interactions.favorite_saved", "interactions.favorite_removed"]
    assert "Gate" not in Event.objects.get(verb="interactions.favorite_saved").body


def test_one_that_the_quick_form_cannot_say_leads_to_the_full_form(as_bob: Client) -> None:
    _save(as_bob)
    kept = Favorite.objects.get()
    assert f'href="/interactions/new/?template={kept.uid}"' in as_bob.get(QUICK).content.decode()
    assert as_bob.get(QUICK, {"template": str(kept.uid)})["Location"] == f"/interactions/new/?template={kept.uid}"


def test_the_full_form_begins_with_a_contact_or_a_favorite_of_ones_own(as_bob: Client, as_alice: Client) -> None:
    filed = make.contact(narrative="Only here.", duration_minutes=17)
    _save(as_bob)
    asked = {"again": str(filed.uid), "template": str(Favorite.objects.get().uid)}
    for name, uid in asked.items():
        page = as_bob.get("/interactions/new/", {name: uid, "view": "all"}).content.decode()
        assert 'name="duration_minutes" value="17"' in page
        assert chosen(page, "other_crime")
        assert "Only here." not in page
        assert not chosen(page, "hispanic")
        assert as_alice.get("/interactions/new/", {name: uid}).status_code == 404
        assert as_bob.get("/interactions/new/", {name: MISSING}).status_code == 404


def test_the_quick_form_keeps_what_is_chosen_and_stays_as_it_was(as_bob: Client) -> None:
    sent = tapped(do="favorite", favorite_name="Yard", narrative="Only here.", outcomes=["support"])
    answer = as_bob.post(QUICK, sent)
    assert answer["Location"] == f"{QUICK}?draft={Draft.objects.get().uid}"
    page = as_bob.get(answer["Location"]).content.decode()
    assert "Only here." in page
    assert sent["key"] in page
    assert checked(page, "outcomes") == ["support"]
    kept = Favorite.objects.get().answers
    assert kept["main"]["location"] == "yard"
    assert kept["people"][0]["outcomes"] == ["support"]
    assert "Only here." not in str(kept)
    assert not models.Interaction.objects.exists()


def test_a_favorite_without_a_name_leaves_the_place_to_give_one_open(as_bob: Client) -> None:
    answer = as_bob.post(QUICK, tapped(do="favorite", favorite_name=""))
    assert answer.status_code == 400
    assert "open" in answer.content.decode().split("Keep these answers as a favorite")[0].rpartition("<details")[2]


def test_the_quick_form_comes_back_half_filled_in_too(as_alice: Client) -> None:
    sent = tapped(do="favorite", favorite_name="Yard", about="", tried_first=["counseling"], race="black")
    page = as_alice.get(as_alice.post(QUICK, sent)["Location"]).content.decode()
    assert checked(page, "about") == []
    assert checked(page, "tried_first") == ["counseling"]
    assert chosen(page, "black")


def test_what_the_quick_form_cannot_say_goes_on_in_the_full_form(as_bob: Client) -> None:
    as_bob.post("/interactions/new/", form(make.school(), person(), do="draft"))
    draft = f"draft={Draft.objects.get().uid}"
    assert as_bob.get(f"{QUICK}?{draft}")["Location"] == f"/interactions/new/?{draft}"


def test_the_full_form_keeps_what_is_chosen_and_comes_back_with_everything_typed(as_bob: Client) -> None:
    sent = form(make.school(), person(race="asian"), narrative="Only here.", favorite_name="Bicycles")
    answer = as_bob.post(SAVE, sent)
    assert answer["Location"] == f"/interactions/new/?draft={Draft.objects.get().uid}"
    assert "Only here." in as_bob.get(answer["Location"]).content.decode()
    kept = Favorite.objects.get().answers
    assert kept["main"]["conduct"] == "other_crime"
    assert "asian" not in str(kept)
    assert "Only here." not in str(kept)


def test_only_codes_of_the_closed_lists_are_kept(as_bob: Client) -> None:
    nasty = form(
        make.school(),
        person(outcomes=["arrest", "<script>"], kind="dog"),
        favorite_name="Odd",
        location="'; DROP TABLE",
        offences="13001, a boy called Sam, 999999",
        duration_minutes="later",
        people="2",
    )
    as_bob.post(SAVE, nasty)
    kept = Favorite.objects.get().answers
    assert "location" not in kept["main"]
    assert "duration_minutes" not in kept["main"]
    assert kept["main"]["offences"] == "13001"
    assert kept["people"] == [{"role": "subject", "actions": ["talked"], "outcomes": ["arrest"]}, {}]


def test_the_same_again_is_the_one_that_is_there_and_a_taken_name_is_said_to_be(as_bob: Client) -> None:
    first, other = make.contact(), make.contact(duration_minutes=3)
    assert [_save(as_bob, contact=first).status_code for _ in range(2)] == [302, 302]
    refused = _save(as_bob, contact=other)
    assert refused.status_code == 400
    assert "Another favorite of yours has this name." in text(refused.content)
    assert 'value="Gate in the morning"' in refused.content.decode()
    assert len(_verbs()) == Favorite.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("", 400),
        ("   ", 400),
        ("x" * 61, 400),
        ("a\x00b", 400),
        ("Mr. Jones at the gate", 400),
        ("Student 1234567", 422),
        ("undocumented students", 422),
    ],
)
def test_a_name_that_may_not_be_kept_is_refused(as_bob: Client, name: str, status: int) -> None:
    assert _save(as_bob, name).status_code == status
    assert (Favorite.objects.count(), _verbs()) == (0, [])


def test_one_person_keeps_a_limited_number(as_bob: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert favorites.MOST == 20
    monkeypatch.setattr(favorites, "MOST", 1)
    _save(as_bob)
    assert _save(as_bob, "Another").status_code == 400
    assert Favorite.objects.count() == 1


def test_nobody_sees_uses_makes_or_removes_what_is_anothers(as_bob: Client, as_alice: Client) -> None:
    _save(as_bob, "Mine alone")
    kept = Favorite.objects.get()
    assert "Mine alone" not in as_alice.get(LIST).content.decode() + as_alice.get(QUICK).content.decode()
    for uid in (str(kept.uid), MISSING, "x", ""):
        assert as_alice.get(QUICK, {"template": uid}).status_code == 404
        assert as_alice.post(REMOVE, {"favorite": uid}).status_code in (302, 400)
    theirs = as_alice.post(SAVE, {"again": str(models.Interaction.objects.get().uid), "favorite_name": "Theirs"})
    assert theirs.status_code == 404
    assert Favorite.objects.count() == 1
    assert _save(as_alice, "Mine alone", make.contact(make.alice())).status_code == 302


def test_a_code_that_a_closed_list_holds_no_more_stays_behind(as_bob: Client) -> None:
    answers = {"main": {"location": "attic", "kind": "stop"}, "people": [{"kind": "ghost", "actions": ["talked"]}]}
    kept = Favorite.objects.create(user=make.bob(), name="Old", answers=answers, saved_at=make.AT)
    assert again.kept(kept) == again.Carried({"kind": "stop"}, ({"actions": ["talked"]},))
    assert as_bob.get(LIST).status_code == 200


def test_if_the_history_cannot_be_written_nothing_is_kept(as_bob: Client) -> None:
    as_bob.raise_request_exception = False
    make.contact()
    make.lose_the_history()
    assert _save(as_bob).status_code == 500
    assert not Favorite.objects.exists()


def test_what_names_no_answers_keeps_none(as_bob: Client) -> None:
    for nothing in ({}, {"again": "", "favorite_name": "x"}):
        assert as_bob.post(SAVE, nothing).status_code == 400
    assert not Favorite.objects.exists()


def test_wrong_method_wrong_role_and_signed_out(as_bob: Client, as_dana: Client, client: Client) -> None:
    for url in (SAVE, REMOVE):
        assert as_bob.get(url).status_code == 405
        assert as_dana.post(url).status_code == 403
        assert client.post(url)["Location"].startswith("/people/sign-in/")
    assert as_bob.post(LIST).status_code == 405
    assert as_dana.get(LIST).status_code == 403
