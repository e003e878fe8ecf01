"""What Whoosh's own queries go through: the terms of a field and the postings of a term, one after another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Any

from whoosh.codec.base import FieldCursor
from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.query.spans import Span

from indexer.engines.term_lists import TermLists


class ArrayCursor(FieldCursor):  # type: ignore[misc]
    """A place in the terms of a field."""

    def __init__(self, lists: TermLists | None, field: Any) -> None:
        self._lists, self._field, self._at = lists, field, 0

    def is_valid(self) -> bool:
        """False past the last term."""
        return self._lists is not None and self._at < len(self._lists)

    def first(self) -> str | None:
        """Go to the first term."""
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term that is not less."""
        self._at = self._lists.lower(self._field.to_bytes(term)) if self._lists else 0
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """The term here; None past the last."""
        return self._field.from_bytes(self._lists.term(self._at)) if self._lists and self.is_valid() else None


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """A posting list, one posting after another, for the queries of Whoosh itself."""

    def __init__(self, lists: TermLists, at: int, format_: Any, scorer: Any, term: tuple[str, bytes]) -> None:
        self.format, self.scorer, self._term = format_, scorer, term
        self._lists, self._place, self._i = lists, at, 0
        self._docs: list[int] = lists.docs(at).tolist()
        self._frequencies: list[int] = lists.frequencies(at).tolist()

    def is_active(self) -> bool:
        """False past the last posting."""
        return self._i < len(self._docs)

    def reset(self) -> None:
        """Go to the first posting."""
        self._i = 0

    def id(self) -> int:
        """The document here."""
        return self._docs[self._i]

    def all_ids(self) -> Iterator[int]:
        """All documents."""
        return iter(self._docs)

    def next(self) -> None:
        """Go to the next posting."""
        if not self.is_active():
            raise ReadTooFar
        self._i += 1

    def skip_to(self, id: int) -> None:  # noqa: A002 as Whoosh calls it
        """Go to the first posting from here whose document is not less."""
        if not self.is_active():
            raise ReadTooFar
        self._i = bisect_left(self._docs, id, self._i)

    def skip_to_quality(self, minquality: float) -> int:
        """Go past all postings when none of them can be better."""
        if self.block_quality() > minquality:
            return 0
        self._i = len(self._docs)
        return 1

    def weight(self) -> float:
        """How often the term stands in the document here."""
        return float(self._frequencies[self._i])

    def block_max_weight(self) -> float:
        """The most often that it stands in any."""
        return float(max(self._frequencies))

    def block_min_length(self) -> int:
        """No field is shorter."""
        return 0

    def value(self) -> bytes:
        """The posting as Whoosh's format writes it."""
        return bytes(self.format.encode(self._here()))

    def value_as(self, astype: str) -> Any:
        """The posting as something that the format knows."""
        return self._here() if astype == "positions" else self.format.decoder(astype)(self.value())

    def spans(self) -> list[Span]:
        """Where the term stands."""
        return [Span(position) for position in self._here()]

    def copy(self) -> ArrayMatcher:
        """Another matcher at the same place."""
        other = ArrayMatcher(self._lists, self._place, self.format, self.scorer, self._term)
        other._i = self._i
        return other

    def _here(self) -> list[int]:
        start, end = self._edges[self._i]
        return list(self._positions[start:end])

    @cached_property
    def _positions(self) -> list[int]:
        return list(map(int, self._lists.positions(self._place)))

    @cached_property
    def _edges(self) -> list[tuple[int, int]]:
        """Where the positions of each posting begin and end."""
        ends = [0]
        for frequency in self._frequencies:
            ends.append(ends[-1] + frequency)
        return list(pairwise(ends))
