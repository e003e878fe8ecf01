"""Matches -> a better order: words that stand together count for more, and so does a sentence that holds many.

Over two question sets (covid_qa, squad2; every fourth question), BM25 alone puts a passage that holds the answer first
for .586 and .860 of the questions, with .4 of the evidence of pairs side by side and .2 of pairs within eight words for
.609 and .868, with .5 of the best sentence's BM25 for .630 and .877.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array, indices
from indexer.commonness import plainness
from indexer.engines.matches import Matches
from indexer.layout import REFERENCES as OF_REFERENCES
from indexer.layout import ROWS, Layouts
from indexer.records import AllOf, AnyOf, Clause, Lesser, Match, Near, Passage, Phrase, Query, Within, Word
from indexer.standing import Places, standing
from indexer.together import Together, together

ADJACENT = 0.4
NEAR = 0.2
FEW_WORDS = 3  # a shorter sentence ("Yes.", "Fig. 2.") answers nothing
FEW_CELLS = 2  # words of a row ("Bexley 3,400") that can: the heads of the columns say what they are
REFERENCES = 0.5  # of its score that a list of references keeps: its titles hold a query's words and say nothing
SATURATION = 1.2  # k1 of the pair evidence
SENTENCE = 0.5  # .3 and .8 are within .006 of it
K1, B = 0.9, 0.4  # of a sentence's BM25
WORDS, SENTENCE_WORDS = 100, 22  # of an average passage and sentence


class Worth(NamedTuple):
    """What each clause of a query says."""

    values: tuple[float, ...]  # inverse document frequency, less for words that are common in English
    lost: tuple[float, ...]  # how much less: the engine, which knows no language, has counted it in


class Sentences(NamedTuple):
    """The sentences of ranked passages, each once for every passage that holds it."""

    passages: Array  # the place of each one's passage among the matches before
    begins: Array  # in its document
    words: Array  # in each
    scores: Array  # BM25 of each, as if it were a document of its own

    def only(self, kept: Array) -> Sentences:
        """Those that are kept."""
        return Sentences(*(column[kept] for column in self))


class Ranking(NamedTuple):
    """Matches, ranked; the arrays have a row for each of them, in the order they came in."""

    matches: Matches
    layouts: Layouts
    places: Places  # of the query's terms
    order: Array  # the matches, the best first
    scores: Array
    begins: Array  # where the best sentence of each begins in the document; -1 when it has none
    pairs: Array  # a part of the score
    holds: Array  # for each clause, whether it stands in the text
    every: Sentences
    worth: tuple[float, ...]  # what each clause says

    @property
    def sentences(self) -> Sentences:
        """Those that can answer: no short ones, no titles in references."""
        flags = self.layouts.flags[self.every.passages]
        least = np.where(flags & ROWS, FEW_CELLS, FEW_WORDS)
        return self.every.only((flags & OF_REFERENCES == 0) & (self.every.words >= least))


class Seen(NamedTuple):
    """A ranked match whose passage has been read."""

    match: Match  # with the score that counts
    passage: Passage
    pairs: float
    held: int  # the clauses that stand in the text: bit n for clause n
    wanted: frozenset[int]  # where the sentences begin, in the document, that may be answers


def ranked(query: Query, matches: Matches, layouts: Layouts, places: Places, worth: Worth) -> Ranking:
    """The matches in order of their score with pairs and best sentence.

    A few array operations rank a hundred passages in a quarter of a millisecond; one after another took three, and an
    object for each, of which ten are shown, as long again as all of the operations.
    """
    found = together([standing(clause, places) for clause in query.clauses], layouts)
    pairs = pair_evidence(found, worth.values)
    sentences = sentences_of(layouts, found, worth.values)
    best, begins = best_sentences(sentences, len(matches))
    plain = bm25(found.counts, layouts.words, worth.lost, WORDS)
    scores = matches.scores - plain + pairs + SENTENCE * best
    scores = np.where(layouts.flags & OF_REFERENCES, scores * REFERENCES, scores)
    return Ranking(
        matches=matches,
        layouts=layouts,
        places=places,
        order=matches.in_order_of(scores),
        scores=scores,
        begins=begins,
        pairs=pairs,
        holds=found.counts > 0,
        every=sentences,
        worth=worth.values,
    )


def pair_evidence(found: Together, idf: Sequence[float]) -> Array:
    """For each passage, how much the query's neighbouring clauses stand together."""
    worth = np.minimum(idf[:-1], idf[1:])[:, None]
    return np.asarray((worth * (ADJACENT * _saturated(found.side) + NEAR * _saturated(found.near))).sum(axis=0))


def sentences_of(layouts: Layouts, found: Together, idf: Sequence[float]) -> Sentences:
    """The sentences of some passages, in text order, given how often each clause stands in them."""
    scores = bm25(found.inside, found.lengths, idf, SENTENCE_WORDS)
    return Sentences(found.passages, layouts.starts[found.passages] + layouts.chars, found.lengths, scores)


def best_sentences(sentences: Sentences, passages: int) -> tuple[Array, Array]:
    """For each passage, the score of its best sentence and where that begins: 0 and -1 when it has none."""
    best, begins = np.zeros(passages), np.full(passages, -1)
    of, scores = sentences.passages, sentences.scores
    if len(of):
        firsts = indices(np.append(True, of[1:] != of[:-1]))
        best[of[firsts]] = np.maximum.reduceat(scores, firsts)
        at = indices(scores == best[of])[::-1]  # of equals the first is written last
        begins[of[at]] = sentences.begins[at]
    return best, begins


def bm25(counts: Array, words: Array, values: Sequence[float], average: float) -> Array:
    """The scores of stretches of so many words, of which each holds each clause so many times."""
    base = K1 * (1 - B + B * words / average)
    return np.asarray((counts * np.asarray(values) * (K1 + 1) / (counts + base[:, None])).sum(axis=1))


def worth_of(query: Query, frequencies: Mapping[str, int], size: int) -> Worth:
    """What the clauses say in a library of `size` passages; the plainer a word is in English, the less."""
    values, lost = [], []
    for clause in query.clauses:
        frequency = _frequency(clause, frequencies)
        idf = math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))
        kept = plainness(clause.term, size) if isinstance(clause, Word) else 1.0
        values.append(idf * kept)
        lost.append(idf * (1 - kept))
    return Worth(tuple(values), tuple(lost))


def _frequency(clause: Clause, frequencies: Mapping[str, int]) -> int:
    """About how many passages match: of a phrase as many as hold its rarest term; of any-of as its commonest."""
    match clause:
        case Phrase() | Near():
            return min(frequencies.get(term, 0) for term in clause.terms)
        case AnyOf():
            parts = [part for part in clause.clauses if not isinstance(part, Lesser)]
            return max((_frequency(part, frequencies) for part in parts or clause.clauses), default=0)
        case AllOf():
            return min((_frequency(part, frequencies) for part in clause.clauses), default=0)
        case Within() | Lesser():
            return _frequency(clause.clause, frequencies)
        case Word():
            return frequencies.get(clause.term, 0)
    return 0


def _saturated(counts: Array) -> Array:
    return np.asarray(counts * (SATURATION + 1) / (counts + SATURATION))
