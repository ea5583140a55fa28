"""Files that appear together or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from accord.decision import BadInput


def refuse_unwritable(folder: Path) -> None:
    """See that files could be written into a folder, before the work for them begins. Nothing stays behind.

    Raises:
        BadInput: when the folder, or the one it would be made in, cannot be written.
    """
    try:
        within = folder if _filled(folder) else folder.parent
        while not within.exists():
            within = within.parent
        _try(within)
    except OSError as error:
        raise _unwritable(folder, error) from error


def refuse_unwritable_file(path: Path) -> None:
    """See that a file could be written: its folder must be there. Nothing stays behind.

    Raises:
        BadInput: when its folder is not there or cannot be written, or when it is a folder itself.
    """
    if path.is_dir():
        raise BadInput("This is a folder.", where=str(path), mend="Name a file.")
    if not path.parent.is_dir():
        mend = f"Make the folder {path.parent} first, or name another."
        raise BadInput("There is no such folder.", where=str(path.parent), mend=mend)
    try:
        _try(path.parent)
    except OSError as error:
        raise _unwritable(path.parent, error) from error


def write(
    folder: Path, contents: Mapping[str, bytes], *, first: Callable[[], None] = lambda: None, after: str = ""
) -> None:
    """Write files into a folder.

    A folder that is not there, or empty, appears with all of them at once. In one that holds other files each file
    appears whole, one after the other. `first` is done when all of them are written aside and none has appeared; what
    it did stays done, and if they cannot appear then, `after` says what to do about that.

    Raises:
        BadInput: when the folder cannot be written.
    """
    done = False
    try:
        within = folder if _filled(folder) else folder.parent
        within.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=within, prefix=".unfinished-"))
        try:
            for name, content in contents.items():
                (aside / name).write_bytes(content)
            first()
            done = True
            if _filled(folder):
                for name in contents:
                    os.replace(aside / name, folder / name)
            else:
                aside.chmod(folder.stat().st_mode if folder.exists() else 0o777 & ~_mask())
                os.replace(aside, folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise _unwritable(folder, error, after if done else "") from error


def _filled(folder: Path) -> bool:
    return folder.exists() and any(folder.iterdir())


def _try(folder: Path) -> None:
    tempfile.TemporaryDirectory(dir=folder, prefix=".unfinished-").cleanup()


def _unwritable(folder: Path, error: OSError, after: str = "") -> BadInput:
    mend = f"Give a folder that can be written. {after}".rstrip()
    return BadInput(error.strerror or "It cannot be written.", where=str(folder), mend=mend)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
