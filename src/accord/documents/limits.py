"""How much is too much for one policy? Every bound is checked before the work that it bounds."""

from __future__ import annotations

from accord.decision import BadInput

MAX_FILE = 20_000_000
"""Bytes of a Word or PDF file, pictures included."""
MAX_TEXT = 5_000_000
"""Bytes of a text, HTML or Markdown file. The longest of the policies seen has 110,000."""
MAX_CHARACTERS = 500_000
"""Characters of policy text, about 200 pages. The longest of the policies seen has 60,000."""
MAX_LINES = 20_000
"""Lines of a text or Markdown file."""

_CUT = "Cut the policy out and give it alone."


def refuse_size(size: int, name: str) -> None:
    """Refuse a file of so many bytes before it is opened.

    Raises:
        BadInput: when it has more than `MAX_FILE`.
    """
    if size > MAX_FILE:
        what = f"The file has {size / 1e6:.0f} MB; a policy has at most {MAX_FILE // 1_000_000} MB."
        raise BadInput(what, where=name, mend=_CUT)


def refuse_length(text: str) -> None:
    """Refuse a text that is longer than any policy before it is taken apart.

    Raises:
        BadInput: when it has more than `MAX_CHARACTERS` or `MAX_LINES`.
    """
    lines = text.count("\n")
    if len(text) > MAX_CHARACTERS or lines > MAX_LINES:
        found = f"{len(text):,} characters in {lines + 1:,} lines"
        raise BadInput(f"The text has {found}; a policy has at most {MAX_CHARACTERS:,} in {MAX_LINES:,}.", mend=_CUT)
