"""Closed lists as the choices of a field."""

from accord.web.base.choices import choices

__all__ = ["choices"]
