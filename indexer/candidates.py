"""Ranked passages -> the sentences that may answer, each among its neighbours in the document.

Where sentences begin, which of the question's words stand in them, and which of those under a cue ("no evidence of")
is known from the index, of all at once; only those that may answer are read, and what is shown of those around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import count, repeat
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array
from indexer.asked import masks
from indexer.clauses import terms
from indexer.engines.matches import Matches
from indexer.library_reader import LibraryReader
from indexer.rank import Seen
from indexer.records import Clause, Span
from indexer.sentence_table import Units, sentences


class Sentence(NamedTuple):
    """A sentence of a document, held against the question."""

    document_id: str
    span: Span  # in the document's clean text
    text: str
    held: int  # the clauses that stand in it: bit n for clause n
    cued: int = 0  # of a candidate, those of which all that stands in it stands under a cue ("no evidence of")


class Candidate(NamedTuple):
    """A sentence that may answer."""

    sentence: Sentence
    rank: int  # of the best passage that holds it, from 0
    number: int  # its place among the candidates


class Candidates:
    """The wanted sentences of the passages, best passages first, and what stands around them.

    What has a row for each candidate is in the order of `all`.
    """

    def __init__(
        self,
        library: LibraryReader,
        clauses: Sequence[Clause],
        found: Sequence[Seen],
        matches: Matches,
    ) -> None:
        """`matches` are those of the passages found, in their order."""
        self._library, self._matches = library, matches.with_neighbours()
        self._read = {number: one.passage for number, one in enumerate(found)}
        self._ids = self._matches.document_ids
        numbers = {document_id: number for number, document_id in enumerate(dict.fromkeys(self._ids))}
        documents = np.array([numbers[document_id] for document_id in self._ids], np.int64)
        looked_for = {term for clause in clauses for term in terms(clause)}
        units = Units(library.layouts(self._matches), clauses, library.positions(self._matches, looked_for))
        wanted = [(rank, begin) for rank, one in enumerate(found) for begin in sorted(one.wanted)]
        self.ranks, begins = np.array(wanted, np.int64).reshape(-1, 2).T.copy()
        self.documents = documents.take(self.ranks)
        self.table, sought = sentences(units, documents, (self.documents, begins))
        self.rows, self.before, self.after, self.stands, self.cued = sought
        self.texts = list(map(self._text, *self._places(self.rows)))

    @cached_property
    def all(self) -> list[Candidate]:
        """The candidates, of which a search needs but the texts."""
        return list(map(Candidate, self._sentences(self.rows, masks(self.cued)), self.ranks.tolist(), count()))

    def read(self, rows: Array) -> list[Sentence]:
        """The sentences of some rows, without those that are not there."""
        return list(self._sentences(rows[rows >= 0]))

    def text(self, row: int) -> str:
        """What the sentence of a row says; nothing when it is not there."""
        return "" if row < 0 else self._text(*(column[0] for column in self._places(np.array([row]))))

    def _sentences(self, rows: Array, cued: Iterable[int] = repeat(0)) -> Iterator[Sentence]:
        """The sentences of some rows, read."""
        held_by = masks(self.table.held.take(rows, axis=0))
        for number, begin, end, held, under in zip(*self._places(rows), held_by, cued, strict=False):
            yield Sentence(self._ids[number], Span(begin, end), self._text(number, begin, end), held, under)

    def _places(self, rows: Array) -> tuple[list[int], ...]:
        """The passages that hold the sentences of some rows, and where they begin and end in their documents."""
        table = self.table
        return tuple(column.take(rows).tolist() for column in (table.passages, table.begins, table.ends))

    def _text(self, number: int, begin: int, end: int) -> str:
        """What stands in a passage, of its document; neighbours are read when one of their sentences is."""
        passage = self._read.get(number)
        if passage is None:
            (passage,) = self._library.placed([(self._ids[number], int(self._matches.ordinals[number]))])
            self._read[number] = passage
        return passage.text[begin - passage.span.start : end - passage.span.start]
