"""What every page knows about where it is: whose district this is."""

from __future__ import annotations

from typing import Any

from django.conf import settings


def district(request: Any) -> dict[str, object]:
    """The name of the district, "" where the installation has not set one."""
    return {"district": settings.DISTRICT}
