"""Opening a CSV file that a person gave: what is wrong with it is said, and how to mend it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from accord.decision import BadInput


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """The text of a CSV file in UTF-8, with or without a byte-order mark, while it is read.

    Raises:
        BadInput: when it cannot be opened, or what is read of it is no CSV in UTF-8.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield file
    except OSError as error:
        raise BadInput(
            error.strerror or "cannot be opened", where=str(path), mend="Give the path of a CSV file."
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(
            f"this is not a CSV file in UTF-8: {error}", where=str(path), mend="Save it as CSV in UTF-8."
        ) from error
