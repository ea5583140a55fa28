"""The history of acts, newest first, and whether it is whole."""

from __future__ import annotations

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accord.web.audit.models import Event
from accord.web.audit.verify import verify

PAGE = 50


@require_GET
def events(request: Any) -> HttpResponse:
    """Events by page, narrowed by verb; `?verify=1` walks the whole chain first."""
    verb = request.GET.get("verb", "")
    rows = Event.objects.order_by("-seq")
    if verb:
        rows = rows.filter(verb=verb)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "verb": verb,
        "verbs": Event.objects.order_by("verb").values_list("verb", flat=True).distinct(),
        "rows": [{"event": event, "body": json.loads(event.body)} for event in page],
        "verified": verify() if request.GET.get("verify") else None,
    }
    return render(request, "audit/events.html", context)
