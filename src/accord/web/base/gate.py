"""What is turned away before anything reads it: requests that are too large, and characters no text holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accord.web.base.views import bad_request, problem

_NUL = "\0"


class Gate:
    """Answers 413 to a body larger than any upload, or of a size nobody states, and 400 to NUL in any field.

    A body is refused by its announced length, before it is read; without that a stranger could fill the disk with
    temporary files. NUL stands in no text, and PostgreSQL stores none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_too_large(request):
            return too_large(request)
        query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
        if b"\0" in query or _has_nul([request.path_info, *request.COOKIES.values()]):
            request.COOKIES.clear()
            request.session = type(request.session)()  # the one named by a bad cookie is not asked for
            return bad_request(request)
        return self.get_response(request)

    def process_view(self, request: Any, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Look into the form once its token was found good."""
        fields = request.POST.lists() if request.method == "POST" else ()
        return bad_request(request) if any(_has_nul([name, *values]) for name, values in fields) else None


def _is_too_large(request: HttpRequest) -> bool:
    stated = request.META.get("CONTENT_LENGTH") or ""
    if not stated:
        return bool(request.META.get("HTTP_TRANSFER_ENCODING"))
    return not stated.isdecimal() or int(stated[:20]) > settings.LARGEST_REQUEST


def _has_nul(texts: Iterable[str]) -> bool:
    return any(_NUL in text for text in texts)


def too_large(request: HttpRequest) -> HttpResponse:
    """The body was not read."""
    most = settings.LARGEST_REQUEST // 1024 // 1024 - 1
    return problem(
        request,
        413,
        _("This is too large"),
        _("What was sent is larger than anything Accord takes in. Nothing was stored."),
        _("Send a file of at most %(most)s MB.") % {"most": most},
    )
