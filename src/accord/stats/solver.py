"""The linear solver, silent: it would otherwise print its name on stdout, into the middle of a command's JSON."""

from __future__ import annotations

from typing import Any

import highspy


class _Quiet(highspy.Highs):
    """HiGHS that is silent from the first moment. Its constructor calls `enableCallbacks`, which prints the banner."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802 - the solver's name for it
        self.setOptionValue("output_flag", False)


def solver(**options: Any) -> Any:
    """A solver on one thread, so that the same program gives the same answer, with further options by name."""
    made = _Quiet()
    for name, value in {"threads": 1, "random_seed": 1, "mip_rel_gap": 0.0, **options}.items():
        made.setOptionValue(name, value)
    return made
