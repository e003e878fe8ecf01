"""A question, the passages found and their sentences: what the features of a sentence are relative to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer.acronyms import definitions
from indexer.analyse import STOP_WORDS
from indexer.arrays import Array
from indexer.asked import Asked, mask
from indexer.candidates import Candidate, Candidates, Sentence
from indexer.clauses import terms
from indexer.coverage import Ground, coverage
from indexer.engines.matches import Matches
from indexer.letters import groups_held
from indexer.library_reader import LibraryReader
from indexer.numeric import Known
from indexer.quantities import tells, with_heads
from indexer.rank import K1, Seen
from indexer.records import Passage
from indexer.standing import holding
from indexer.token_traits import unpluralled
from indexer.traits import Traits

_STOP_WORDS = frozenset(map(unpluralled, STOP_WORDS))


class Scene:
    """The passages found for a question, best first, and the sentences that may answer it.

    Arrays have a row for each candidate; those of truths a column for each clause.
    """

    def __init__(self, library: LibraryReader, asked: Asked, found: Sequence[Seen], matches: Matches) -> None:
        """`matches` are those of the passages found."""
        self.asked = asked
        self.found = found
        self.candidates = Candidates(library, asked.query.clauses, found, matches)
        titles = [library.title(one.match.document_id) for one in found]
        names, self._names = _names(titles, [one.passage for one in found])
        self.texts = self.candidates.texts
        said = Traits([*self.texts, *names])
        self.said, named = said.parted(len(self.texts))
        self._spelled = said.spell(asked.spelling)
        self.ideal = sum(asked.idf) * (K1 + 1) or 1.0  # BM25 of a sentence that could not be better
        self.top = max((one.match.score for one in found), default=0.0) or 1.0
        self._name(named)

    @property
    def pool(self) -> list[Candidate]:
        """The candidates."""
        return self.candidates.all

    def _name(self, named: Traits) -> None:
        """Note what stands in title and headings of each passage, and what names it most closely."""
        clauses = self.asked.query.clauses
        places = named.places({term for clause in clauses for term in terms(clause)})
        held = holding(clauses, places, named.size)
        self.titled, self.headed, self.under = held.take(self._names, axis=0)  # a row for each passage

    def around(self, one: Candidate) -> list[Sentence]:
        """The sentences before and after a candidate."""
        found = self.candidates
        return found.read(np.append(found.before[one.number], found.after[one.number]))

    def beside(self, one: Candidate) -> tuple[str, str]:
        """What is said right before a candidate, and right after it."""
        found = self.candidates
        return found.text(found.before[one.number, 0]), found.text(found.after[one.number, 0])

    def nearby(self, one: Candidate) -> int:
        """The clauses that stand in a candidate, the two sentences before it, the one after, headings and title."""
        found, number = self.candidates, one.number
        rows = found.rows[number], *found.before[number, :2].tolist(), found.after[number, 0]
        return mask(np.logical_or.reduce(found.table.held.take(rows, axis=0)).tolist()) | self.above(one)

    def otherwise(self, one: Candidate) -> int:
        """The clauses that stand in a candidate in other words."""
        return mask(map(any, zip(*(kind[one.number].tolist() for kind in self.other_words), strict=True)))

    def above(self, one: Candidate) -> int:
        """The clauses that stand in title and headings."""
        return mask((self.headed[one.rank] | self.titled[one.rank]).tolist())

    @cached_property
    def own(self) -> Array:
        """The clauses that stand in each candidate."""
        return self.candidates.table.held.take(self.candidates.rows, axis=0)

    @cached_property
    def known(self) -> Known:
        """What is known of the candidates, for their features."""
        asked, candidates, table = self.asked, self.candidates, self.candidates.table
        terms, of_question = self.said.counts(asked.all_terms)
        return Known(
            self.coverage,
            candidates.ranks,
            candidates.documents,
            np.array([one.match.score for one in self.found], float),
            np.array([one.pairs for one in self.found], float),
            self._spelled[: len(self.texts)],
            self._spelled[len(self.texts) :].take(self._names[-1], axis=0),
            np.array([word in _STOP_WORDS for word in asked.spelling], bool),
            self.said.follow(asked.word_pairs),
            table.counts,
            table.words,
            asked.rarity.column,
            candidates.rows,
            terms,
            of_question,
            self.top,
            self.ideal,
            asked.specific.share(asked.everything & ~asked.capitals),
        )

    @property
    def coverage(self) -> Array:
        """How much of the question stands in each candidate and around it."""
        asked, candidates, stands = self.asked, self.candidates, self.candidates.stands
        ground = Ground(
            candidates.table.held,
            candidates.rows,
            candidates.before,
            candidates.after,
            candidates.ranks,
            self.titled,
            self.headed,
            self.under,
            *self.other_words,
            groups_held(self.texts, asked.query.words),
            stands.bounds,
            stands.positions,
            stands.steps,
            asked.bits([asked.everything & ~asked.capitals])[0],
            asked.specific.column,
            asked.rarity.column,
            np.array([asked.specific.total, asked.rarity.total]),
        )
        return coverage(ground)

    @cached_property
    def other_words(self) -> tuple[Array, Array, Array]:
        """What `in_other_words` says of the candidates."""
        return self.in_other_words(self.said)

    def in_other_words(self, said: Traits) -> tuple[Array, Array, Array]:
        """The clauses that stand in some texts in another form, spelled out, and as a word of like meaning."""
        asked = self.asked
        forms, synonyms = asked.forms(said.beginning(asked.formed)), asked.synonyms
        words = list({**forms, **synonyms})
        held = said.hold(words)
        formed, alike = (held @ asked.bits([of.get(word, 0) for word in words]) for of in (forms, synonyms))
        return formed, self._spelled_out(said), alike

    @cached_property
    def measures(self) -> Array:
        """For each candidate and each quantity asked for, whether it has a number of it; a column may have the unit."""
        asked = self.asked.measured
        if not asked:  # as most questions
            return np.zeros((len(self.texts), 0), bool)
        ranks = self.candidates.ranks.tolist()
        heads = [self.found[rank].passage.columns for rank in ranks]
        texts = list(map(with_heads, self.texts, heads))
        return np.array([[tells(name, text) for name in asked] for text in texts], bool).reshape(-1, len(asked))

    @cached_property
    def _expansions(self) -> list[tuple[int, frozenset[str]]]:
        return self.asked.expansions(set(definitions([one.passage.text for one in self.found], self.asked.told)))

    def _spelled_out(self, said: Traits) -> Array:
        """The clauses that terms of some texts spell out, or are the short form of."""
        held = np.zeros((said.size, len(self.asked.idf)), bool)
        for clauses, other in self._expansions:
            held[said.hold(tuple(other)).all(axis=1)] |= self.asked.bits([clauses])
        return held


def _names(titles: Sequence[str], passages: Sequence[Passage]) -> tuple[list[str], Array]:
    """What names passages, each text once: of a hundred names most are those of other passages too.

    And three rows of places among them: of the title of each passage, its headings, and what names it most closely,
    which is the innermost heading, and the heads of a table's columns.
    """
    above = ["\n".join(one.above) for one in passages]
    closely = ["\n".join((*one.heading[-1:], one.columns)) for one in passages]
    numbers: dict[str, int] = {}
    rows = [numbers.setdefault(name, len(numbers)) for name in (*titles, *above, *closely)]
    return list(numbers), np.array(rows, np.int64).reshape(3, len(passages))
