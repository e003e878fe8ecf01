"""What parts add to scores, in whole steps and rounded up: bounds of scores, which are added up in bytes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from indexer.arrays import Array

STEP = 1 / 16  # of a score; of 100,000 at most 18 come near the best ten for nine of ten queries, with 1 / 8 27


class Sparse(NamedTuple):
    """The steps of the documents of some lists."""

    docs: Array  # ascending
    steps: Array  # of one byte, or two where the value of the part is high

    def add_to(self, sums: Array) -> None:
        """Add them to sums of two bytes, one for each document of the segment."""
        # As many types as there are to take the quick way: in a quarter of the time.
        np.add.at(sums, self.docs.astype(np.intp, copy=False), self.steps.astype(np.uint16))


class Dense(NamedTuple):
    """The steps of all documents of a segment, and how often the term of a list stands in each; 0 where it does not."""

    steps: Array
    counts: Array

    def add_to(self, sums: Array) -> None:
        """Add them to sums of two bytes, one for each document of the segment."""
        np.add(sums, self.steps, out=sums)


Levels = Sparse | Dense


def most_steps(value: float, k1: float) -> float:
    """Steps that a part of a value adds to a score at most: rounded up, and one for what numbers are off by."""
    return value * (k1 + 1) / STEP + 2


def in_steps(more: Array, value: float, k1: float) -> Array:
    """What is added to scores, but for the value of the part, in steps; `more` does not last."""
    more *= value / STEP
    kind = np.uint8 if most_steps(value, k1) <= np.iinfo(np.uint8).max else np.uint16
    return np.ceil(more, out=more).astype(kind)


def spread(docs: Array, numbers: Array, documents: int) -> Array:
    """The numbers of some documents in an array of all, 0 for the others; as many bytes each as the largest takes."""
    every = np.zeros(documents, np.min_scalar_type(int(numbers.max(initial=0))))
    every[docs] = numbers
    return every
