"""How much of a question a sentence only denies, doubts or remembers: an answer had better say that it is so."""

from __future__ import annotations

from functools import lru_cache

from indexer.asked import Asked
from indexer.negation import scopes


def unaffirmed(asked: Asked, cued: int) -> float:
    """The share of the question's words that stand in a sentence under a cue alone, `cued`, from 0 to 1.

    A question with a cue of its own ("without", "history of") wants such a sentence as much as any other.
    """
    return asked.rarity.share(cued) if cued and not _has_cue(asked.query.text) else 0.0


@lru_cache(maxsize=64)
def _has_cue(question: str) -> bool:
    return bool(scopes(question))
