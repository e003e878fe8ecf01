"""The inner loops of searching in numpy; `_kernel.c` gives the same numbers to the last bit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.arrays import Array, holds, members
from indexer.engines.kernel_memory import Memory, listed
from indexer.engines.kernel_numpy_best import best_of, has_bounds, nth
from indexer.engines.kernel_records import Found, Listed, Lists, Part, Segment
from indexer.engines.packed import gathered
from indexer.engines.term_lists import Postings

_memory = Memory()


def best(segments: Sequence[Segment], k1: float, limit: int, least: float, counted: int, ordered: int) -> Found:
    """The best `limit` documents of some segments and their equals, of those with at least the score `least`."""
    if ordered < limit or not all(has_bounds(segment.parts, k1) for segment in segments):
        return _many(segments, k1, limit, least, ordered)
    total, numbers, scores = 0, np.empty(0, np.int64), np.empty(0)
    for segment in segments:
        found = best_of(segment, _memory, k1, limit, least, counted - total)
        total += found.total
        numbers = np.concatenate((numbers, found.docs + segment.first))
        scores = np.concatenate((scores, found.scores))
        least = max(least, nth(scores, limit))
    order = np.argsort(-scores, kind="stable")[: np.count_nonzero(scores >= least)]
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
    kept = scores >= max(least, nth(scores, limit))
    numbers, scores = numbers[kept], scores[kept]
    is_first = scores >= nth(scores, ordered)
    first = np.flatnonzero(is_first)
    order = np.concatenate((first[np.argsort(-scores[first], kind="stable")], np.flatnonzero(~is_first)))
    return Found(total, numbers[order], scores[order], len(first))


def add(scores: Array, parts: Sequence[Part], k1: float, among: Array | None) -> None:
    """Add to the scores of a segment's documents what the parts are worth."""
    for part in parts:
        docs, more = _memory.whole(part.lists, len(scores), k1)
        if among is not None:
            chosen = among[docs]
            docs, more = docs[chosen], more[chosen]
        scores[docs] += part.value * more


def count(documents: int, lists: Lists, among: Array | None) -> int:
    """The number of documents in one of the lists."""
    held = np.zeros(documents, bool)
    for source in lists.sources:
        held[listed(source.held, documents)[0]] = True
    return int(np.count_nonzero(held if among is None else held & among))


def phrase(documents: int, lists: Sequence[Postings]) -> Listed:
    """The documents in which the terms stand one after another, and how often."""
    known = {id(one): _memory.docs(one, documents) for one in lists}
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
    known = _memory.docs(postings, documents)
    inside = np.flatnonzero(holds(known, docs.astype(known.dtype)))
    at = np.searchsorted(known, docs[inside].astype(known.dtype))
    sizes = gathered(postings.frequencies, at).astype(np.int64)
    positions = gathered(postings.positions, members(postings.ends()[at] - sizes, sizes))
    return np.asarray(np.repeat(bases[inside], sizes) + positions)


def _keys(held: Postings, docs: Array, shared: Array, step: int) -> Array:
    """For each place of a term in the documents, the document and the place that the phrase begins at, as a number."""
    chosen = np.searchsorted(docs, shared)
    ends = held.ends()
    sizes = np.diff(ends, prepend=0)[chosen]
    places = gathered(held.positions, members(ends[chosen] - sizes, sizes)).astype(np.int64) - step
    keys = (np.repeat(shared, sizes) << 33) + places
    return np.asarray(keys[places >= 0])
