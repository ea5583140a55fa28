"""Who asks, how long the session lasts, and whether the route is granted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accord.decision import NotAllowed
from accord.facts import Asker
from accord.rules import people
from accord.web.base.views import not_allowed
from accord.web.people import carrying, lost_views
from accord.web.routes import HIDDEN, IN_CODES, PERMISSION

PUBLIC = Asker("", False)


class Session:
    """Puts `request.asker` in place and ends a session twelve hours after sign-in, whatever happened since."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.user.is_authenticated:
            began = request.session.get("signed_in_at")
            if began is None:
                request.session["signed_in_at"] = request.at.timestamp()
            elif request.at.timestamp() - began > settings.SESSION_ABSOLUTE_SECONDS:
                logout(request)
        request.asker = request.user.facts() if request.user.is_authenticated else PUBLIC
        return self.get_response(request)


class OwnPassword:
    """Whoever signed in with a password that somebody else chose does nothing before choosing one."""

    OPEN = frozenset({"people:password", "people:sign_out", "base:language"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: object, args: object, kwargs: object) -> HttpResponse | None:
        must = request.user.is_authenticated and request.user.must_change_password
        if must and request.resolver_match.view_name not in self.OPEN:
            return HttpResponseRedirect(reverse("people:password"))
        return None


class Permission:
    """Asks the table before any view runs. A route that is not in the table is not there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: object, args: object, kwargs: object) -> HttpResponse | None:
        permission = PERMISSION.get(request.resolver_match.view_name)
        if permission is None:
            raise Http404
        decision = people.may(request.asker, permission, on=request.on)
        if decision.allowed:
            return None
        if not request.user.is_authenticated:
            if request.resolver_match.view_name in IN_CODES:
                return HttpResponse(status=401)
            if one := carrying.carried(request):
                return lost_views.signed_out(request, one)
            return HttpResponseRedirect(f"{reverse('people:sign_in')}?{urlencode({'next': request.get_full_path()})}")
        if request.resolver_match.view_name in HIDDEN:
            raise Http404
        return not_allowed(request, NotAllowed(decision))

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        return not_allowed(request, exception) if isinstance(exception, NotAllowed) else None
