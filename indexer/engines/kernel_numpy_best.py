"""The best documents of a segment, in numpy: rare words are added up, common ones looked up where they may matter.

That is MaxScore, as in `_kernel_best.h`. Once it is certain that no document is among the best for what the last parts
add alone, they are looked up for the documents that have nearly enough without them. (C goes window by window; here a
call takes as long as a thousand documents, and so the segment is gone through as a whole.)
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array
from indexer.engines.kernel_memory import Memory, saturated
from indexer.engines.kernel_records import Lists, Part, Segment
from indexer.engines.packed import gathered
from indexer.engines.term_lists import Postings

# What takes less time: to look at some documents or at all of a segment, to look them up or to mark them.
_DENSE = 8  # all are looked at, not some alone, when these are one of so many
_FEW = 32  # some are looked up one by one when there are so many times as many in a list
_SHORT = 8_192  # documents of a list that takes no longer to be added than to be looked up
_BLOCK = 256  # documents of which only the best score is looked at, at most
_SURELY = 1 - 1e-9  # of a score that is not reached: more than a sum of thousands is off by
_LEAST = float(np.nextafter(0, 1))  # a score

_rooms: list[Array] = []  # zeros for scores: a search takes some, and gives them back as zeros


class Best(NamedTuple):
    """Documents of a segment, ascending, with their scores."""

    total: int  # documents that have a score, at least
    docs: Array
    scores: Array


def best_of(segment: Segment, memory: Memory, k1: float, limit: int, least: float, counted: int) -> Best:
    """The documents of a segment that may be among the best `limit` and have at least the score `least`.

    With `counted` the total is at least as many, or all that have a score.
    """
    most = [part.value * (k1 + 1) for part in segment.parts]
    rests = [*accumulate(reversed(most), initial=0.0)][::-1]  # of each part and all behind it
    room = _room(segment.documents)
    sums = _Sums(segment, room[: segment.documents], memory, k1)
    for at, part in enumerate(segment.parts):
        is_certain = rests[at] < least * _SURELY and not _is_short(part.lists)
        if is_certain and (counted <= 0 or counted <= np.count_nonzero(sums.scores)):
            break
        sums.add(part)
        if rests[at + 1] < rests[0] - rests[at + 1]:
            least = max(least, _reached(sums.last, limit))
    total = int(np.count_nonzero(sums.scores)) if counted > 0 else 0
    at = len(sums.added)
    docs = sums.reaching(max(least * _SURELY - rests[at], _LEAST))
    if at < len(segment.parts):
        docs = _looked_up(sums, docs, segment.parts[at:], [least * _SURELY - rest for rest in rests[at + 1 :]])
    docs = _distinct(docs[sums.scores[docs] >= least])
    scores = sums.scores[docs]
    sums.clear()
    _rooms.append(room)
    return Best(max(total, len(docs)), docs, scores)


def nth(numbers: Array, nth: int) -> float:
    """The number that `nth` of them are at least; less than any when they are fewer."""
    return -np.inf if nth > len(numbers) else float(np.partition(numbers, len(numbers) - nth)[len(numbers) - nth])


class _Sums:
    """The scores of a segment's documents, so far."""

    def __init__(self, segment: Segment, scores: Array, memory: Memory, k1: float) -> None:
        self.scores, self.memory, self.k1 = scores, memory, k1
        self.added: list[Array] = []  # the documents of each part
        self.last = np.empty(0)  # the scores of those of the last
        self._among = segment.among

    def add(self, part: Part) -> None:
        """Add what a part is worth to the scores of its documents."""
        known, more = self.memory.whole(part.lists, len(self.scores), self.k1)
        docs = known.astype(np.int64)
        if self._among is not None:
            chosen = self._among[docs]
            docs, more = docs[chosen], more[chosen]
        self.last = part.value * more
        if self.added:
            self.last += self.scores[docs]
        self.scores[docs] = self.last
        self.added.append(docs)

    def reaching(self, least: float) -> Array:
        """The documents with at least a score, more than 0; some may come twice."""
        if self._is_dense() or not self.added:
            return np.flatnonzero(self.scores >= least)
        earlier = [docs[np.flatnonzero(self.scores[docs] >= least)] for docs in self.added[:-1]]
        return np.concatenate((*earlier, self.added[-1][np.flatnonzero(self.last >= least)]))

    def clear(self) -> None:
        """Leave zeros behind."""
        if self._is_dense():
            self.scores.fill(0)
        else:
            for docs in self.added:
                self.scores[docs] = 0

    def _is_dense(self) -> bool:
        return _DENSE * sum(map(len, self.added)) > len(self.scores)


class _Wanted:
    """Documents that are looked for in lists."""

    def __init__(self, docs: Array, documents: int) -> None:
        self._docs = docs
        self._marks: Array | None = None  # for each of all documents, whether it is one of them
        self._documents = documents

    def among(self, known: Array) -> tuple[Array, Array]:
        """The places in a list of those that stand there, and which these are."""
        if _FEW * len(self._docs) < len(known):
            at = np.minimum(known.searchsorted(self._docs.astype(known.dtype)), len(known) - 1)
            there = known[at] == self._docs
            return at[there], self._docs[there]
        if self._marks is None:
            self._marks = np.zeros(self._documents, bool)
            self._marks[self._docs] = True
        at = np.flatnonzero(self._marks[known])
        return at, known[at]


def _is_short(lists: Lists) -> bool:
    (held, _), *others = lists.sources
    return not others and isinstance(held, Postings) and held.count <= _SHORT


def _room(documents: int) -> Array:
    """Zeros for so many documents at least."""
    try:
        room = _rooms.pop()
    except IndexError:
        return np.zeros(documents)
    return room if len(room) >= documents else np.zeros(documents)


def _reached(scores: Array, limit: int) -> float:
    """A score that at least `limit` documents reach, as the best of so many blocks of documents do."""
    width = max(1, min(_BLOCK, len(scores) // (4 * limit)))
    blocks = len(scores) // width
    if blocks < limit:
        return 0.0
    return nth(scores[: blocks * width].reshape(width, blocks).max(axis=0), limit)


def _looked_up(sums: _Sums, docs: Array, parts: Sequence[Part], bars: Sequence[float]) -> Array:
    """Add parts to the scores of some documents; those whose scores have reached the bar behind each."""
    wanted = _Wanted(docs, len(sums.scores))
    for part, bar in zip(parts, bars, strict=True):
        where, more = _of_some(part.lists, docs, wanted, sums)
        sums.scores[where] += part.value * more
        docs = docs[sums.scores[docs] >= bar]
    return docs


def _of_some(lists: Lists, docs: Array, wanted: _Wanted, sums: _Sums) -> tuple[Array, Array]:
    """Those of some documents that lists have, and what they add to their scores, but for the value of the part."""
    ((held, worths), *others) = lists.sources
    memory, documents = sums.memory, len(sums.scores)
    if others or not isinstance(held, Postings):
        whole = memory.whole(lists, documents, sums.k1)
        at, where = wanted.among(whole.docs)
        return where, whole.saturated[at]
    if _DENSE * held.count > documents:
        counts = memory.counts(held, documents)[docs]
        there = np.flatnonzero(counts > 0)
        counts, where = counts[there], docs[there]
    else:
        at, where = wanted.among(memory.docs(held, documents))
        counts = gathered(held.frequencies, at)
    return where, saturated(counts * worths.of(where), sums.k1)


def _distinct(docs: Array) -> Array:
    """The documents in order, each once; `np.unique` takes twenty times as long for a few."""
    docs = np.sort(docs)
    return docs[np.append(docs[1:] != docs[:-1], True)] if len(docs) else docs
