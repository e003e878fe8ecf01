"""What tells sentences that answer by numbers alone: those of the passage, of coverage, of words as they are spelled.

Each is about 0 to 1, or a z-score among the passages of the question.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array
from indexer.coverage import Coverage
from indexer.native import KERNEL
from indexer.rank import K1, SENTENCE_WORDS, B, bm25

NAMES = (
    *("passage / best", "passage z", "passage pairs", "covered specific", "parts", "early", "before 1", "before 5"),
    *("title", "forms", "acronyms", "synonyms", "covered nearby", "around / best", "covered lower case", "tight"),
    *("words", "words / best", "word pairs", "best of document", "new share", "covered, few new"),
)
# What a stop word is worth at most, of what the rarest other word is; rows and lists lack them. The ranking's log loss
# is 1.16 and .62 (covid_qa, squad2; weights from the other set), as unbounded; with .1 1.17 and .63, without 1.18.
STOP_WORD = 0.5
_COVERED, _FEW = 0.75, 6  # from so much of the question on that a sentence holds, fewer new terms than these add little
_SCALE = (K1, B, SENTENCE_WORDS, STOP_WORD, _COVERED, _FEW)  # as C takes them


class Known(NamedTuple):
    """What is known of candidates: a row for each, where nothing else is said."""

    coverage: Array  # a row for each field of the record `Coverage`, a column for each candidate
    ranks: Array  # the passage of each
    documents: Array  # the number of its document
    scores: Array  # of the passages
    pairs: Array  # of the passages
    spelled: Array  # of truths: whether each word of the question stands in it as it is spelled
    above: Array  # the same of what names each of the passages most closely
    idle: Array  # a truth for each of the words: whether it is a stop word
    follow: Array  # of truths: whether each pair of words does
    counts: Array  # of sentences, how often each clause stands in it
    words: Array  # of sentences, how many it has
    idf: Array  # what each clause says
    rows: Array  # which of the sentences it is
    terms: Array  # how many different terms it has
    asked: Array  # and how many of them the question has
    top: float  # the score of the best passage
    ideal: float  # BM25 of a sentence that could not be better
    in_lower_case: float  # the part of the question that is


def numeric(known: Known) -> Array:
    """The features of some candidates: a row for each of `NAMES`."""
    return (_in_c if KERNEL and len(known.ranks) else _numeric)(known)


def _in_c(known: Known) -> Array:
    """What `_numeric` says, in a tenth of the time; ValueError when what is known does not fit together."""
    return np.frombuffer(KERNEL.features(*_in_order(known))).reshape(len(NAMES), len(known.ranks))


def _in_order(known: Known) -> list[Array]:
    """What is known as C takes it."""
    *arrays, top, ideal, in_lower_case = known
    scale = np.array([top, ideal, in_lower_case, *_SCALE])
    return [*map(np.ascontiguousarray, arrays), _rarities(len(known.ranks)), scale]


def _numeric(known: Known) -> Array:
    found = _passage(known) | _coverage(known) | _words(known) | _score(known) | _terms(known)
    return np.array([found[name] for name in NAMES], float)


def _passage(known: Known) -> dict[str, Array]:
    """How good the passage is that the sentence stands in."""
    return {
        "passage / best": known.scores[known.ranks] / known.top,
        "passage z": _z(known.scores)[known.ranks],
        "passage pairs": known.pairs[known.ranks] / known.ideal,
    }


def _z(values: Array) -> Array:
    """How many spreads each value lies above the mean."""
    if not len(values):
        return values
    off = values - values.sum() / len(values)
    return np.asarray(off / (math.sqrt((off * off).sum() / len(values)) + 1e-6))


def _coverage(known: Known) -> dict[str, Array]:
    """How much of the question stands in the sentence and around it, words that only ask worth less."""
    found, in_lower_case = Coverage(*known.coverage), known.in_lower_case
    return {
        "covered specific": found.held,
        "parts": found.parts,
        "early": np.sqrt(found.early * len(known.idf)) / 2,
        "before 1": found.before,
        "before 5": found.before_all,
        "title": found.titled,
        "forms": found.forms,
        "acronyms": found.spelled,
        "synonyms": found.alike,
        "covered nearby": found.told,
        "around / best": _to_best(found.around),
        "covered lower case": found.lower / in_lower_case if in_lower_case else np.full(len(found.lower), 0.5),
        "tight": found.own * found.close,
    }


def _words(known: Known) -> dict[str, Array]:
    """The words of the question as they are spelled, one by one and side by side, by their rarity among candidates.

    What stands in the heading right above counts, and so do stop words, within bounds: no row of a table has any.
    """
    held, idle = known.spelled | known.above[known.ranks], known.idle
    rarity = _rarity(held)
    most = STOP_WORD * rarity[~idle].max(initial=0.0)
    words = _part(held, np.where(idle, np.minimum(rarity, most), rarity))
    return {"words": words, "words / best": _to_best(words), "word pairs": _part(known.follow, _rarity(known.follow))}


def _to_best(values: Array) -> Array:
    """The values as parts of the greatest."""
    return values / (values.max(initial=0.0) or 1.0)


def _part(held: Array, worths: Array) -> Array:
    """What each row of truths holds of all worths."""
    whole = 0.0
    for worth in worths.tolist():  # one after another, as in C
        whole += worth
    return np.asarray(np.add.reduce(held * worths, axis=1) / (whole or 1.0))


def _rarity(held: Array) -> Array:
    """The rarity of what each column stands for among the candidates."""
    return np.asarray(_rarities(len(held)).take(held.sum(axis=0)))


@lru_cache(maxsize=64)
def _rarities(size: int) -> Array:
    """The rarity of what stands in none of so many sentences, in one, and so on."""
    counts = np.arange(size + 1)
    return np.asarray(np.log(1 + (size - counts + 0.5) / (counts + 0.5)))


def _score(known: Known) -> dict[str, Array]:
    """The best BM25 of the sentences of the document."""
    counts, words = known.counts.take(known.rows, axis=0), known.words.take(known.rows)
    scores = bm25(counts, words, known.idf.tolist(), SENTENCE_WORDS)
    return {"best of document": _best(scores, known.documents) / known.ideal}


def _best(values: Array, groups: Array) -> Array:
    """For each value the best one of its group, at least 0."""
    best = np.zeros(int(groups.max(initial=0)) + 1)
    np.maximum.at(best, groups, values)
    return np.asarray(best[groups])


def _terms(known: Known) -> dict[str, Array]:
    """How much of the sentence the question does not say."""
    new = known.terms - known.asked
    return {
        "new share": new / np.maximum(known.terms, 1),
        "covered, few new": (Coverage(*known.coverage).own > _COVERED) & (new < _FEW),
    }
