"""Matches as columns: thousands of them cost no more than the few that are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

import numpy as np

from indexer.engines.array_file import Array
from indexer.records import Match

_PASSAGES = 24  # bits that number the passages of a document that stands in no commit


class Matches(Sequence[Match]):
    """Matches, best first; each is made when it is asked for."""

    def __init__(self, numbers: Array, ordinals: Array, scores: Array, document_id: Callable[[int], str]) -> None:
        self.numbers = numbers  # of the passages in their commit: neighbours in a document follow one another
        self.ordinals = ordinals
        self.scores = scores
        self._document_id = document_id  # of the passage with a number

    @classmethod
    def of(cls, matches: Sequence[Match]) -> Matches:
        """Matches that stand in no commit, numbered as if they did."""
        ids = sorted({match.document_id for match in matches})
        firsts = {document_id: at << _PASSAGES for at, document_id in enumerate(ids)}
        numbers = [firsts[match.document_id] + match.ordinal for match in matches]
        return cls(
            np.array(numbers, np.int64),
            np.array([match.ordinal for match in matches], np.int64),
            np.array([match.score for match in matches]),
            lambda number: ids[number >> _PASSAGES],
        )

    def take(self, places: Array) -> Matches:
        """The matches at some places, in that order."""
        return Matches(self.numbers[places], self.ordinals[places], self.scores[places], self._document_id)

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Match: ...

    @overload
    def __getitem__(self, at: slice) -> Matches: ...

    def __getitem__(self, at: int | slice) -> Match | Matches:
        if isinstance(at, slice):
            return Matches(self.numbers[at], self.ordinals[at], self.scores[at], self._document_id)
        return Match(self._document_id(int(self.numbers[at])), int(self.ordinals[at]), float(self.scores[at]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Matches({list(self)!r})"
