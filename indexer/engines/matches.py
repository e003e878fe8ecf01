"""Matches as columns: thousands of them cost no more than the few that are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol, overload

import numpy as np

from indexer.engines.array_file import Array
from indexer.records import Match

_PASSAGES = 24  # bits that number the passages of a document that stands in no commit


class Numbered(Protocol):
    """Passages by number; neighbours in a document follow one another."""

    def document_id(self, number: int) -> str:
        """The id of the document of a passage."""

    def ordinals(self, numbers: Array) -> Array:
        """The places of passages in their documents."""


class Matches(Sequence[Match]):
    """Matches, best first; each is made when it is asked for."""

    def __init__(self, numbers: Array, scores: Array, passages: Numbered) -> None:
        self.numbers = numbers  # of the passages in their commit
        self.scores = scores
        self._passages = passages

    @classmethod
    def of(cls, matches: Sequence[Match]) -> Matches:
        """Matches that stand in no commit, numbered as if they did."""
        ids = sorted({match.document_id for match in matches})
        firsts = {document_id: at << _PASSAGES for at, document_id in enumerate(ids)}
        numbers = [firsts[match.document_id] + match.ordinal for match in matches]
        return cls(np.array(numbers, np.int64), np.array([match.score for match in matches]), _Loose(ids))

    @cached_property
    def ordinals(self) -> Array:
        """The places of the passages in their documents."""
        return self._passages.ordinals(self.numbers)

    def take(self, places: Array) -> Matches:
        """The matches at some places, in that order."""
        return Matches(self.numbers[places], self.scores[places], self._passages)

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Match: ...

    @overload
    def __getitem__(self, at: slice) -> Matches: ...

    def __getitem__(self, at: int | slice) -> Match | Matches:
        if isinstance(at, slice):
            return Matches(self.numbers[at], self.scores[at], self._passages)
        number = int(self.numbers[at])
        return Match(self._passages.document_id(number), int(self.ordinals[at]), float(self.scores[at]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Matches({list(self)!r})"


class _Loose:
    """Passages that stand in no commit."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = ids

    def document_id(self, number: int) -> str:
        return self._ids[number >> _PASSAGES]

    def ordinals(self, numbers: Array) -> Array:
        return np.asarray(numbers & ((1 << _PASSAGES) - 1))
