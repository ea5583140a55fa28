"""Bad input gets a clear error or a warning, in under two seconds and 300 MB."""

import io
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from accord.decision import BadInput
from accord.documents.limits import MAX_CHARACTERS, MAX_FILE, MAX_TEXT
from accord.documents.read import read_bytes, read_file

SECONDS = 2.0
MEGABYTES = 300
JUST_FITS = MAX_CHARACTERS - 1000


def _fill(piece: bytes, size: int = JUST_FITS) -> bytes:
    return (piece * (size // len(piece) + 1))[:size]


def _zip(name: str, size: int) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, b" " * size)
    return saved.getvalue()


REFUSED = {
    "nothing": (b"", "a.txt", "empty"),
    "blank": (b" \n\t\n", "a.md", "empty"),
    "zero bytes": (b"\0" * 4000, "a.txt", "not text"),
    "a picture called html": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "a.html", "not text"),
    "too much text": (_fill(b"The Board shall act. ", MAX_TEXT + 1), "a.txt", "MB of text"),
    "too many words": (_fill(b"The Board shall act. ", MAX_CHARACTERS + 1000), "a.txt", "characters"),
    "deep nesting": (b"<div>" * 50_000, "a.html", "open elements"),
    "a table without end": (b"<table>" + b"<tr><td>x" * 300_000, "a.html", "tags"),
    "a flood of entities": (b"<p>" + b"&amp;" * 900_000, "a.html", "characters"),
    "Markdown that is all marks": (b"![" * 100_000, "a.md", "marks"),
    "an export without end": (b"# 1250 - Visits\n\n## Policy Content\n" + b"\ta\n" * 1_500_000, "a.txt", "characters"),
    "a zip bomb": (_zip("word/document.xml", 150_000_000), "a.docx", "unpacks"),
    "a zip of something else": (_zip("a.txt", 10), "a.docx", "not a Word document"),
    "a cut zip": (_zip("word/document.xml", 1000)[:60], "a.docx", "damaged"),
    "Word with broken XML": (_zip("word/document.xml", 1000), "a.docx", "damaged"),
    "text called docx": (b"The Board shall act.", "a.docx", "not one"),
    "a broken PDF": (b"%PDF-1.7\n" + bytes(range(256)) * 40, "a.pdf", "damaged"),
    "old Word": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.doc", "old Word"),
    "RTF": (b"{\\rtf1 The Board shall act.}", "a.rtf", "RTF"),
}
READ = {
    "one word": (_fill(b"a"), "a.txt"),
    "open parentheses": (_fill(b"("), "a.txt"),
    "digits": (_fill(b"1"), "a.txt"),
    "stops": (_fill(b"a.B "), "a.txt"),
    "citations": (_fill(b"Education Code 49076, 49077; "), "a.txt"),
    "cross references without end": (_fill(b"(cf. "), "a.txt"),
    "modal verbs": (_fill(b"shall "), "a.txt"),
    "short lines": (_fill(b"The Board shall\n", 300_000), "a.txt"),
    "list items": (b"".join(b"%d. a\n" % number for number in range(19_000)), "a.txt"),
    "titles": (_fill(b"Aa Bb\n\n", 60_000), "a.txt"),
    "open comments": (b"<!-- " * 900_000, "a.html"),
    "attributes": (b"<p " + b"a=b " * 1_000_000 + b">x", "a.html"),
    "nested lists": (b"<ul><li>a" * 190, "a.html"),
    "a YAML bomb": (
        b"---\na: &a [x,x,x]\n" + b"".join(b"b%d: &b%d [*a,*a]\n" % (n, n) for n in range(500)) + b"---\nx",
        "a.md",
    ),
    "JSON without end": (
        b"## HTML Content\n<p>Go.<annotation data-ant='%5B" + b"%5B" * 50_000 + b"'></annotation>",
        "a.txt",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_in_words(case: str) -> None:
    data, name, words = REFUSED[case]
    with pytest.raises(BadInput, match=words) as raised:
        read_bytes(data, name)
    assert raised.value.where == name
    assert raised.value.mend.endswith(".")


def test_hostile_files_cost_little_time_and_memory(tmp_path: Path) -> None:
    """One process reads them all: the clock of each, and the most memory it ever held (Linux, VmHWM)."""
    for number, (data, name) in enumerate([*(case[:2] for case in REFUSED.values()), *READ.values()]):
        (tmp_path / f"{number:02d}-{name}").write_bytes(data)
    (tmp_path / "fifty-megabytes.txt").touch()
    os.truncate(tmp_path / "fifty-megabytes.txt", 50_000_000)
    program = """
import json, pathlib, re, sys, time
from accord.decision import BadInput
from accord.documents.read import read_file
slow = {}
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    start = time.process_time()
    try:
        read_file(path)
    except BadInput:
        pass
    slow[path.name] = time.process_time() - start
held = re.search(r"VmHWM:\\s*(\\d+)", pathlib.Path("/proc/self/status").read_text())
print(json.dumps([slow, int(held[1]) / 1024]))
"""
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    seconds, megabytes = json.loads(done.stdout)
    assert len(seconds) == len(REFUSED) + len(READ) + 1
    assert {name: took for name, took in seconds.items() if took > SECONDS} == {}
    assert megabytes < MEGABYTES


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    large.touch()
    os.truncate(large, MAX_FILE * 50)
    start = time.process_time()
    with pytest.raises(BadInput, match="MB"):
        read_file(large)
    assert time.process_time() - start < 0.1


@pytest.mark.parametrize(("make", "words"), [("folder", "folder"), ("nothing", "no such file")])
def test_what_is_not_a_file_is_refused(tmp_path: Path, make: str, words: str) -> None:
    path = tmp_path / "policy.txt"
    if make == "folder":
        path.mkdir()
    with pytest.raises(BadInput, match=words):
        read_file(path)


def test_mixed_encodings_are_read_with_a_warning() -> None:
    data = "The Board shall honor “all” – ".encode() + "caf\xe9s \x93and\x94 bars.".encode("latin-1")
    document = read_bytes(data, "a.txt")
    assert document.sentences[0].text == "The Board shall honor “all” – cafés “and” bars."
    assert any("Windows-1252" in warning for warning in document.warnings)


def test_utf_16_is_read() -> None:
    assert read_bytes("The Board shall act.".encode("utf-16"), "a.txt").sentences[0].actor == "Board"


def test_lost_letters_are_said_and_not_guessed() -> None:
    document = read_bytes("The Board shall act on educa\ufffdon.".encode(), "a.txt")
    assert "educa\ufffdon" in document.sentences[0].text
    assert any("letters were lost" in warning for warning in document.warnings)


def test_a_text_that_is_no_policy_is_read_with_warnings() -> None:
    document = read_bytes(b"Once a fox ran over the hill. It never came back.", "tale.txt")
    assert len(document.sentences) == 2
    assert any("may not be a policy" in warning for warning in document.warnings)
    assert any("does not state its code" in warning for warning in document.warnings)
