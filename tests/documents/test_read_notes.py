"""A note that is printed on the page and repeated by an annotation is one note."""

import json
from urllib.parse import quote

import pytest

from accord.documents.model import Document
from accord.documents.read import read_bytes

WORDS = "Officers come from the agency under an agreement: see there."


def annotation(text: str, *, author: str = "", time: int | None = 1_754_985_600, name: str = "c1") -> str:
    comment = {"id": name, "userName": author, "text": text} | ({"time": time} if time else {})
    return f'<annotation data-ant="{quote(json.dumps({"id": "n", "comments": [comment]}))}"></annotation>'


def box(text: str, name: str = "b1") -> str:
    return f'<div id="{name}" class="edComm">{text}</div>'


def read(*parts: str) -> Document:
    page = "".join(parts) + "<p>The Board shall approve the agreement.</p>"
    return read_bytes(f"<html><body>{page}</body></html>".encode(), "policy.html")


@pytest.mark.parametrize("printed", ["CSBA NOTE: ", "DISTRICT NOTE: ", "District comment: ", ""])
@pytest.mark.parametrize("repeated", ["CSBA NOTE: ", "DISTRICT NOTE: ", ""])
def test_a_note_printed_and_annotated_is_one_whatever_it_is_called(printed: str, repeated: str):
    document = read(box(printed + WORDS), annotation(repeated + WORDS, author="R. Reyes"))
    assert [(note.author, str(note.written_at)[:10]) for note in document.notes] == [("R. Reyes", "2025-08-12")]
    assert document.notes[0].before == document.sentences[0].id


def test_an_annotation_without_a_time_is_no_second_note():
    document = read(box("DISTRICT NOTE: " + WORDS), annotation("DISTRICT NOTE: " + WORDS, time=None))
    assert [(note.author, note.written_at, note.text) for note in document.notes] == [("DISTRICT NOTE", None, WORDS)]


def test_the_annotation_may_stand_before_what_it_repeats():
    document = read(annotation("CSBA NOTE: " + WORDS), box("CSBA NOTE:  " + WORDS))
    assert [note.text for note in document.notes] == [WORDS]


def test_notes_that_say_other_things_stay_apart():
    document = read(box("DISTRICT NOTE: " + WORDS), annotation("DISTRICT NOTE: The agency may charge for this."))
    assert [bool(note.written_at) for note in document.notes] == [False, True]


def test_two_notes_that_say_the_same_and_are_both_printed_stay_two():
    document = read(box(WORDS), box(WORDS, "b2"), annotation(WORDS))
    assert [bool(note.written_at) for note in document.notes] == [True, False]
