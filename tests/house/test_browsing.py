"""The browser that tests drive: real, and strict about what a page logs."""

import pytest

from tests.browsing import NewPage


def test_pages_differ_in_size_and_scripts(page, phone, page_without_javascript):
    widths = []
    for one in (page, phone):
        one.set_content("<meta name=viewport content='width=device-width'><p>Kept</p>")
        widths.append(one.evaluate("innerWidth"))
    assert widths == [1280, 390]
    page_without_javascript.set_content("<p>Kept</p><script>document.querySelector('p').textContent = 'Run'</script>")
    assert page_without_javascript.text_content("p") == "Kept"


@pytest.mark.parametrize(
    "content",
    [
        "<script>console.error('bad')</script>",
        "<script>missing()</script>",
        "<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\"><script>run()</script>",
    ],
)
def test_a_page_that_logs_an_error_is_caught(new_page: NewPage, content: str):
    page = new_page()
    page.set_content(content)
    page.wait_for_timeout(50)
    assert len(new_page.errors) == 1
    new_page.errors.clear()
