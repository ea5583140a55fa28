"""What a reviewer asks to be done after a contact, by whom and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accord.facts.coded import Coded
from accord.facts.people import Role


class FollowUp(Coded):
    """What is to be done after a review."""

    TALK_WITH_OFFICER = "talk_with_officer", "Talk with the officer about when an officer steps in"
    TELL_AGENCY = "tell_agency", "Tell the officer's supervisor at the agency"
    TALK_WITH_STAFF = "talk_with_staff", "Talk with staff about when to call an officer"
    SUPPORT_STUDENT = "support_student", "Offer the student counseling or mental health support"
    REPAIR_HARM = "repair_harm", "Hold a restorative meeting"
    TALK_WITH_PARENT = "talk_with_parent", "Talk with the parent or guardian"
    CORRECT_ENTRY = "correct_entry", "Have the entry corrected"
    CHANGE_PRACTICE = "change_practice", "Change a practice at the school"
    OTHER = "other", "Something else (say what)"


@dataclass(frozen=True)
class Asked:
    """A follow-up as a reviewer asks for it on a day. None and "" where it was left open."""

    asked_on: date
    what: FollowUp | None = None
    owner: Role | None = None
    due_on: date | None = None
    note: str = ""

    @property
    def empty(self) -> bool:
        """Is nothing asked for?"""
        return self.what is None and self.owner is None and self.due_on is None and not self.note.strip()
