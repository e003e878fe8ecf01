"""Words -> how much of each stands in a text, letter by letter: "photosynthetic" holds most of "photosynthesis".

Four letters in a row are compared as one number, of all texts at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from indexer.arrays import Array
from indexer.held import held

GROUP = 4  # letters
_STEP = 0x01000193  # an odd number, so that no letter is lost


def groups_held(texts: Sequence[str], words: Sequence[str]) -> Array:
    """For each text, a row, and each word, a column, the part of the word's groups of four letters that it holds.

    A shorter word has none, and nothing of it is held.
    """
    known, parts = _parts(words)
    lowered = [text.lower() for text in texts]
    groups = _groups("\n".join(lowered))
    of = np.arange(len(texts)).repeat([len(text) + 1 for text in lowered])[: len(groups)]
    return np.asarray(held(of, groups, known, len(texts)) @ parts)


def _parts(words: Sequence[str]) -> tuple[Array, Array]:
    """The groups of some words, each once, and for each, a row, its part of each word's groups, a column."""
    lowered = [word.lower() for word in words]
    groups = _groups("\n".join(lowered)).tolist()
    begins = accumulate((len(word) + 1 for word in lowered), initial=0)
    counts = [max(0, len(word) - GROUP + 1) for word in lowered]
    inside = [groups[begin : begin + count] for begin, count in zip(begins, counts, strict=False)]
    known = sorted(set().union(*inside))
    places = {group: at * len(words) for at, group in enumerate(known)}
    cells = [places[group] + at for at, row in enumerate(inside) for group in row]
    found = np.bincount(np.array(cells, np.int64), minlength=len(known) * len(words))
    return np.array(known, np.int64), found.reshape(len(known), len(words)) / np.maximum(counts, 1)


def _groups(text: str) -> Array:
    """Four letters in a row as a number from 1, for each letter that three others follow."""
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    numbers = letters[: max(0, len(letters) - GROUP + 1)]
    for at in range(1, GROUP):
        numbers = numbers * np.uint32(_STEP) + letters[at : at + len(numbers)]
    return numbers.astype(np.int64) + 1
