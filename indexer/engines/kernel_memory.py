"""Posting lists that the numpy kernel has unpacked, kept for the next query: that halves its time.

A list belongs to one field of one segment, and so do the worths and the formula that it is asked about with.
"""

from __future__ import annotations

from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np

from indexer.engines.array_file import Array, BrokenArrayFileError
from indexer.engines.kernel_records import Worths
from indexer.engines.packed import gathered, unpacked
from indexer.engines.term_lists import Postings

_KEPT = 8_000_000  # postings that are kept at most: 64 MB of documents, and as much again for short lists
_SHORT = 16_384  # documents of a short list


class Unpacked:
    """A posting list unpacked, as far as it was asked for."""

    def __init__(self, postings: Postings, documents: int) -> None:
        self._frequencies = postings.frequencies
        self._saturated: Array | None = None
        self.docs = postings.docs()
        if len(self.docs) and int(self.docs[-1]) >= documents:
            raise BrokenArrayFileError("a posting list names documents that are not there")

    def counts(self) -> Array:
        """How often the term stands in each of the documents."""
        return unpacked(self._frequencies)

    def saturated(self, first: int, last: int, worths: Worths, k1: float) -> Array:
        """What the term adds to the scores of the documents from one place to another, but for its value."""
        if len(self.docs) <= _SHORT:
            return self._every(worths, k1)[first:last]
        part = self._frequencies._replace(start=self._frequencies.start + first, size=last - first)
        return saturated(unpacked(part) * worths.of(self.docs[first:last]), k1)

    def saturated_at(self, places: Array, worths: Worths, k1: float) -> Array:
        """The same of the documents at some places."""
        if len(self.docs) <= _SHORT:
            return np.asarray(self._every(worths, k1)[places])
        return saturated(gathered(self._frequencies, places) * worths.of(self.docs[places]), k1)

    def _every(self, worths: Worths, k1: float) -> Array:
        """The same of all documents of a short list, kept: short lists are added up again and again."""
        if self._saturated is None:
            self._saturated = saturated(self.counts() * worths.of(self.docs), k1)
        return self._saturated


class Memory:
    """The lists that were asked for last, unpacked; threads may share it."""

    def __init__(self) -> None:
        self._changing = Lock()
        self._held: WeakKeyDictionary[Postings, Unpacked] = WeakKeyDictionary()
        self._size = 0  # postings added since they were last counted, and those counted then

    def get(self, postings: Postings, documents: int) -> Unpacked:
        """A list; BrokenArrayFileError when it names documents that are not there."""
        known = self._held.get(postings)
        if known is None:
            known = Unpacked(postings, documents)
            with self._changing:
                self._held[postings] = known
                self._size += postings.count
                if self._size > _KEPT:
                    self._forget()
        return known

    def _forget(self) -> None:
        """Let the older half go."""
        every = list(self._held)
        self._size = sum(postings.count for postings in every)
        for postings in every:
            if self._size <= _KEPT // 2:
                break
            self._size -= postings.count
            self._held.pop(postings, None)


def saturated(weights: Array, k1: float) -> Array:
    """What weights add to scores, but for the value of their part; the same operations in the same order as in C."""
    return np.asarray((k1 + 1) * weights / (k1 + weights))
