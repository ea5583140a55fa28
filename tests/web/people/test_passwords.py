"""One's own password: changed by its holder, chosen anew after somebody else set it, never by GET."""

import pytest
from django.test import Client
from django.urls import reverse

from accord.facts import Role
from accord.web.audit.models import Event
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.people.factories import PASSWORD, account, dana, school, signed_in

pytestmark = pytest.mark.django_db

URL = "/people/password/"
NEW = "quite another long one"
FIRST = "a first password for Bob"


def sent(client: Client, former: str = PASSWORD, password: str = NEW, again: str = NEW):
    return client.post(URL, {"former": former, "password": password, "again": again})


@pytest.fixture
def bob() -> User:
    return account("Bob", Role.SRO, school())


def reset(user: User) -> str:
    return reverse("people:reset", kwargs={"uid": user.uid})


@pytest.mark.parametrize("role", list(Role))
def test_every_role_changes_its_own_password(role: Role):
    at_school = role in (Role.PRINCIPAL, Role.SRO, Role.STAFF)
    user = account("Kim", role, school() if at_school else None)
    client = signed_in(user)
    assert client.get(URL).status_code == 200
    assert sent(client).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert client.get(URL).status_code == 200, "still signed in here"
    assert Event.objects.get().verb == "people.password_changed"


def test_every_other_session_ends(bob: User):
    here, elsewhere = signed_in(bob), signed_in(bob)
    sent(here)
    assert elsewhere.get(URL).status_code == 302


@pytest.mark.parametrize(
    "fields",
    [
        {"former": "not the password at all"},
        {"password": "short", "again": "short"},
        {"again": "something else entirely"},
        {"password": PASSWORD, "again": PASSWORD},
        {"password": "bob@example.org bob", "again": "bob@example.org bob"},
    ],
    ids=["wrong now", "short", "differs", "the same", "like the name"],
)
def test_nothing_changes_when_something_is_wrong(bob: User, fields: dict[str, str]):
    assert sent(signed_in(bob), **fields).status_code == 400
    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)
    assert not Event.objects.filter(verb="people.password_changed").exists()


def test_guessing_the_password_at_somebodys_open_desk_is_counted_like_a_failed_sign_in(bob: User):
    client = signed_in(bob)
    said = [sent(client, former=f"guess number {number} at it").status_code for number in range(5)]
    assert said == [400, 400, 400, 400, 429]
    assert sent(client).status_code == 429


def test_signed_out_is_sent_to_sign_in_and_back():
    assert Client().get(URL)["Location"] == "/people/sign-in/?next=%2Fpeople%2Fpassword%2F"


def test_an_account_that_was_just_opened_does_nothing_before_it_has_its_own_password():
    signed_in(dana()).post(reverse("people:open"), {"name": "Zoe", "username": "zoe", "password": FIRST})
    zoe = User.objects.get(username="zoe")
    client = Client()
    assert client.post("/people/sign-in/", {"username": "zoe", "password": FIRST}).status_code == 302
    for path in ("/", "/people/permissions/", "/rules/", "/people/accounts/"):
        assert client.get(path)["Location"] == URL
    assert client.post("/people/accounts/open/", {})["Location"] == URL
    assert "only you know" in client.get(URL).content.decode()
    assert sent(client, former=FIRST).status_code == 302
    assert client.get("/people/permissions/").status_code == 200
    zoe.refresh_from_db()
    assert not zoe.must_change_password


def test_whoever_must_choose_may_still_sign_out_and_change_the_language(bob: User):
    User.objects.update(must_change_password=True)
    client = signed_in(bob)
    assert client.post("/language/", {"language": "es", "next": URL})["Location"] == URL
    assert client.post("/people/sign-out/")["Location"] == "/"


def test_an_administrator_sets_a_first_password_and_learns_no_other(bob: User):
    theirs = signed_in(bob)
    client = signed_in(dana())
    make.verify()
    assert client.get(reset(bob)).status_code == 200
    assert client.post(reset(bob), {"password": FIRST}).status_code == 302
    bob.refresh_from_db()
    assert bob.check_password(FIRST)
    assert bob.must_change_password
    assert theirs.get(URL).status_code == 302, "the sessions of before have ended"
    event = Event.objects.get(verb="people.password_reset")
    assert event.target == f"people.user:{bob.uid}"
    assert FIRST not in event.body
    assert make.verify().whole


def test_nobody_resets_their_own_nor_without_the_permission(bob: User):
    administrator, eve = dana(), account("Eve", Role.SUPERINTENDENT)
    assert signed_in(administrator).post(reset(administrator), {"password": FIRST}).status_code == 403
    assert signed_in(eve).post(reset(bob), {"password": FIRST}).status_code == 403
    assert Client().post(reset(bob), {"password": FIRST}).status_code == 302
    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)


def test_a_short_first_password_is_refused_and_a_missing_account_is_missing(bob: User):
    client = signed_in(dana())
    assert client.post(reset(bob), {"password": "short"}).status_code == 400
    missing = reverse("people:reset", kwargs={"uid": "00000000-0000-4000-8000-000000000000"})
    assert client.get(missing).status_code == 404
