"""Ranked passages -> the sentences that may answer, each among its neighbours in the document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array
from indexer.clauses import terms
from indexer.engines import POSITION_BITS
from indexer.layout import Units
from indexer.library_reader import LibraryReader
from indexer.places import stands, wants_typed
from indexer.rank import K1, SENTENCE_WORDS, B, Seen
from indexer.records import Clause, Match, Passage, Span
from indexer.standing import Places, passage_of, position_of, standing
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
    unit: int  # number of its unit among those of all passages
    units: int  # that it takes: a list has some; 0 when the index does not tell
    first: int  # the place of its first word, see `standing`
    after: int  # and of the first word behind it


class Reader:
    """Reads sentences against one question, each once."""

    def __init__(self, clauses: Sequence[Clause], idf: Sequence[float], places: Places, units: Array) -> None:
        self._clauses = clauses
        self._as_typed = wants_typed(clauses)
        self._idf = idf
        self._places = places  # of the question's terms in all passages
        self._stands = _by_unit(clauses, places, units)
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
        words = place.after - place.first
        if place.units == 1:
            where = tuple([held.get(place.unit, ()) for held in self._stands])
        else:
            known = traits(text, as_typed=self._as_typed) if not place.units else None
            held = known.where(frozenset(self._places)) if known else self._inside(place)
            where = tuple([stands(clause, held) for clause in self._clauses])
            words = known.size if known else words
        mask = sum([1 << at for at, row in enumerate(where) if row])
        score = _bm25(where, words, self._idf)
        span = Span(place.start, place.end)
        return Sentence(place.passage.document_id, span, text, place.opens, self._as_typed, where, mask, score)

    def _inside(self, place: _Place) -> dict[str, tuple[int, ...]]:
        """The positions of the question's terms in a sentence."""
        first, after = place.first, place.after
        return {
            term: tuple((row[(row >= first) & (row < after)] - first).tolist()) for term, row in self._places.items()
        }


def _by_unit(clauses: Sequence[Clause], places: Places, units: Array) -> list[dict[int, tuple[int, ...]]]:
    """For each clause, unit -> the positions in it at which the clause matches; `units` has their first places.

    No match reaches from one unit into another.
    """
    inside = {}
    for term, row in places.items():
        of = np.searchsorted(units, row, side="right") - 1
        inside[term] = (of << POSITION_BITS) + row - units[of] if len(units) else row
    found: list[dict[int, tuple[int, ...]]] = []
    for clause in clauses:
        row = standing(clause, inside)
        held: dict[int, tuple[int, ...]] = {}
        for unit, position in zip(passage_of(row).tolist(), position_of(row).tolist(), strict=True):
            held[unit] = (*held.get(unit, ()), position)
        found.append(held)
    return found


def _bm25(where: Stands, words: int, idf: Sequence[float]) -> float:
    """The score of one sentence, see `rank.bm25`."""
    base = K1 * (1 - B + B * words / SENTENCE_WORDS)
    pairs = zip(idf, where, strict=True)
    return sum([value * len(row) * (K1 + 1) / (len(row) + base) for value, row in pairs if row])


def candidates(
    library: LibraryReader, clauses: Sequence[Clause], idf: Sequence[float], found: Sequence[Seen]
) -> list[Candidate]:
    """The wanted sentences of the passages, best passages first."""
    passages = [*(one.passage for one in found), *_neighbours(library, found)]
    keys = [Match(passage.document_id, passage.ordinal, 0.0) for passage in passages]
    outlines = library.units(keys)
    rows = _rows(passages, outlines)
    places = library.positions(keys, {term for clause in clauses for term in terms(clause)})
    read = Reader(clauses, idf, places, _first_places(outlines)).sentence
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


def _first_places(outlines: Sequence[Units | None]) -> Array:
    """The place of the first word of each unit of one passage after another."""
    counts = [len(known.chars) if known else 0 for known in outlines]
    firsts = [first for known in outlines if known for first in known.firsts[:-1]]
    return (np.repeat(np.arange(len(counts)), counts) << POSITION_BITS) + np.array(firsts, np.int64)


def _rows(passages: Sequence[Passage], outlines: Sequence[Units | None]) -> dict[str, list[_Place]]:
    """For each document the places of its sentences in text order, those of overlapping passages once."""
    rows: dict[str, dict[int, _Place]] = {}
    unit = 0
    for number, (passage, known) in enumerate(zip(passages, outlines, strict=True)):
        row = rows.setdefault(passage.document_id, {})
        for place in _places(passage, known, unit, number << POSITION_BITS):
            held = row.get(place.start)
            if held is None or held.end < place.end:
                row[place.start] = place
        unit += len(known.chars) if known else 0
    return {key: [row[start] for start in sorted(row)] for key, row in rows.items()}


def _places(passage: Passage, known: Units | None, unit: int, base: int) -> Iterator[_Place]:
    """The places of a passage's sentences; its first unit has a number, and its first word a place."""
    start = passage.span.start
    if known is None:
        for inside, opens in units(passage.text):
            yield _Place(start + inside.start, start + inside.end, passage, opens, 0, 0, 0, 0)
        return
    chars, firsts = known
    for at, (begin, end, opens) in enumerate(units_at(passage.text, chars)):
        last = bisect_left(chars, end, at + 1)
        where = base + firsts[at], base + firsts[last]
        yield _Place(start + begin, start + end, passage, opens, unit + at, last - at, *where)


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
