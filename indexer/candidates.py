"""Ranked passages -> the sentences that may answer, each among its neighbours in the document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from indexer.clauses import terms
from indexer.layout import Units
from indexer.library_reader import LibraryReader
from indexer.places import Places, stands, wants_typed
from indexer.rank import K1, SENTENCE_WORDS, B, Seen
from indexer.records import Clause, Match, Passage, Span
from indexer.standing import each
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
    as_typed: bool  # its words as typed are looked for too
    stands: Stands
    held: int  # the clauses that stand in it: bit n for clause n
    bm25: float

    @property
    def traits(self) -> Traits:
        """What else a question sees of it: those that only stand around others are never looked at so closely."""
        return traits(self.text, as_typed=self.as_typed)


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
    first: int  # position of its first word in the passage
    after: int  # and of the first word behind it
    where: Mapping[str, Sequence[int]] | None  # term -> positions in the passage; None when that is not known


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
        places, words = self._standing(place, text)
        where = tuple([stands(clause, places) for clause in self._clauses])
        held = sum(1 << at for at, row in enumerate(where) if row)
        score = _bm25([len(row) for row in where], words, self._idf)
        span = Span(place.start, place.end)
        return Sentence(place.passage.document_id, span, text, place.opens, self._as_typed, where, held, score)

    def _standing(self, place: _Place, text: str) -> tuple[Places, int]:
        """Where the wanted terms stand in a sentence, from the index where it tells, and how many words it has."""
        if place.where is None:
            known = traits(text, as_typed=self._as_typed)
            return known.where(self._wanted), known.size
        found = {
            term: tuple([position - place.first for position in row if place.first <= position < place.after])
            for term, row in place.where.items()
        }
        return found, place.after - place.first


def _bm25(counts: Sequence[int], words: int, idf: Sequence[float]) -> float:
    """The score of one sentence, see `rank.bm25`."""
    base = K1 * (1 - B + B * words / SENTENCE_WORDS)
    return sum(value * count * (K1 + 1) / (count + base) for value, count in zip(idf, counts, strict=True) if count)


def candidates(
    library: LibraryReader, clauses: Sequence[Clause], idf: Sequence[float], found: Sequence[Seen]
) -> list[Candidate]:
    """The wanted sentences of the passages, best passages first."""
    read = Reader(clauses, idf).sentence
    passages = [*(one.passage for one in found), *_neighbours(library, found)]
    rows = _rows(passages, _outlines(library, passages, clauses))
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


def _outlines(
    library: LibraryReader, passages: Sequence[Passage], clauses: Sequence[Clause]
) -> Iterator[tuple[Units | None, dict[str, list[int]]]]:
    """What the index knows of passages: where their sentences begin, and where the terms of clauses stand."""
    keys = [Match(passage.document_id, passage.ordinal, 0.0) for passage in passages]
    where = library.positions(keys, {term for clause in clauses for term in terms(clause)})
    return zip(library.units(keys), each(where, np.arange(len(keys))), strict=True)


def _rows(
    passages: Sequence[Passage], outlines: Iterable[tuple[Units | None, dict[str, list[int]]]]
) -> dict[str, list[_Place]]:
    """For each document the places of its sentences in text order, those of overlapping passages once."""
    rows: dict[str, dict[int, _Place]] = {}
    for passage, (known, where) in zip(passages, outlines, strict=True):
        row = rows.setdefault(passage.document_id, {})
        for place in _places(passage, known, where):
            held = row.get(place.start)
            if held is None or held.end < place.end:
                row[place.start] = place
    return {key: [row[start] for start in sorted(row)] for key, row in rows.items()}


def _places(passage: Passage, known: Units | None, where: dict[str, list[int]]) -> Iterator[_Place]:
    start = passage.span.start
    if known is None:
        for inside, opens in units(passage.text):
            yield _Place(start + inside.start, start + inside.end, passage, opens, 0, 0, None)
        return
    for at, (inside, opens) in enumerate(units_at(passage.text, known.chars)):
        after = known.firsts[bisect_left(known.chars, inside.end, at + 1)]
        span = start + inside.start, start + inside.end
        yield _Place(*span, passage, opens, known.firsts[at], after, where)


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
