"""The inner loops of searching in numpy; `_kernel.c` gives the same numbers to the last bit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from indexer.arrays import Array, holds, members
from indexer.engines.kernel_memory import Memory, Unpacked, saturated
from indexer.engines.kernel_records import Found, Listed, Lists, Part, Segment, Worths
from indexer.engines.packed import gathered
from indexer.engines.term_lists import Postings

_WINDOW = 65_536  # documents scored at once: their scores, 512 kB, stay in the second cache
_BLOCK = 256  # documents of which only the best score is looked at, at most
_SURELY = 1 - 1e-9  # of a score that is not reached: more than a sum of thousands is off by

_memory = Memory()


def best(segments: Sequence[Segment], k1: float, limit: int, least: float, counted: int, ordered: int) -> Found:
    """The best `limit` documents of some segments and their equals, of those with at least the score `least`."""
    if ordered < limit:
        return _many(segments, k1, limit, least, ordered)
    total, numbers, scores = 0, np.empty(0, np.int64), np.empty(0)
    for segment in segments:
        added = [_Added(part, segment, k1) for part in segment.parts]
        for window in range(-(-segment.documents // _WINDOW)):
            for one in added:
                one.begin(window)
            found = _best(added, min(_WINDOW, segment.documents - window * _WINDOW), k1, limit, least, counted - total)
            total += found.total
            if len(found.numbers):
                numbers = np.concatenate((numbers, found.numbers + (segment.first + window * _WINDOW)))
                scores = np.concatenate((scores, found.scores))
            if len(scores) > limit:
                least = _nth(scores, limit)
                kept = scores >= least
                numbers, scores = numbers[kept], scores[kept]
    order = np.argsort(-scores, kind="stable")
    return Found(total, numbers[order], scores[order], len(order))


def _many(segments: Sequence[Segment], k1: float, limit: int, least: float, ordered: int) -> Found:
    """The same when fewer are to be in order: all are scored first."""
    held, scored = [np.empty(0, np.int64)], [np.empty(0)]
    for segment in segments:
        every = np.zeros(segment.documents)
        add(every, segment.parts, k1, segment.among)
        docs = np.flatnonzero(every > 0)
        held.append(docs + segment.first)
        scored.append(every[docs])
    numbers, scores = np.concatenate(held), np.concatenate(scored)
    total = len(scores)
    kept = scores >= max(least, _nth(scores, limit))
    numbers, scores = numbers[kept], scores[kept]
    is_first = scores >= _nth(scores, ordered)
    first = np.flatnonzero(is_first)
    order = np.concatenate((first[np.argsort(-scores[first], kind="stable")], np.flatnonzero(~is_first)))
    return Found(total, numbers[order], scores[order], len(first))


def add(scores: Array, parts: Sequence[Part], k1: float, among: Array | None) -> None:
    """Add to the scores of a segment's documents what the parts are worth."""
    segment = Segment(0, len(scores), among, parts)
    for part in parts:
        added = _Added(part, segment, k1)
        for window in range(-(-len(scores) // _WINDOW)):
            added.begin(window)
            added.to(scores[window * _WINDOW :])


def count(documents: int, lists: Lists, among: Array | None) -> int:
    """The number of documents in one of the lists."""
    held = np.zeros(documents, bool)
    for source in lists.sources:
        held[_listed(source.held, documents).docs] = True
    return int(np.count_nonzero(held if among is None else held & among))


def phrase(documents: int, lists: Sequence[Postings]) -> Listed:
    """The documents in which the terms stand one after another, and how often."""
    known = {id(one): _memory.get(one, documents).docs for one in lists}
    shared, *others = sorted(known.values(), key=len)
    for docs in others:
        shared = shared[holds(docs, shared)]
    shared = shared.astype(np.int64)
    keys = _keys(lists[0], known[id(lists[0])], shared, 0)
    for step, one in enumerate(lists[1:], 1):
        keys = keys[holds(_keys(one, known[id(one)], shared, step), keys)]
    docs, counts = np.unique(keys >> 33, return_counts=True)
    return Listed(docs, counts.astype(np.uint32))


def places(documents: int, postings: Postings, docs: Array, bases: Array) -> Array:
    """Where a term stands in some documents: each position with what the document's base says added."""
    known = _memory.get(postings, documents).docs
    inside = np.flatnonzero(holds(known, docs.astype(known.dtype)))
    at = np.searchsorted(known, docs[inside].astype(known.dtype))
    sizes = gathered(postings.frequencies, at).astype(np.int64)
    positions = gathered(postings.positions, members(postings.ends()[at] - sizes, sizes))
    return np.asarray(np.repeat(bases[inside], sizes) + positions)


class _Added:
    """What a part adds to scores, a window of documents at a time."""

    def __init__(self, part: Part, segment: Segment, k1: float) -> None:
        self.value = part.value
        self._k1, self._among = k1, segment.among
        self._whole, self._worths = _of_part(part.lists, segment.documents, k1)
        self._edges = _edges(self._whole.docs, segment.documents)
        self.docs = np.empty(0, np.int64)  # of the window

    def begin(self, window: int) -> None:
        """Go to a window."""
        self._first, self._last = self._edges[window : window + 2]
        self._base = window * _WINDOW
        self.docs = self._whole.docs[self._first : self._last]
        if self._base:
            self.docs = self.docs - self._base

    def to(self, scores: Array) -> None:
        """Add it to the scores of the documents that may be found."""
        if len(self.docs):
            more = self.value * self._whole.saturated(self._first, self._last, self._worths, self._k1)
            if self._among is not None:
                chosen = self._among[self._base :][self.docs]
                self.docs, more = self.docs[chosen], more[chosen]
            scores[self.docs] += more

    def to_some(self, scores: Array, wanted: Array) -> None:
        """Add it to the scores of the documents that are wanted."""
        found = np.flatnonzero(wanted[self.docs])
        if len(found):
            more = self._whole.saturated_at(found + self._first, self._worths, self._k1)
            scores[self.docs[found]] += self.value * more


def _edges(docs: Array, documents: int) -> list[int]:
    """The places in a list where windows begin, and its end."""
    if documents <= _WINDOW:
        return [0, len(docs)]
    return np.searchsorted(docs, np.arange(0, documents + _WINDOW, _WINDOW).astype(docs.dtype)).tolist()  # type: ignore[no-any-return]


def _best(parts: Sequence[_Added], documents: int, k1: float, limit: int, least: float, counted: int) -> Found:
    """The best of a window, by number.

    Once it is certain that no document is among the best for what the last parts add alone, they are looked up for
    documents that have nearly enough without them (MaxScore, as in `_kernel_best.h`).
    """
    scores = np.zeros(documents)
    rests = [*accumulate((part.value * (k1 + 1) for part in reversed(parts)), initial=0.0)][::-1]  # from each part on
    for at, part in enumerate(parts):
        if rests[at] < least * _SURELY and (counted <= 0 or counted <= np.count_nonzero(scores)):
            total = int(np.count_nonzero(scores)) if counted > 0 else 0
            wanted = scores >= least * _SURELY - rests[at]
            for other in parts[at:]:
                other.to_some(scores, wanted)
            break
        part.to(scores)
        if rests[at + 1] < rests[0] - rests[at + 1]:
            least = max(least, _reached(scores, part.docs, limit))
    else:
        total = int(np.count_nonzero(scores))
    docs = np.flatnonzero(scores >= least if least > 0 else scores)
    return Found(total, docs, scores[docs], 0)


def _reached(scores: Array, docs: Array, limit: int) -> float:
    """A score that at least `limit` documents reach, as the best of so many blocks of documents do."""
    held = scores[docs] if len(docs) < len(scores) // 8 else scores
    width = max(1, min(_BLOCK, len(held) // (4 * limit)))
    blocks = len(held) // width
    if blocks < limit:
        return 0.0
    return _nth(held[: blocks * width].reshape(width, blocks).max(axis=0), limit)


def _nth(numbers: Array, nth: int) -> float:
    """The number that `nth` of them are at least; less than any when they are fewer."""
    return -np.inf if nth > len(numbers) else float(np.partition(numbers, len(numbers) - nth)[len(numbers) - nth])


class _Whole:
    """What a part of more than one list, or of one that is unpacked, adds to the scores of documents."""

    def __init__(self, docs: Array, saturated: Array) -> None:
        self.docs = docs
        self._saturated = saturated

    def saturated(self, first: int, last: int, _worths: Worths, _k1: float) -> Array:
        return self._saturated[first:last]

    def saturated_at(self, places: Array, _worths: Worths, _k1: float) -> Array:
        return np.asarray(self._saturated[places])


def _of_part(lists: Lists, documents: int, k1: float) -> tuple[Unpacked | _Whole, Worths]:
    """The documents of a part, and what it adds to their scores, given what one occurrence is worth in each."""
    (held, worths), *others = lists.sources
    if not others and isinstance(held, Postings):
        return _memory.get(held, documents), worths
    if not others:
        docs, counts = _listed(held, documents)
        return _Whole(docs, saturated(counts * worths.of(docs), k1)), worths
    whole = np.zeros(documents)
    for source in lists.sources:
        docs, counts = _listed(source.held, documents)
        whole[docs] += counts * source.worths.of(docs)
    docs = np.flatnonzero(whole)
    return _Whole(docs, saturated(whole[docs], k1)), worths


def _listed(held: Postings | Listed, documents: int) -> Listed:
    """The list unpacked; BrokenArrayFileError when it names documents that are not there."""
    if isinstance(held, Postings):
        known = _memory.get(held, documents)
        return Listed(known.docs, known.counts())
    return held


def _keys(held: Postings, docs: Array, shared: Array, step: int) -> Array:
    """For each place of a term in the documents, the document and the place that the phrase begins at, as a number."""
    chosen = np.searchsorted(docs, shared)
    ends = held.ends()
    sizes = np.diff(ends, prepend=0)[chosen]
    places = gathered(held.positions, members(ends[chosen] - sizes, sizes)).astype(np.int64) - step
    keys = (np.repeat(shared, sizes) << 33) + places
    return np.asarray(keys[places >= 0])
