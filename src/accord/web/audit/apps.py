"""The history of acts: append-only, chained, verifiable by anyone with an export."""

from django.apps import AppConfig


class Audit(AppConfig):
    name = "accord.web.audit"
    label = "audit"
