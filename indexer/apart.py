"""Matches without those that overlap a better one: all of ten thousand at once, those that nobody looks at too."""

from __future__ import annotations

import numpy as np

from indexer.arrays import Array
from indexer.engines.matches import Matches
from indexer.native import KERNEL


def apart(matches: Matches, count: int) -> Matches:
    """The matches, from `count` on, that overlap none that stays before them.

    The first `count` all stay. Of two neighbours the better one comes first, of equals the left one: what is better
    than both of its neighbours stays, and down the slopes from there every other one does.
    """
    numbers, scores = matches.unordered
    first = np.zeros(len(numbers), bool)
    first[matches.places(count)] = True
    order = np.argsort(numbers, kind="stable")
    return matches.only((_stays_in_c if KERNEL else _stays)(order, numbers, scores, first, matches.are_followed()))


def _stays_in_c(order: Array, numbers: Array, scores: Array, first: Array, followed: Array) -> Array:
    """What `_stays` says; ten thousand matches take half of the time."""
    return np.frombuffer(KERNEL.apart(order, numbers, scores.astype(np.float64, copy=False), first, followed), bool)


def _stays(order: Array, numbers: Array, scores: Array, first: Array, followed: Array) -> Array:
    """For each match whether it stays, but for the first; `order` has their places by number."""
    held, first = numbers[order], first[order]
    beside = followed[order[:-1]] & (held[1:] - held[:-1] == 1)
    worth = np.where(first, np.inf, scores[order])
    falls = worth[1:] <= worth[:-1]
    left = np.append(False, beside & falls)[: len(order)] & ~first  # has a better neighbour on this side
    right = np.append(beside & ~falls, False)[: len(order)] & ~first
    stays = ~first
    stays[_every_other(np.flatnonzero(left & ~right))] = False
    stays[_every_other(np.flatnonzero(right & ~left)[::-1])] = False
    both = np.flatnonzero(left & right)
    stays[both] = ~(stays[both - 1] | stays[both + 1] | first[both - 1] | first[both + 1])
    kept = np.empty(len(order), bool)
    kept[order] = stays
    return kept


def _every_other(places: Array) -> Array:
    """Of each run of neighbours the first, the third, and so on."""
    at = np.arange(len(places))
    begins = np.abs(np.diff(places, prepend=-2)) != 1
    return np.asarray(places[(at - np.maximum.accumulate(np.where(begins, at, 0))) & 1 == 0])
