"""The layout, the field template, the language files: what every page shares."""

from django.apps import AppConfig


class Base(AppConfig):
    name = "accord.web.base"
    label = "base"

    def ready(self) -> None:
        from accord.web.base import immigration_fields  # noqa: F401 - registers the check of every field
