"""When sign-in is closed for a while: by user name and address, by address, and by user name across addresses."""

from __future__ import annotations

from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest

from accord.web.people.models import same_name


def username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The user name as accounts spell it, so that capitals and spaces do not make it another one."""
    given = credentials.get("username") if credentials else request.POST.get("username")
    return same_name(given or "")


def address(request: HttpRequest) -> str:
    """Where a request comes from: the last hop a trusted proxy names, or whoever is connected.

    Only what the nearest proxy appended counts; the rest of the header is the client's own word.
    """
    connected: str = request.META.get("REMOTE_ADDR", "")
    forwarded: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if forwarded and connected in settings.TRUSTED_PROXIES:
        return forwarded.rpartition(",")[2].strip()[:45]
    return connected


class Limits(AxesDatabaseHandler):
    """Counts failures three ways. Axes closes sign-in for `username` and `address`; two wider limits are added.

    An address that tries many names, or a name that is tried from many addresses, is closed as well; the latter not
    for an address from which this account signed in before, so that a stranger cannot lock its holder out.
    """

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """How many failures count against this attempt, put on the scale of AXES_FAILURE_LIMIT."""
        narrow: int = super().get_failures(request, credentials)
        name, recent = username(request, credentials), self._recent(request)
        over = self._sum(recent.filter(ip_address=request.axes_ip_address)) >= settings.FAILURES_PER_ADDRESS
        if not over and self._sum(recent.filter(username=name)) >= settings.FAILURES_PER_NAME:
            over = not AccessLog.objects.filter(username=name, ip_address=request.axes_ip_address).exists()
        return max(narrow, settings.AXES_FAILURE_LIMIT) if over else narrow

    def _recent(self, request: Any) -> Any:
        return AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))

    def _sum(self, attempts: Any) -> int:
        return attempts.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
