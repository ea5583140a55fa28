"""Rows that are filed: written once, and never changed or deleted by our own code."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class FiledRowError(RuntimeError):
    """Code tried to change or delete a filed row. A fault of ours, never of a person."""


class FiledRows(models.QuerySet[Any]):
    """Rows that are written once."""

    def update(self, **values: Any) -> NoReturn:
        raise FiledRowError(f"{self.model.__name__} rows are filed and never changed.")

    def delete(self) -> NoReturn:
        raise FiledRowError(f"{self.model.__name__} rows are filed and never deleted.")

    def bulk_update(self, *args: Any, **values: Any) -> NoReturn:
        raise FiledRowError(f"{self.model.__name__} rows are filed and never changed.")


class Filed(models.Model):
    """A row that is written once: no second save, no deletion."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FiledRowError(f"{type(self).__name__} {self.pk} is filed and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FiledRowError(f"{type(self).__name__} {self.pk} is filed and never deleted.")
