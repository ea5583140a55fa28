"""`accord narrative check`: one text a line in, places out, never the words."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ACCORD = Path(sys.executable).parent / "accord"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ACCORD), "narrative", "check", *map(str, arguments)], capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    file = tmp_path / "texts.txt"
    lines = ["Both went back to class.", "", "La mamá es indocumentada.", "I saw Maria Lopez, ID 4471920."]
    file.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    return file


def test_json_gives_every_line_its_findings(texts: Path):
    done = run(texts, "--json")
    assert done.returncode == 1, done.stderr
    rows = json.loads(done.stdout)
    assert [row["line"] for row in rows] == [1, 2, 3, 4]
    assert [[finding["kind"] for finding in row["findings"]] for row in rows] == [
        [],
        [],
        ["immigration"],
        ["name", "identifier"],
    ]
    assert rows[3]["findings"][0] == {"kind": "name", "start": 6, "end": 17}


def test_the_words_are_never_repeated(texts: Path):
    done = run(texts)
    assert done.returncode == 1
    assert "line 3, characters" in done.stdout
    for word in ("indocumentada", "Lopez", "4471920"):
        assert word not in done.stdout + done.stderr


def test_a_roster_tells_which_names_to_look_for(tmp_path: Path):
    texts, names = tmp_path / "texts.txt", tmp_path / "names.txt"
    texts.write_text("then zara quillon ran\n", encoding="utf-8")
    names.write_text("Zara Quillón\n", encoding="utf-8")
    assert run(texts).returncode == 0
    assert run(texts, "--names", names).returncode == 1


def test_nothing_found_is_exit_code_0(tmp_path: Path):
    clean, empty = tmp_path / "clean.txt", tmp_path / "empty.txt"
    clean.write_text("Both went back to class.", encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    assert run(clean).returncode == 0
    done = run(empty, "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


@pytest.mark.parametrize("content", [None, b"fine\n\xff\xfe\n", b"x" * 4_000_001])
def test_what_cannot_be_read_is_told_in_two_lines(tmp_path: Path, content: bytes | None):
    file = tmp_path / "texts.txt"
    if content is not None:
        file.write_bytes(content)
    done = run(file, "--json")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 2


def test_a_large_file_is_read_a_line_at_a_time(tmp_path: Path):
    file = tmp_path / "texts.txt"
    file.write_text("Both went back to class.\n" * 20_000, encoding="utf-8")
    done = run(file, "--json")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)) == 20_000
