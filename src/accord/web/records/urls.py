"""Records."""

from typing import Any

from accord.web.records import family_urls

app_name = "records"
urlpatterns: list[Any] = [*family_urls.urlpatterns]
