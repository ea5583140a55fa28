"""What is written of a protected bare release: the status of every cell, and what was proved of the pattern."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from accord.decision import BadInput
from accord.stats import proof
from accord.stats.audit import assumptions
from accord.stats.bare import Bare, On, Policy, Zeros
from accord.stats.bare_files import status_lines
from accord.stats.ceilings import of_few
from accord.stats.pattern import Pattern, Unsafe

_FURTHER = ("students", "whole_groups", "empty_groups")
"""What a policy may hide besides small counts."""


def certificate(bare: Bare, pattern: Pattern, policy: Policy) -> dict[str, Any]:
    """What was proved: `gap` is the share by which the cost may be above the least, 0 when proved minimal.

    `of_few`: how many of the small counts could never be `width` different numbers, since so few are enrolled. They
    keep every number that can be.
    """
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
        "of_few": int(of_few(bare, policy)[: len(pattern.hidden)].sum()),
        "assumptions": sorted(assumptions(policy)),
    }


def files(bare: Bare, pattern: Pattern, policy: Policy) -> dict[str, bytes]:
    """The files by name, held against the cells as they will be read, by sums alone.

    Raises:
        Unsafe: when what is written does not show of a small count that it keeps enough values.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([("cell", "status"), *status_lines(bare.names, pattern.hidden)])
    status = text.getvalue().encode()
    written = dict(csv.reader(io.StringIO(status.decode(), newline="")))
    hidden = np.array([written[name] == "s" for name in bare.names])
    return {"status.csv": status, "certificate.json": evidence(bare, replace(pattern, hidden=hidden), policy)}


def evidence(bare: Bare, pattern: Pattern, policy: Policy) -> bytes:
    """A certificate with the proof of a pattern, for those who may know which hidden counts are small.

    Raises:
        Unsafe: when the proof does not hold.
    """
    told = {**certificate(bare, pattern, policy), "proof": proof.written(bare, pattern.hidden, policy, pattern.tables)}
    lines = json.dumps(told, separators=(",", ":")).encode() + b"\n"
    if wrong := list(proof.faults(bare, pattern.hidden, json.loads(lines)["proof"])):
        cells = proof.unproved(bare, pattern.hidden, policy, pattern.tables)
        raise Unsafe(f"The certificate does not hold: {wrong[0]}", tuple(bare.names[cell] for cell in cells))
    return lines


def read(path: Path) -> Mapping[str, Any]:
    """The proof in a certificate.

    Raises:
        BadInput: when it cannot be read or holds none.
    """
    try:
        told = json.loads(path.read_bytes())
        return dict(told["proof"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        mend = "Give the certificate.json that accord protect --cells wrote, or what --proof wrote."
        raise BadInput("This is no certificate with a proof.", where=str(path), mend=mend) from error


def beside(status: Path) -> tuple[Path, Mapping[str, Any]] | None:
    """The policy that a release was made with, and the file beside its status that tells it; None where none does."""
    for name in ("release.json", "certificate.json"):
        try:
            told = json.loads((status.parent / name).read_bytes())
            policy = told.get("policy") or told.get("proof", {}).get("policy") or told
            on, zeros = On(policy.get("on", On.COUNT)), Zeros(policy.get("zeros", Zeros.PRINTED))
            if min(policy["threshold"], policy["width"]) < 1:
                continue
            further = {name: policy[name] is True for name in _FURTHER if name in policy}
            return status.parent / name, {
                "threshold": int(policy["threshold"]),
                "width": int(policy["width"]),
                "on": on,
                "zeros": zeros,
                **further,
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
    return None
