"""Getting a copy that was let go ready to leave: its face is put on before anything is written or sent."""

from __future__ import annotations

from datetime import datetime

from accord.decision import BadInput
from accord.web.records import face, face_words
from accord.web.records.face import Leaving
from accord.web.records.models import Copy
from accord.web.records.models_requests import Request


def ready(request: Request, copy: Copy, *, at: datetime) -> Leaving | None:
    """The copy with its limits on its face, opened at an instant; None when it was not let go or cannot carry them."""
    made = getattr(request, "decision", None)
    grounds = {one.copy_id: one.basis for one in made.copies.all()} if made else {}
    if copy.pk not in grounds:
        return None
    words = face_words.of(request, grounds[copy.pk], at=at)
    try:
        return face.put_on(copy.media_type, bytes(copy.content), words)
    except BadInput:
        return None
