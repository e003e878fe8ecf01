"""Text -> terms as engines take them: stems, words as typed and flags, without an object for each.

What a word or compound gives depends on its letters alone, so each is analysed once and looked up from then on: a text
costs one search for its words and a look into a dictionary for each.
"""

from __future__ import annotations

from array import array
from itertools import accumulate, chain
from typing import NamedTuple

from indexer.analyse import PARTS, STEMS, WORD, Lexicon
from indexer.negation import MARK, flagged
from indexer.records import Terms
from indexer.typed import TYPED


class _Given(NamedTuple):
    """The terms that a word or compound gives, stems first."""

    texts: tuple[str, ...]
    parts: tuple[int, ...]  # whose position each has, from 0
    size: int  # parts


def name_terms(text: str) -> Terms:
    """The terms of a title or heading, and its words as typed."""
    texts, positions = _both(text)
    return Terms(tuple(texts), array("I", positions))


def text_terms(text: str) -> Terms:
    """The terms of a passage's text, its words as typed, and "!negated" or the like where one stands under a cue."""
    texts, positions = _both(text)
    flags = sorted(flagged(text).items())
    texts += [MARK + flag for _, flag in flags]
    positions += [position for position, _ in flags]
    return Terms(tuple(texts), array("I", positions))


def _both(text: str) -> tuple[list[str], list[int]]:
    """The terms of a text with their positions, word by word."""
    given = list(map(_GIVEN.__getitem__, WORD.findall(text)))
    starts = accumulate((word.size for word in given), initial=0)
    texts = list(chain.from_iterable(word.texts for word in given))
    return texts, [start + part for start, word in zip(starts, given, strict=False) for part in word.parts]


def _given(word: str) -> _Given:
    forms = (*STEMS[word], *TYPED[word])
    return _Given(tuple(form.text for form in forms), tuple(form.part for form in forms), len(PARTS[word]))


_GIVEN = Lexicon(_given)
