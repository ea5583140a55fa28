"""What the principals of the demo did after a contact: nearly every task in time, a few forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from accord.rules.duties import REVIEWS
from accord.web.demo.acts import LOCAL
from accord.web.duties.actions import complete
from accord.web.duties.models import Duty
from accord.web.interactions.models import Interaction
from accord.web.people.models import User


def follow_up(interaction: Interaction, principal: User, *, at: datetime) -> None:
    """Mark what the principal owes after a contact as done half an hour after it began to be owed."""
    owed = Duty.objects.filter(interaction=str(interaction.uid), is_current=True, owner="principal")
    for duty in owed.exclude(kind__in=REVIEWS):
        on = at.astimezone(LOCAL).date()
        done_at = min(duty.since + timedelta(minutes=30), at)
        complete(by=principal, at=at, on=on, duty=duty, done_at=done_at, note="Done and told to the family.")
