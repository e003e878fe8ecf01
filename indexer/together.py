"""Where the clauses of a query stand together in some passages: in which sentences, side by side, near; counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array, holds
from indexer.engines import POSITION_BITS
from indexer.layout import Layouts
from indexer.standing import passage_of, position_of

WINDOW = 8  # words that are no stop words
_CLAUSE = POSITION_BITS + 16  # bits of a place, before which the number of a clause stands: of 65,536 passages
_NONE = np.empty(0, np.int64)


class Together(NamedTuple):
    """What is counted; distances are counted in words that are no stop words, see `Layouts.steps`."""

    counts: Array  # how often each clause stands in each passage: a row for each passage
    inside: Array  # and in each unit of the passages
    side: Array  # in each passage how often the next clause follows at once: a row for each clause but the last
    near: Array  # and how often it stands within WINDOW words, on either side
    passages: Array  # of each unit, the passage that it stands in
    lengths: Array  # and its words


def together(where: Sequence[Array], layouts: Layouts) -> Together:
    """What there is to count of clauses, of each of which its places are given, in order.

    ValueError when the layouts' count of words that are no stop words falls from one place to the next.
    """
    places, clauses = gathered(where)
    passages = np.repeat(np.arange(len(layouts.units)), layouts.units)
    of = passage_of(places)
    steps = layouts.steps(of, position_of(places))
    keys = (clauses << _CLAUSE) + (of << POSITION_BITS) + steps
    if (steps < 0).any() or (keys[1:] < keys[:-1]).any():
        raise ValueError("a clause stands where no passage is")
    return Together(
        counted(of, clauses, (len(layouts.units), len(where))),
        _inside(places, clauses, passages, layouts, len(where)),
        *_beside(keys, clauses, max(0, len(where) - 1), len(layouts.units)),
        passages,
        _lengths(passages, layouts),
    )


def gathered(rows: Sequence[Array]) -> tuple[Array, Array]:
    """The places of all clauses, and the clause of each: an operation over all takes no longer than one over one."""
    return np.concatenate([_NONE, *rows]), np.repeat(np.arange(len(rows)), [len(row) for row in rows])


def counted(of: Array, clauses: Array, shape: tuple[int, int]) -> Array:
    """How many of some pairs there are: a row for each of something, a column for each clause."""
    return np.bincount(of * shape[1] + clauses, minlength=shape[0] * shape[1]).reshape(shape)


def _inside(places: Array, clauses: Array, passages: Array, layouts: Layouts, every: int) -> Array:
    """How often each of `every` clause stands in each unit."""
    bounds = (passages << POSITION_BITS) + layouts.firsts
    units = np.searchsorted(bounds, places, side="right") - 1
    inside = (units >= 0) & (passages[units] == passage_of(places)) if len(bounds) else units >= 0
    return counted(units[inside], clauses[inside], (len(bounds), every))


def _beside(keys: Array, clauses: Array, last: int, passages: int) -> tuple[Array, Array]:
    """How often the next clause stands beside each one but the last in each passage, and how often near.

    All pairs of clauses at once, as each has keys of its own: each by itself takes twice the time.
    """
    is_left = clauses < last
    left, right = keys[is_left], keys[clauses > 0] - (1 << _CLAUSE)
    of = clauses[is_left] * passages + passage_of(left & ((1 << _CLAUSE) - 1))
    side, near = (
        np.bincount(of[found], minlength=last * passages).reshape(last, passages)
        for found in (holds(right, left + 1), _near(left, right))
    )
    return side, near


def _near(left: Array, right: Array) -> Array:
    """For each of the left, whether one of the right stands within WINDOW words, on either side."""
    far = np.iinfo(np.int64).max
    after = np.append(right, far)[np.searchsorted(right, left, side="right")]
    before = np.append(right, -WINDOW - 1)[np.searchsorted(right, left, side="left") - 1]
    return np.asarray((after - left <= WINDOW) | (left - before <= WINDOW))


def _lengths(passages: Array, layouts: Layouts) -> Array:
    """The words of each unit."""
    is_last = np.append(passages[1:] != passages[:-1], True)[: len(passages)]
    ends = np.where(is_last, layouts.words[passages], np.append(layouts.firsts[1:], 0)[: len(passages)])
    return np.asarray(ends - layouts.firsts)
