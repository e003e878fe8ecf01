"""Sentences -> what a question sees of them: which words stand where, and which of them are numbers, dates and names.

Tokens tell it (`token_traits.py`); what is asked of sentences is then asked of all at once, in columns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence, Set
from functools import cached_property

import numpy as np

from indexer.analyse import STOP_WORDS
from indexer.arrays import Array, holds, indices
from indexer.cut import CLASSES, Cutter
from indexer.engines import POSITION_BITS
from indexer.hashed import hashed
from indexer.held import PAIRED, counts, follow, held
from indexer.native import WORDS
from indexer.standing import Places, passage_of
from indexer.token_traits import AT, BEGINNING, DATE, NAME, NUMBER, TERM, Tokens
from indexer.typed import MARK, OF_TOKENS, typed_of
from indexer.vocabulary import Vocabulary

_HELD = 1_000_000  # characters of tokens that are held: some 100,000, in 30 MB
_COLUMNS = TERM + 1  # of a term in a text: text and position instead of that

_IDLE = tuple(MARK + word for word in STOP_WORDS)  # which no word as typed is, but one like "aſ", that is left out

_cutter = Cutter(Tokens, _HELD)
_Told = tuple[Vocabulary, Array]


class Traits:
    """Texts as a question sees them.

    Columns have a row for each word, or part of a compound, and for each compound as a whole, text after text.
    """

    def __init__(self, texts: Sequence[str], told: _Told | None = None) -> None:
        """`told` is what `_told` says of the texts, if it is known."""
        self.size = len(texts)
        self._sources = texts
        self._vocabulary, self._columns = told or _told(texts)
        self._texts, self._positions, self._terms, self._beginnings, self._spelled, self._kinds = self._columns

    def parted(self, size: int) -> tuple[Traits, Traits]:
        """The first so many texts, and those behind them: made together they take four fifths of the time."""
        edge = int(self._texts.searchsorted(size))
        return self._part(0, size, slice(edge)), self._part(size, self.size, slice(edge, None))

    def _part(self, first: int, last: int, rows: slice) -> Traits:
        columns = self._columns[:, rows]
        if first:
            columns = np.concatenate((columns[:1] - first, columns[1:]))
        return Traits(self._sources[first:last], (self._vocabulary, columns))

    def counts(self, known: Set[str]) -> tuple[Array, Array]:
        """How many different terms each text has, and how many of them are known.

        Words as typed are terms, too, when one is known.
        """
        counted, held = counts(self._texts, self._terms, self._wanted(known), self.size)
        known_as_typed = tuple(term for term in known if term.startswith(MARK))
        if known_as_typed:
            more = (_typed_in_c if WORDS else _typed)(self._sources, known_as_typed)
            counted, held = counted + more[0], held + more[1]
        return counted, held

    def beginning(self, beginnings: Collection[str]) -> list[str]:
        """The terms of all texts that have some beginnings, each once; of shorter terms these are the terms."""
        hashes = np.array(sorted(map(hashed, beginnings)), np.int64)
        found = set(self._terms.take(indices(holds(hashes, self._beginnings))).tolist())
        terms = map(self._vocabulary.texts.__getitem__, found)
        return [term for term in terms if term[:BEGINNING] in beginnings]

    def terms(self, text: int) -> set[str]:
        """Those of one text."""
        start, end = np.searchsorted(self._texts, (text, text + 1)).tolist()
        return set(self._spelled_out(self._terms[start:end])) - {""}

    def hold(self, terms: Sequence[str]) -> Array:
        """For each text, a row, and each of some terms, a column, whether it stands there; each term once."""
        return held(self._texts, self._terms, self._wanted(terms), self.size)

    def spell(self, words: Sequence[str]) -> Array:
        """The same of words as they are spelled, whatever their stem, but for a plural's ending; each once."""
        return held(self._texts, self._spelled, self._wanted(words), self.size)

    def follow(self, pairs: Sequence[tuple[str, str]]) -> Array:
        """The same of pairs of words as they are spelled, whether they follow each other; each pair once."""
        numbers = self._vocabulary
        wanted = [(numbers.get(one, 0), numbers.get(next_one, 0)) for one, next_one in pairs]
        both = [(one << PAIRED) + next_one if one and next_one else 0 for one, next_one in wanted]
        return follow(self._texts, self._spelled, np.array(both, np.int64), self.size)

    def places(self, terms: Iterable[str]) -> Places:
        """Where some terms stand: texts and positions as `standing` has passages and positions."""
        numbers = {term: self._vocabulary[term] for term in terms if term in self._vocabulary}
        rows = indices(holds(np.array(sorted(numbers.values()), np.int64), self._terms))
        held, places = self._terms.take(rows), self._place(rows)
        there = set(held.tolist())
        return {term: places[held == number] for term, number in numbers.items() if number in there}

    def of_kind(self, kind: int, known: Set[str] = frozenset()) -> Array:
        """The places of numbers, dates or names but for known terms; of two at a place, the compound is looked at.

        The first word of a text is no name.
        """
        rows = indices((self._kinds & kind > 0) & ((self._positions > 0) | (kind != NAME)))
        places = self._place(rows)
        last = np.append(places[1:] != places[:-1], True)[: len(rows)]
        return places[last & ~holds(self._numbers(known), self._terms[rows])]

    @cached_property
    def kinds(self) -> list[int]:
        """For each text the kinds of its terms together."""
        found = np.zeros(self.size, np.int64)
        for kind in (NUMBER, DATE, NAME):
            found[passage_of(self.of_kind(kind))] |= kind
        return list(found.tolist())

    def placed(self, text: int) -> list[tuple[int, str, int]]:
        """Position, term and kinds of each term of a text."""
        start, end = np.searchsorted(self._texts, (text, text + 1)).tolist()
        columns = self._positions, self._terms, self._kinds
        rows = zip(*(column[start:end].tolist() for column in columns), strict=True)
        spelled = self._vocabulary.texts
        return [(at, spelled[number], kinds) for at, number, kinds in rows if number]

    def _numbers(self, texts: Iterable[str]) -> Array:
        """The numbers of some terms or the like, in order; of those that were met."""
        return np.array(sorted([self._vocabulary[text] for text in texts if text in self._vocabulary]), np.int64)

    def _place(self, rows: Array) -> Array:
        return np.asarray((self._texts[rows] << POSITION_BITS) + self._positions[rows])

    def _spelled_out(self, numbers: Array) -> list[str]:
        return list(map(self._vocabulary.texts.__getitem__, numbers.tolist()))

    def _wanted(self, words: Iterable[str]) -> Array:
        """The numbers of some terms or the like; 0 of those that were not met."""
        known = self._vocabulary
        return np.array([known.get(word, 0) for word in words], np.int64)


def _told(texts: Sequence[str]) -> _Told:
    """The vocabulary, and of each term the number of its text, its position there, and what tokens tell, as columns."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
    with _cutter.alone() as tokens:
        rows, starts = _cutter.cut(" ".join(texts))
        columns = (_columns_in_c if WORDS else _columns)(tokens, rows, starts, lengths.cumsum())
    return tokens.vocabulary, columns


def _typed_in_c(texts: Sequence[str], known: tuple[str, ...]) -> Array:
    """What `_typed` says, in a third of the time; where no word was met before, in a tenth."""
    return np.frombuffer(WORDS.typed(tuple(texts), CLASSES, _IDLE, OF_TOKENS, known), np.int64).reshape(2, -1)


def _typed(texts: Sequence[str], known: tuple[str, ...]) -> Array:
    """How many different words each text has as typed, and how many of them are known."""
    each = [typed_of(text).difference(_IDLE) for text in texts]
    return np.array([list(map(len, each)), [len(one.intersection(known)) for one in each]], np.int64)


def _columns_in_c(tokens: Tokens, rows: Array, starts: Array, ends: Array) -> Array:
    """What `_columns` says; a thousand terms take a tenth of the time."""
    found = WORDS.traits(*tokens.tables, rows, starts, ends)
    return np.frombuffer(found, np.int64).reshape(_COLUMNS, -1)


def _columns(tokens: Tokens, rows: Array, starts: Array, ends: Array) -> Array:
    """Of the terms of texts as columns, by the rows of their tokens, where these begin and where each text ends."""
    terms, counts, sizes = tokens.terms(rows)
    firsts = np.append(0, starts.searchsorted(ends))[: len(ends)]  # tokens
    held, places = np.append(firsts[1:], len(starts)) - firsts, np.append(sizes.cumsum() - sizes, 0)
    positions = (places[:-1] - places.take(firsts).repeat(held)).repeat(counts) + terms[AT]
    texts = np.arange(len(ends)).repeat(held).repeat(counts)
    return np.stack((texts, positions, *np.delete(terms, AT, axis=0)))
