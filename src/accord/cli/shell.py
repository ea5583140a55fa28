"""Starting the web shell from a command: only commands that touch the database pay for it."""

from __future__ import annotations

import os


def start() -> None:
    """Load Django with the settings of the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accord.web.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
