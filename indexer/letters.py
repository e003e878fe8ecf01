"""Words -> how much of each stands in a text, letter by letter: "photosynthetic" holds most of "photosynthesis"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.arrays import Array
from indexer.native import WORDS

GROUP = 4  # letters


def groups_held(texts: Sequence[str], words: Sequence[str]) -> Array:
    """For each text, a row, and each word, a column, the part of the word's groups of four letters that it holds.

    A shorter word has none, and nothing of it is held. Case does not count.
    """
    return (_in_c if WORDS else _groups_held)(texts, words)


def _in_c(texts: Sequence[str], words: Sequence[str]) -> Array:
    """What `_groups_held` says; forty sentences take a tenth of the time."""
    return np.frombuffer(WORDS.groups(tuple(texts), tuple(words))).reshape(len(texts), len(words))


def _groups_held(texts: Sequence[str], words: Sequence[str]) -> Array:
    groups = [_groups(word.lower()) for word in words]
    found = [
        [sum(group in text for group in held) / (len(held) or 1) for held in groups] for text in map(str.lower, texts)
    ]
    return np.array(found, np.float64).reshape(len(texts), len(words))


def _groups(word: str) -> list[str]:
    """Four letters in a row, for each letter that three others follow."""
    return [word[at : at + GROUP] for at in range(len(word) - GROUP + 1)]
