"""Policy documents as filed, and where their sentences are tied to obligations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SentenceBound:
    """A sentence of the policy in force and where its binding stands."""

    id: str
    modality: str
    obligations: tuple[str, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True)
class Adopted:
    """A policy document as filed."""

    code: str
    status: str
    adopted_on: date | None
    sentences: tuple[SentenceBound, ...] = ()
