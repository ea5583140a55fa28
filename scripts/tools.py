"""What tests need and pip does not bring: a library for Playwright's driver, a Chromium, the PostgreSQL server, Java.

Found on the system first; installed by the package manager where that is possible without asking; for Chromium,
Playwright's own is the last resort. When one cannot be had, that is an error and never a reason to skip a test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


class MissingError(Exception):
    """A program cannot be had: what is missing, and how to mend it, on two lines."""


def chromium() -> Path | None:
    """A Chromium to drive: the one named by ACCORD_CHROMIUM, the system's, or Playwright's."""
    named = os.environ.get("ACCORD_CHROMIUM")
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    path = named or found or _playwrights_chromium()
    return Path(path) if path and Path(path).is_file() else None


def driver() -> Path | None:
    """The program that Playwright drives browsers with, when it runs here: a bare Debian lacks a library it needs."""
    import playwright

    node = Path(playwright.__file__).parent / "driver/node"
    return node if node.exists() and _quiet([str(node), "--version"]) else None


def _playwrights_chromium() -> str:
    if driver() is None:
        return ""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def postgres() -> Path | None:
    """The folder with `initdb` and `postgres`, newest version first."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if config := shutil.which("pg_config"):
        done = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        candidates.insert(0, Path(done.stdout.strip() or "."))
    if initdb := shutil.which("initdb"):
        candidates.insert(0, Path(initdb).resolve().parent)
    return next(
        (folder for folder in candidates if (folder / "initdb").exists() and (folder / "postgres").exists()), None
    )


def java() -> Path | None:
    """The Java that Spark runs on."""
    home = os.environ.get("JAVA_HOME")
    path = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    return Path(path) if path and _quiet([path, "-version"]) else None


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in folder.parent.name.split(".") if part.isdigit())


def install(*packages: str) -> bool:
    """Install packages with apt, as root or with a sudo that asks nothing. False where that is not possible."""
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (root and not shutil.which("sudo")):
        return False
    _quiet([*root, "apt-get", "update"])  # a list that cannot be had does not mean the package cannot
    quietly = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "--no-install-recommends"]
    return _quiet([*root, *quietly, "-o", "Dpkg::Options::=--force-confold", *packages])


def install_postgres() -> bool:
    """Install the PostgreSQL server without the cluster that Debian would otherwise create and start."""
    settings = Path("/etc/postgresql-common/createcluster.conf")
    if os.geteuid() == 0 and not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("create_main_cluster = false\n", encoding="utf-8")
    return install("postgresql")


def install_chromium() -> bool:
    """Install Chromium: the system's package, else Playwright's build."""
    return install("chromium") or _quiet([sys.executable, "-m", "playwright", "install", "chromium"])


def _quiet(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode == 0


def need(name: str, find: Callable[[], Path | None], bring: Callable[[], bool], mend: str) -> Path:
    """Find a program, installing it when it is not there.

    Raises:
        MissingError: when it is still not there.
    """
    if found := find():
        return found
    sys.stderr.write(f"Installing {name}\n")
    bring()
    if found := find():
        return found
    raise MissingError(f"{name} is needed by the tests and is not on this machine.\n{mend}")


def main() -> int:
    """See to it that all are there; say where."""
    wanted = (
        (
            "Playwright's driver",
            driver,
            lambda: install("libatomic1"),
            "Install the library it lacks (on Debian and Ubuntu: apt-get install libatomic1).",
        ),
        ("Chromium", chromium, install_chromium, "Install it, or set ACCORD_CHROMIUM to the path of one."),
        (
            "PostgreSQL's server",
            postgres,
            install_postgres,
            "Install it (on Debian and Ubuntu: apt-get install postgresql).",
        ),
        (
            "Java, for Spark",
            java,
            lambda: install("openjdk-17-jre-headless"),
            "Install Java 17 (on Debian and Ubuntu: apt-get install openjdk-17-jre-headless), or set JAVA_HOME.",
        ),
    )
    try:
        for name, find, bring, mend in wanted:
            sys.stdout.write(f"{name}: {need(name, find, bring, mend)}\n")
    except MissingError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
