"""What the numpy kernel has unpacked of posting lists, kept for the next query: that saves a third of its time.

A list belongs to one field of one segment, and so do the worths and the formula that it is asked about with.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple
from weakref import ref

import numpy as np

from indexer.engines.array_file import Array, BrokenArrayFileError
from indexer.engines.kernel_records import Listed, Lists, Part, Source
from indexer.engines.packed import unpacked
from indexer.engines.term_lists import Postings

_KEPT = 96_000_000  # bytes; over a million passages, 64 MB are unpacked again and again
_ENTRY = 400  # bytes that it takes to keep anything
STEP = 1 / 16  # of a score; of 100,000 at most 18 come near the best ten for nine of ten queries, with 1 / 8 27
_DENSE = 16  # when a list has one of so many documents, adding a byte for all of them takes no longer than for its own


class Whole(NamedTuple):
    """What a clause adds to the scores of all its documents, but for its value."""

    docs: Array  # ascending, of four bytes or eight
    saturated: Array  # float64


class Levels(NamedTuple):
    """What a part adds to the scores of all its documents, in steps, rounded up."""

    value: float  # of the part
    docs: Array | None  # ascending, of four bytes; None when all documents of the segment have a level
    steps: Array  # of one byte, or two where the value is high

    def add_to(self, sums: Array) -> None:
        """Add them to sums of two bytes, one for each document of the segment."""
        if self.docs is None:
            np.add(sums, self.steps, out=sums)
        else:  # as many types as there are to take the quick way: four times as fast
            np.add.at(sums, self.docs.astype(np.intp), self.steps.astype(np.uint16))


class Memory:
    """What was unpacked last; it stands at the lists that it was made of, and goes with them. Threads may share it."""

    def __init__(self) -> None:
        self._changing = Lock()
        self._kept: list[tuple[ref[Postings | Lists], str, int]] = []  # lists, what of them and its bytes, as they came
        self._size = 0  # bytes

    def docs(self, postings: Postings, documents: int) -> Array:
        """The documents of a list, of four bytes; BrokenArrayFileError when it names documents that are not there."""
        known: Array | None = postings.docs_kept
        if known is None:
            known = _docs(postings, documents).astype(np.uint32)
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
        known: Levels | None = part.lists.levels_kept
        if known is None or known.value != part.value:
            known = _levels(part, documents, k1)
            size = known.steps.nbytes + (0 if known.docs is None else known.docs.nbytes)
            self._keep_of(part.lists, "levels_kept", known, size)
        return known

    def _keep_of(self, lists: Lists, name: str, made: Whole | Levels, size: int) -> None:
        """Keep what was made of lists that stand in the index; others are not asked about again."""
        if all(isinstance(source.held, Postings) for source in lists.sources):
            self._keep(lists, name, made, size)

    def _keep(self, owner: Postings | Lists, name: str, made: Array | Whole | Levels, size: int) -> None:
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
    if isinstance(held, Postings):
        return _docs(held, documents), unpacked(held.frequencies, np.float64)
    return held.docs, held.counts.astype(np.float64)


def most_steps(value: float, k1: float) -> float:
    """Steps that a part of a value adds to a score at most: rounded up, and one for what numbers are off by."""
    return value * (k1 + 1) / STEP + 2


def saturated(weights: Array, k1: float) -> Array:
    """What weights, which do not last, add to scores, but for the value of their part; the same operations as in C."""
    more = (k1 + 1) * weights
    weights += k1
    more /= weights
    return np.asarray(more)


def _docs(postings: Postings, documents: int) -> Array:
    """The documents of a list, as int64."""
    docs = postings.docs()
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
    docs, more = _whole(part.lists.sources, documents, k1)
    more *= part.value / STEP
    kind = np.uint8 if most_steps(part.value, k1) <= np.iinfo(np.uint8).max else np.uint16
    steps = np.ceil(more, out=more).astype(kind)
    if _DENSE * len(docs) <= documents:
        return Levels(part.value, docs.astype(np.uint32), steps)
    every = np.zeros(documents, kind)
    every[docs] = steps
    return Levels(part.value, None, every)
