"""What the numpy kernel has unpacked of posting lists, kept for the next query: that saves most of its time.

A list belongs to one field of one segment, and so do the worths and the formula that it is asked about with.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple
from weakref import ref

import numpy as np

from indexer.engines.array_file import Array, BrokenArrayFileError
from indexer.engines.kernel_levels import Dense, Levels, Sparse, in_steps, spread
from indexer.engines.kernel_records import Listed, Lists, Part, Source
from indexer.engines.packed import unpacked
from indexer.engines.term_lists import Postings

_KEPT = 80_000_000  # bytes; 3,000 queries and 600 phrases take 67 MB over 100,000 passages, 55 over a million
_ENTRY = 400  # bytes that it takes to keep anything
_MANY = 1 << 18  # documents of a segment: beyond, what takes one byte a posting is kept, not what is the quickest
_DENSE, _DENSE_OF_MANY = 16, 4  # a byte is kept for each document when one of so many is in a list; adds up as quickly


class Whole(NamedTuple):
    """What a clause adds to the scores of all its documents, but for its value."""

    docs: Array  # ascending, of four bytes or eight
    saturated: Array  # float64


class _Kept(NamedTuple):
    """What is kept of what a part adds to scores."""

    value: float  # of the part
    levels: Levels | Array  # or the steps alone, of documents that are unpacked again


class Memory:
    """What was unpacked last; it stands at the lists that it was made of, and goes with them. Threads may share it."""

    def __init__(self) -> None:
        self._changing = Lock()
        self._kept: list[tuple[ref[Postings | Lists], str, int]] = []  # lists, what of them and its bytes, as they came
        self._size = 0  # bytes

    def docs(self, postings: Postings, documents: int) -> Array:
        """The documents of a list; BrokenArrayFileError when it names documents that are not there."""
        known: Array | None = postings.docs_kept
        if known is None:
            known = _docs(postings, documents)
            if documents <= _MANY:
                known = known.astype(np.uint32)
                self._keep(postings, "docs_kept", known, known.nbytes)
        return known

    def whole(self, lists: Lists, documents: int, k1: float) -> Whole:
        """What lists add to scores."""
        known: Whole | None = lists.whole_kept
        if known is None:
            docs, more = _whole(lists.sources, documents, k1)
            known = Whole(docs.astype(np.uint32), more)
            self._keep_of(lists, "whole_kept", known, known.docs.nbytes + more.nbytes)
        return known

    def levels(self, part: Part, documents: int, k1: float) -> Levels:
        """What a part adds to scores, in steps."""
        lists = part.lists
        known: _Kept | None = lists.levels_kept
        if known is None or known.value != part.value:
            levels = _levels(part, documents, k1)
            if isinstance(levels, Sparse) and documents > _MANY and len(lists.sources) == 1:
                self._keep_of(lists, "levels_kept", _Kept(part.value, levels.steps), levels.steps.nbytes)
            else:
                size = sum(array.nbytes for array in levels)
                self._keep_of(lists, "levels_kept", _Kept(part.value, levels), size)
            return levels
        if isinstance(known.levels, np.ndarray):
            return Sparse(_docs(lists.sources[0].held, documents), known.levels)
        return known.levels

    def _keep_of(self, lists: Lists, name: str, made: Whole | _Kept, size: int) -> None:
        """Keep what was made of lists that stand in the index; others are not asked about again."""
        if all(isinstance(source.held, Postings) for source in lists.sources):
            self._keep(lists, name, made, size)

    def _keep(self, owner: Postings | Lists, name: str, made: Array | Whole | _Kept, size: int) -> None:
        """Keep what was made of a list; when that is too much, let the older half go."""
        with self._changing:
            setattr(owner, name, made)
            self._kept.append((ref(owner), name, size + _ENTRY))
            self._size += size + _ENTRY
            if self._size > _KEPT:
                self._forget()

    def _forget(self) -> None:
        """Let the older half go."""
        at = 0
        while self._size > _KEPT // 2:
            owner, name, size = self._kept[at]
            if held := owner():
                setattr(held, name, None)
            self._size -= size
            at += 1
        del self._kept[:at]


def listed(held: Postings | Listed, documents: int) -> tuple[Array, Array]:
    """The documents of a list and how often each holds something, as float64, in an array of its own."""
    counts = unpacked(held.frequencies, np.float64) if isinstance(held, Postings) else held.counts.astype(np.float64)
    return _docs(held, documents), counts


def saturated(weights: Array, k1: float) -> Array:
    """What weights, which do not last, add to scores, but for the value of their part; the same operations as in C."""
    more = (k1 + 1) * weights
    weights += k1
    more /= weights
    return np.asarray(more)


def _docs(held: Postings | Listed, documents: int) -> Array:
    """The documents of a list, as int64."""
    docs = held.docs() if isinstance(held, Postings) else held.docs
    if len(docs) and int(docs[-1]) >= documents:
        raise BrokenArrayFileError("a posting list names documents that are not there")
    return docs


def _whole(sources: Sequence[Source], documents: int, k1: float) -> tuple[Array, Array]:
    """The documents of lists, and what these add to their scores, but for the value of the part."""
    if len(sources) == 1:
        docs, weights = listed(sources[0].held, documents)
        weights *= sources[0].worths.of(docs)
    else:
        every = np.zeros(documents)
        for source in sources:
            held, counts = listed(source.held, documents)
            counts *= source.worths.of(held)
            every[held] += counts
        docs = np.flatnonzero(every)
        weights = every[docs]
    return docs, saturated(weights, k1)


def _levels(part: Part, documents: int, k1: float) -> Levels:
    """What a part adds to scores, in steps."""
    ((held, _), *others) = part.lists.sources
    docs, more = _whole(part.lists.sources, documents, k1)
    steps = in_steps(more, part.value, k1)
    is_dense = len(docs) * (_DENSE if documents <= _MANY else _DENSE_OF_MANY) > documents
    if is_dense and not others and isinstance(held, Postings):
        return Dense(spread(docs, steps, documents), spread(docs, unpacked(held.frequencies), documents))
    return Sparse(docs.astype(np.uint32), steps)
