"""The inner loops of searching in numpy; `_kernel.c` gives the same numbers to the last bit.

Postings are unpacked whole. What a term adds to the scores of its documents, but for its idf, is kept for the next
query: on 100,000 passages that halves the time of a query.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from threading import Lock
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from indexer.arrays import Array, holds, members
from indexer.engines.array_file import BrokenArrayFileError
from indexer.engines.packed import unpacked
from indexer.engines.term_lists import Postings

_KEPT = 8_000_000  # postings that are kept unpacked at most, 128 MB
_BLOCK = 256  # documents of which only the best score is looked at
_SURELY = 1 - 1e-9  # of a score that is not reached: more than a sum of thousands is off by


class Listed(NamedTuple):
    """Documents, ascending, and how often each holds something."""

    docs: Array  # int64
    counts: Array  # uint32


class Source(NamedTuple):
    """A list of documents, and what one occurrence is worth in each document of the segment."""

    held: Postings | Listed
    worths: Array  # float64


class Lists:
    """The lists of what counts as one clause in a segment, none twice."""

    __slots__ = ("ready", "sources")

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = tuple(sources)
        self.ready: tuple[Any, ...] = ()  # what the C kernel makes of them when it is first asked about


class Part(NamedTuple):
    """What a clause adds to a score."""

    value: float
    lists: Lists


class Segment(NamedTuple):
    """Where documents are looked for."""

    first: int  # the number of its first document among those of all segments
    documents: int  # how many there are
    among: Array | None  # whether each may be found; None when each may
    parts: Sequence[Part]  # what the score of a document is the sum of


class Found(NamedTuple):
    """Documents with their scores, best first; equals by number."""

    total: int  # documents that have a score
    numbers: Array
    scores: Array


class Memory:
    """What posting lists add to scores, of the lists that were asked for last; threads may share it."""

    def __init__(self) -> None:
        self._changing = Lock()
        self._held: WeakKeyDictionary[Postings, tuple[Array, Array]] = WeakKeyDictionary()
        self._size = 0  # postings added since they were last counted, and those counted then

    def get(self, postings: Postings) -> tuple[Array, Array] | None:
        """What is kept of a list; None when nothing is."""
        return self._held.get(postings)

    def keep(self, postings: Postings, known: tuple[Array, Array]) -> None:
        """Keep what a list adds; when it is all too much, the older half goes."""
        with self._changing:
            self._held[postings] = known
            self._size += postings.count
            if self._size > _KEPT:
                self._forget()

    def _forget(self) -> None:
        every = list(self._held)
        self._size = sum(postings.count for postings in every)
        for postings in every:
            if self._size <= _KEPT // 2:
                break
            self._size -= postings.count
            self._held.pop(postings, None)


_memory = Memory()


def best(segments: Sequence[Segment], k1: float, limit: int, least: float, counted: int) -> Found:
    """The best `limit` documents of some segments and their equals, of those with at least the score `least`."""
    total, numbers, scores = 0, np.empty(0, np.int64), np.empty(0)
    for segment in segments:
        found = _best(segment, k1, limit, least, counted - total)
        total += found.total
        numbers, scores = np.concatenate((numbers, found.numbers)), np.concatenate((scores, found.scores))
        if len(scores) > limit:
            least = _nth(scores, limit)
            kept = scores >= least
            numbers, scores = numbers[kept], scores[kept]
    order = np.argsort(-scores, kind="stable")
    return Found(total, numbers[order], scores[order])


def add(scores: Array, parts: Sequence[Part], k1: float, among: Array | None) -> None:
    """Add to the scores of a segment's documents what the parts are worth."""
    for part in parts:
        _add(scores, part, k1, among)


def _add(scores: Array, part: Part, k1: float, among: Array | None) -> Array:
    """The same of one part; the documents that it is about."""
    docs, saturated = _saturated(part.lists.sources, len(scores), k1)
    if among is not None:
        chosen = among[docs]
        docs, saturated = docs[chosen], saturated[chosen]
    scores[docs] += part.value * saturated
    return docs


def _best(segment: Segment, k1: float, limit: int, least: float, counted: int) -> Found:
    """The best of one segment, in order of their numbers.

    Once it is certain that no document is among the best for what the last parts add alone, they are looked up for
    documents that have nearly enough without them (MaxScore, as in `_kernel_best.h`).
    """
    parts, scores = segment.parts, np.zeros(segment.documents)
    rests = [*accumulate((part.value * (k1 + 1) for part in reversed(parts)), initial=0.0)][::-1]  # from each part on
    for at, part in enumerate(parts):
        if rests[at] < least * _SURELY and counted <= (total := int(np.count_nonzero(scores)) if counted > 0 else 0):
            docs = _looked_up(scores, parts[at:], rests[at], k1, least)
            break
        docs = _add(scores, part, k1, segment.among)
        if rests[at + 1] < rests[0] - rests[at + 1]:
            least = max(least, _reached(scores, docs, limit))
    else:
        total = int(np.count_nonzero(scores))
        docs = np.flatnonzero(scores >= least) if least > 0 else np.flatnonzero(scores)
    return Found(total, docs + segment.first, scores[docs])


def _looked_up(scores: Array, parts: Sequence[Part], rest: float, k1: float, least: float) -> Array:
    """The documents with at least so much, when the parts are added to the scores of those that may have it."""
    near = scores >= least * _SURELY - rest
    for part in parts:
        docs, saturated = _saturated(part.lists.sources, len(scores), k1)
        found = np.flatnonzero(near[docs])
        scores[docs[found]] += part.value * saturated[found]
    docs = np.flatnonzero(near)
    return docs[scores[docs] >= least]


def _reached(scores: Array, docs: Array, limit: int) -> float:
    """A score that at least `limit` documents reach: some of these do, or the best of as many blocks of documents."""
    if limit <= len(docs) < len(scores) // 8:
        return _nth(scores[docs], limit)
    whole = len(scores) // _BLOCK
    return _nth(scores[: whole * _BLOCK].reshape(whole, _BLOCK).max(axis=1), limit) if whole >= limit else 0.0


def _nth(numbers: Array, nth: int) -> float:
    """The number that `nth` of them are at least."""
    return float(np.partition(numbers, len(numbers) - nth)[len(numbers) - nth])


def count(documents: int, lists: Lists, among: Array | None) -> int:
    """The number of documents in one of the lists."""
    held = np.zeros(documents, bool)
    for source in lists.sources:
        held[_listed(source.held, documents).docs] = True
    return int(np.count_nonzero(held if among is None else held & among))


def phrase(documents: int, lists: Sequence[Postings]) -> Listed:
    """The documents in which the terms stand one after another, and how often."""
    shared = _listed(min(lists, key=lambda one: one.count), documents).docs
    for one in {id(one): one for one in lists}.values():
        shared = shared[holds(_listed(one, documents).docs, shared)]
    keys = _keys(lists[0], shared, documents, 0)
    for step, one in enumerate(lists[1:], 1):
        keys = keys[holds(_keys(one, shared, documents, step), keys)]
    docs, counts = np.unique(keys >> 33, return_counts=True)
    return Listed(docs, counts.astype(np.uint32))


def _saturated(sources: Sequence[Source], documents: int, k1: float) -> tuple[Array, Array]:
    """The documents of a part, and what it adds to their scores but for its value."""
    if len(sources) == 1 and isinstance(sources[0].held, Postings):
        return _remembered(sources[0].held, sources[0].worths, documents, k1)
    if len(sources) == 1:
        docs, counts = _listed(sources[0].held, documents)
        weights = counts * sources[0].worths[docs]
    else:
        whole = np.zeros(documents)
        for source in sources:
            held = _listed(source.held, documents)
            whole[held.docs] += held.counts * source.worths[held.docs]
        docs = np.flatnonzero(whole)
        weights = whole[docs]
    return docs, (k1 + 1) * weights / (k1 + weights)


def _remembered(held: Postings, worths: Array, documents: int, k1: float) -> tuple[Array, Array]:
    """The same of one posting list, kept; the list belongs to one field of one segment, and so do its worths."""
    known = _memory.get(held)
    if known is None:
        docs, counts = _listed(held, documents)
        weights = counts * worths[docs]
        known = docs, (k1 + 1) * weights / (k1 + weights)
        _memory.keep(held, known)
    return known


def _listed(held: Postings | Listed, documents: int) -> Listed:
    """The list unpacked; BrokenArrayFileError when it names documents that are not there."""
    if isinstance(held, Postings):
        held = Listed(held.docs(), unpacked(held.frequencies))
    if len(held.docs) and int(held.docs[-1]) >= documents:
        raise BrokenArrayFileError("a posting list names documents that are not there")
    return held


def _keys(held: Postings, shared: Array, documents: int, step: int) -> Array:
    """For each place of a term in the documents, the document and the place that the phrase begins at, as a number."""
    docs, frequencies = _listed(held, documents)
    chosen = np.searchsorted(docs, shared)
    sizes = frequencies[chosen].astype(np.int64)
    ends = held.ends()[chosen]
    places = unpacked(held.positions)[members(ends - sizes, sizes)].astype(np.int64) - step
    keys = (np.repeat(shared, sizes) << 33) + places
    return np.asarray(keys[places >= 0])
