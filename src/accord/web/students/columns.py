"""Which columns of a roster are dropped by their name, beside those that the exchange drops always.

The same rule keeps such fields out of Accord's own tables and forms.
"""

from __future__ import annotations

from collections.abc import Callable

from accord.rules.immigration import suspicious_name

drops: Callable[[str], bool] = suspicious_name
