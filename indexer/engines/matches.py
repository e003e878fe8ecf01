"""Matches as columns: thousands of them cost no more than the few that are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Protocol, overload

import numpy as np

from indexer.arrays import indices
from indexer.engines.array_file import Array
from indexer.records import Match

_PASSAGES = 24  # bits that number the passages of a document that stands in no commit


class Numbered(Protocol):
    """Passages by number; neighbours in a document follow one another."""

    def document_ids(self, numbers: Array) -> list[str]:
        """The id of the document of each of some passages."""

    def ordinals(self, numbers: Array) -> Array:
        """The places of passages in their documents."""

    def are_followed(self, numbers: Array) -> Array:
        """Whether the passages with the next numbers are the next of the same documents, and so overlap them."""

    def order(self, numbers: Array, scores: Array) -> Array:
        """The order of passages by score, best first; of equals, the first by document and ordinal comes first."""


class Matches(Sequence[Match]):
    """Matches, best first; each is put in its place when it, or one behind it, is asked for.

    Of ten thousand matches a hundred are looked at: to find those takes a tenth of the time of putting all in order.
    Threads may share them.
    """

    def __init__(self, numbers: Array, scores: Array, passages: Numbered, first: Array | None = None) -> None:
        self.unordered = numbers, scores  # of the passages in their commit
        self._passages = passages
        # The places there of the first matches in order, the others being in none: unless it is said, all are in order.
        self._first = np.arange(len(numbers)) if first is None else first
        self._is_in_order = first is None
        self._ids: list[str] | None = None  # of their documents, once they were asked for

    @classmethod
    def of(cls, matches: Sequence[Match]) -> Matches:
        """Matches that stand in no commit, numbered as if they did."""
        ids = sorted({match.document_id for match in matches})
        firsts = {document_id: at << _PASSAGES for at, document_id in enumerate(ids)}
        numbers = [firsts[match.document_id] + match.ordinal for match in matches]
        return cls(np.array(numbers, np.int64), np.array([match.score for match in matches]), _Loose(ids))

    @property
    def numbers(self) -> Array:
        """The numbers of the passages."""
        return self._column(0)

    @property
    def scores(self) -> Array:
        """Their scores."""
        return self._column(1)

    def _column(self, at: int) -> Array:
        held = self.unordered[at]
        return held if self._is_in_order else np.asarray(held[self.places(len(held))])

    @property
    def ordinals(self) -> Array:
        """Their places in their documents."""
        return self._passages.ordinals(self.numbers)

    @property
    def document_ids(self) -> list[str]:
        """The ids of their documents."""
        if self._ids is None:
            self._ids = self._passages.document_ids(self.numbers)
        return self._ids

    def keys(self) -> list[tuple[str, int]]:
        """Document id and ordinal of each."""
        return list(zip(self.document_ids, self.ordinals.tolist(), strict=True))

    def places(self, count: int) -> Array:
        """Where the first matches stand among those in no order: of so many of them."""
        first = self._first  # asked once: another thread may put more in order meanwhile
        if len(first) < min(count, len(self)):
            self._first = first = np.concatenate((first, self._next(first, count - len(first))))
        return first[:count]

    def take(self, places: Array) -> Matches:
        """The matches at some places, in that order."""
        at = self.places(int(places.max(initial=-1)) + 1)[places]
        taken = Matches(self.unordered[0][at], self.unordered[1][at], self._passages)
        if self._ids is not None:  # they need not be looked up again
            taken._ids = [self._ids[place] for place in places.tolist()]
        return taken

    def by_number(self) -> Matches:
        """The same by number: as the index holds them, which finds words in them soonest so."""
        at = self.unordered[0].argsort()
        return Matches(self.unordered[0][at], self.unordered[1][at], self._passages)

    def are_followed(self) -> Array:
        """For each, in no order, whether the passage with the next number overlaps it."""
        return self._passages.are_followed(self.unordered[0])

    def with_neighbours(self) -> Matches:
        """These, and behind them the passages right before and after them in their documents, without a score.

        Only passages that overlap are neighbours; each comes once.
        """
        numbers, ids = self.numbers, self.document_ids
        before = zip((numbers - 1).tolist(), ids, self._passages.are_followed(numbers - 1).tolist(), strict=True)
        after = zip((numbers + 1).tolist(), ids, self._passages.are_followed(numbers).tolist(), strict=True)
        beside = {number: document_id for number, document_id, overlaps in chain(before, after) if overlaps}
        others = sorted(beside.keys() - numbers.tolist())
        scores = np.concatenate((self.scores, np.zeros(len(others))))
        found = Matches(np.concatenate((numbers, np.array(others, numbers.dtype))), scores, self._passages)
        found._ids = [*ids, *map(beside.__getitem__, others)]
        return found

    def neighbours(self) -> tuple[Array, Array]:
        """The places of those that overlap: in each pair a passage, and the next one in its document."""
        numbers = self.numbers
        order = numbers.argsort()
        held = numbers.take(order)
        at = indices((held[1:] - held[:-1] == 1) & self._passages.are_followed(held[:-1]))
        return order.take(at), order.take(at + 1)

    def in_order_of(self, scores: Array) -> Array:
        """Their places by other scores, best first; of equals, the first by document and ordinal comes first."""
        return self._passages.order(self.numbers, scores)

    def best(self, count: int) -> Matches:
        """The first `count`; those that are not in order yet are not put in order."""
        numbers, scores = self.unordered
        if count >= len(numbers):
            return self
        first = self._first
        if count <= len(first):
            return self._loose(first[:count], np.arange(count))
        least = scores.min()  # too many because of its equals, most often
        if np.count_nonzero(scores > least) >= count:
            least = np.partition(scores, len(scores) - count)[len(scores) - count]
        chosen, equal = scores > least, np.flatnonzero(scores == least)
        equal = equal[self._passages.order(numbers[equal], scores[equal])]
        chosen[equal[: count - np.count_nonzero(chosen)]] = True
        return self.only(chosen)

    def only(self, chosen: Array) -> Matches:
        """Those of which the array, one truth for each of the matches in no order, says so."""
        first, places = self._first, indices(chosen)
        return self._loose(places, np.searchsorted(places, first[chosen[first]]))

    def behind(self, first: Matches) -> Matches:
        """All of these behind others."""
        pairs = zip(first.unordered, self.unordered, strict=True)
        numbers, scores = (np.concatenate(pair) for pair in pairs)
        return Matches(numbers, scores, self._passages, first.places(len(first)))

    def _loose(self, places: Array, first: Array) -> Matches:
        numbers, scores = self.unordered
        return Matches(numbers[places], scores[places], self._passages, first)

    def _next(self, first: Array, count: int) -> Array:
        """The places of at least so many matches that come behind the first ones."""
        numbers, scores = self.unordered
        left = np.ones(len(numbers), bool)
        left[first] = False
        at = np.flatnonzero(left)
        if count < len(at):
            held = scores[at]
            at = at[held >= np.partition(held, len(held) - count)[len(held) - count]]
        return np.asarray(at[self._passages.order(numbers[at], scores[at])])

    def __len__(self) -> int:
        return len(self.unordered[0])

    def __iter__(self) -> Iterator[Match]:
        return map(Match, self.document_ids, self.ordinals.tolist(), self.scores.tolist())

    @overload
    def __getitem__(self, at: int) -> Match: ...

    @overload
    def __getitem__(self, at: slice) -> Matches: ...

    def __getitem__(self, at: int | slice) -> Match | Matches:
        chosen = range(len(self))[at]
        if isinstance(chosen, range):
            return self.take(np.array(chosen, np.int64))
        (match,) = self.take(np.array([chosen], np.int64))
        return match

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Matches({list(self)!r})"


class _Loose:
    """Passages that stand in no commit."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = ids

    def document_ids(self, numbers: Array) -> list[str]:
        return [self._ids[number] for number in (numbers >> _PASSAGES).tolist()]

    def ordinals(self, numbers: Array) -> Array:
        return np.asarray(numbers & ((1 << _PASSAGES) - 1))

    def are_followed(self, numbers: Array) -> Array:
        return np.ones(len(numbers), bool)

    def order(self, numbers: Array, scores: Array) -> Array:
        return np.lexsort((numbers, -scores))
