"""Zips that mean harm are refused unread, in a moment."""

import gzip
import io
import stat
import struct
import time
import zipfile
from pathlib import Path

import pytest

from accord.decision import BadInput
from accord.exchange import bundle
from tests.exchange.rosters import oneroster, plain, read, zipped


def refused(data: bytes, what: str, name: str = "r.zip") -> None:
    began = time.monotonic()
    with pytest.raises(BadInput, match=what) as caught:
        read(data, name=name)
    assert caught.value.mend
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    "name", ["../users.csv", "/etc/users.csv", "a/../../users.csv", "..\\users.csv", "C:/users.csv"]
)
def test_a_path_that_leads_out_is_refused(name: str):
    refused(zipped({**oneroster(), name: "x"}), "leads out")


def test_a_link_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        link = zipfile.ZipInfo("users.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(link, "/etc/passwd")
    refused(buffer.getvalue(), "link")


def test_a_bomb_is_refused_by_its_ratio():
    refused(zipped({"users.csv": b"0" * 60_000_000}), "more than a roster")


def test_a_bomb_that_lies_about_its_size_is_refused():
    whole = zipped({"users.csv": b"a,b\n" + b"1,2\n" * 10_000_000})
    real = struct.pack("<I", 40_000_004)
    assert whole.count(real) >= 1
    refused(whole.replace(real, struct.pack("<I", 1000)), "damaged|more than|CSV|standard|column")


def test_a_packed_bomb_is_cut_off(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bundle, "MAX_UNPACKED", 2_000_000)
    refused(gzip.compress(b"local_id\n" + b"1\n" * 3_000_000), "more than a roster", "roster.csv.gz")


def test_too_many_files_are_refused():
    refused(zipped({f"{number}.csv": "x" for number in range(600)}), "too many")


def test_one_name_twice_is_refused():
    refused(zipped({"a/users.csv": "x", "b/USERS.CSV": "x"}), "more than once")


def test_a_password_is_refused():
    data = bytearray(zipped({"users.csv": "x"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    refused(bytes(data), "password")


@pytest.mark.parametrize("cut", [10, 200, -30])
def test_half_a_zip_is_refused(cut: int):
    refused(zipped(oneroster())[:cut], "damaged")


def test_a_flipped_byte_inside_is_refused():
    data = bytearray(zipped({"roster.csv": plain(*(f"{number}" for number in range(3000)), head="local_id")}))
    data[200] ^= 0xFF
    refused(bytes(data), "damaged|CSV|UTF-8|text")


def test_a_damaged_gz_is_refused():
    refused(gzip.compress(plain("1", head="local_id"))[:-6], "damaged", "roster.csv.gz")


def test_what_is_no_roster_at_all_is_refused(tmp_path: Path):
    (tmp_path / "a.csv").write_text("x")
    (tmp_path / "b.csv").write_text("x")
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(BadInput):
            read(path)


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path):
    (tmp_path / "secret.txt").write_text("local_id\n1\n")
    folder = tmp_path / "roster"
    folder.mkdir()
    (folder / "roster.csv").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(BadInput):
        read(folder)


def test_the_digest_of_a_folder_tells_its_content(tmp_path: Path):
    (tmp_path / "users.csv").write_text("a")
    first = bundle.digest(tmp_path)
    assert bundle.digest(tmp_path) == first
    (tmp_path / "users.csv").write_text("b")
    assert bundle.digest(tmp_path) != first
