"""The inner loops of searching in numpy; `_kernel.c` gives the same numbers to the last bit."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

import numpy as np

from indexer.arrays import Array, holds, members
from indexer.engines.array_file import BrokenArrayFileError
from indexer.engines.kernel_memory import Memory, listed
from indexer.engines.kernel_numpy_best import best_of, has_bounds
from indexer.engines.kernel_records import Found, Listed, Lists, Part, Segment
from indexer.engines.packed import gathered
from indexer.engines.term_lists import Postings

_PLACE = 33  # bits of a place in a document, and of one behind it
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
        order = np.argsort(-scores, kind="stable")
        numbers, scores = numbers[order], scores[order]
        if len(scores) > limit:
            least = float(scores[limit - 1])
            numbers, scores = numbers[scores >= least], scores[scores >= least]
    return Found(total, numbers, scores, len(numbers))


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


def _nth(numbers: Array, nth: int) -> float:
    """The number that `nth` of them are at least; less than any when they are fewer."""
    return -np.inf if nth > len(numbers) else float(np.partition(numbers, len(numbers) - nth)[len(numbers) - nth])


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


def mark(documents: int, lists: Sequence[Postings]) -> Array:
    """For each document, whether it is in one of the lists."""
    held = np.zeros(documents, bool)
    for one in lists:
        held[_memory.docs(one, documents)] = True
    return held


def phrase(documents: int, lists: Sequence[Postings]) -> Listed:
    """The documents in which the terms stand one after another, and how often."""
    rarest, *others = sorted({id(one): one for one in lists}.values(), key=attrgetter("count"))
    shared = _memory.docs(rarest, documents)
    chosen = {id(rarest): np.arange(len(shared))}  # for each list, where it has the shared documents
    for one in others:
        docs = _memory.docs(one, documents)
        at = np.minimum(docs.searchsorted(shared), len(docs) - 1)
        held = np.flatnonzero(docs[at] == shared)
        shared = shared[held]
        chosen = {key: where[held] for key, where in (*chosen.items(), (id(one), at))}
    first, *rest = [_standing(one, chosen[id(one)], shared.astype(np.int64) << _PLACE) for one in lists]
    for step, other in enumerate(rest, 1):
        first = first[holds(other, first + step)]
    found, counts = np.unique(first >> _PLACE, return_counts=True)
    return Listed(found, counts.astype(np.uint32))


def places(documents: int, lists: Sequence[Postings], docs: Array, bases: Array) -> list[Array]:
    """Where terms stand in some documents: each position with what the document's base says added."""
    return [_places(documents, postings, docs, bases) for postings in lists]


def _places(documents: int, postings: Postings, docs: Array, bases: Array) -> Array:
    known = _memory.docs(postings, documents)
    inside = np.flatnonzero(holds(known, docs.astype(known.dtype)))
    at = np.searchsorted(known, docs[inside].astype(known.dtype))
    found = _standing(postings, at, np.arange(len(at)) << _PLACE)
    if (found[1:] < found[:-1]).any():
        raise BrokenArrayFileError("a term stands in a document in no order")
    return np.asarray(bases[inside[found >> _PLACE]] + (found & ((1 << _PLACE) - 1)))


def _standing(held: Postings, at: Array, bases: Array) -> Array:
    """Where a term stands in the documents at some places of its list, with what each document's base says added."""
    sizes = gathered(held.frequencies, at).astype(np.int64)
    positions = gathered(held.positions, members(held.ends()[at] - sizes, sizes))
    return np.asarray(np.repeat(bases, sizes) + positions)
