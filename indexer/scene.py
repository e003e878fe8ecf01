"""A question, the passages found and their sentences: what the features of a sentence are relative to."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache

import numpy as np

from indexer.acronyms import definitions
from indexer.arrays import Array
from indexer.asked import Asked, Weighing, bits, mask
from indexer.candidates import Candidate, Candidates, Sentence
from indexer.clauses import terms
from indexer.engines.matches import Matches
from indexer.library_reader import LibraryReader
from indexer.places import stands
from indexer.rank import K1, Seen
from indexer.records import Passage
from indexer.sentence_table import AFTER, BEFORE
from indexer.traits import Traits


class Scene:
    """The passages found for a question, best first, and the sentences that may answer it.

    Arrays have a row for each candidate; those of truths a column for each clause.
    """

    def __init__(self, library: LibraryReader, asked: Asked, found: Sequence[Seen], matches: Matches) -> None:
        """`matches` are those of the passages found."""
        self.asked = asked
        self.found = found
        self.candidates = Candidates(library, asked.query.clauses, asked.idf, found, matches)
        self.pool = self.candidates.all
        self.ideal = sum(asked.idf) * (K1 + 1) or 1.0  # BM25 of a sentence that could not be better
        self.top = max((one.match.score for one in found), default=0.0) or 1.0
        self._terms = frozenset(term for clause in asked.query.clauses for term in terms(clause))
        held_by = cache(self._held_by)  # passages share titles and headings
        self.titled = [held_by(library.title(one.match.document_id)) for one in found]
        self.headed = [held_by("\n".join(one.passage.above)) for one in found]
        self.under = [held_by(_right_above(one.passage)) for one in found]
        self.own = self.candidates.table.held[self.candidates.rows]
        self.bm25 = self.candidates.table.bm25[self.candidates.rows]
        self.held = self.own | self.by_rank(self.under)  # what stands under a heading is about it
        self.expansions = asked.expansions({known for one in found for known in definitions(one.passage.text)})

    def by_rank(self, masks: Sequence[int]) -> Array:
        """What the passage of each candidate holds, of which is known what each passage holds."""
        return bits(masks, len(self.asked.idf))[self.candidates.ranks]

    def before(self, one: Candidate, most: int = BEFORE) -> list[Sentence]:
        """The sentences before a candidate, the nearest first."""
        return self.candidates.read(self.candidates.before[one.number, :most])

    def after(self, one: Candidate, most: int = AFTER) -> list[Sentence]:
        """The sentences after it."""
        return self.candidates.read(self.candidates.after[one.number, :most])

    def around(self, one: Candidate) -> int:
        """The clauses that stand in a candidate, the two sentences before it, the one after, headings and title."""
        candidates, number = self.candidates, one.number
        beside = np.append(candidates.before[number, :2], candidates.after[number, :1])
        return one.sentence.held | self.above(one) | mask(candidates.table.held[beside].any(axis=0).tolist())

    def above(self, one: Candidate) -> int:
        """The clauses that stand in title and headings."""
        return self.headed[one.rank] | self.titled[one.rank]

    def spelled(self) -> Array:
        """The clauses that stand in each candidate, or in the heading right above it, as they were typed."""
        spelled = cache(lambda text: self.asked.spelled(Traits(text).spelled))
        above = [spelled(_right_above(one.passage)) for one in self.found]
        masks = [self.asked.spelled(one.sentence.traits.spelled) | above[one.rank] for one in self.pool]
        return self.held & bits(masks, len(self.asked.idf))

    def spelled_out(self, terms: Set[str]) -> int:
        """The clauses that some terms spell out, or are the short form of."""
        held = 0
        for clauses, other in self.expansions:
            held |= clauses if other <= terms else 0
        return held

    def rarity_in_pool(self) -> Weighing:
        """The clauses by their rarity among the candidates."""
        counts = self.own.sum(axis=0)
        return Weighing(np.log(1 + (len(self.pool) - counts + 0.5) / (counts + 0.5)).tolist())

    def _held_by(self, text: str) -> int:
        """The clauses that stand in a text."""
        known = Traits(text)
        if self._terms.isdisjoint(known.texts):
            return 0
        return mask(stands(clause, known.places) for clause in self.asked.query.clauses)


def _right_above(passage: Passage) -> str:
    """What names the passage most closely: the innermost heading, and the heads of a table's columns."""
    return "\n".join((*passage.heading[-1:], passage.columns))
