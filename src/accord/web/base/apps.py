"""The layout, the field template, the language files: what every page shares."""

from django.apps import AppConfig


class Base(AppConfig):
    name = "accord.web.base"
    label = "base"
