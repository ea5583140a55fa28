"""Which columns of a roster are dropped by their name, beside those that the exchange drops always."""

from __future__ import annotations

from collections.abc import Callable

from accord.exchange.sensitive import is_sensitive

drops: Callable[[str], bool] = is_sensitive
