"""The best documents of a segment, in numpy: bounds of all scores in whole steps, then the scores of those that matter.

What a part adds to a score is kept rounded up to whole steps, see `kernel_levels`: to add up a byte or two for each
document takes a fifth of the time of exact scores. A sum of such bounds is off by less than a step for each part, so
the best sums tell what the best reach for certain, and only the few documents that come near that are scored.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array
from indexer.engines.kernel_levels import STEP, Dense, Levels, most_steps
from indexer.engines.kernel_memory import Memory, saturated
from indexer.engines.kernel_records import Listed, Part, Segment
from indexer.engines.packed import gathered
from indexer.engines.term_lists import Postings

_GROUPS = 1_024  # of documents: only the best of each are looked at first
_FEW = 256  # documents for each posting: a phrase takes five sixths of the time; with 64 some queries take more
_SURELY = 1 - 1e-9  # of a score that is not reached: more than a sum of thousands is off by


class Best(NamedTuple):
    """Documents of a segment, ascending, with their scores."""

    total: int  # documents that have a score, at least
    docs: Array
    scores: Array


def has_bounds(parts: Sequence[Part], k1: float) -> bool:
    """True when bounds of scores fit into two bytes, as those of hundreds of words do."""
    most = [most_steps(part.value, k1) for part in parts]
    return min(most, default=0.0) >= 0 and sum(most) <= np.iinfo(np.uint16).max


def best_of(segment: Segment, memory: Memory, k1: float, limit: int, least: float, counted: int) -> Best:
    """The documents of a segment that may be among the best `limit` and have at least the score `least`.

    With `counted` the total is that of all that have a score.
    """
    if _postings(segment.parts) * _FEW <= segment.documents:
        return _best_of_few(segment, memory, k1, least)
    groups = max(_GROUPS, 8 * limit)
    bounds = np.zeros((-(-segment.documents // groups), groups), np.uint16)
    sums = bounds.reshape(-1)[: segment.documents]
    levels = [memory.levels(part, segment.documents, k1) for part in segment.parts]
    for known in levels:
        known.add_to(sums)
    if segment.among is not None:
        np.multiply(sums, segment.among, out=sums)
    total = int(np.count_nonzero(sums)) if counted > 0 else 0
    docs = _near(bounds, limit, math.ceil(least * _SURELY / STEP), len(levels))
    scores = _scored(segment.parts, levels, docs, memory, segment.documents, k1)
    kept = scores >= least
    docs, scores = docs[kept], scores[kept]
    return Best(max(total, len(docs)), docs, scores)


def _postings(parts: Sequence[Part]) -> int:
    """The postings of all lists."""
    held = [source.held for part in parts for source in part.lists.sources]
    return sum(one.count if isinstance(one, Postings) else len(one.docs) for one in held)


def _best_of_few(segment: Segment, memory: Memory, k1: float, least: float) -> Best:
    """The same where lists are so short that all is scored sooner than bounds are added up."""
    held = [memory.whole(part.lists, segment.documents, k1) for part in segment.parts]
    docs = np.unique(np.concatenate([np.empty(0, np.uint32), *(one.docs for one in held)]))
    scores = np.zeros(len(docs))
    for part, one in zip(segment.parts, held, strict=True):
        scores[docs.searchsorted(one.docs)] += part.value * one.saturated
    is_found = scores > 0 if segment.among is None else (scores > 0) & segment.among[docs]
    kept = is_found & (scores >= least)
    return Best(int(np.count_nonzero(is_found)), docs[kept].astype(np.int64), scores[kept])


def _near(bounds: Array, limit: int, least: int, off: int) -> Array:
    """The documents, ascending, with at least `least`, and no further `off` the best `limit` than bounds are."""
    most = bounds.max(axis=0, initial=0)
    reached = int(np.sort(most, kind="stable")[-limit])  # `partition` takes ten times as long where most are zeros
    bar = max(1, least, reached - off)
    groups = np.flatnonzero(most >= bar)
    rows, columns = np.divmod(np.flatnonzero(bounds.take(groups, axis=1) >= bar), len(groups) or 1)
    return np.asarray(rows * bounds.shape[1] + groups[columns])


def _scored(
    parts: Sequence[Part], levels: Sequence[Levels], docs: Array, memory: Memory, documents: int, k1: float
) -> Array:
    """The scores of some documents."""
    known: dict[int, Array] = {}
    weights = np.zeros((len(parts), len(docs)))
    for row, part, level in zip(weights, parts, levels, strict=True):
        sources = part.lists.sources
        for held, worths in sources:
            if id(worths) not in known:
                known[id(worths)] = worths.of(docs)
            if isinstance(level, Dense):
                counts = level.counts[docs]
            elif len(sources) == 1:
                counts = _counts(held, level.docs, docs)
            else:
                counts = _counts(held, held.docs if isinstance(held, Listed) else memory.docs(held, documents), docs)
            row += counts * known[id(worths)]
    more = saturated(weights, k1)
    more *= np.array([[part.value] for part in parts])
    return np.asarray(sum(more, np.zeros(len(docs))))


def _counts(held: Postings | Listed, where: Array, docs: Array) -> Array:
    """How often each of some documents holds something that stands in the documents `where`."""
    if not len(where):
        return np.zeros(len(docs))
    at = np.minimum(where.searchsorted(docs.astype(where.dtype)), len(where) - 1)
    counts = gathered(held.frequencies, at) if isinstance(held, Postings) else held.counts[at]
    return np.asarray(counts * (where[at] == docs))
