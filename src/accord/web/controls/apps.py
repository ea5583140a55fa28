"""Is each obligation met today, on what evidence; and the front page."""

from django.apps import AppConfig


class Controls(AppConfig):
    name = "accord.web.controls"
    label = "controls"

    def ready(self) -> None:
        from accord.web.controls import content  # noqa: F401 - says what the history of evidence commits to
