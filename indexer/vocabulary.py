"""Terms by number: what engines take of a field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from indexer.arrays import Array

_NONE = np.empty(0, np.uint32)
_PART = 1_000_000  # numbers
_UNKNOWN = np.iinfo(np.uint32).max


class Vocabulary(dict[str, int]):
    """Term -> its number, given when it is first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []  # of the terms by number

    def extend(self, texts: Sequence[str]) -> None:
        """Give terms the next numbers; ValueError when one has a number."""
        size = len(self) + len(texts)
        self.update(zip(texts, range(len(self), size), strict=True))
        if len(self) != size:
            raise ValueError("a term has two numbers")
        self.texts += texts

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self.texts)
        self.texts.append(text)
        return number


class Adoption:
    """The numbers that the terms of another vocabulary have in one's own, each looked up when it first comes."""

    def __init__(self, ours: Vocabulary, theirs: Vocabulary) -> None:
        self.theirs = theirs
        self._ours = ours
        self._numbers = np.empty(0, np.uint32)  # by their number

    def numbers(self, theirs: Array) -> Array:
        """Ours of some of theirs."""
        more = len(self.theirs.texts) - len(self._numbers)
        if more > 0:  # twice as many as there are, so that they are seldom copied
            more += len(self.theirs.texts)
            self._numbers = np.concatenate([self._numbers, np.full(more, _UNKNOWN, np.uint32)])
        found = self._numbers[theirs]
        fresh = theirs[found == _UNKNOWN]
        if not len(fresh):
            return found
        there = np.flatnonzero(stand(fresh, len(self.theirs.texts)))
        self._numbers[there] = list(map(self._ours.__getitem__, map(self.theirs.texts.__getitem__, there.tolist())))
        return self._numbers[theirs]


def stand(numbers: Array, size: int) -> Array:
    """For each number below a size, whether it is among some, a part of which numpy copies at a time."""
    found = np.zeros(size, bool)
    for at in range(0, len(numbers), _PART):
        found[numbers[at : at + _PART]] = True
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The terms of a field as engines take them: what stands where among terms, not among characters.

    Fields may share a vocabulary, and most do: numbers are made of words once, and engines number its terms anew by
    one operation for all of them.
    """

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    numbers: Array = field(default_factory=lambda: _NONE)  # of each term, in the vocabulary
    positions: Array = field(default_factory=lambda: _NONE)  # of each of them, from 0; two may share one

    @classmethod
    def of(cls, texts: Sequence[str], positions: Sequence[int]) -> Terms:
        """The same, of terms as they are spelled."""
        vocabulary = Vocabulary()
        numbers = [vocabulary[text] for text in texts]
        return cls(vocabulary, np.array(numbers, np.uint32), np.array(positions, np.uint32))

    @property
    def texts(self) -> tuple[str, ...]:
        """The terms as they are spelled."""
        return tuple(map(self.vocabulary.texts.__getitem__, self.numbers.tolist()))

    def __len__(self) -> int:
        return len(self.numbers)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Terms):
            return NotImplemented
        return self.texts == other.texts and np.array_equal(self.positions, other.positions)

    def __hash__(self) -> int:
        return hash(self.texts)


NO_TERMS = Terms()
