"""What is written of a protected bare release: the status of every cell, and what was proved of the pattern."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from accord.decision import BadInput
from accord.stats.audit import assumptions
from accord.stats.bare import Bare, Policy
from accord.stats.bare_files import status_lines
from accord.stats.pattern import Pattern


def certificate(pattern: Pattern, policy: Policy) -> dict[str, Any]:
    """What was proved: `gap` is the share by which the cost may be above the least, 0 when proved minimal."""
    return {
        "valid": True,
        "cells": len(pattern.hidden),
        "primary": int(pattern.primary.sum()),
        "complementary": int((pattern.hidden & ~pattern.primary).sum()),
        "cost": round(pattern.cost, 6),
        "bound": round(min(pattern.bound, pattern.cost), 6),
        "gap": round(pattern.gap, 6),
        "seconds": round(pattern.seconds, 3),
        "threshold": policy.threshold,
        "width": policy.width,
        "assumptions": sorted(assumptions(policy)),
    }


def files(bare: Bare, pattern: Pattern, policy: Policy) -> dict[str, bytes]:
    """The files by name."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerows([("cell", "status"), *status_lines(bare.names, pattern.hidden)])
    proof = json.dumps(certificate(pattern, policy), indent=2) + "\n"
    return {"status.csv": lines.getvalue().encode(), "certificate.json": proof.encode()}


def write(folder: Path, contents: dict[str, bytes]) -> None:
    """Write each file whole or not at all.

    Raises:
        BadInput: when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".unfinished-") as aside:
            for name, content in contents.items():
                (Path(aside) / name).write_bytes(content)
            for name in contents:
                os.replace(Path(aside) / name, folder / name)
    except OSError as error:
        mend = "Give a folder that can be written."
        raise BadInput(error.strerror or "It cannot be written.", where=str(folder), mend=mend) from error
