"""Which numbers stand in which texts, of all texts at once: words by number, groups of letters.

Numbers are given with the text of each, all of eight bytes; 0 stands for none. Of numbers wanted twice the last is
looked for.
"""

from __future__ import annotations

import numpy as np

from indexer.arrays import Array, indices
from indexer.native import WORDS

PAIRED = 31  # bits of a number, of which two make a pair, the first above the second
_BITS = 32  # of a number, below its text


def held(texts: Array, numbers: Array, wanted: Array, size: int) -> Array:
    """For each of so many texts, a row, and each of the wanted numbers, a column, whether it is one of the text's."""
    return (_held_in_c if WORDS else _held)(texts, numbers, wanted, size)


def _held_in_c(texts: Array, numbers: Array, wanted: Array, size: int) -> Array:
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


def follow(texts: Array, numbers: Array, wanted: Array, size: int) -> Array:
    """The same of pairs of numbers, one before the other in a text, whatever stands for none between them."""
    return (_follow_in_c if WORDS else _follow)(texts, numbers, wanted, size)


def _follow_in_c(texts: Array, numbers: Array, wanted: Array, size: int) -> Array:
    """What `_follow` says, in an eighth of the time."""
    return np.frombuffer(WORDS.follow(texts, numbers, wanted, size), bool).reshape(size, len(wanted))


def _follow(texts: Array, numbers: Array, wanted: Array, size: int) -> Array:
    rows = indices(numbers > 0)
    texts, numbers = texts.take(rows), numbers.take(rows)
    inside = indices(texts[1:] == texts[:-1])
    pairs = (numbers.take(inside) << PAIRED) + numbers.take(inside + 1)
    return _held(texts.take(inside), pairs, wanted, size)


def counts(texts: Array, numbers: Array, wanted: Array, size: int) -> tuple[Array, Array]:
    """How many different numbers each of so many texts has, and how many of those are wanted."""
    return (_counts_in_c if WORDS else _counts)(texts, numbers, wanted, size)


def _counts_in_c(texts: Array, numbers: Array, wanted: Array, size: int) -> tuple[Array, Array]:
    """What `_counts` says, in a quarter of the time."""
    found = np.frombuffer(WORDS.counts(texts, numbers, wanted, size), np.int64)
    return found[:size], found[size:]


def _counts(texts: Array, numbers: Array, wanted: Array, size: int) -> tuple[Array, Array]:
    rows = indices(numbers > 0)
    pairs = np.sort((texts.take(rows) << _BITS) + numbers.take(rows))
    each = np.concatenate((pairs[:1], pairs[1:].take(indices(pairs[1:] != pairs[:-1])))) >> _BITS
    return np.bincount(each, minlength=size), _held(texts, numbers, wanted, size).sum(axis=1)
