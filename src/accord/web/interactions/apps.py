"""Interactions: every contact between an officer and a person, its reviews, and whom the schools enroll."""

from django.apps import AppConfig


class Interactions(AppConfig):
    name = "accord.web.interactions"
    label = "interactions"

    def ready(self) -> None:
        from accord.web.interactions import (
            content,  # noqa: F401 - tells the history how to read our rows again
            draft_views,  # noqa: F401 - tells the sign-in page how to keep what was typed
            models_drafts,  # noqa: F401 - models that stand beside models.py
            models_favorites,  # noqa: F401 - models that stand beside models.py
            models_officers,  # noqa: F401 - models that stand beside models.py
            models_saved,  # noqa: F401 - models that stand beside models.py
            models_times,  # noqa: F401 - models that stand beside models.py
            officers,  # noqa: F401 - the same for officers' profiles
            stops,  # noqa: F401 - the same for the log of stops
        )
