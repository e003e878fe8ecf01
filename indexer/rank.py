"""Matches -> a better order: words that stand together count for more, and so does a sentence that holds many.

Over two question sets (covid_qa, squad2; every fourth question), BM25 alone puts a passage that holds the answer first
for .586 and .860 of the questions, with .4 of the evidence of pairs side by side and .2 of pairs within eight words for
.609 and .868, with .5 of the best sentence's BM25 for .630 and .877.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array, indices
from indexer.commonness import plainness
from indexer.engines.matches import Matches
from indexer.layout import REFERENCES as OF_REFERENCES
from indexer.layout import ROWS, Layouts
from indexer.native import KERNEL
from indexer.records import AllOf, AnyOf, Clause, Lesser, Match, Near, Passage, Phrase, Query, Within, Word
from indexer.standing import Places, standing, steps_of
from indexer.together import WINDOW, Together, together

ADJACENT = 0.4
NEAR = 0.2
FEW_WORDS = 3  # a shorter sentence ("Yes.", "Fig. 2.") answers nothing
FEW_CELLS = 2  # words of a row ("Bexley 3,400") that can: the heads of the columns say what they are
REFERENCES = 0.5  # of its score that a list of references keeps: its titles hold a query's words and say nothing
SATURATION = 1.2  # k1 of the pair evidence
SENTENCE = 0.5  # .3 and .8 are within .006 of it
K1, B = 0.9, 0.4  # of a sentence's BM25
WORDS, SENTENCE_WORDS = 100, 22  # of an average passage and sentence
# As C takes them, and what it gives back.
_WEIGHTS = np.array([K1, B, WORDS, SENTENCE_WORDS, ADJACENT, NEAR, SATURATION, SENTENCE, REFERENCES], np.float64)
_TOLD = (np.float64, np.int64, np.float64, bool, np.int64, np.int64, np.int64, np.float64)


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


class _Told(NamedTuple):
    """Of passages, what the record `Ranking` has of them."""

    scores: Array
    begins: Array
    pairs: Array
    holds: Array
    sentences: Sentences


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

    A hundred passages are ranked at once: one after another took thirty times as long, and an object for each, of which
    ten are shown, as long again.
    """
    told = (_in_c if KERNEL else _told)(query.clauses, matches.scores, layouts, places, worth)
    return Ranking(
        matches=matches,
        layouts=layouts,
        places=places,
        order=matches.in_order_of(told.scores),
        scores=told.scores,
        begins=told.begins,
        pairs=told.pairs,
        holds=told.holds,
        every=told.sentences,
        worth=worth.values,
    )


def _told(clauses: Sequence[Clause], given: Array, layouts: Layouts, places: Places, worth: Worth) -> _Told:
    """What there is to tell of passages that have some scores."""
    found = together([standing(clause, places) for clause in clauses], layouts)
    pairs = pair_evidence(found, worth.values)
    sentences = sentences_of(layouts, found, worth.values)
    best, begins = best_sentences(sentences, len(given))
    scores = given - bm25(found.counts, layouts.words, worth.lost, WORDS) + pairs + SENTENCE * best
    scores = np.where(layouts.flags & OF_REFERENCES, scores * REFERENCES, scores)
    return _Told(scores, begins, pairs, found.counts > 0, sentences)


def _in_c(clauses: Sequence[Clause], given: Array, layouts: Layouts, places: Places, worth: Worth) -> _Told:
    """What `_told` says, in a sixth of the time."""
    steps = steps_of(clauses)
    of_passages = layouts.units, layouts.words, layouts.bases, layouts.starts, layouts.flags
    values = (np.array(worth.values), np.array(worth.lost), _WEIGHTS)
    asked = (given.astype(np.float64, copy=False), values, (WINDOW, OF_REFERENCES))
    told = KERNEL.rank(
        steps.rows(places), steps.taken, of_passages, (layouts.firsts, layouts.chars), layouts.bits, *asked
    )
    scores, begins, pairs, holds, *sentences = (np.frombuffer(*one) for one in zip(told, _TOLD, strict=True))
    return _Told(scores, begins, pairs, holds.reshape(len(given), len(clauses)), Sentences(*sentences))


def pair_evidence(found: Together, idf: Sequence[float]) -> Array:
    """For each passage, how much the query's neighbouring clauses stand together."""
    total = np.zeros(found.side.shape[1])
    for worth, side, near in zip(map(min, pairwise(idf)), found.side, found.near, strict=True):
        total += worth * (ADJACENT * _saturated(side) + NEAR * _saturated(near))
    return total


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
