"""The name of the district stands on every page."""

import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/people/sign-in/", "/rules/"])
def test_a_page_carries_the_name_of_the_district_in_its_title_and_head(client, settings, path: str):
    settings.DISTRICT = "Cedar Creek & Mills Unified"
    page = client.get(path).content.decode()
    assert " · Cedar Creek &amp; Mills Unified · Accord</title>" in page
    assert '<span class="site-head__district">Cedar Creek &amp; Mills Unified</span>' in page


@pytest.mark.django_db
def test_without_a_name_nothing_stands_in_its_place(client, settings):
    settings.DISTRICT = ""
    page = client.get("/people/sign-in/").content.decode()
    assert "site-head__district" not in page
    assert " ·  · " not in page
