"""The Spanish catalogue: kept in step with the phrases, and what is wrong with it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from scripts.phrases import Phrase

PLURALS = "nplurals=2; plural=(n != 1);"
HEADER = (
    "# Accord in Spanish. make messages keeps the phrases in step with the sources; translations are written here.\n"
)

_NOISE = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|Report-Msgid-Bugs-To): .*\n',
    re.MULTILINE,
)
_BRACES = re.compile(r"\{[a-z_]\w*(?:[!:][^{}]*)?\}")
_PERCENT = re.compile(r"(?<!%)(?:%%)*(%(?:\([^)]*\))?[a-z])")


def load(path: Path) -> Catalog:
    """The catalogue as it stands on disk; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale="es", project="accord", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="es")


def updated(old: Catalog, phrases: Iterable[Phrase]) -> Catalog:
    """A catalogue of exactly these phrases, with the translations that the old one has for them.

    Nothing is guessed: a changed phrase starts without a translation.
    """
    new = Catalog(locale="es", project="accord", version="", fuzzy=False)
    for phrase in phrases:
        known = old.get(phrase.id, phrase.context or None)
        ids = (phrase.id, phrase.plural) if phrase.plural else phrase.id
        kept = known if known and isinstance(known.string, tuple) == bool(phrase.plural) else None
        new.add(
            ids,
            kept.string if kept else None,
            context=phrase.context or None,
            flags=kept.flags & {"fuzzy"} if kept else (),
        )
    return new


def text(catalog: Catalog) -> str:
    """The catalogue as the `.po` file holds it: sorted, without dates and places, which change for no reason."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, no_location=True, omit_header=False, sort_output=True, ignore_obsolete=True)
    body = _NOISE.sub("", buffer.getvalue().decode("utf-8"))
    body = re.sub(r'(?m)^"Plural-Forms: .*\n', f'"Plural-Forms: {PLURALS}\\\\n"\n', body)
    return HEADER + body[body.index('msgid ""') :]


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as the program reads it; what is fuzzy is left out."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def gaps(words: str) -> frozenset[str]:
    """The places of a phrase that the program fills: {name}, %(name)s, %s."""
    return frozenset(_BRACES.findall(words)) | frozenset(_PERCENT.findall(words))


def faults(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Each phrase that cannot be shown in Spanish as it stands, with the reason."""
    for message in catalog:
        if message.id:
            phrase = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
            yield from ((phrase, reason) for reason in _reasons(message))


def _reasons(message: Message) -> Iterator[str]:
    said = list(message.string) if isinstance(message.string, (tuple, list)) else [message.string or ""]
    if not all(said):
        yield "no translation"
        return
    if message.fuzzy:
        yield "fuzzy"
    originals = list(message.id) if isinstance(message.id, (tuple, list)) else [message.id]
    wanted = gaps(originals[-1])
    # The form for one may leave its number out: "un día" for "%(count)s day".
    if gaps(said[-1]) != wanted or any(not gaps(form) <= wanted for form in said):
        yield f"gaps differ: {', '.join(sorted(wanted)) or 'none'} in English"
