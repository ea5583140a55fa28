"""Every dependency says why it is there; lock files pin by hash and hold no addresses."""

import json
import re
import tomllib

import pytest

from tests.house.tree import ROOT

PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
_LISTED = re.compile(r'^    "(?P<name>[A-Za-z0-9_.-]+)[^"]*",\s*(?P<reason>#.*)?$')


def lists() -> dict[str, list[str]]:
    """The dependency lists of pyproject.toml by name, `runtime` for the unnamed one."""
    project = tomllib.loads(PYPROJECT)["project"]
    return {"runtime": project["dependencies"], **project["optional-dependencies"]}


def reasons() -> dict[str, str]:
    """The comment on the line of each dependency."""
    section = PYPROJECT[PYPROJECT.index("\ndependencies = [") : PYPROJECT.index("\n[project.scripts]")]
    matches = filter(None, map(_LISTED.match, section.splitlines()))
    return {match["name"]: (match["reason"] or "").strip("# ") for match in matches}


def name(requirement: str) -> str:
    """The bare, normalised name of a requirement."""
    return re.split(r"[^A-Za-z0-9_.-]", requirement)[0].lower().replace("_", "-").replace(".", "-")


def test_every_dependency_has_its_reason_on_its_line():
    stated = reasons()
    every = [name(requirement) for group in lists().values() for requirement in group]
    assert {name(one) for one in stated} == set(every)
    assert [one for one, reason in stated.items() if len(reason) < 5] == []


@pytest.mark.parametrize("lock", LOCKS, ids=[lock.name for lock in LOCKS])
def test_every_pinned_package_is_hashed(lock):
    entries = lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    pinned = [entry for entry in entries if entry.strip() and not entry.startswith("#")]
    assert pinned
    assert [entry for entry in pinned if not re.match(r"[a-z0-9.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry)] == []


@pytest.mark.parametrize("path", [*LOCKS, ROOT / "package-lock.json"], ids=lambda path: path.name)
def test_a_lock_file_holds_no_addresses(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\w+://|--(?:extra-)?index-url|--find-links|\"resolved\"", text) == []


def test_the_lock_files_pin_every_dependency():
    pinned = {
        lock.stem: {name(line) for line in lock.read_text(encoding="utf-8").splitlines() if line[:1].isalnum()}
        for lock in LOCKS
    }
    wanted = lists()
    for group in ("runtime", "postgres", "build"):
        assert {name(one) for one in wanted[group]} <= pinned["runtime"], group
    assert {name(one) for one in wanted["dev"]} <= pinned["dev"]


def test_both_lock_files_agree():
    versions = [
        dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / "requirements" / file).read_text(), re.MULTILINE))
        for file in ("runtime.txt", "dev.txt")
    ]
    runtime, dev = versions
    assert {one: dev[one] for one in runtime} == runtime


def test_every_package_of_the_design_system_is_pinned_by_digest():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {path: entry for path, entry in lock["packages"].items() if path}
    assert packages
    assert [path for path, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")] == []
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert {one: packages[f"node_modules/{one}"]["version"] for one in wanted} == wanted
