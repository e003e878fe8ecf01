"""Which numbers stand in which texts, of all texts at once: words by number."""

from __future__ import annotations

import numpy as np

from indexer.arrays import Array, indices
from indexer.native import WORDS


def held(texts: Array, numbers: Array, wanted: Array, size: int) -> Array:
    """For each of so many texts, a row, and each of the wanted numbers, a column, whether it is one of the text's.

    Of each number the text is given; all are of eight bytes. 0 is none; of numbers that are wanted twice the last is
    looked for.
    """
    return (_in_c if WORDS else _held)(texts, numbers, wanted, size)


def _in_c(texts: Array, numbers: Array, wanted: Array, size: int) -> Array:
    """What `_held` says; a thousand numbers take a third of the time."""
    return np.frombuffer(WORDS.held(texts, numbers, wanted, size), bool).reshape(size, len(wanted))


def _held(texts: Array, numbers: Array, wanted: Array, size: int) -> Array:
    found = np.zeros((size, len(wanted)), bool)
    columns = {number: at for at, number in enumerate(wanted.tolist()) if number}
    if columns:
        ours = np.array(sorted(columns))
        at = ours.searchsorted(numbers)
        rows = indices(ours.take(at, mode="clip") == numbers)
        places = np.array([columns[number] for number in ours.tolist()])
        found[texts.take(rows), places.take(at.take(rows))] = True
    return found
