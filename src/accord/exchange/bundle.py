"""A folder, a zip or a single file, seen alike: names and streams. What no honest export holds is refused unread."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from accord.decision import BadInput

MAX_FILES = 500
"""Files in one folder or zip."""
MAX_UNPACKED = 1_000_000_000
"""Bytes of all files read, once unpacked: some ten times what 100,000 students with their classes take."""
MAX_RATIO = 200
"""How many times larger than packed a file may be. Rosters pack some 10 to 40 times."""
SMALL = 20_000_000
"""Bytes up to which the ratio does not matter."""

_MEND = "Export the roster again and give the file as it comes out of the student system."
_DAMAGED = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Bundle:
    """Files by their name in lower case without folders, and how each is opened. `shown` has the names as written."""

    name: str
    shown: dict[str, str]
    _open: Callable[[str], IO[bytes]]

    def __contains__(self, name: str) -> bool:
        return name in self.shown

    def ending(self, *suffixes: str) -> list[str]:
        """The names that end so, in order."""
        return sorted(name for name in self.shown if name.endswith(suffixes))

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """The bytes of a file, unpacked, and no more of them than MAX_UNPACKED.

        Raises:
            BadInput: when it cannot be opened or is damaged, also while it is being read.
        """
        try:
            with self._open(name) as raw, _unpacked(raw, name) as stream:
                yield stream
        except _DAMAGED as error:
            raise BadInput(
                "The file is damaged or locked with a password.", where=self.where(name), mend=_MEND
            ) from error
        except OSError as error:
            raise BadInput(f"The file cannot be read: {error.strerror}.", where=self.where(name), mend=_MEND) from error

    def where(self, name: str) -> str:
        """What to call a file in a message."""
        return self.shown.get(name, name)


class _Counted(io.RawIOBase):
    """A stream that ends in a refusal when it yields more than an honest file would."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream, self._name, self._read = stream, name, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._read += len(data)
        if self._read > MAX_UNPACKED:
            raise BadInput("The file unpacks to more than a roster can hold.", where=self._name, mend=_MEND)
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def _unpacked(raw: IO[bytes], name: str) -> Iterator[IO[bytes]]:
    if not name.endswith(".gz"):
        yield io.BufferedReader(_Counted(raw, name), 1 << 16)
        return
    with gzip.GzipFile(fileobj=raw) as plain:
        yield io.BufferedReader(_Counted(plain, name), 1 << 16)  # type: ignore[arg-type]


@contextmanager
def opened(source: Path | IO[bytes], *, name: str = "") -> Iterator[Bundle]:
    """See a folder, a zip or a file as a bundle. `name` is what an uploaded file was called.

    Raises:
        BadInput: when there is nothing there, or a zip holds what no honest export does.
    """
    if isinstance(source, Path):
        if source.is_dir():
            yield _folder(source)
            return
        try:
            stream: IO[bytes] = source.open("rb")
        except OSError as error:
            mend = "Check the path and who may read it."
            raise BadInput(f"The file cannot be opened: {error.strerror}.", where=str(source), mend=mend) from error
        with stream, opened(stream, name=source.name) as bundle:
            yield bundle
        return
    source.seek(0)
    if source.read(4) in (b"PK\x03\x04", b"PK\x05\x06"):
        with _zip(source, name) as bundle:
            yield bundle
        return
    yield Bundle(name, {name.lower(): name}, lambda _: _rewound(source))


def digest(source: Path | IO[bytes]) -> str:
    """SHA-256 of a file, or of a folder's files in the order of their names: the same roster has the same one."""
    found = hashlib.sha256()
    if not isinstance(source, Path):
        source.seek(0)
        _feed(found, source)
        source.seek(0)
        return found.hexdigest()
    files = sorted(one for one in source.iterdir() if one.is_file()) if source.is_dir() else [source]
    for file in files:
        if source.is_dir():
            found.update(f"{file.name}\0".encode())
        with file.open("rb") as stream:
            _feed(found, stream)
    return found.hexdigest()


def _feed(found: hashlib._Hash, stream: IO[bytes]) -> None:
    while chunk := stream.read(1 << 20):
        found.update(chunk)


def _rewound(source: IO[bytes]) -> IO[bytes]:
    source.seek(0)
    return io.BufferedReader(_Kept(source))


class _Kept(io.RawIOBase):
    """The same stream, read to its end more than once: closing this view leaves the stream open."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _folder(path: Path) -> Bundle:
    files = {one.name.lower(): one for one in path.iterdir() if one.is_file() and not one.is_symlink()}
    if len(files) > MAX_FILES:
        raise BadInput("The folder holds too many files for a roster.", where=str(path), mend=_MEND)
    return Bundle(str(path), {name: one.name for name, one in files.items()}, lambda name: files[name].open("rb"))


@contextmanager
def _zip(source: IO[bytes], name: str) -> Iterator[Bundle]:
    source.seek(0)
    try:
        package = zipfile.ZipFile(source)
    except (*_DAMAGED, ValueError, OSError) as error:
        raise BadInput("The zip is damaged or not complete.", where=name, mend=_MEND) from error
    with package:
        entries: dict[str, zipfile.ZipInfo] = {}
        for entry in _honest(package, name):
            own = os.path.basename(entry.filename)
            if own.lower() in entries:
                raise BadInput(f"The zip holds {own} more than once.", where=name, mend=_MEND)
            entries[own.lower()] = entry
        shown = {own: os.path.basename(entry.filename) for own, entry in entries.items()}
        yield Bundle(name, shown, lambda own: package.open(entries[own]))


def _honest(package: zipfile.ZipFile, name: str) -> Iterator[zipfile.ZipInfo]:
    """The files of a zip.

    Raises:
        BadInput: for paths that lead out, links, locked files, too many of them, or more than a roster can hold.
    """
    entries = package.infolist()
    if len(entries) > MAX_FILES:
        raise BadInput("The zip holds too many files for a roster.", where=name, mend=_MEND)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED or any(_swollen(entry) for entry in entries):
        raise BadInput("The zip unpacks to more than a roster can hold.", where=name, mend=_MEND)
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if entry.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            raise BadInput("The zip holds a path that leads out of it.", where=name, mend=_MEND)
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise BadInput("The zip holds a link instead of a file.", where=name, mend=_MEND)
        if entry.flag_bits & 0x1:
            raise BadInput("The zip is locked with a password.", where=name, mend="Give it without a password.")
        if not entry.is_dir() and parts[0] != "__MACOSX" and not parts[-1].startswith("."):
            yield entry


def _swollen(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
