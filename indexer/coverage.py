"""How much of a question stands in each candidate and around it: in other words, in part, early, close together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from indexer.arrays import Array
from indexer.native import KERNEL

# Words: what a sentence begins with it is about. With 10 and 15 the ranking's log loss is as good (.863, .866, mean of
# covid_qa and squad2, weights from the other set; .860), without the sign .876; as measured with all clauses alike.
EARLY = 6
_FADING = np.append(np.exp(-np.arange(256) / EARLY), 0.0)  # by the number of words before; from there on it is nothing
# What the sentence, headings, and the sentences before and after are worth, ever less: the own one, what stands above,
# one before, one after, two before, three before, two after.
_AROUND = np.array([1.0, 0.7, 0.7, 0.5, 0.5, 0.3, 0.3])
FAR = 1 << 62  # steps: what stands nowhere


class Ground(NamedTuple):
    """What is known of candidates and of what is around them. Arrays of truths have a column for each clause."""

    held: Array  # of truths, of all sentences; the last row is that of one that is not there
    rows: Array  # the sentence of each candidate
    before: Array  # those before it, the nearest first, five columns; -1 where none is
    after: Array  # the same of those after it, two columns
    ranks: Array  # the passage of each candidate
    titled: Array  # of truths, of the passages: what stands in the title
    headed: Array  # in headings
    under: Array  # in what names them most closely
    forms: Array  # of truths, of the candidates: what stands there in another form
    spelled: Array  # spelled out, or short
    alike: Array  # in a word of like meaning
    parts: Array  # of each candidate the part of each clause's letters that it holds
    bounds: Array  # where the places of each clause in each candidate begin, clause by clause, and the end of all
    positions: Array  # of places: words of the sentence before it
    steps: Array  # words of the passage before it that are no stop words
    lower: Array  # a truth for each clause: whether it is in lower case
    specific: Array  # what each clause is worth, words that only ask less
    rarity: Array  # the same by its rarity alone
    wholes: Array  # what all clauses are worth, in these two ways


class Coverage(NamedTuple):
    """For each candidate parts of the question, from 0 to 1, by what its words are worth."""

    held: Array  # what it holds, or the heading right above
    parts: Array  # the letters that it holds of words that stand in no form in it
    early: Array  # what it holds, by how close to its beginning
    before: Array  # what it lacks and the sentence before holds
    before_all: Array  # or headings, or any of five sentences before
    titled: Array  # or title or headings
    forms: Array  # what stands in it in another form alone
    spelled: Array  # spelled out or short
    alike: Array  # as a word of like meaning, and in neither way
    told: Array  # what stands in any form in it, in the two sentences before it, the one after, headings and title
    lower: Array  # what it holds in lower case
    own: Array  # what it holds by itself, of all clauses by their rarity alone
    around: Array  # what it holds, and what ever less close to it adds to what is closer
    close: Array  # how close together the first places of the clauses stand: 1 when in a row, 0 when there is but one


def coverage(ground: Ground) -> Array:
    """How much of a question stands in some candidates and around them, with a row for each field of `Coverage`.

    ValueError when sizes do not fit together.
    """
    return (_in_c if KERNEL and len(ground.specific) else _coverage)(ground)


def _in_c(ground: Ground) -> Array:
    """What `_coverage` says; forty candidates take a twentieth of the time."""
    found = np.frombuffer(KERNEL.coverage(*map(np.ascontiguousarray, ground), _FADING, _AROUND))
    return found.reshape(len(Coverage._fields), len(ground.rows))


def _coverage(ground: Ground) -> Array:
    own, held = ground.held.take(ground.rows, axis=0), ground.held
    before, after = (held.take(rows, axis=0) for rows in (ground.before.T, ground.after.T))
    titled, headed, under = (named.take(ground.ranks, axis=0) for named in (ground.titled, ground.headed, ground.under))
    otherwise = ground.forms | ground.spelled | ground.alike
    beside = own | headed | titled | before[0] | before[1] | after[0]
    specific, whole = ground.specific, float(ground.wholes[0])
    sets = (
        own | under,
        ~(own | otherwise) * ground.parts,
        _FADING.take(_firsts(ground, ground.positions), mode="clip").T,
        ~own & before[0],
        ~own & (headed | before.any(axis=0)),
        ~own & (headed | titled),
        ~own & ground.forms,
        ~own & ground.spelled,
        ~own & ground.alike & ~ground.forms & ~ground.spelled,
        beside | otherwise,
        (own | under) & ground.lower,
    )
    steps = own, headed, before[0], after[0], before[1], before[2], after[1]
    return np.array(
        [
            *(_share(one, specific, whole) for one in sets),
            _share(own, ground.rarity, float(ground.wholes[1])),
            _around(steps, specific, whole),
            _closeness(_firsts(ground, ground.steps)),
        ]
    )


def _share(held: Array, worths: Array, whole: float) -> Array:
    """The part of the whole that each row holds; clause after clause is added, as in C."""
    found = np.zeros(len(held))
    for at, worth in enumerate(worths.tolist()):
        found += held[:, at] * worth
    return np.asarray(found / whole)


def _around(steps: tuple[Array, ...], worths: Array, whole: float) -> Array:
    """What each step adds to those before it, worth ever less."""
    seen, found = np.zeros_like(steps[0]), np.zeros(len(steps[0]))
    for known, worth in zip(steps, _AROUND.tolist(), strict=True):
        found += worth * _share(known & ~seen, worths, whole)
        seen = seen | known
    return found


def _firsts(ground: Ground, places: Array) -> Array:
    """For each clause, a row, its first place in each candidate; of the places of all."""
    shape = len(ground.specific), len(ground.rows)
    begins, ends = ground.bounds[:-1].reshape(shape), ground.bounds[1:].reshape(shape)
    return np.where(begins < ends, np.append(places, 0)[begins], FAR)


def _closeness(firsts: Array) -> Array:
    is_there = firsts < FAR
    first, last = firsts.min(axis=0, initial=FAR), np.where(is_there, firsts, -1).max(axis=0, initial=-1)
    held = is_there.sum(axis=0)
    return np.where(held > 1, held / np.maximum(np.maximum(last - first + 1, held), 1), 0.0)
