"""Duties: what must be done after a contact, by whom and until when; and the calendar that school days are told by."""

from django.apps import AppConfig


class Duties(AppConfig):
    name = "accord.web.duties"
    label = "duties"

    def ready(self) -> None:
        from accord.web.duties import content  # noqa: F401 - tells the history how to read our rows again
