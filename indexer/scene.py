"""A question, the passages found and their sentences: what the features of a sentence are relative to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import numpy as np

from indexer.acronyms import definitions
from indexer.analyse import STOP_WORDS
from indexer.arrays import Array
from indexer.asked import Asked, Weighing, bits, mask
from indexer.candidates import Candidate, Candidates, Sentence
from indexer.clauses import terms
from indexer.engines.matches import Matches
from indexer.letters import groups_held
from indexer.library_reader import LibraryReader
from indexer.rank import K1, Seen
from indexer.records import Passage
from indexer.standing import passage_of, standing
from indexer.traits import Traits, unpluralled

# What a stop word is worth at most, of what the rarest other word is; rows and lists lack them. The ranking's log loss
# is 1.16 and .62 (covid_qa, squad2; weights from the other set), as unbounded; with .1 1.17 and .63, without 1.18.
STOP_WORD = 0.5
_STOP_WORDS = frozenset(map(unpluralled, STOP_WORDS))


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
        self._spelled_above = names.spell(self.asked.spelling)[2 * len(passages) :]

    def around(self, one: Candidate) -> list[Sentence]:
        """The sentences before and after a candidate."""
        found = self.candidates
        return found.read(np.append(found.before[one.number], found.after[one.number]))

    def beside(self, one: Candidate) -> tuple[str, str]:
        """What is said right before a candidate, and right after it."""
        found = self.candidates
        return found.text(found.before[one.number, 0]), found.text(found.after[one.number, 0])

    @cached_property
    def nearby(self) -> Array:
        """The clauses that stand in each candidate, the two sentences before it, the one after, headings and title."""
        candidates = self.candidates
        beside = np.hstack((candidates.before[:, :2], candidates.after[:, :1]))
        named = (self.headed | self.titled)[candidates.ranks]
        return np.asarray(self.own | named | candidates.table.held[beside].any(axis=1))

    def above(self, one: Candidate) -> int:
        """The clauses that stand in title and headings."""
        return mask((self.headed[one.rank] | self.titled[one.rank]).tolist())

    def words(self) -> Array:
        """The part of the question's words that each candidate holds as they are spelled, by rarity among candidates.

        What stands in the heading right above counts, and so do stop words, within bounds: no row of a table has any.
        """
        held = self.said.spell(self.asked.spelling) | self._spelled_above[self.candidates.ranks]
        rarity = _rarity(held)
        is_idle = np.array([word in _STOP_WORDS for word in self.asked.spelling], bool)
        most = STOP_WORD * rarity[~is_idle].max(initial=0.0)
        return Weighing(np.where(is_idle, np.minimum(rarity, most), rarity).tolist()).shares(held)

    @cached_property
    def told(self) -> Array:
        """The clauses that stand there as `nearby` has them, or in each candidate in other words."""
        return np.asarray(np.logical_or.reduce([self.nearby, *self.other_words]))

    def word_pairs(self) -> Array:
        """The part of the question's pairs of words that each candidate holds side by side, by their rarity, too."""
        held = self.said.follow(self.asked.word_pairs)
        return Weighing(_rarity(held).tolist()).shares(held)

    def parts_of_words(self) -> Array:
        """The part of the question's words that stand in no form in each candidate, by the letters of them that do."""
        lacked = ~np.logical_or.reduce([self.own, *self.other_words])
        held = groups_held([one.sentence.text for one in self.pool], self.asked.query.words)
        return self.asked.specific.shares(held * lacked)

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


def _rarity(held: Array) -> Array:
    """The rarity of what each column stands for among the candidates."""
    counts = held.sum(axis=0)
    return np.asarray(np.log(1 + (len(held) - counts + 0.5) / (counts + 0.5)))


def _right_above(passage: Passage) -> str:
    """What names the passage most closely: the innermost heading, and the heads of a table's columns."""
    return "\n".join((*passage.heading[-1:], passage.columns))
