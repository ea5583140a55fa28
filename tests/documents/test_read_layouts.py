"""The same policy, in our own words, in every layout that is read."""

import io
import json
from urllib.parse import quote

import docx
import pytest
from docx.shared import Pt
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen import canvas

from accord.documents.model import Document
from accord.documents.read import read_bytes

FIRST = "The Governing Board believes that visitors enrich a school."
LEAD = "The principal or designee shall keep a list which holds:"
ITEMS = ("The name of each visitor", "The hour of arrival")
LAST = "Visitors should wear a badge when possible. (Education Code 32211)"


def _simbli(text: str, html: str | None = None, kind: str = "BP") -> bytes:
    head = (
        "# 1250 - Visitors/Outsiders\n\n"
        f"**Type:** {kind}  \n**Version:** Current  \n**Status (from API):** ADOPTED  \n"
        "**Original Adopted:** 03/04/2019  \n**Last Revised:** 05/06/2022  \n**Last Reviewed:** 07/08/2023\n\n---\n\n"
    )
    body = f"## Policy Content\n\n{text}\n"
    return (head + body + (f"\n---\n\n## HTML Content\n\n{html}\n" if html is not None else "")).encode()


SIMBLI_TEXT = (
    "CSBA NOTE: This optional policy is for districts that like guests.It may be changed.\n"
    f"{FIRST}\n\nSigning In\n\n{LEAD}\n\n\t{ITEMS[0]}\n\t \n\t{ITEMS[1]}\n\n{LAST}\n"
)


def _annotation(identity: str, author: str, time: int, text: str) -> str:
    data = {"id": "x", "comments": [{"id": identity, "userName": author, "time": time, "text": text}]}
    return f'<annotation data-ant="{quote(json.dumps(data))}" title="..."></annotation>'


SIMBLI_HTML = (
    "<html><body><div id='n1' class='edComm hideComments'>CSBA NOTE: This optional policy is for districts that like "
    "guests.<br><br>It may be changed.</div>"
    + _annotation("n1", "CSBA NOTE", 1623702750, "as above")
    + f"<br style='display:none'>\n{FIRST}<br>\n<br>\n<strong>Signing In</strong><br>\n<br>\n{LEAD}\n"
    + f"<ol>\n\t<li>{ITEMS[0]}<br>\n\t&nbsp;</li>\n\t<li>{ITEMS[1]}</li>\n</ol>\n{LAST}</body></html>"
)
PLAIN_HTML = (
    "<!doctype html><html><head><title>BP 1250</title><style>p {}</style></head><body><nav>Home</nav>"
    f"<h1>BP 1250 - Visitors/Outsiders</h1><p>{FIRST}</p><h2>Signing In</h2><p>{LEAD}</p>"
    f"<ul><li>{ITEMS[0]}</li><li>{ITEMS[1]}</li></ul><p>{LAST} <del>Gone are these words.</del></p></body></html>"
)
MARKDOWN_BODY = f"{FIRST}\n\n## Signing In\n\n{LEAD}\n\n1. {ITEMS[0]}\n2. {ITEMS[1]}\n\n{LAST}\n"
YAML_HEAD = (
    "---\ncreated: 2019-03-04\nupdated: 2022-05-06\ntitle: 1250 Visitors/Outsiders\ncode: 1250\nkind: Policy\n---\n\n"
)
TEXT = f"BP 1250\nVisitors/Outsiders\n\n{FIRST}\n\nSigning In\n\n{LEAD}\n\n1. {ITEMS[0]}\n\n2. {ITEMS[1]}\n\n{LAST}\n"


def _word() -> bytes:
    document = docx.Document()
    document.add_paragraph("BP 1250 - Visitors/Outsiders", style="Title")
    document.add_paragraph(FIRST)
    document.add_heading("Signing In", level=2)
    document.add_paragraph(LEAD)
    for item in ITEMS:
        document.add_paragraph(item, style="List Bullet")
    paragraph = document.add_paragraph(LAST)
    paragraph.runs[0].font.size = Pt(11)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _pdf(lines: list[str], encrypt: str | None = None) -> bytes:
    saved = io.BytesIO()
    page = canvas.Canvas(saved, pagesize=letter, encrypt=encrypt)
    height = 740
    for line in lines:
        page.drawString(72, height, line)
        height -= 14 if line else 7
    page.save()
    return saved.getvalue()


CASES = {
    "simbli": (_simbli(SIMBLI_TEXT, SIMBLI_HTML), "policy.txt"),
    "simbli text": (_simbli(SIMBLI_TEXT), "policy.txt"),
    "simbli, empty html": (_simbli(SIMBLI_TEXT, "<html><body></body></html>"), "policy.txt"),
    "html": (PLAIN_HTML.encode(), "policy.html"),
    "html in a file without suffix": (PLAIN_HTML.encode(), "policy"),
    "markdown": (f"# BP 1250 - Visitors/Outsiders\n\n{MARKDOWN_BODY}".encode(), "policy.md"),
    "markdown with a head": ((YAML_HEAD + MARKDOWN_BODY).encode(), "policy.md"),
    "text": (TEXT.encode(), "policy.txt"),
    "text of Windows": (TEXT.replace("\n", "\r\n").encode("utf-8-sig"), "policy.txt"),
    "word": (_word(), "policy.docx"),
    "pdf": (_pdf(TEXT.split("\n")), "policy.pdf"),
    "pdf under a wrong name": (_pdf(TEXT.split("\n")), "policy.txt"),
}


@pytest.mark.parametrize("layout", CASES)
def test_every_layout_gives_the_same_policy(layout: str) -> None:
    document = read_bytes(*CASES[layout])
    assert (document.code, document.title) == ("1250", "Visitors/Outsiders")
    assert document.kind == ("Policy" if layout == "markdown with a head" else "BP")
    assert [sentence.text for sentence in document.sentences] == [FIRST, LEAD, *ITEMS, LAST]
    assert document.sections == ("Signing In",)
    assert [sentence.section for sentence in document.sentences] == ["", *["Signing In"] * 4]
    lead = document.sentences[1].id
    assert [sentence.parent for sentence in document.sentences] == [None, None, lead, lead, None]
    assert [str(sentence.modality) for sentence in document.sentences] == [
        "intent",
        "shall",
        "shall",
        "shall",
        "should",
    ]
    assert document.sentences[4].citations == ("Education Code 32211",)
    assert [sentence.id for sentence in document.sentences] == [row.id for row in _text().sentences]


def _text() -> Document:
    return read_bytes(*CASES["text"])


@pytest.mark.parametrize("layout", ["simbli", "simbli text", "simbli, empty html"])
def test_notes_of_a_simbli_export(layout: str) -> None:
    document = read_bytes(*CASES[layout])
    (note,) = document.notes
    assert note.author == "CSBA NOTE"
    assert note.text == "This optional policy is for districts that like guests.\n\nIt may be changed."
    assert note.before == document.sentences[0].id
    assert (note.written_at is not None) is (layout == "simbli")
    days = (document.adopted_on, document.revised_on, document.reviewed_on)
    assert [day.isoformat() for day in days if day] == ["2019-03-04", "2022-05-06", "2023-07-08"]
    assert document.status == "ADOPTED"


def test_a_comment_that_no_box_shows_is_a_note_too() -> None:
    html = f"<p>{FIRST}</p>{_annotation('q', 'District clerk', 1700000000, 'Look again at this.')}<p>{LAST}</p>"
    document = read_bytes(_simbli("", html), "policy.txt")
    (note,) = document.notes
    assert (note.author, note.text, note.before) == ("District clerk", "Look again at this.", document.sentences[1].id)
    assert [sentence.text for sentence in document.sentences] == [FIRST, LAST]


def test_latin_1_escapes_in_an_annotation_are_read() -> None:
    escaped = quote('{"comments": [{"id": "a", "userName": "N", "text": "One. ') + "%A0Two%20caf%C3%A9.%22%7D%5D%7D"
    document = read_bytes(_simbli("", f'<p>{FIRST}</p><annotation data-ant="{escaped}"></annotation>'), "policy.txt")
    assert document.notes[0].text == "One. Two café."
    assert document.notes[0].before is None


def test_tables_of_a_page_are_rows_and_a_note_at_the_end_stands_before_nothing() -> None:
    html = "<p>The fee shall be:</p><table><tr><td>Gym</td><td>$40</td></tr><tr><td>Field</td><td>$10</td></tr></table>"
    document = read_bytes(html.encode(), "fees.html")
    assert [sentence.text for sentence in document.sentences][1:] == ["Gym | $40", "Field | $10"]


def test_words_deleted_or_inserted_in_word_are_left_out_or_kept() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Staff shall sign")
    xml = paragraph._p
    for tag, text in (("w:del", " in blue"), ("w:ins", " in ink")):
        change = xml.makeelement(docx.oxml.ns.qn(tag), {})
        run = document.add_paragraph(text)._p.r_lst[0]
        change.append(run)
        xml.append(change)
    saved = io.BytesIO()
    document.save(saved)
    assert [row.text for row in read_bytes(saved.getvalue(), "a.docx").sentences] == ["Staff shall sign in ink"]


def test_a_locked_pdf_says_so() -> None:
    from accord.decision import BadInput

    with pytest.raises(BadInput, match="locked with a password"):
        read_bytes(_pdf([FIRST], encrypt="secret"), "policy.pdf")


def test_json_has_the_shape_of_the_contract() -> None:
    data = json.loads(json.dumps(read_bytes(*CASES["simbli"]).as_json()))
    assert list(data) == [
        *("kind", "code", "title", "status", "adopted_on", "revised_on", "reviewed_on"),
        *("sections", "sentences", "notes", "citations", "warnings"),
    ]
    assert set(data["sentences"][0]) == {"id", "section", "text", "modality", "actor", "hedges", "citations", "parent"}
    assert set(data["notes"][0]) == {"id", "author", "written_at", "text", "before"}
    assert set(data["citations"][0]) == {"text", "kind", "section", "resolved"}
    assert data["adopted_on"] == "2019-03-04"
    assert data["notes"][0]["written_at"].startswith("2021-06-14T20:32:30")


def test_reference_tables_and_dates_at_the_foot_are_not_sentences() -> None:
    html = (
        f"<h1>AR 1250 - Visitors</h1><p>{FIRST} (cf. 5142 - Safety)</p><p>Adopted: June 9, 1992</p>"
        "<p><b>Policy Reference Disclaimer:</b> These references are not intended to be part of the policy itself.</p>"
        "<table><tr><th>State References</th><th>Description</th></tr>"
        "<tr><td>5 CCR 4600</td><td>Complaints</td></tr><tr><td>Ed. Code 32211</td><td>Disruption</td></tr></table>"
        "<table><tr><th>Cross References</th><th>Description</th></tr><tr><td>0450</td><td>Plan</td></tr></table>"
    )
    document = read_bytes(html.encode(), "policy.html")
    assert [sentence.text for sentence in document.sentences] == [FIRST]
    assert [citation.text for citation in document.citations] == [
        *("Policy 5142", "5 CCR 4600", "Education Code 32211", "Policy 0450"),
    ]
    assert document.adopted_on is not None
    assert document.adopted_on.isoformat() == "1992-06-09"


def test_parts_of_an_export_that_differ_are_said() -> None:
    same = read_bytes(*CASES["simbli"])
    other = read_bytes(_simbli(SIMBLI_TEXT.replace(LAST, ""), SIMBLI_HTML), "policy.txt")
    assert not any("differ" in warning for warning in same.warnings)
    assert any("differ" in warning for warning in other.warnings)
    assert other.sentences == same.sentences
