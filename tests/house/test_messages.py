"""Every phrase is found wherever it stands, and a translation that would break a page is named."""

from pathlib import Path

import pytest
from scripts import messages, phrases, spanish
from scripts.phrases import Phrase

from accord import facts
from accord.decision import BadInput


def test_both_sides_of_a_condition_are_found():
    source = 'Say("Kept." if met else "Not kept: {why}.", values)\n'
    assert set(phrases.in_python(source, "x")) == {Phrase("Kept."), Phrase("Not kept: {why}.")}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("Sign " "in")', Phrase("Sign in")),
        ('translation.gettext_lazy("Policy")', Phrase("Policy")),
        ('ngettext("%(n)s day", "%(n)s days", n)', Phrase("%(n)s day", plural="%(n)s days")),
        ('pgettext("a month", "May")', Phrase("May", context="a month")),
        ('class Sex(Coded):\n    FEMALE = "female", "Female"', Phrase("Female")),
    ],
)
def test_marked_code_is_found(source: str, found: Phrase):
    assert list(phrases.in_python(source, "x")) == [found]


def test_what_is_not_marked_is_left_alone():
    assert list(phrases.in_python('print("Hello"); gettext(name); Other("x")', "x")) == []


def test_a_marked_f_string_is_refused_with_its_place():
    with pytest.raises(BadInput) as caught:
        list(phrases.in_python('\n_(f"{days} days")', "pages.py"))
    assert caught.value.where == "pages.py:2"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{% translate 'Sign in' %}", Phrase("Sign in")),
        ('<a title="{% translate "50% kept (of all)" %}">', Phrase("50%% kept (of all)")),
        ('{% translate "May" context "a month" %}', Phrase("May", context="a month")),
        ('{{ _("Policy")|default:"" }}', Phrase("Policy")),
        (
            "{% blocktranslate with n=kept|length %}It's {{ n }}\n  kept (today){% endblocktranslate %}",
            Phrase("It's %(n)s\n  kept (today)"),
        ),
        (
            "{% blocktranslate count n=due trimmed %}{{ n }} due{% plural %}\n {{ n }} are\n{% endblocktranslate %}",
            Phrase("%(n)s due", plural="%(n)s are"),
        ),
    ],
)
def test_marked_templates_are_found(source: str, found: Phrase):
    text = f"{{% load i18n %}}\n   <p>it's (unmarked) _(\n{source}\n  more ) text"
    assert list(phrases.in_template(text, "x.html")) == [found]


def test_the_words_of_the_rules_the_catalogue_and_the_closed_lists_are_found():
    found = {phrase.id for phrase in phrases.everywhere(messages.SOURCES)}
    labels = {member.label for kind in facts.Coded.__subclasses__() for member in kind if member.label}
    assert labels <= found
    for read in phrases.DATA:
        words = {phrase.id for phrase in read() if phrase.id}
        assert words
        assert words <= found


def catalogue(phrase: Phrase, said: str | tuple[str, ...]):
    made = spanish.updated(spanish.load(Path("none")), [phrase])
    made.get(phrase.id, phrase.context or None).string = said
    return made


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        (Phrase("Due in {days} days"), "Vence pronto"),
        (Phrase("Due in {days} days"), "Vence en {dias} días"),
        (Phrase("%(n)s kept"), "%(m)s cumplidos"),
        (Phrase("Kept"), "Cumplido {x}"),
        (Phrase("%(n)s day", "%(n)s days"), ("un día", "días")),
        (Phrase("%(n)s day", "%(n)s days"), ("%(m)s día", "%(n)s días")),
        (Phrase("%(n)s day", "%(n)s days"), ("un día", "")),
        (Phrase("Kept"), ""),
    ],
)
def test_a_translation_that_does_not_fit_is_named(phrase: Phrase, said):
    assert [found for found, _ in spanish.faults(catalogue(phrase, said))] == [phrase.id]


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        (Phrase("Due in {days} days"), "Vence en {days} días"),
        (Phrase("{a} of {b}, at most {c}% late"), "De {b}, {a}; tarde, {c}% como máximo"),
        (Phrase("%(n)s day", "%(n)s days"), ("un día", "%(n)s días")),
        (Phrase("50%% kept"), "50%% cumplido"),
    ],
)
def test_a_translation_that_fits_is_let_through(phrase: Phrase, said):
    assert list(spanish.faults(catalogue(phrase, said))) == []


def test_a_fuzzy_translation_is_named():
    made = catalogue(Phrase("Kept"), "Cumplido")
    made.get("Kept").flags.add("fuzzy")
    assert list(spanish.faults(made)) == [("Kept", "fuzzy")]


def test_an_update_keeps_translations_drops_what_is_gone_and_guesses_nothing(tmp_path: Path):
    old = spanish.updated(
        spanish.load(tmp_path / "none"), [Phrase("Kept"), Phrase("Gone"), Phrase("Kept?", context="c")]
    )
    old.get("Kept").string = "Cumplido"
    old.get("Kept?", "c").string = "¿Cumplido?"
    stored = tmp_path / "django.po"
    stored.write_text(spanish.text(old), encoding="utf-8")
    wanted = [Phrase("Kept"), Phrase("Keptt"), Phrase("Kept?", context="c"), Phrase("a day", plural="days")]
    new = spanish.updated(spanish.load(stored), wanted)
    assert {message.id: message.string or "" for message in new if message.id} == {
        "Kept": "Cumplido",
        "Keptt": "",
        "Kept?": "¿Cumplido?",
        ("a day", "days"): ("", ""),
    }
    stored.write_text(spanish.text(new), encoding="utf-8")
    assert spanish.text(spanish.updated(spanish.load(stored), wanted)) == stored.read_text(encoding="utf-8")


def test_the_file_holds_no_dates_and_no_places(tmp_path: Path):
    text = spanish.text(spanish.updated(spanish.load(tmp_path / "none"), [Phrase("Kept")]))
    assert "-Date" not in text
    assert "#:" not in text
