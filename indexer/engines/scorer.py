"""Clauses -> the best passages of all segments, with statistics over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from indexer.engines import kernel
from indexer.engines.array_file import Array
from indexer.engines.bm25f import FIELDS, Formula
from indexer.engines.whoosh_leaf import Leaf
from indexer.engines.whoosh_match import Matcher, forms, parts
from indexer.records import AllOf, Clause, Word

_CLAUSES = 4096  # of words, whose lists are remembered


class Weighed(NamedTuple):
    """A clause, ready to be scored."""

    idf: float
    sources: list[list[kernel.Source]]  # for each segment, the lists of what counts as the clause


class Ranking(NamedTuple):
    """The best passages of a commit, in order of their scores; those with the last score may be too many."""

    total: int  # passages that match
    leaves: Array  # the segment of each
    docs: Array  # its number there
    scores: Array
    timed_out: bool


class Scorer:
    """Scores the passages of a commit; shared by threads, it remembers only what never changes."""

    def __init__(self, leaves: Sequence[Leaf], formula: Formula) -> None:
        self.size = sum(leaf.size for leaf in leaves)
        self._leaves = leaves
        self._formula = formula
        averages = {field: sum(leaf.terms(field) for leaf in leaves) / (self.size or 1) for field in FIELDS}
        self._worths = [
            {field: formula.worths(field, leaf.lengths[field], averages[field]) for field in FIELDS} for leaf in leaves
        ]
        self._known: dict[Clause, Weighed] = {}

    def best(
        self, clauses: Sequence[Clause], required: Sequence[Clause], limit: int, deadline: float | None
    ) -> Ranking:
        """The best `limit` passages, from 1, see `indexer.engines.Reader`, and the equals of the last."""
        pairs = zip(self._leaves, self._worths, strict=True)
        matchers = [Matcher(leaf, worths, deadline) for leaf, worths in pairs]
        scored = self._parts(matchers, dict.fromkeys(clauses))
        total, least = 0, 0.0
        docs, scores = [], []
        for leaf, matcher, held in zip(self._leaves, matchers, scored, strict=True):
            if required:
                found = self._allowed(leaf, held, matcher.holding(AllOf(tuple(required))))
            else:
                found = kernel.best(len(leaf), held, self._formula.k1, leaf.live, limit, least)
            total += found.total
            docs.append(found.docs)
            scores.append(found.scores)
            least = _least(scores, limit)
        return _ranking(total, docs, scores, least, timed_out=any(matcher.is_late for matcher in matchers))

    def _parts(self, matchers: Sequence[Matcher], clauses: Iterable[Clause]) -> list[list[kernel.Part]]:
        """For each segment, what the scores of its passages are the sum of."""
        scored: list[list[kernel.Part]] = [[] for _ in matchers]
        for clause, share, unless in [part for whole in clauses for part in parts(whole)]:
            if any(matcher.look_at_the_clock() for matcher in matchers):
                break
            weighed = self._known.get(clause) if unless is None else None
            weighed = weighed or self._weighed(matchers, clause, unless)
            for held, sources in zip(scored, weighed.sources, strict=True):
                if sources:
                    held.append(kernel.Part(share * weighed.idf, sources))
        return scored

    def _weighed(self, matchers: Sequence[Matcher], clause: Clause, unless: Clause | None) -> Weighed:
        """A clause made ready, and remembered when it is one of words alone: its lists stand in the index."""
        sources = [matcher.sources(clause, unless) for matcher in matchers]
        pairs = zip(self._leaves, sources, strict=True)
        holding = sum(kernel.count(len(leaf), held, leaf.live) for leaf, held in pairs if held)
        weighed = Weighed(self._formula.idf(self.size, holding), sources)
        is_late = any(matcher.is_late for matcher in matchers)
        if unless is None and not is_late and all(isinstance(form, Word) for form, _ in forms(clause)):
            if len(self._known) >= _CLAUSES:
                self._known.clear()
            self._known[clause] = weighed
        return weighed

    def _allowed(self, leaf: Leaf, held: list[kernel.Part], allowed: Array) -> kernel.Found:
        """All passages that are allowed, those without a score too."""
        scores = np.zeros(len(leaf))
        kernel.add(scores, held, self._formula.k1, allowed)
        docs = np.flatnonzero(allowed)
        return kernel.Found(len(docs), docs, scores[docs])


def _least(scores: Sequence[Array], limit: int) -> float:
    """The least of the best scores so far; 0 when there are fewer."""
    held = np.concatenate(scores)
    return float(np.partition(held, len(held) - limit)[len(held) - limit]) if limit < len(held) else 0.0


def _ranking(total: int, docs: list[Array], scores: list[Array], least: float, *, timed_out: bool) -> Ranking:
    leaves = np.repeat(np.arange(len(docs)), [len(one) for one in docs])
    all_docs = np.concatenate([*docs, np.empty(0, np.int64)])
    all_scores = np.concatenate([*scores, np.empty(0)])
    chosen = np.flatnonzero(all_scores >= least)
    chosen = chosen[np.argsort(-all_scores[chosen], kind="stable")]
    return Ranking(total, leaves[chosen], all_docs[chosen], all_scores[chosen], timed_out)
