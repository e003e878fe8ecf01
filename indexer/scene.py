"""A question, the passages found and their sentences: what the features of a sentence are relative to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import numpy as np

from indexer.acronyms import definitions
from indexer.arrays import Array
from indexer.asked import Asked, Weighing, bits, mask
from indexer.candidates import Candidate, Candidates, Sentence
from indexer.clauses import terms
from indexer.engines.matches import Matches
from indexer.library_reader import LibraryReader
from indexer.rank import K1, Seen
from indexer.records import Passage
from indexer.sentence_table import AFTER, BEFORE
from indexer.standing import passage_of, standing
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
        self.said = Traits([one.sentence.text for one in self.pool])
        self.ideal = sum(asked.idf) * (K1 + 1) or 1.0  # BM25 of a sentence that could not be better
        self.top = max((one.match.score for one in found), default=0.0) or 1.0
        self._name([library.title(one.match.document_id) for one in found])
        self.own = self.candidates.table.held[self.candidates.rows]
        self.bm25 = self.candidates.table.bm25[self.candidates.rows]
        self.held = self.own | self.under[self.candidates.ranks]  # what stands under a heading is about it

    def _name(self, titles: Sequence[str]) -> None:
        """Note what stands in title and headings of each passage, and what names it most closely."""
        passages = [one.passage for one in self.found]
        names = Traits([*titles, *("\n".join(one.above) for one in passages), *map(_right_above, passages)])
        clauses = self.asked.query.clauses
        places = names.places({term for clause in clauses for term in terms(clause)})
        held = np.zeros((names.size, len(clauses)), bool)
        for at, clause in enumerate(clauses):
            held[passage_of(standing(clause, places)), at] = True
        self.titled, self.headed, self.under = held.reshape(3, len(passages), len(clauses))  # a row for each passage
        self._spelled_above = self._with(names.spell, self.asked.spelled)[2 * len(passages) :]

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
        return mask((self.headed[one.rank] | self.titled[one.rank]).tolist())

    def spelled(self) -> Array:
        """The clauses that stand in each candidate, or in the heading right above it, as they were typed."""
        own = self._with(self.said.spell, self.asked.spelled)
        return self.held & (own | self._spelled_above[self.candidates.ranks])

    @cached_property
    def other_words(self) -> tuple[Array, Array, Array]:
        """What `in_other_words` says of the candidates."""
        return self.in_other_words(self.said)

    def in_other_words(self, said: Traits) -> tuple[Array, Array, Array]:
        """The clauses that stand in some texts in another form, spelled out, and as a word of like meaning."""
        forms = self._with(said.hold, self.asked.forms(said.beginning(self.asked.formed)))
        return forms, self._spelled_out(said), self._with(said.hold, self.asked.synonyms)

    @cached_property
    def _expansions(self) -> list[tuple[int, frozenset[str]]]:
        return self.asked.expansions({known for one in self.found for known in definitions(one.passage.text)})

    def _spelled_out(self, said: Traits) -> Array:
        """The clauses that terms of some texts spell out, or are the short form of."""
        held = np.zeros((said.size, len(self.asked.idf)), bool)
        for clauses, other in self._expansions:
            held[said.hold(tuple(other)).all(axis=1)] |= bits([clauses], held.shape[1])
        return held

    def _with(self, held: Callable[[Sequence[str]], Array], words: Mapping[str, int]) -> Array:
        """For each text the clauses of the words that it holds."""
        return np.asarray(held(tuple(words)) @ bits(tuple(words.values()), len(self.asked.idf)))

    def rarity_in_pool(self) -> Weighing:
        """The clauses by their rarity among the candidates."""
        counts = self.own.sum(axis=0)
        return Weighing(np.log(1 + (len(self.pool) - counts + 0.5) / (counts + 0.5)).tolist())


def _right_above(passage: Passage) -> str:
    """What names the passage most closely: the innermost heading, and the heads of a table's columns."""
    return "\n".join((*passage.heading[-1:], passage.columns))
