"""How hard a text reads, by two published formulas.

English: grade level of Kincaid, Fishburne, Rogers and Chissom (1975), Derivation of New Readability Formulas for Navy
Enlisted Personnel: 0.39 words per sentence + 11.8 syllables per word - 15.59.
Spanish: perspicuity of Szigriszt Pazos (1993), Sistemas predictivos de legibilidad del mensaje escrito:
206.835 - 62.3 syllables per word - words per sentence; on the INFLESZ scale of Barrio Cantalejo (2008), from 65 on a
text is "quite easy", which is what the first years of secondary school read.
"""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
STRONG, WEAK, STRESSED = "aeoáéó", "iuü", "íú"


def sentences(text: str) -> list[str]:
    """The sentences of a text. A line of a list or a heading is one by itself."""
    whole = re.sub(r"\b(?:[A-Z]\.)+", "X", text)
    parts = (one for line in whole.split("\n") for one in re.split(r"(?<=[.!?])\s+", line))
    return [one for one in parts if WORD.search(one)]


def words(text: str) -> list[str]:
    return [one.lower() for one in WORD.findall(text)]


def english_syllables(word: str) -> int:
    """Groups of vowels, but for a silent e at the end and in -es and -ed."""
    plain = re.sub(r"(?<=[^aeiouyl])e$|(?<=[aeiou])le$|(?<=[^aeiouytd])ed$|(?<=[^aeiousxzcg])es$", "", word)
    return max(
        1,
        len(re.findall(r"[aeiouy]+", plain)) + len(re.findall(r"(?<=[aeiouy])ing$|(?<![ct])ia[nl]|io(?!us|n)", plain)),
    )


def spanish_syllables(word: str) -> int:
    """Vowels, of which a weak one beside another makes one syllable with it."""
    plain = re.sub(r"qu(?=[eiéí])", "k", re.sub(r"gu(?=[eiéí])", "g", word))
    plain = re.sub(r"y$", "i", plain)
    count, before = 0, ""
    for letter in plain:
        vowel = letter in STRONG + WEAK + STRESSED
        alone = before == "" or letter in STRESSED or before in STRESSED or (letter in STRONG and before in STRONG)
        count += vowel and alone
        before = letter if vowel else ""
    return max(1, count)


def english_grade(text: str) -> float:
    """The school grade a text asks for."""
    found = words(text)
    syllables = sum(map(english_syllables, found))
    return 0.39 * len(found) / len(sentences(text)) + 11.8 * syllables / len(found) - 15.59


def spanish_ease(text: str) -> float:
    """How easily a text reads, from 0 to 100."""
    found = words(text)
    return 206.835 - 62.3 * sum(map(spanish_syllables, found)) / len(found) - len(found) / len(sentences(text))
