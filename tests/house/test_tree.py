"""What the tree holds as a whole."""

import re

from tests.house.tree import ROOT, texts

_OWN_PLACES = re.compile(r"(?<![\w.~$}>/-])/(?:home|root|work|Users)/")


def test_the_licence_is_apache_2():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text[:200]
    assert "Version 2.0, January 2004" in text[:200]
    assert "END OF TERMS AND CONDITIONS" in text


def test_no_file_knows_where_it_was_written():
    found = [f"{path.relative_to(ROOT)}: {match[0]}" for path, text in texts() for match in _OWN_PLACES.finditer(text)]
    assert found == []


def test_no_file_holds_the_marks_of_an_unfinished_merge():
    marks = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
    assert [str(path.relative_to(ROOT)) for path, text in texts() if marks.search(text)] == []
