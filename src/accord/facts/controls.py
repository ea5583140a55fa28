"""Whether an obligation is met, and what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accord.facts.coded import Coded


class Status(Coded):
    """Whether a control is met today. The words are the only ones used for it anywhere."""

    MET = "met", "Met"
    DUE = "due", "Due"
    NOT_MET = "not_met", "Not met"
    NO_EVIDENCE = "no_evidence", "No evidence"
    NEEDS_JUDGEMENT = "needs_judgement", "Needs judgement"
    DOES_NOT_APPLY = "does_not_apply", "Does not apply"


@dataclass(frozen=True)
class Evidence:
    """A document or record on file that shows an obligation, or one item of it, for the days from `effective_on`
    to `expires_on` (None: no end stated)."""

    title: str
    effective_on: date
    expires_on: date | None = None
    item: str = ""
