"""Board reports: frozen editions, drafted by one person and published by another."""

from django.apps import AppConfig


class Reports(AppConfig):
    name = "accord.web.reports"
    label = "reports"

    def ready(self) -> None:
        from accord.web.reports import content  # noqa: F401 - lets the history re-read editions
