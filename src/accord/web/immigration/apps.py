"""Requests by immigration enforcement: what staff may do now, the register, and what officers sign each year."""

from django.apps import AppConfig


class Immigration(AppConfig):
    name = "accord.web.immigration"
    label = "immigration"

    def ready(self) -> None:
        from accord.web.immigration import content  # noqa: F401 - tells the history how to read our rows again
