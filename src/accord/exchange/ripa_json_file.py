"""Files of JSON records of stops: one record, an array, an object around one array, or one record a line."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import Any

from accord.decision import BadInput
from accord.exchange.ripa_lines import open_plain


def load(path: Path) -> list[Any]:
    """The records of a file, unread.

    Raises:
        BadInput: when the file cannot be opened or is not JSON, with the line.
    """
    mend = "Give a file of JSON records: one, an array of them, or one a line."
    try:
        with open_plain(path) as file:
            text = file.read().decode("utf-8-sig")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadInput("The compressed file is damaged.", where=str(path), mend=mend) from error
    except OSError as error:
        raise BadInput(error.strerror or "cannot be read", where=str(path), mend=mend) from error
    except UnicodeDecodeError as error:
        raise BadInput("The file is not UTF-8.", where=str(path), mend=mend) from error
    if not text.strip():
        raise BadInput("The file is empty.", where=str(path), mend=mend)
    try:
        return _records(text)
    except RecursionError as error:
        raise BadInput("The JSON is nested too deep for records of stops.", where=str(path), mend=mend) from error
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise BadInput("This is not JSON.", where=f"{path}, line {line}", mend=mend) from error


def _records(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].rstrip().endswith("}"):
            raise
        try:
            return [json.loads(line) for line in lines]
        except json.JSONDecodeError:
            raise error from None
    if isinstance(found, dict) and "LEARecordID" not in found and len(lists := _lists(found)) == 1:
        return lists[0]
    return found if isinstance(found, list) else [found]


def _lists(envelope: dict[str, Any]) -> list[list[Any]]:
    """The lists an envelope around the records holds: `{"stops": [...]}`."""
    return [value for value in envelope.values() if isinstance(value, list)]
