"""A question, the passages found and their sentences: what the features of a sentence are relative to."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from indexer.acronyms import definitions
from indexer.asked import Asked, Weighing, mask
from indexer.candidates import Candidate, candidates
from indexer.library_reader import LibraryReader
from indexer.places import stands
from indexer.rank import K1, Seen
from indexer.traits import traits


class Scale(NamedTuple):
    """Mean and spread of a number over the candidates of a question."""

    mean: float
    spread: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Scale:
        """The scale of some values; `statistics`, which is exact, took a fifth of the time of all of this."""
        if not values:
            return cls(0.0, 0.0)
        mean = sum(values) / len(values)
        return cls(mean, math.sqrt(sum((value - mean) ** 2 for value in values) / len(values)))

    def z(self, value: float) -> float:
        """How many spreads a value lies above the mean."""
        return (value - self.mean) / (self.spread + 1e-6)


class Scene:
    """The passages found for a question, best first, and the sentences that may answer it."""

    def __init__(self, library: LibraryReader, asked: Asked, found: Sequence[Seen]) -> None:
        self.asked = asked
        self.found = found
        self.pool = candidates(library, asked.query.clauses, asked.idf, found)
        self.ideal = sum(asked.idf) * (K1 + 1) or 1.0  # BM25 of a sentence that could not be better
        self.top = max((one.match.score for one in found), default=0.0) or 1.0
        self.passage_scale = Scale.of([one.match.score for one in found])
        self.passage_held = [mask(one.stands) for one in found]
        held_by, spelled = cache(self._held_by), cache(self._spelled)  # passages share titles and headings
        self.titled = [held_by(library.summary(one.match.document_id).title) for one in found]
        self.headed = [held_by("\n".join(one.passage.heading)) for one in found]
        above = ["".join(one.passage.heading[-1:]) for one in found]
        self.under = [held_by(heading) for heading in above]
        self.spelled_above = [spelled(heading) for heading in above]
        self.covered_scale = Scale.of([asked.rarity.share(self.held(one)) for one in self.pool])
        self.bm25_scale = Scale.of([one.sentence.bm25 for one in self.pool])
        self.best_in_passage: dict[int, float] = {}
        self.best_in_document: dict[str, float] = {}
        for one in self.pool:
            score, key = one.sentence.bm25, one.sentence.document_id
            self.best_in_passage[one.rank] = max(score, self.best_in_passage.get(one.rank, 0.0))
            self.best_in_document[key] = max(score, self.best_in_document.get(key, 0.0))
        self.best = max(self.best_in_passage.values(), default=0.0)
        self.pool_rarity = Weighing(_rarity(self.pool, len(asked.idf)))
        self.expansions = asked.expansions({known for one in found for known in definitions(one.passage.text)})
        self.pairs = Weighing(min(pair) for pair in zip(asked.idf, asked.idf[1:], strict=False))

    def held(self, one: Candidate) -> int:
        """The clauses that stand in a candidate or in the heading right above it."""
        return one.sentence.held | self.under[one.rank]

    def spelled(self, one: Candidate) -> int:
        """The clauses of these that stand there as they were typed."""
        held = self.held(one)
        return held and held & (self.asked.spelled(one.sentence.traits) | self.spelled_above[one.rank])

    def _spelled(self, text: str) -> int:
        """The clauses whose word stands in a text as it was typed."""
        return self.asked.spelled(traits(text))

    def _held_by(self, text: str) -> int:
        """The clauses that stand in a text."""
        places = traits(text).places
        return mask(stands(clause, places) for clause in self.asked.query.clauses)


def _rarity(pool: Sequence[Candidate], clauses: int) -> list[float]:
    """How rare each clause is among the candidates."""
    counts = Counter(at for one in pool for at, row in enumerate(one.sentence.stands) if row)
    return [math.log(1 + (len(pool) - counts[at] + 0.5) / (counts[at] + 0.5)) for at in range(clauses)]
