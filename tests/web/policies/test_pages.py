"""The pages of versions: works, wrong method, wrong role, signed out, twice."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.web.policies import bindings, facts
from accord.web.policies.models import State, Version
from tests.web import factories as make
from tests.web.policies import factories as policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def eve(db: None) -> Client:
    return make.signed_in(make.eve())


@pytest.fixture
def carol(db: None) -> Client:
    return make.signed_in(make.carol())


def upload(text: str, name: str = "bp.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/plain")


def routes(version: Version) -> dict[str, str]:
    return {
        "list": reverse("policies:list"),
        "import": reverse("policies:import"),
        "version": reverse("policies:version", args=[version.id]),
        "diff": reverse("policies:diff", args=[version.id, version.id]),
        "put_in_force": reverse("policies:put_in_force", args=[version.id]),
        "bind": reverse("policies:bind", args=[version.id]),
        "confirm_all": reverse("policies:confirm_all", args=[version.id]),
    }


@pytest.mark.parametrize("name", ["list", "import", "version", "diff", "put_in_force", "bind", "confirm_all"])
def test_a_principal_and_the_public_are_kept_out(name: str) -> None:
    url = routes(policy.imported().version)[name]
    assert make.signed_in(make.alice()).get(url).status_code == 403
    answer = Client().get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("people:sign_in"))


@pytest.mark.parametrize("name", ["list", "version", "diff"])
def test_a_page_to_read_takes_no_post(eve: Client, name: str) -> None:
    assert eve.post(routes(policy.imported().version)[name]).status_code == 405


@pytest.mark.parametrize("name", ["bind", "confirm_all"])
def test_reading_never_decides(eve: Client, name: str) -> None:
    version = policy.imported().version
    assert eve.get(routes(version)[name]).status_code == 405
    assert not version.bindings.exclude(state=State.SUGGESTED).exists()


@pytest.mark.parametrize("number", ["²", "9" * 5000, "9" * 18, "-1", "1.0", "", "٣"])
@pytest.mark.parametrize("button", ["confirm", "reject"])
def test_a_binding_that_never_was_is_not_there(eve: Client, button: str, number: str) -> None:
    version = policy.imported().version
    assert eve.post(routes(version)["bind"], {button: number}).status_code == 404
    assert not version.bindings.exclude(state=State.SUGGESTED).exists()


@pytest.mark.parametrize("name", ["version", "diff", "bind", "confirm_all"])
def test_a_version_that_is_not_there(eve: Client, name: str) -> None:
    number = 4711
    args = [number, number] if name == "diff" else [number]
    method = eve.post if name in ("bind", "confirm_all") else eve.get
    assert method(reverse(f"policies:{name}", args=args)).status_code == 404


def test_the_list_says_what_to_do_when_it_is_empty(eve: Client) -> None:
    assert "No policy is on file yet" in eve.get(reverse("policies:list")).content.decode()


def test_the_list_says_where_each_version_stands(eve: Client) -> None:
    policy.in_force(since=policy.ADOPTED)
    policy.in_force(policy.text() + "\n", since=make.ON - timedelta(days=9))
    policy.in_force(policy.text() + "\n\n", since=make.ON + timedelta(days=9))
    policy.imported(policy.text() + "\n\n\n")
    page = eve.get(reverse("policies:list")).content.decode()
    stands = re.findall(r"<td>(In force|In force from [^<]+|Superseded|Not put in force)</td>", page)
    assert [words.partition(" from")[0] for words in stands] == [
        "Not put in force",
        "In force",
        "In force",
        "Superseded",
    ]
    assert "from" in stands[1]


def test_a_file_is_brought_in(eve: Client) -> None:
    answer = eve.post(reverse("policies:import"), {"file": upload(policy.text())}, follow=True)
    version = Version.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("policies:version", args=[version.id])
    assert "Version 1 is on file" in answer.content.decode()


def test_the_same_file_twice_is_said_so(eve: Client) -> None:
    for _ in range(2):
        answer = eve.post(reverse("policies:import"), {"file": upload(policy.text())}, follow=True)
    assert Version.objects.count() == 1
    assert "Nothing was stored twice" in answer.content.decode()


@pytest.mark.parametrize(("text", "words"), [("", "empty"), ("Lunch is at noon.", "no policy code")])
def test_a_file_that_is_no_policy_is_refused_beside_the_form(eve: Client, text: str, words: str) -> None:
    answer = eve.post(reverse("policies:import"), {"file": upload(text)})
    assert answer.status_code in (400, 422)
    assert words in answer.content.decode()
    assert not Version.objects.exists()


def test_a_form_without_a_file_comes_back(eve: Client) -> None:
    assert eve.post(reverse("policies:import")).status_code == 400


def test_the_page_of_a_version_shows_sentences_scores_and_notes(eve: Client) -> None:
    version = policy.imported().version
    version.bindings.update(score=1)
    page = eve.get(reverse("policies:version", args=[version.id])).content.decode()
    for row in version.document["sentences"]:
        assert f'id="{row["id"]}"' in page
    assert "fits close, score 1.00" in page
    assert "DISTRICT NOTE" in page
    assert f"Confirm all {version.bindings.count()} suggestions" in page


def test_the_clerk_sees_no_buttons_to_decide(carol: Client) -> None:
    page = carol.get(reverse("policies:version", args=[policy.imported().version.id])).content.decode()
    assert 'name="confirm"' not in page
    assert reverse("policies:put_in_force", args=[Version.objects.get().id]) in page


def test_one_sentence_is_confirmed_corrected_and_added_to(eve: Client) -> None:
    version = policy.imported().version
    binding = policy.suggestion(version)
    url = reverse("policies:bind", args=[version.id])
    answer = eve.post(url, {"sentence": binding.sentence_id, "confirm": binding.id})
    assert answer["Location"].endswith(f"#{binding.sentence_id}")
    binding.refresh_from_db()
    assert binding.state == State.CONFIRMED
    eve.post(url, {"sentence": binding.sentence_id, "reject": binding.id})
    binding.refresh_from_db()
    assert binding.state == State.REJECTED
    eve.post(url, {"sentence": binding.sentence_id, "obligation": "P01"})
    assert version.bindings.get(sentence_id=binding.sentence_id, obligation="P01").state == State.ADDED


def test_a_binding_of_another_version_is_not_there(eve: Client) -> None:
    first, second = policy.imported().version, policy.imported(policy.other()).version
    binding = policy.suggestion(first)
    url = reverse("policies:bind", args=[second.id])
    assert eve.post(url, {"confirm": binding.id}).status_code == 404
    assert eve.post(url, {"confirm": "x"}).status_code == 404
    binding.refresh_from_db()
    assert binding.state == State.SUGGESTED


def test_an_obligation_that_is_not_there_is_bad_input(eve: Client) -> None:
    version = policy.imported().version
    sentence = version.document["sentences"][0]["id"]
    answer = eve.post(reverse("policies:bind", args=[version.id]), {"sentence": sentence, "obligation": "P99"})
    assert answer.status_code == 400


def test_all_close_suggestions_are_confirmed_with_one_click(eve: Client) -> None:
    version = policy.imported().version
    far = policy.suggestion(version)
    version.bindings.update(score=0.95)
    version.bindings.filter(id=far.id).update(score=0.7)
    eve.post(reverse("policies:confirm_all", args=[version.id]))
    assert list(version.bindings.filter(state=State.SUGGESTED)) == [far]


def test_the_difference_names_the_controls_to_review(eve: Client) -> None:
    old = policy.confirmed(policy.imported().version)
    new = policy.imported(policy.text((policy.TRAINING, "So that pupils meet law enforcement"))).version
    page = eve.get(reverse("policies:diff", args=[old.id, new.id])).content.decode()
    listed = re.findall(r'/controls/(\w+)/"', page)
    assert listed == ["P03"]
    assert "Changed (1)" in page
    assert "Added (0)" in page


def test_the_difference_heeds_what_a_person_tied(eve: Client) -> None:
    old = policy.confirmed(policy.imported().version)
    new = policy.imported(policy.text((policy.TRAINING, "So that pupils meet law enforcement"))).version
    before = {row["id"] for row in new.document["sentences"]}
    gone = next(row["id"] for row in old.document["sentences"] if row["id"] not in before)
    bindings.add(by=make.eve(), at=make.AT, on=make.ON, version=old, sentence=gone, obligation="P16")
    page = eve.get(reverse("policies:diff", args=[old.id, new.id])).content.decode()
    assert re.findall(r'/controls/(\w+)/"', page) == ["P03", "P16"]


def test_two_policies_are_not_compared(eve: Client) -> None:
    one, other = policy.imported().version, policy.imported(policy.other()).version
    assert eve.get(reverse("policies:diff", args=[one.id, other.id])).status_code == 404


def vote() -> dict[str, str]:
    return {"meeting_on": str(policy.ADOPTED), "in_force_from": str(policy.ADOPTED)}


def test_the_clerk_puts_a_version_in_force(carol: Client) -> None:
    version = policy.imported().version
    url = reverse("policies:put_in_force", args=[version.id])
    assert f'value="{policy.ADOPTED}"' in carol.get(url).content.decode()
    assert carol.post(url, vote()).status_code == 302
    assert facts.in_force(on=make.ON) == version


def test_the_superintendent_does_not_put_in_force(eve: Client) -> None:
    version = policy.imported().version
    assert eve.post(reverse("policies:put_in_force", args=[version.id]), vote()).status_code == 403
    assert facts.in_force(on=make.ON) is None


def test_a_refusal_keeps_what_was_typed(carol: Client) -> None:
    version = policy.imported(by=make.carol()).version
    answer = carol.post(reverse("policies:put_in_force", args=[version.id]), vote())
    assert answer.status_code == 422
    assert "A second person decides" in answer.content.decode()
    assert f'value="{policy.ADOPTED}"' in answer.content.decode()


def test_a_meeting_to_come_is_refused_beside_its_field(carol: Client) -> None:
    version = policy.imported().version
    days = {**vote(), "meeting_on": str(make.ON + timedelta(days=1))}
    answer = carol.post(reverse("policies:put_in_force", args=[version.id]), days)
    assert answer.status_code == 400
    assert 'href="#id_meeting_on"' in answer.content.decode()


@pytest.mark.parametrize("name", ["list", "version"])
def test_a_page_asks_the_database_the_same_however_much_there_is(eve: Client, name: str) -> None:
    version = policy.imported(policy.other()).version
    url = routes(version)[name]
    eve.get(url)
    with CaptureQueriesContext(connection) as few:
        eve.get(url)
    policy.in_force()
    policy.in_force(policy.text() + "\n")
    version = policy.imported(policy.text() + "\n\n").version
    with CaptureQueriesContext(connection) as many:
        eve.get(routes(version)[name])
    assert len(many) <= len(few) + 1  # the version before is asked for once more when there is one
