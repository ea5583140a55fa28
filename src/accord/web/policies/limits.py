"""What fits the columns a policy is kept in: said to whoever brings it in, the same on every database."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.catalogue import Catalogue
from accord.decision import BadInput
from accord.documents.model import Document

LONGEST = {"code": 100, "status": 100, "kind": 100, "title": 500}
"""Characters of each line of a document's head. The longest title of the policies seen has 90."""
LONGEST_ID = 40
"""Characters of an obligation's id, or a part's, where a binding or evidence names it."""


def refuse_long_head(document: Document, name: str) -> None:
    """Refuse a document whose head does not fit.

    Raises:
        BadInput: naming the first line that is too long.
    """
    for field, longest in LONGEST.items():
        if len(getattr(document, field)) > longest:
            raise BadInput(
                _("Its %(field)s has more than %(longest)s characters.") % {"field": field, "longest": longest},
                where=name,
                mend=_("Shorten that line at the head of the document and bring it in again."),
            )


def refuse_long_ids(catalogue: Catalogue) -> None:
    """Refuse a catalogue with an id that does not fit.

    Raises:
        BadInput: naming the first such id.
    """
    for obligation in catalogue.obligations:
        for one in (obligation.id, *(item.id for item in obligation.items)):
            if len(one) > LONGEST_ID:
                raise BadInput(
                    f"An id of the catalogue has more than {LONGEST_ID} characters: {one[:LONGEST_ID]}…",
                    where="catalogue",
                    mend="Shorten it.",
                )
