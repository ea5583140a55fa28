"""Reading what people type, however they type it: characters folded, words in all their readings, phrases as data.

No decision is taken here; `accord.rules.immigration` and `accord.rules.narratives` take them. Standard library only.
"""

from accord.rules.wording.marks import Mark, merged

__all__ = ["Mark", "merged"]
