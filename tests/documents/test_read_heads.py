"""What the head of every real policy states, worked out here by plain patterns, is what the reader says."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest
import yaml
from tests.shared import SHARED, needs_shared

from accord.documents.model import Document
from accord.documents.read import read_bytes, read_file

POLICIES = SHARED / "data" / "policies"


def _files() -> list[Path]:
    found = (path for path in sorted(POLICIES.rglob("*")) if path.suffix in (".txt", ".md"))
    return [path for path in found if path.name != "README.md" and not path.name.startswith("LICENSE")]


@pytest.fixture(scope="module")
def documents() -> dict[Path, Document]:
    """Every real policy, read: an exception fails every test here."""
    return {path: read_file(path) for path in _files()}


def _us(text: str | None) -> date | None:
    match = re.match(r"\d\d/\d\d/\d{4}", text or "")
    return datetime.strptime(match[0], "%m/%d/%Y").date() if match else None  # noqa: DTZ007 - a day has no zone


def _dates(document: Document) -> tuple[date | None, date | None, date | None]:
    return document.adopted_on, document.revised_on, document.reviewed_on


@needs_shared
def test_every_file_is_read(documents: dict[Path, Document]) -> None:
    assert len(documents) > 400


@needs_shared
def test_heads_cut_from_a_pdf_manual(documents: dict[Path, Document]) -> None:
    wrong, seen = [], 0
    for path, document in documents.items():
        head = path.read_text(encoding="utf-8").split("=" * 80)
        if len(head) < 3:
            continue
        seen += 1
        values = dict(re.findall(r"^([A-Z][A-Za-z ]+): (.*)$", head[1], re.MULTILINE))
        kind, code = re.match(r".*?\b(Policy|Regulation|Bylaw|Exhibit) (.+)", head[0]).groups()  # type: ignore[union-attr]
        expected = (
            {"Policy": "BP", "Regulation": "AR", "Bylaw": "BB", "Exhibit": "E"}[kind],
            code.strip(),
            values["Title"],
            values["Status"],
            _us(values["Original Adopted Date"]),
            _us(values.get("Last Revised Date")),
            _us(values["Last Reviewed Date"]),
        )
        got = (document.kind, document.code, document.title, document.status, *_dates(document))
        wrong += [(path.name, expected, got)] if got != expected else []
    assert seen > 250
    assert wrong == []


@needs_shared
def test_heads_in_yaml(documents: dict[Path, Document]) -> None:
    wrong, seen = [], 0
    for path, document in documents.items():
        match = re.match(r"---\n(.*?)\n---", path.read_text(encoding="utf-8"), re.DOTALL)
        if not match:
            continue
        seen += 1
        head = yaml.load(match[1], Loader=yaml.BaseLoader)
        number, _, title = " ".join(head["title"].split()).partition(" ")
        days = [date.fromisoformat(head[key]) if head.get(key) else None for key in ("created", "updated", "reviewed")]
        expected = (head["kind"], head.get("code", number), title, *days)
        got = (document.kind, document.code, document.title, *_dates(document))
        wrong += [(path.name, expected, got)] if got != expected else []
    assert seen > 150
    assert wrong == []


@needs_shared
def test_heads_of_board_packets(documents: dict[Path, Document]) -> None:
    wrong, seen = [], 0
    for path, document in documents.items():
        text = path.read_text(encoding="utf-8")
        stated = re.search(r"^ *(?:Policy|Exhibit) (\d[\w.()-]*): (\S+)", text, re.MULTILINE)
        old = re.search(r"^BP (\d[\d.]*)$", text, re.MULTILINE)
        if path.parent.name != "san_juan_ca" or not (stated or old):
            continue
        seen += 1
        code = stated[1] if stated else old[1]  # type: ignore[index]
        adopted = re.search(r"Original Adopted Date: (\S+)", text)
        revised = re.search(r"Last Revised Date: (\d\S+)", text)
        reviewed = re.search(r"Last Reviewed Date: (\d\S+)", text)
        got = (document.code, document.status or "", *_dates(document))
        expected_status = "ADOPTED" if re.search(r"^.{0,120}\bADOPTED\b", text, re.MULTILINE) else ""
        days = [_us(found[1]) if found else None for found in (adopted, revised, reviewed)]
        if stated and (code, expected_status, *days) != got:
            wrong.append((path.name, (code, expected_status, *days), got))
        if old and not stated and code != document.code:
            wrong.append((path.name, (code,), got))
        if stated and not document.title.startswith(stated[2]):
            wrong.append((path.name, (stated[2],), (document.title,)))
    assert seen >= 6
    assert wrong == []


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("BP 5145.11 Students\nQuestioning And Apprehension\n", ("BP", "5145.11", "Questioning And Apprehension")),
        ("Oak USD |  AR  1312.3  Community Relations\n\nComplaints\n", ("AR", "1312.3", "Complaints")),
        ("BOARD POLICY - 3515.7\n", ("BP", "3515.7", "")),
        ("Policy GBEB: Staff Conduct\n", ("Policy", "GBEB", "Staff Conduct")),
        (
            "Hill Unified School District\nBoard Policy\nVisitors\n\nBP 1250\nCommunity Relations\n",
            ("BP", "1250", "Visitors"),
        ),
        ("Code Number: 1081\n", ("", "1081", "")),
        ("Administrative Regulation 3515.2: Disruptions\n", ("AR", "3515.2", "Disruptions")),
        ("Exhibit 4040-E(1): Use Of\nTechnology\n", ("E", "4040-E(1)", "Use Of Technology")),
        ("Bylaw 9121: President\n", ("BB", "9121", "President")),
    ],
)
def test_kind_code_and_title_in_many_layouts(head: str, expected: tuple[str, str, str]) -> None:
    body = "\nThe principal or designee shall keep a list of all visitors at the office of the school.\n"
    document = read_bytes((head + body).encode(), "policy.txt")
    assert (document.kind, document.code, document.title) == expected
    assert [sentence.text for sentence in document.sentences] == [body.strip()]


@pytest.mark.parametrize(
    ("foot", "adopted", "revised"),
    [
        ("Adoption Date:  10/13/99", "1999-10-13", None),
        (
            "Adopted: June 9, 1992        Oakville, California\nRevised: May 26, 2009\nRevised: , 2020",
            "1992-06-09",
            "2009-05-26",
        ),
        (
            "- First Adoption:\n- 1994-06-26\n- Revision Adoption:\n- October 9, 1995/ May 10, 2010",
            "1994-06-26",
            "2010-05-10",
        ),
        ("Adopted: February 30, 2020", None, None),
    ],
)
def test_dates_at_the_foot(foot: str, adopted: str | None, revised: str | None) -> None:
    text = f"BP 1250\nVisitors\n\nThe principal shall greet every visitor.\n\n{foot}\n"
    document = read_bytes(text.encode(), "policy.txt")
    assert [day and day.isoformat() for day in (document.adopted_on, document.revised_on)] == [adopted, revised]
    assert len(document.sentences) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Adopted rules shall be posted at every school.",
        "Revised: the principal shall post the rules at every school.",
        "Reviewed June 1, 2020 minutes shall be kept at the office of the district and shown to whoever asks for them.",
    ],
)
def test_a_sentence_that_begins_like_a_date_line_is_a_sentence(sentence: str) -> None:
    document = read_bytes(f"BP 1250\nVisitors\n\n{sentence}\n".encode(), "policy.txt")
    assert (document.adopted_on, document.revised_on, document.reviewed_on) == (None, None, None)
    assert [row.text for row in document.sentences] == [sentence]
