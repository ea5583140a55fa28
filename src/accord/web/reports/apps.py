"""Reports."""

from django.apps import AppConfig


class Reports(AppConfig):
    name = "accord.web.reports"
    label = "reports"
