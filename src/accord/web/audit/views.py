"""The history of acts, newest first, and whether it is whole."""

from __future__ import annotations

import json
import threading
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accord.web.audit.models import Event
from accord.web.audit.verify import Verified, verify

PAGE = 50

_verifying = threading.Lock()
"""One walk at a time in a server process: a second one would take twice as long and tell the same."""


@require_safe
def events(request: Any) -> HttpResponse:
    """Events by page, narrowed by verb; `?verify=1` walks the whole chain first."""
    verb = request.GET.get("verb", "")
    rows = Event.objects.order_by("-seq")
    if verb:
        rows = rows.filter(verb=verb)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    asked = bool(request.GET.get("verify"))
    verified = _verified() if asked else None
    context = {
        "page": page,
        "verb": verb,
        "verbs": Event.objects.order_by("verb").values_list("verb", flat=True).distinct(),
        "rows": [{"event": event, "body": json.loads(event.body)} for event in page],
        "verified": verified,
        "busy": asked and verified is None,
    }
    return render(request, "audit/events.html", context, status=503 if context["busy"] else 200)


def _verified() -> Verified | None:
    """The outcome, or None while somebody else's walk is under way."""
    if not _verifying.acquire(blocking=False):
        return None
    try:
        return verify()
    finally:
        _verifying.release()
