"""Adopted documents: versions, sentences, notes, bindings."""

from django.apps import AppConfig


class Policies(AppConfig):
    name = "accord.web.policies"
    label = "policies"

    def ready(self) -> None:
        from accord.web.policies import content  # noqa: F401 - says what the history of a version commits to
