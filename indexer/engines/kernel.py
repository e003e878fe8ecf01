"""The inner loops of searching: in C where it is built, see `native`, else in numpy; the same answers to the bit."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np

from indexer import native
from indexer.engines import kernel_numpy
from indexer.engines.array_file import Array, BrokenArrayFileError
from indexer.engines.kernel_records import Found, Listed, Lists, Part, Segment, Source, Worths
from indexer.engines.term_lists import Postings

__all__ = [
    "NAME",
    "Found",
    "Listed",
    "Lists",
    "Part",
    "Segment",
    "Source",
    "Worths",
    "add",
    "best",
    "count",
    "mark",
    "phrase",
    "places",
]

_kernel = native.KERNEL
_checking = Lock()
NAME = "c" if _kernel else "numpy"
# Bytes of bounds and bits that the C kernel keeps with lists. 3,200 queries and 1,600 phrases over a million passages
# find 88 MB: with all at hand half of the queries take .33 ms and a process comes to 513 MB; with 64 MB .42 ms and 492,
# with 48 .45 and 481, with 32 .63 and 469.
KEPT = 48_000_000
if _kernel:
    _kernel.keep_most(KEPT)


def best(
    segments: Sequence[Segment],
    k1: float,
    limit: int,
    least: float = 0.0,
    counted: int = sys.maxsize,
    ordered: int = sys.maxsize,
) -> Found:
    """The best `limit` documents of some segments and their equals, of those with at least the score `least`.

    As many of them as are to be ordered, and their equals, are in order. When all are, matches that cannot be among the
    best are passed over once so many are `counted`. Parts of a high value first make that quick; a score is the sum of
    its parts in their order.
    """
    if NAME == "numpy":
        return kernel_numpy.best(segments, k1, limit, least, counted, ordered)
    asked = tuple((one.first, one.documents, one.among, _parts(one.parts)) for one in segments)
    total, numbers, scores, ordered = _told(_kernel.best, asked, k1, limit, least, counted, ordered)
    return Found(total, np.frombuffer(numbers, np.int64), np.frombuffer(scores, np.float64), ordered)


def add(scores: Array, parts: Sequence[Part], k1: float, among: Array | None) -> None:
    """Add to the scores of a segment's documents what the parts are worth."""
    if NAME == "numpy":
        kernel_numpy.add(scores, parts, k1, among)
    else:
        _told(_kernel.add, scores, _parts(parts), k1, among)


def count(documents: int, lists: Lists, among: Array | None) -> int:
    """The number of documents of a segment that are in one of the lists."""
    if among is None and len(lists.sources) == 1:
        held = lists.sources[0].held
        return held.count if isinstance(held, Postings) else len(held.docs)
    if NAME == "numpy":
        return kernel_numpy.count(documents, lists, among)
    return int(_told(_kernel.count, documents, _ready(lists), among))


def mark(documents: int, lists: Sequence[Postings]) -> Array:
    """For each document of a segment, whether it is in one of the lists: of two hundred in a tenth of the time."""
    if NAME == "numpy":
        return kernel_numpy.mark(documents, lists)
    return np.frombuffer(_told(_kernel.mark, documents, tuple([_held(one) for one in lists])), bool)


def phrase(documents: int, lists: Sequence[Postings]) -> Listed:
    """The documents of a segment in which the terms stand one after another, and how often."""
    if NAME == "numpy":
        return kernel_numpy.phrase(documents, lists)
    docs, counts = _told(_kernel.phrase, documents, tuple([_held(one) for one in lists]))
    return Listed(np.frombuffer(docs, np.int64), np.frombuffer(counts, np.uint32))


def places(documents: int, lists: Sequence[Postings], docs: Array, bases: Array) -> list[Array]:
    """Where terms stand in some documents of a segment, in their order: each position with its document's base added.

    Where eight terms stand in a hundred documents takes an eighth of the time that it takes in numpy.
    """
    if NAME == "numpy":
        return kernel_numpy.places(documents, lists, docs, bases)
    found = _told(_kernel.places, documents, tuple([one.ready or _held(one) for one in lists]), docs, bases)
    return [np.frombuffer(one, np.int64) for one in found]


def _parts(parts: Sequence[Part]) -> tuple[tuple[float, tuple[Any, ...]], ...]:
    return tuple([(value, lists.ready or _ready(lists)) for value, lists in parts])


def _ready(lists: Lists) -> tuple[Any, ...]:
    """The lists as the C kernel takes them."""
    if not lists.ready:
        lists.ready = tuple([_source(source) for source in lists.sources])
    return lists.ready


def _source(source: Source) -> tuple[Any, ...]:
    if isinstance(source.held, Postings):
        return _held(source.held), _weighed(source.worths)
    return source.held.docs, source.held.counts, _weighed(source.worths)


def _weighed(worths: Worths) -> Any:
    """What the C kernel has checked of worths: the same for all threads, as bounds of a list are those of one."""
    if worths.ready is None:
        with _checking:
            worths.ready = worths.ready or _told(_kernel.weigh, worths.lengths, worths.worths)
    return worths.ready


def _held(postings: Postings) -> Any:
    """What the C kernel has checked of a posting list: the same for all threads, as what is kept stands with it."""
    if postings.ready is None:
        with _checking:
            held = postings.gaps, postings.frequencies, postings.positions
            postings.ready = postings.ready or _told(_kernel.hold, *held)
    return postings.ready


def _told(function: Any, *args: Any) -> Any:
    try:
        return function(*args)
    except ValueError as error:
        raise BrokenArrayFileError(str(error)) from error
