"""Where the real material for tests stands: beside the checkout, never inside it."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
BP_3515_31 = SHARED / "policies" / "bp-3515.31.txt"

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the folder `shared` with real policies is not beside this checkout"
)
