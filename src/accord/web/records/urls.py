"""Records."""

from typing import Any

app_name = "records"
urlpatterns: list[Any] = []
