"""Records: who asks for a student's records, who decided, who consented, and who received what."""

from django.apps import AppConfig


class Records(AppConfig):
    name = "accord.web.records"
    label = "records"

    def ready(self) -> None:
        from accord.web.records import content  # noqa: F401 - tells the history how to read our rows again
