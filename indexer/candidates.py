"""Ranked passages -> the sentences that may answer, each among its neighbours in the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
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
_FEW_WORDS = 3  # a shorter sentence ("Yes.", "Fig. 2.") answers nothing


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


class Reader:
    """Reads sentences against one question, each once."""

    def __init__(self, clauses: Sequence[Clause], idf: Sequence[float]) -> None:
        self._clauses = clauses
        self._as_typed = wants_typed(clauses)
        self._wanted = frozenset(term for clause in clauses for term in terms(clause))
        self._idf = idf
        self._read: dict[tuple[str, int, int], Sentence] = {}

    def read(self, passages: Sequence[Passage], library: LibraryReader) -> list[list[Sentence]]:
        """The units of passages, read; most are told where they begin."""
        known = library.begins([(passage.document_id, passage.ordinal) for passage in passages])
        return [self._units(passage, begins) for passage, begins in zip(passages, known, strict=True)]

    def _units(self, passage: Passage, begins: Sequence[int] | None) -> list[Sentence]:
        found = units(passage.text) if begins is None else units_at(passage.text, begins)
        return [self._sentence(passage, unit.span, opens=unit.opens) for unit in found]

    def _sentence(self, passage: Passage, inside: Span, *, opens: bool) -> Sentence:
        start = passage.span.start
        span = Span(start + inside.start, start + inside.end)
        key = passage.document_id, span.start, span.end
        if key not in self._read:
            text = inside.of(passage.text)
            known = traits(text, as_typed=self._as_typed)
            places = known.where(self._wanted)
            where = tuple([stands(clause, places) for clause in self._clauses])
            held = sum(1 << at for at, row in enumerate(where) if row)
            score = _bm25([len(row) for row in where], known.size, self._idf)
            self._read[key] = Sentence(passage.document_id, span, text, opens, known, where, held, score)
        return self._read[key]


def _bm25(counts: Sequence[int], words: int, idf: Sequence[float]) -> float:
    """The score of one sentence, see `rank.bm25`."""
    base = K1 * (1 - B + B * words / SENTENCE_WORDS)
    return sum(value * count * (K1 + 1) / (count + base) for value, count in zip(idf, counts, strict=True) if count)


def candidates(
    library: LibraryReader, clauses: Sequence[Clause], idf: Sequence[float], found: Sequence[Seen]
) -> list[Candidate]:
    """The sentences of the passages, best passages first, each once."""
    passages = [*(one.passage for one in found), *_neighbours(library, found)]
    read = Reader(clauses, idf).read(passages, library)
    rows = _rows(chain.from_iterable(read))
    seen: dict[tuple[str, int], Candidate] = {}
    for rank, (one, sentences) in enumerate(zip(found, read, strict=False)):
        if one.passage.section == "references":  # titles of other texts answer nothing
            continue
        row = rows[one.passage.document_id]
        place = {sentence.span.start: at for at, sentence in enumerate(row)}
        for sentence in sentences:
            if sentence.traits.size < _FEW_WORDS or sentence.span.start not in place:
                continue
            at = place[sentence.span.start]
            seen.setdefault((sentence.document_id, sentence.span.start), Candidate(row[at], rank, *_around(row, at)))
    return list(seen.values())


def _neighbours(library: LibraryReader, found: Sequence[Seen]) -> list[Passage]:
    """The passages before and after those found, where there are such."""
    held = {(one.match.document_id, one.match.ordinal) for one in found}
    wanted = sorted({(key, ordinal + step) for key, ordinal in held for step in (-1, 1)} - held)
    return library.present(wanted)


def _rows(sentences: Iterable[Sentence]) -> dict[str, list[Sentence]]:
    """For each document its sentences in text order, those of overlapping passages once."""
    rows: dict[str, dict[int, Sentence]] = {}
    for sentence in sentences:
        row = rows.setdefault(sentence.document_id, {})
        held = row.get(sentence.span.start)
        if held is None or held.span.end < sentence.span.end:
            row[sentence.span.start] = sentence
    return {key: [row[start] for start in sorted(row)] for key, row in rows.items()}


def _around(row: Sequence[Sentence], at: int) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """The sentences before, nearest first, and after one, up to a gap."""
    before: list[Sentence] = []
    for left in reversed(row[max(0, at - BEFORE) : at]):
        if (before or [row[at]])[-1].span.start - left.span.end > _GAP:
            break
        before.append(left)
    after: list[Sentence] = []
    for right in row[at + 1 : at + 1 + AFTER]:
        if right.span.start - (after or [row[at]])[-1].span.end > _GAP:
            break
        after.append(right)
    return tuple(before), tuple(after)
