"""Students: the district's roster, and how it is brought in."""

from django.apps import AppConfig


class Students(AppConfig):
    name = "accord.web.students"
    label = "students"

    def ready(self) -> None:
        from accord.web.students import content  # noqa: F401 - tells the history how to read our rows again
