"""Ranked passages -> the sentences that may answer, each among its neighbours in the document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indexer.clauses import terms
from indexer.library_reader import LibraryReader
from indexer.places import stands, wants_typed
from indexer.rank import K1, SENTENCE_WORDS, B, Seen
from indexer.records import Clause, Passage, Span
from indexer.traits import Traits, traits
from indexer.units import units, units_at

BEFORE, AFTER = 5, 2  # sentences of context
_GAP = 300  # characters between neighbours: a heading may stand there


Stands = tuple[tuple[int, ...], ...]  # for each clause, the positions at which it matches


class Sentence(NamedTuple):
    """A sentence of a document, held against the question."""

    document_id: str
    span: Span  # in the document's clean text
    text: str
    opens: bool  # its paragraph
    traits: Traits
    stands: Stands
    held: int  # the clauses that stand in it: bit n for clause n
    bm25: float


class Candidate(NamedTuple):
    """A sentence that may answer."""

    sentence: Sentence
    rank: int  # of the best passage that holds it, from 0
    before: tuple[Sentence, ...]  # nearest first
    after: tuple[Sentence, ...]


class _Place(NamedTuple):
    """Where a sentence stands, not read yet."""

    start: int  # in the document's clean text
    end: int
    passage: Passage  # that holds it
    opens: bool  # its paragraph


class Reader:
    """Reads sentences against one question, each once."""

    def __init__(self, clauses: Sequence[Clause], idf: Sequence[float]) -> None:
        self._clauses = clauses
        self._as_typed = wants_typed(clauses)
        self._wanted = frozenset(term for clause in clauses for term in terms(clause))
        self._idf = idf
        self._read: dict[tuple[str, int], Sentence] = {}

    def sentence(self, place: _Place) -> Sentence:
        """The sentence at a place."""
        key = place.passage.document_id, place.start
        if key not in self._read:
            self._read[key] = self._sentence(place)
        return self._read[key]

    def _sentence(self, place: _Place) -> Sentence:
        first = place.passage.span.start
        text = place.passage.text[place.start - first : place.end - first]
        known = traits(text, as_typed=self._as_typed)
        places = known.where(self._wanted)
        where = tuple([stands(clause, places) for clause in self._clauses])
        held = sum(1 << at for at, row in enumerate(where) if row)
        score = _bm25([len(row) for row in where], known.size, self._idf)
        span = Span(place.start, place.end)
        return Sentence(place.passage.document_id, span, text, place.opens, known, where, held, score)


def _bm25(counts: Sequence[int], words: int, idf: Sequence[float]) -> float:
    """The score of one sentence, see `rank.bm25`."""
    base = K1 * (1 - B + B * words / SENTENCE_WORDS)
    return sum(value * count * (K1 + 1) / (count + base) for value, count in zip(idf, counts, strict=True) if count)


def candidates(
    library: LibraryReader, clauses: Sequence[Clause], idf: Sequence[float], found: Sequence[Seen]
) -> list[Candidate]:
    """The wanted sentences of the passages, best passages first."""
    read = Reader(clauses, idf).sentence
    rows = _rows(library, [*(one.passage for one in found), *_neighbours(library, found)])
    pool: list[Candidate] = []
    for rank, one in enumerate(found):
        row = rows[one.passage.document_id]
        for at in (at for at, place in enumerate(row) if place.start in one.wanted):
            before, after = _around(row, at)
            pool.append(Candidate(read(row[at]), rank, tuple(map(read, before)), tuple(map(read, after))))
    return pool


def _neighbours(library: LibraryReader, found: Sequence[Seen]) -> list[Passage]:
    """The passages before and after those found, where there are such."""
    held = {(one.match.document_id, one.match.ordinal) for one in found}
    wanted = sorted({(key, ordinal + step) for key, ordinal in held for step in (-1, 1)} - held)
    return library.present(wanted)


def _rows(library: LibraryReader, passages: Sequence[Passage]) -> dict[str, list[_Place]]:
    """For each document the places of its sentences in text order, those of overlapping passages once."""
    rows: dict[str, dict[int, _Place]] = {}
    known = library.begins([(passage.document_id, passage.ordinal) for passage in passages])
    for passage, begins in zip(passages, known, strict=True):
        row, first = rows.setdefault(passage.document_id, {}), passage.span.start
        for inside, opens in units(passage.text) if begins is None else units_at(passage.text, begins):
            start, end = first + inside.start, first + inside.end
            held = row.get(start)
            if held is None or held.end < end:
                row[start] = _Place(start, end, passage, opens)
    return {key: [row[start] for start in sorted(row)] for key, row in rows.items()}


def _around(row: Sequence[_Place], at: int) -> tuple[list[_Place], list[_Place]]:
    """The places before, nearest first, and after one, up to a gap."""
    before: list[_Place] = []
    for left in reversed(row[max(0, at - BEFORE) : at]):
        if (before or [row[at]])[-1].start - left.end > _GAP:
            break
        before.append(left)
    after: list[_Place] = []
    for right in row[at + 1 : at + 1 + AFTER]:
        if right.start - (after or [row[at]])[-1].end > _GAP:
            break
        after.append(right)
    return before, after
