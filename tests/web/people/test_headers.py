"""Every page carries the headers that keep it inert and unstored."""

import pytest
from django.test import Client

from accord.web import settings as real

pytestmark = pytest.mark.django_db

PAGES = ["/people/sign-in/", "/people/permissions/", "/rules/", "/rules/people/", "/no-such-page/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_allows_no_inline_script_no_frame_and_no_object(path: str):
    policy = Client().get(path)["Content-Security-Policy"]
    assert "unsafe-" not in policy
    for directive in ("default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'"):
        assert directive in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_stored_nowhere_and_sniffed_by_nobody(path: str):
    response = Client().get(path)
    assert response["Cache-Control"] == "no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert "style=" not in response.content.decode()
    assert "<script" not in response.content.decode()


def test_cookies_go_over_tls_only_and_to_this_host_only():
    assert real.SESSION_COOKIE_NAME.startswith("__Host-")
    assert real.CSRF_COOKIE_NAME.startswith("__Host-")
    assert real.SESSION_COOKIE_SECURE
    assert real.CSRF_COOKIE_SECURE
    assert real.SESSION_COOKIE_HTTPONLY


def test_passwords_are_kept_with_argon2():
    assert real.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_a_form_without_its_token_is_refused_with_advice():
    response = Client(enforce_csrf_checks=True).post("/people/sign-in/", {"username": "eve", "password": "x"})
    assert response.status_code == 403
    assert "Go back in your browser" in response.content.decode()
