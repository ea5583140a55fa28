"""Accounts, roles and schools, and who may do what."""

from django.apps import AppConfig


class People(AppConfig):
    name = "accord.web.people"
    label = "people"

    def ready(self) -> None:
        from accord.web.people import checks, content  # noqa: F401 - they register what they hold
