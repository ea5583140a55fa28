"""Interactions."""

from django.apps import AppConfig


class Interactions(AppConfig):
    name = "accord.web.interactions"
    label = "interactions"
