"""Controls."""

from django.apps import AppConfig


class Controls(AppConfig):
    name = "accord.web.controls"
    label = "controls"
