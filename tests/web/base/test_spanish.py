"""In Spanish no page falls back to English where a translation exists, and the choice of language stays."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from scripts import messages, spanish

from accord import clauses
from accord.facts import Role, Status
from accord.rules import people
from accord.web.routes import MENU, PERMISSION
from tests.web.test_sweep import PAGES, PUBLIC_PAGES, World, arguments, world

__all__ = ["world"]

pytestmark = [pytest.mark.django_db, pytest.mark.any_server, pytest.mark.xdist_group("spanish")]

READERS = (Role.SUPERINTENDENT, Role.CLERK, Role.PRINCIPAL, Role.SRO, Role.PROGRAM_ADMIN)
VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta"})
NOT_WORDS = frozenset({"code", "pre", "script", "style"})
SPOKEN = frozenset({"alt", "aria-label", "placeholder", "title"})


class Spanish(HTMLParser):
    """What a page says in its own language: texts and spoken attributes, without what is marked as English."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        around = self.open[-1][1] if self.open else True
        heard = given["lang"] == "es" if "lang" in given else around
        heard = heard and tag not in NOT_WORDS
        if heard:
            self.said += [value.strip() for name, value in attrs if name in SPOKEN and value]
        if tag not in VOID:
            self.open.append((tag, heard))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][1] and data.strip():
            self.said.append(" ".join(data.split()))


def said(page: str) -> list[str]:
    """The texts of a page that a Spanish reader is meant to understand."""
    reader = Spanish()
    reader.feed(page)
    return reader.said


@pytest.fixture(scope="module", autouse=True)
def translated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The translations as they stand in the source, whatever was compiled before."""
    folder = tmp_path_factory.mktemp("locale")
    compiled = folder / "es/LC_MESSAGES/django.mo"
    compiled.parent.mkdir(parents=True)
    compiled.write_bytes(spanish.compiled(spanish.load(messages.PO)))
    with override_settings(LOCALE_PATHS=[folder]):
        yield


@pytest.fixture(scope="module")
def english() -> frozenset[str]:
    """Every phrase of Accord that reads otherwise in Spanish."""
    found = set()
    for message in spanish.load(messages.PO):
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        found |= {" ".join(phrase.split()) for phrase in ids if phrase and phrase not in strings}
    return frozenset(found)


def in_spanish(world: World, role: Role | None) -> Client:
    client = world.client(role)
    client.cookies["django_language"] = "es"
    return client


def page_of(world: World, name: str, role: Role | None) -> str | None:
    """The page as HTML in Spanish; None where the address answers with a file or a redirect."""
    response = in_spanish(world, role).get(reverse(name, kwargs=arguments(world, name, role)))
    is_page = response.headers.get("Content-Type", "").startswith("text/html") and response.content
    return response.content.decode() if is_page else None


def reached() -> Iterator[tuple[str, Role | None]]:
    """Every page for the public, and for each reader the pages that this role reaches."""
    yield from ((name, None) for name in PUBLIC_PAGES)
    rows = people.permissions()
    for role in READERS:
        yield from ((name, role) for name in PAGES if rows[PERMISSION[name]].reach[role] != "none")


SENTINELS = re.compile(
    r"\b(?:"
    + "|".join(
        [
            *(status.label for status in Status if " " in status.label),
            *("Sign in", "Sign out", "Skip to main content", "Who may do what", "Rules and numbers", "optional"),
            *("Choose one", "Show everything", "Not recorded", "In force", "newest first", "school year"),
        ]
    )
    + r")\b"
)
"""Words of statuses, menus and labels that no Spanish sentence holds, not even as a part."""


@pytest.mark.parametrize(("name", "role"), list(reached()), ids=str)
def test_a_page_in_spanish_says_nothing_in_english(world: World, english: frozenset[str], name: str, role: Role | None):
    page = page_of(world, name, role)
    if page is None:
        return
    words = said(page)
    assert '<html lang="es">' in page
    assert [one for one in words if one in english] == []
    assert [one for one in words if SENTINELS.search(one)] == []


@pytest.mark.parametrize("topic", clauses.TOPICS)
def test_the_rules_of_every_topic_are_told_in_spanish(world: World, english: frozenset[str], topic: str):
    words = said(in_spanish(world, None).get(reverse("base:topic", kwargs={"topic": topic})).content.decode())
    assert any(one.startswith("Casos resueltos") for one in words)
    assert [one for one in words if one in english or SENTINELS.search(one)] == []


@pytest.mark.parametrize("address", ["/nowhere/", "/rules/nothing/", "/reports/1999-fall/"])
def test_what_is_not_there_is_refused_in_spanish(world: World, english: frozenset[str], address: str):
    response = in_spanish(world, Role.SUPERINTENDENT).get(address)
    assert response.status_code == 404
    assert [one for one in said(response.content.decode()) if one in english] == []


def test_a_refused_act_says_why_in_spanish(world: World, english: frozenset[str]):
    response = in_spanish(world, Role.STAFF).get(reverse("people:accounts"))
    assert response.status_code == 403
    words = said(response.content.decode())
    assert "No permitido" in words
    assert [one for one in words if one in english] == []


def test_an_empty_form_is_refused_in_spanish(world: World, english: frozenset[str]):
    response = in_spanish(world, Role.PRINCIPAL).post(reverse("interactions:new"), {"people": "1", "do": "file"})
    words = said(response.content.decode())
    assert "Elija una opción." in words
    assert [one for one in words if one in english or SENTINELS.search(one)] == []


def test_the_words_for_statuses_and_the_menu_are_the_agreed_ones(world: World):
    words = said(page_of(world, "controls:index", Role.SUPERINTENDENT) or "")
    agreed = {"Se cumple", "Por vencer", "No se cumple", "Sin evidencia", "Requiere criterio", "No corresponde"}
    assert agreed <= set(words)
    assert {"Política", "Contactos", "Informes", "Evidencia", "Matrícula", "Cuentas"} <= set(words)


def test_figures_are_written_as_in_california(world: World):
    figures = {one for one in said(page_of(world, "reports:read", None) or "") if re.fullmatch(r"[0-9.,]+", one)}
    assert any(re.fullmatch(r"[0-9],[0-9]{3}", one) for one in figures)
    assert any(re.fullmatch(r"[0-9]+\.[0-9]{1,2}", one) for one in figures)
    assert not any(re.fullmatch(r"[0-9]+,[0-9]{1,2}|[0-9]\.[0-9]{3}", one) for one in figures)


def test_the_language_switch_leads_back_and_stays(world: World):
    client = world.client(None)
    assert '<html lang="en">' in client.get("/").content.decode()
    answer = client.post(reverse("base:language"), {"language": "es", "next": "/rules/"})
    assert (answer.status_code, answer["Location"]) == (302, "/rules/")
    for address in ("/rules/", "/", "/people/permissions/"):
        assert '<html lang="es">' in client.get(address).content.decode()
    client.post(reverse("base:language"), {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get("/").content.decode()


def test_the_language_chosen_before_signing_in_is_kept_afterwards(world: World):
    client = world.client(None)
    client.post(reverse("base:language"), {"language": "es", "next": "/"})
    client.force_login(world.users[Role.CLERK], backend="django.contrib.auth.backends.ModelBackend")
    assert '<html lang="es">' in client.get("/controls/").content.decode()


def test_the_language_switch_wins_over_the_browser(world: World):
    client = Client(headers={"Accept-Language": "es-MX,es;q=0.9"})
    assert '<html lang="es">' in client.get("/").content.decode()
    client.post(reverse("base:language"), {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get("/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_the_language_switch_leads_nowhere_else(world: World, elsewhere: str):
    answer = world.client(None).post(reverse("base:language"), {"language": "es", "next": elsewhere})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_english_left_in_a_spanish_page_would_be_found(english: frozenset[str]):
    page = '<html lang="es"><p>Sí</p><p lang="en">Not met</p><h1 title="Menu">Not <b>met</b></h1><p>Sign in</p></html>'
    assert [one for one in said(page) if one in english] == ["Menu", "Sign in"]
    assert said('<html lang="es"><img alt="Foto"><p lang="en">No<br></p>Fin</html>') == ["Foto", "Fin"]


def test_the_menu_is_all_in_the_catalogue(english: frozenset[str]):
    assert {str(label) for _, label in MENU} <= english
