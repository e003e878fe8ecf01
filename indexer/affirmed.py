"""How much of a question a sentence only denies, doubts or remembers: an answer had better say that it is so."""

from __future__ import annotations

from functools import lru_cache

from indexer.asked import Asked, mask
from indexer.candidates import Sentence
from indexer.negation import flags_by_position, scopes


def unaffirmed(asked: Asked, one: Sentence) -> float:
    """The share of the question's words that stand in the sentence under a cue alone, from 0 to 1.

    A question with a cue of its own ("without", "history of") wants such a sentence as much as any other.
    """
    if not one.held or _has_cue(asked.query.text):
        return 0.0
    under = _under_a_cue(one.text)
    return asked.rarity.share(mask(row and under.issuperset(row) for row in one.stands)) if under else 0.0


@lru_cache(maxsize=1024)  # a sentence is compared with each of the quotes
def _under_a_cue(text: str) -> frozenset[int]:
    """The positions of the words of a sentence that stand under a cue."""
    return frozenset(flags_by_position(text))


@lru_cache(maxsize=64)
def _has_cue(question: str) -> bool:
    return bool(scopes(question))
