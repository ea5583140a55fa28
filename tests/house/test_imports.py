"""The import contracts hold, and notice when they do not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sources, with the contracts, to plant things in."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache"], cwd=tree, env=environment, capture_output=True, text=True, check=False
    )


def plant(tree: Path, module: str, line: str) -> None:
    path = tree / "src" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")


def test_the_contracts_hold(copy: Path):
    done = lint(copy)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("accord/rules/people.py", "import django", "Nothing but the web shell and the commands knows Django"),
        ("accord/rules/people.py", "import narwhals", "Rules use the standard library only"),
        ("accord/facts/people.py", "import accord.rules.people", "Imports run one way"),
        ("accord/stats/schema.py", "import accord.documents.model", "Imports run one way"),
        (
            "accord/web/immigration/forms.py",
            "from accord.web.students.models import Student",
            "The register of requests by immigration enforcement reaches no student",
        ),
    ],
)
def test_an_import_against_the_grain_is_noticed(copy: Path, module: str, line: str, broken: str):
    plant(copy, module, line)
    done = lint(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{broken} BROKEN" in done.stdout
