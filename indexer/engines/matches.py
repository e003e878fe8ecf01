"""Matches as columns: thousands of them cost no more than the few that are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from indexer.engines.array_file import Array
from indexer.records import Match


class Matches(Sequence[Match]):
    """Matches, best first; each is made when it is asked for."""

    def __init__(self, numbers: Array, ordinals: Array, scores: Array, document_id: Callable[[int], str]) -> None:
        self.numbers = numbers  # of the passages in their commit: neighbours in a document follow one another
        self.ordinals = ordinals
        self.scores = scores
        self._document_id = document_id  # of the passage with a number

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
