"""One script on the whole site, a file of its own that stores nothing in the browser (docs/adr, decision 9)."""

import re

from tests.house.tree import ROOT, texts

SCRIPT = "src/accord/web/interactions/static/interactions/draft.js"
TAG = "<script src=\"{% static 'interactions/draft.js' %}\" defer></script>"
LANGUAGE = re.compile(r"\{[%{].*?[%}]\}")
"""Django's own tags."""
INLINE = re.compile(r"<[a-z][^>]*\son[a-z]+\s*=|javascript:", re.IGNORECASE)
STORES = re.compile(
    r"localStorage|sessionStorage|indexedDB|\bcaches\b|document\.cookie|serviceWorker|\beval\b|innerHTML"
)


def templates() -> dict[str, str]:
    """Every template of the site, by its name."""
    found = {str(path.relative_to(ROOT)): text for path, text in texts() if "/templates/" in str(path)}
    return {name: text for name, text in found.items() if name.startswith("src/") and name.endswith(".html")}


def test_one_template_names_one_script_by_its_static_address_and_none_holds_code():
    pages = templates()
    assert len(pages) > 20
    tags = {
        name: re.findall(r"<script.*?</script>", text, re.DOTALL) for name, text in pages.items() if "<script" in text
    }
    assert tags == {"src/accord/web/interactions/templates/interactions/_draft.html": [TAG]}
    assert [name for name, text in pages.items() if INLINE.search(LANGUAGE.sub("", text))] == []


def test_the_one_script_stores_nothing_in_the_browser_and_asks_no_other_site():
    scripts = {str(path.relative_to(ROOT)): text for path, text in texts() if path.suffix in (".js", ".mjs")}
    ours = {name: text for name, text in scripts.items() if name.startswith("src/")}
    assert list(ours) == [SCRIPT]
    assert STORES.findall(ours[SCRIPT]) == []
    assert "://" not in ours[SCRIPT]


def test_nothing_but_the_drafts_themselves_reads_them():
    readers = {
        str(path.relative_to(ROOT)) for path, text in texts() if "models_drafts" in text and path.suffix == ".py"
    }
    web = "src/accord/web/interactions/"
    known = {"apps.py", "draft_views.py", "drafts.py", "drafts_shown.py", "templatetags/drafts.py"}
    assert {name for name in readers if name.startswith("src/")} == {web + name for name in known}
