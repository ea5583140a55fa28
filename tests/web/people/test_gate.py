"""What is turned away before anything reads it: too large, of unknown size, or with a character no text holds."""

import pytest
from django.conf import settings
from django.test import Client

from accord.facts import Role
from tests.web.people.factories import account, school, signed_in

pytestmark = pytest.mark.django_db


def body(**environment: str) -> int:
    """A body whose bytes are never there: reading it would fail."""
    return Client().generic("POST", "/people/sign-in/", b"", **environment).status_code


def test_a_body_larger_than_any_upload_is_refused_by_its_announced_length():
    response = Client().generic("POST", "/people/sign-in/", b"", CONTENT_LENGTH=str(settings.LARGEST_REQUEST + 1))
    assert response.status_code == 413
    assert "20 MB" in response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("length", ["9" * 30, "-1", "1e9", "many"])
def test_a_length_that_is_no_length_is_refused(length: str):
    assert body(CONTENT_LENGTH=length) == 413


def test_a_body_of_a_size_nobody_states_is_refused():
    assert body(CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked") == 413


def test_the_largest_upload_is_let_through():
    data = b"username=" + b"x" * (5 * 1024 * 1024)
    kind = "application/x-www-form-urlencoded"
    response = Client().post("/people/sign-in/", data, content_type=kind)
    assert response.status_code == 400


@pytest.mark.parametrize("query", ["verb=%00", "verb=a%00b", "%00=1", "page=%00&verb=x"])
def test_a_nul_in_the_address_is_answered_as_unreadable(query: str):
    client = signed_in(account("Eve", Role.SUPERINTENDENT))
    assert client.get(f"/history/?{query}").status_code == 400


@pytest.mark.parametrize("path", ["/rules/%00/", "/reports/%00/", "/controls/P01%00/", "/%00"])
def test_a_nul_in_the_path_is_answered_as_unreadable(path: str):
    assert Client().get(path).status_code == 400


@pytest.mark.parametrize("data", [{"username": "a\0", "password": "b"}, {"na\0me": "x"}])
def test_a_nul_in_a_form_is_answered_as_unreadable(data: dict[str, str]):
    assert Client().post("/people/sign-in/", data).status_code == 400


def test_a_nul_in_a_cookie_is_answered_as_unreadable():
    client = Client()
    client.cookies.load({settings.SESSION_COOKIE_NAME: "\0" * 32})
    assert client.get("/people/permissions/").status_code == 400


GETS = ["/", "/rules/", "/people/permissions/", "/people/sign-in/", "/people/password/", "/reports/", "/history/",
        "/people/accounts/", "/policies/", "/policies/import/", "/controls/", "/interactions/"]  # fmt: skip


@pytest.mark.parametrize("path", GETS)
def test_the_head_of_a_page_is_answered_like_the_page(path: str):
    school()
    client = signed_in(account("Eve", Role.SUPERINTENDENT))
    page, head = client.get(path), client.head(path)
    assert page.status_code == head.status_code
    assert head.status_code in (200, 404)
    assert head.content == b""
