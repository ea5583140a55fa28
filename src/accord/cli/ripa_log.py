"""Where the commands meet the district's log of stops, which the web app keeps."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from accord.cli.shell import start
from accord.decision import BadInput

if TYPE_CHECKING:
    from accord.exchange.reconcile import Contact
    from accord.facts import Stop

_LOG = "accord.web.interactions.stops"


def stops(first: date, last: date) -> list[Stop]:
    """Every stop of the log from one day to another, both included.

    Raises:
        BadInput: when this installation keeps no log of stops.
    """
    found: list[Stop] = _log("stops")(start=first, end=last)
    return found


def contacts(first: date, last: date) -> list[Contact]:
    """The log's own contacts that were stops, from one day to another, both included.

    Raises:
        BadInput: when this installation keeps no log of stops.
    """
    found: list[Contact] = _log("contacts")(start=first, end=last)
    return found


def store(taken: Sequence[Stop]) -> None:
    """Put an agency's records into the log.

    Raises:
        BadInput: when this installation keeps no log of stops.
    """
    _log("store")(taken)


def _log(function: str) -> Any:
    start()
    try:
        return getattr(importlib.import_module(_LOG), function)
    except (ModuleNotFoundError, AttributeError) as error:
        raise BadInput(
            "This installation does not keep stops in its log.",
            mend="Read the file with --dry-run, or name the log as a file with --ours.",
        ) from error
