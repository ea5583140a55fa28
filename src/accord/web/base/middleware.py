"""The one place where a request meets a clock."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

DISTRICT_TIME = ZoneInfo("America/Los_Angeles")


class Clock:
    """Gives each request its instant (`request.at`, UTC) and its day in the district (`request.on`).

    Pages for a person are never stored by a browser or a proxy.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]
        request.on = request.at.astimezone(DISTRICT_TIME).date()  # type: ignore[attr-defined]
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response
