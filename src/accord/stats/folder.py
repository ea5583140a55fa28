"""Files that appear together or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from accord.decision import BadInput


def write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder.

    A folder that is not there, or empty, appears with all of them at once. In one that holds other files each file
    appears whole, one after the other.

    Raises:
        BadInput: when the folder cannot be written.
    """
    try:
        filled = folder.exists() and any(folder.iterdir())
        within = folder if filled else folder.parent
        within.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=within, prefix=".unfinished-"))
        try:
            for name, content in contents.items():
                (aside / name).write_bytes(content)
            if filled:
                for name in contents:
                    os.replace(aside / name, folder / name)
            else:
                aside.chmod(folder.stat().st_mode if folder.exists() else 0o777 & ~_mask())
                os.replace(aside, folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        mend = "Give a folder that can be written."
        raise BadInput(error.strerror or "It cannot be written.", where=str(folder), mend=mend) from error


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
