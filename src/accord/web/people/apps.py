"""Accounts, roles and schools, and who may do what."""

from django.apps import AppConfig


class People(AppConfig):
    name = "accord.web.people"
    label = "people"

    def ready(self) -> None:
        from accord.web.people import checks  # noqa: F401 - registers the check of the route table
