"""Of the design system, exactly what the stylesheet needs is taken, and only from the pinned archive."""

import base64
import hashlib
import io
import re
import tarfile
from pathlib import Path

import pytest
from scripts import fetch_uswds

from tests.house.tree import ROOT

CSS = """@font-face{src:url(../fonts/a/one.woff2) format("woff2")}
.x{background:url("../img/two.svg?v=1#part"), url('data:image/png;base64,AA==')}
/*# sourceMappingURL=uswds.min.css.map */"""


def archive(folder: Path, **extra: str) -> Path:
    contents = {"dist/css/uswds.min.css": CSS, "LICENSE.md": "words", "dist/js/uswds.min.js": "run()", **extra}
    path = folder / "uswds.tgz"
    with tarfile.open(path, "w:gz") as package:
        for name, text in contents.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(text)
            package.addfile(member, io.BytesIO(text.encode()))
    return path


def test_only_what_the_stylesheet_refers_to_is_taken(tmp_path: Path):
    made = archive(tmp_path, **{"dist/fonts/a/one.woff2": "1", "dist/img/two.svg": "2", "dist/img/three.svg": "3"})
    fetch_uswds.take(made, tmp_path / "uswds")
    taken = {str(path.relative_to(tmp_path / "uswds")) for path in (tmp_path / "uswds").rglob("*") if path.is_file()}
    assert taken == {"css/uswds.min.css", "fonts/a/one.woff2", "img/two.svg", "LICENSE.md"}
    assert "sourceMappingURL" not in (tmp_path / "uswds/css/uswds.min.css").read_text()


def test_a_file_missing_from_the_archive_is_named(tmp_path: Path):
    with pytest.raises(fetch_uswds.FetchError, match=r"dist/fonts/a/one\.woff2"):
        fetch_uswds.take(archive(tmp_path, **{"dist/img/two.svg": "2"}), tmp_path / "uswds")


def test_another_archive_than_the_pinned_one_is_refused(tmp_path: Path):
    made = archive(tmp_path)
    digest = base64.b64encode(hashlib.sha512(made.read_bytes()).digest()).decode()
    fetch_uswds.verify(made, f"sha512-{digest}")
    made.write_bytes(made.read_bytes() + b"x")
    with pytest.raises(fetch_uswds.FetchError, match=r"package-lock\.json"):
        fetch_uswds.verify(made, f"sha512-{digest}")


def test_everything_the_stylesheet_asks_for_is_in_place():
    folder = fetch_uswds.TARGET
    css = (folder / "css/uswds.min.css").read_text(encoding="utf-8")
    wanted = {folder / path.removeprefix("dist/") for path in fetch_uswds.referenced(css)}
    assert len(wanted) > 20
    assert [path for path in wanted if not path.is_file()] == []
    assert re.findall(r"url\([\"']?(?:https?:)?//[^)]*", css) == []


def test_a_wheel_carries_the_files(tmp_path: Path):
    from hatchling.builders.wheel import WheelBuilder

    carried = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    assert "accord/web/base/static/uswds/css/uswds.min.css" in carried
    assert any(path.endswith(".woff2") for path in carried)
    assert "accord/web/base/locale/es/LC_MESSAGES/django.mo" in carried
    assert "accord/rules/people.md" in carried
    assert "accord/catalogue.toml" in carried
