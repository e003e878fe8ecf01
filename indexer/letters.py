"""Words -> how much of each stands in a text, letter by letter: "photosynthetic" holds most of "photosynthesis".

Four letters in a row are compared as one number, of all texts at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.arrays import Array, indices

GROUP = 4  # letters
_STEP = 0x01000193  # an odd number, so that no letter is lost
_LOW = 0xFFFF  # the bits by which most groups that no word has are left out, so that few are looked for


def groups_held(texts: Sequence[str], words: Sequence[str]) -> Array:
    """For each text, a row, and each word, a column, the part of the word's groups of four letters that it holds.

    A shorter word has none, and nothing of it is held.
    """
    known, parts = _parts(words)
    lowered = [text.lower() for text in texts]
    groups = _groups("\n".join(lowered))
    may_be = np.zeros(_LOW + 1, bool)
    may_be[known & _LOW] = True
    rows = indices(may_be.take(groups & _LOW))
    columns = np.minimum(np.searchsorted(known, groups[rows]), len(known) - 1)
    is_known = known[columns] == groups[rows]
    ends = np.cumsum([len(text) + 1 for text in lowered])
    held = np.zeros((len(texts), len(known)))
    held[np.searchsorted(ends, rows[is_known], side="right"), columns[is_known]] = 1.0
    return np.asarray(held @ parts)


def _parts(words: Sequence[str]) -> tuple[Array, Array]:
    """The groups of some words, each once, and for each, a row, its part of each word's groups, a column."""
    lowered = [word.lower() for word in words]
    groups = _groups("\n".join(lowered))
    counts = np.array([max(0, len(word) - GROUP + 1) for word in lowered], np.int64)
    begins = np.cumsum([0, *(len(word) + 1 for word in lowered)])
    inside = [groups[begin : begin + count] for begin, count in zip(begins.tolist(), counts.tolist(), strict=False)]
    known, which = np.unique(np.concatenate([groups[:0], *inside]), return_inverse=True)
    cells = which * len(words) + np.repeat(np.arange(len(words)), counts)
    found = np.bincount(cells, minlength=len(known) * len(words)).reshape(len(known), len(words))
    return known, found / np.maximum(counts, 1)


def _groups(text: str) -> Array:
    """Four letters in a row as a number, for each letter that three others follow."""
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    numbers = letters[: max(0, len(letters) - GROUP + 1)]
    for at in range(1, GROUP):
        numbers = numbers * np.uint32(_STEP) + letters[at : at + len(numbers)]
    return numbers
