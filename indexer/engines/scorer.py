"""Clauses -> the best passages of all segments, with statistics over all of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from indexer.engines import kernel
from indexer.engines.array_file import Array
from indexer.engines.bm25f import FIELDS, Formula
from indexer.engines.remembered import Remembered, take_little
from indexer.engines.whoosh_leaf import Leaf
from indexer.engines.whoosh_match import Matcher, parts
from indexer.records import AllOf, Clause

_MANY = 1_000  # of which no more than _ORDERED are put in order: 10,000 take a tenth of the time so
_ORDERED = 100  # a search looks at so many
_CLAUSES = 4096  # whose lists are remembered


class Weighed(NamedTuple):
    """A clause, ready to be scored."""

    idf: float
    lists: list[kernel.Lists | None]  # for each segment, of what counts as the clause; None where nothing does
    holding: int  # passages that do


class Ranking(NamedTuple):
    """The best passages of a commit; there may be too many."""

    total: int  # passages that match, see `Scorer.best`
    numbers: Array  # of the passages in their commit
    scores: Array
    ordered: int  # so many are the best, best first, equals by number; the others stand in any order
    timed_out: bool


class Scorer:
    """Scores the passages of a commit; shared by threads, it remembers only what never changes."""

    def __init__(self, leaves: Sequence[Leaf], formula: Formula) -> None:
        self.size = sum(leaf.size for leaf in leaves)
        self._leaves = leaves
        self._firsts = [0, *accumulate(map(len, leaves))]
        self._formula = formula
        averages = {field: sum(leaf.terms(field) for leaf in leaves) / (self.size or 1) for field in FIELDS}
        self._worths = [{field: _worths(leaf, field, formula, averages[field]) for field in FIELDS} for leaf in leaves]
        self._known: dict[Clause, Weighed] = {}
        self._phrases = [Remembered() for _ in leaves]

    def best(
        self,
        clauses: Sequence[Clause],
        required: Sequence[Clause],
        limit: int,
        deadline: float | None,
        counted: int = sys.maxsize,
    ) -> Ranking:
        """The best `limit` passages, from 1, at least, see `indexer.engines.Reader`."""
        given = zip(self._leaves, self._worths, self._phrases, strict=True)
        matchers = [Matcher(*one, deadline) for one in given]
        scored = self._scored(matchers, clauses)
        segments = [
            kernel.Segment(first, len(leaf), leaf.live, _parts(scored, at))
            for at, (first, leaf) in enumerate(zip(self._firsts, self._leaves, strict=False))
        ]
        if required:
            found = self._all(segments, [matcher.holding(AllOf(tuple(required))) for matcher in matchers])
        else:
            found = self._best(segments, limit, counted, max((weighed.holding for _, weighed in scored), default=0))
        return Ranking(*found, timed_out=any(matcher.is_late for matcher in matchers))

    def _best(self, segments: Sequence[kernel.Segment], limit: int, counted: int, sure: int) -> kernel.Found:
        """The best passages; where a single word says that there are more than are `counted`, none is counted."""
        ordered = _ORDERED if limit > _MANY else limit
        if sure < counted:
            return kernel.best(segments, self._formula.k1, limit, counted=counted, ordered=ordered)
        found = kernel.best(segments, self._formula.k1, limit, counted=0, ordered=ordered)
        return found._replace(total=max(found.total, sure))

    def _scored(self, matchers: Sequence[Matcher], clauses: Iterable[Clause]) -> list[tuple[float, Weighed]]:
        """What the scores of passages are the sum of: what each part is worth, in one order for all segments."""
        scored = []
        for clause, share, unless in [part for whole in dict.fromkeys(clauses) for part in parts(whole)]:
            if any(matcher.look_at_the_clock() for matcher in matchers):
                break
            weighed = self._known.get(clause) if unless is None else None
            weighed = weighed or self._weighed(matchers, clause, unless)
            scored.append((share * weighed.idf, weighed))
        scored.sort(key=itemgetter(0), reverse=True)
        return scored

    def _weighed(self, matchers: Sequence[Matcher], clause: Clause, unless: Clause | None) -> Weighed:
        """A clause made ready, and remembered when its lists take little memory."""
        lists = [
            kernel.Lists(sources) if (sources := matcher.sources(clause, unless)) else None for matcher in matchers
        ]
        pairs = zip(self._leaves, lists, strict=True)
        holding = sum(kernel.count(len(leaf), held, leaf.live) for leaf, held in pairs if held)
        weighed = Weighed(self._formula.idf(self.size, holding), lists, holding)
        is_late = any(matcher.is_late for matcher in matchers)
        if unless is None and not is_late and all(map(take_little, lists)):
            if len(self._known) >= _CLAUSES:
                self._known.clear()
            self._known[clause] = weighed
        return weighed

    def _all(self, segments: Sequence[kernel.Segment], allowed: Sequence[Array]) -> kernel.Found:
        """All passages that are allowed, those without a score too."""
        numbers, scores = [np.empty(0, np.int64)], [np.empty(0)]
        for segment, held in zip(segments, allowed, strict=True):
            docs = np.flatnonzero(held)
            numbers.append(docs + segment.first)
            if segment.parts:
                every = np.zeros(segment.documents)
                kernel.add(every, segment.parts, self._formula.k1, held)
                scores.append(every[docs])
            else:
                scores.append(np.zeros(len(docs)))
        found = np.concatenate(numbers)
        return kernel.Found(len(found), found, np.concatenate(scores), 0)


def _parts(scored: Iterable[tuple[float, Weighed]], at: int) -> list[kernel.Part]:
    """The parts of scores in one of the segments."""
    return [kernel.Part(value, held) for value, weighed in scored if (held := weighed.lists[at])]


def _worths(leaf: Leaf, field: str, formula: Formula, average: float) -> kernel.Worths:
    """What one occurrence in the field is worth in each document of a segment."""
    places, lengths = leaf.lengths_in(field)
    return kernel.Worths(places, formula.worths(field, lengths, average))
