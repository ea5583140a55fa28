"""Policies."""

from django.apps import AppConfig


class Policies(AppConfig):
    name = "accord.web.policies"
    label = "policies"
