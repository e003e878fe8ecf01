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
from indexer.engines.kernel_records import Listed, Lists, Source
from indexer.engines.packed import unpacked
from indexer.engines.term_lists import Postings

_KEPT = 96_000_000  # bytes; over a million passages, 64 MB are unpacked again and again
_ENTRY = 400  # bytes that it takes to keep anything


class Whole(NamedTuple):
    """What a clause adds to the scores of all its documents, but for its value."""

    docs: Array  # ascending, of four bytes or eight
    saturated: Array  # float64


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

    def counts(self, postings: Postings, documents: int) -> Array:
        """For each document of a segment, how often the term stands in it: a byte each, mostly."""
        known: Array | None = postings.counts_kept
        if known is None:
            counts = unpacked(postings.frequencies)
            known = np.zeros(documents, np.min_scalar_type(int(counts.max(initial=0))))
            known[_docs(postings, documents)] = counts
            self._keep(postings, "counts_kept", known, known.nbytes)
        return known

    def whole(self, lists: Lists, documents: int, k1: float) -> Whole:
        """What lists add to scores."""
        known: Whole | None = lists.kept
        if known is None:
            known = _whole(lists.sources, documents, k1)
            if all(isinstance(source.held, Postings) for source in lists.sources):  # others are not asked about again
                self._keep(lists, "kept", known, known.docs.nbytes + known.saturated.nbytes)
        return known

    def _keep(self, owner: Postings | Lists, name: str, made: Array | Whole, size: int) -> None:
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


def _whole(sources: Sequence[Source], documents: int, k1: float) -> Whole:
    """What lists add to the scores of a segment's documents."""
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
    return Whole(docs.astype(np.uint32), saturated(weights, k1))
